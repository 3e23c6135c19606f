import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { violationsInEveryLook } from './support/violations.ts'
import { EditorPage } from './pages/editor.ts'
import { EnvironmentsPage } from './pages/environments.ts'
import { LayersPage } from './pages/layers.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

const COLLECTION = `opencollection: "1.0.0"
info: { name: Shop API }
request:
  auth: { type: bearer, token: "{{token}}" }
  variables: [ { name: version, value: v1 } ]
  posthaste: { verify: false, retries: 3 }
extensions:
  posthaste:
    sessions: [ { name: alice } ]
`
const DEV = `name: dev
variables:
  - { name: host, value: "http://127.0.0.1:9" }
  - { secret: true, name: token }
  - { name: page, value: x, posthaste: { type: integer } }
`

test.beforeEach(async ({ dataDir }) => {
  const files: Readonly<Record<string, string>> = {
    'opencollection.yml': COLLECTION,
    'environments/dev.yml': DEV,
    'Users/folder.yml':
      'info: { name: Users, type: folder }\nrequest:\n  variables: [ { name: role, value: admin } ]\n  posthaste: { verfy: true }\n',
    'Users/Deep/folder.yml': 'info: { name: Deep, type: folder }\n',
    'Users/Get.yml': 'info: { name: Get, type: http }\nhttp: { method: GET, url: "{{host}}/?page={{page}}" }\n',
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(dataDir, 'collections', 'shop', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})

async function openGet(window: Page): Promise<void> {
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.unfold('Users')
  await sidebar.open('Get')
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('dev')
}

async function openDefaultsOf(window: Page, folder: string): Promise<LayersPage> {
  const layers = new LayersPage(window)
  await new SidebarPage(window).item(folder).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Defaults…' }).click()
  await layers.frame(`Defaults ${folder}`).waitFor()
  return layers
}

test('what a folder has from further out is greyed, with the way there: variables and credentials', async ({ window }) => {
  await openGet(window)
  const layers = await openDefaultsOf(window, 'Deep')
  const { inherited } = new EnvironmentsPage(window)

  await layers.section('Defaults', 'Variables')
  await expect(inherited).toContainText('role')
  await expect(inherited.getByRole('listitem').filter({ hasText: 'host' })).toContainText('from environment dev')
  await layers.addRow('Variables', 'version', 'v2')
  await expect(inherited.getByRole('listitem').filter({ hasText: 'version' })).toContainText('replaced above')

  const ofUsers = await openDefaultsOf(window, 'Users')
  await ofUsers.section('Defaults', 'Options')
  await expect(ofUsers.frame('Defaults Users')).toContainText('posthaste.verfy of the folder “Users” is not understood')
  await openDefaultsOf(window, 'Deep')

  await layers.section('Defaults', 'Auth')
  const used = window.getByRole('group', { name: 'Credentials used' })
  await expect(used).toContainText('Bearer')
  await used.getByRole('button', { name: 'from collection Shop API' }).click()
  await expect(layers.frame('Defaults Shop API').getByRole('combobox', { name: 'Auth type' })).toHaveValue('bearer')

  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await new EditorPage(window).section('Variables')
  await inherited.getByRole('button', { name: 'from folder Users' }).click()
  await expect(layers.frame('Defaults Users')).toBeVisible()
})

test('a request can say the default over an inherited option, and take it back', async ({ window, dataDir }) => {
  await openGet(window)
  const editor = new EditorPage(window)
  await editor.section('Options')
  const verify = window.getByRole('switch', { name: 'Verify TLS certificates' })
  const isSetHere = window.getByRole('checkbox', { name: 'Set Verify TLS certificates here' })
  await expect(isSetHere).not.toBeChecked()
  await expect(verify).not.toBeChecked()
  const unread = 'posthaste.retries of the collection “Shop API” is not understood, and does not count. Did you mean posthaste.retry?'
  await expect(window.getByRole('tabpanel', { name: 'Options' })).toContainText(unread)

  await verify.click()
  await expect(verify).toBeChecked()
  await editor.save.click()
  await expect.poll(() => readFile(join(dataDir, 'collections', 'shop', 'Users', 'Get.yml'), 'utf8')).toContain('verify: true')
  await isSetHere.uncheck()
  await expect(verify).not.toBeChecked()
  await editor.save.click()
  await expect.poll(() => readFile(join(dataDir, 'collections', 'shop', 'Users', 'Get.yml'), 'utf8')).not.toContain('verify')
})

test('a name that an environment has, while none is chosen, leads to choosing that', async ({ window }) => {
  await openGet(window)
  const environment = window.getByRole('combobox', { name: 'Environment' })
  await environment.selectOption({ label: 'No environment' })
  await window.getByRole('button', { name: 'Use environment dev' }).first().click()
  await expect(environment.locator('option:checked')).toHaveText('dev')
})

test('an environment says whether its .env file is there, and what it gives', async ({ window, dataDir }) => {
  await writeFile(join(dataDir, 'collections', 'shop', '.env'), 'A=1\nB=2\n')
  await openGet(window)
  const environments = new EnvironmentsPage(window)
  await environments.show()
  await environments.open('dev')
  const path = window.getByRole('textbox', { name: '.env file' })
  await path.fill('nope.env')
  await expect(path).toHaveAccessibleDescription(/It is not there on this machine/)
  await path.fill('.env')
  await expect(path).toHaveAccessibleDescription('It gives 2 values.')
})

test('a value that its rules refuse is marked where it stands, and the request leads there', async ({ window }) => {
  await openGet(window)
  const environments = new EnvironmentsPage(window)
  await window.getByRole('button', { name: 'Set page in environment dev' }).first().click()
  await expect(environments.frame('dev')).toContainText('It must be a whole number: requests with it are not sent.')
  const values = environments.table.getByRole('textbox', { name: 'Value', exact: true })
  await expect(values.nth(2)).toBeFocused()
  await values.nth(2).fill('2')
  await expect(environments.frame('dev')).not.toContainText('It must be a whole number')
})

test('a session with the name of an earlier one says that it has not its cookies, and can have them', async ({
  window,
  serve,
  dataDir,
}) => {
  const origin = await serve((_request, response) => response.setHeader('Set-Cookie', 'sid=1').end('ok'))
  const file = join(dataDir, 'collections', 'shop', 'opencollection.yml')
  await writeFile(
    join(dataDir, 'collections', 'shop', 'Users', 'Login.yml'),
    `info: { name: Login, type: http }\nhttp: { method: GET, url: "${origin}" }\n`,
  )
  await openGet(window)
  await new SidebarPage(window).open('Login')
  await window.getByRole('combobox', { name: 'Session' }).selectOption('alice')
  await new EditorPage(window).send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)
  // Another program, such as git, takes the session away.
  await writeFile(file, COLLECTION.replace('{ name: alice }', ''))
  const layers = new LayersPage(window)
  await layers.showList()
  await expect(layers.session('alice')).toHaveCount(0)

  await layers.list.getByRole('button', { name: 'New session' }).click()
  await layers.nameIt('New session', 'alice', 'Create')
  await layers.section('Session', 'Cookies')
  await expect(layers.frame('Session alice')).toContainText('Its jar holds 0 cookies.')
  await window.getByRole('button', { name: 'Use them' }).click()
  await expect(layers.frame('Session alice')).toContainText('Its jar holds 1 cookie.')
})

test('inherited options and variables have no violations that axe can find', async ({ window }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await openGet(window)
  const editor = new EditorPage(window)
  for (const section of ['Options', 'Variables'] as const) {
    await editor.section(section)
    expect(await violationsInEveryLook(window), section).toEqual([])
  }
  const layers = await openDefaultsOf(window, 'Deep')
  for (const section of ['Auth', 'Variables'] as const) {
    await layers.section('Defaults', section)
    expect(await violationsInEveryLook(window), section).toEqual([])
  }
})
