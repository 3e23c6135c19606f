import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

interface Seen {
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
}

let server: Server
let seen: Seen[]

const COLLECTION = `opencollection: "1.0.0"
info: { name: Shop API }
request:
  headers: [ { name: X-All, value: "1" } ]
  variables:
    - { name: version, value: v1 }
    - { name: otp, value: "", posthaste: { ask: true, type: integer, minLength: 3 } }
extensions:
  posthaste:
    sessions:
      - name: alice
        headers: [ { name: X-Who, value: "{{who}}" } ]
        auth: { type: bearer, token: "{{alice_token}}" }
`
const REQUEST = (name: string, url: string, more = ''): string =>
  `info: { name: ${name}, type: http }\nhttp:\n  method: GET\n  url: "${url}"\n${more}`

/** A collection that is there before the app is asked for it. */
async function writeShop(dataDir: string): Promise<void> {
  const { port } = server.address() as AddressInfo
  const files: Readonly<Record<string, string>> = {
    'opencollection.yml': COLLECTION,
    'environments/staging.yml': `name: staging\ncolor: "#13693a"\ndotEnvFilePath: .env\nvariables:\n  - { name: host, value: "http://127.0.0.1:${port}" }\n  - { name: who, value: Alice }\n`,
    '.env': 'alice_token=t0ken\n',
    'Users/folder.yml': 'info: { name: Users, type: folder }\nrequest:\n  headers: [ { name: X-Folder, value: users } ]\n',
    'Users/Get.yml': REQUEST('Get', '{{host}}/{{version}}/{{nope}}', '  auth: inherit\n'),
    'Otp.yml': REQUEST('Otp', '{{host}}/otp/{{otp}}'),
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(dataDir, 'collections', 'shop', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

test.beforeEach(async ({ dataDir }) => {
  seen = []
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await writeShop(dataDir)
})
test.afterEach(() => new Promise((resolve) => server.close(resolve)))

test('environment and session are chosen in the top bar, go with the request and outlive a restart', async ({ host, window }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.unfold('Users')
  await sidebar.open('Get')
  await expect(editor.prepared).toContainText('UndefinedVariable')

  await window.getByRole('combobox', { name: 'Environment' }).selectOption('staging')
  await window.getByRole('combobox', { name: 'Session' }).selectOption('alice')
  await editor.url.fill('{{host}}/{{version}}/users')
  await expect(editor.prepared).toContainText('X-Who: Alice')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)

  expect(seen.map(({ url }) => url)).toEqual(['/v1/users'])
  expect(seen[0]?.headers).toMatchObject({ 'x-all': '1', 'x-who': 'Alice', 'x-folder': 'users', authorization: 'Bearer t0ken' })
  const again = await host.restart()
  await expect(again.getByRole('combobox', { name: 'Environment' })).toHaveValue('staging')
  await expect(again.getByRole('combobox', { name: 'Session' })).toHaveValue('alice')
})

test('a field offers names while {{ is typed, and says what each stands for', async ({ window }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Otp')
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('staging')
  await editor.url.fill('')
  await editor.url.focus()

  await window.keyboard.type('{{ho')
  await expect(window.getByRole('listbox', { name: 'Variables' }).getByRole('option').first()).toContainText('host')
  await window.keyboard.press('Enter')
  await expect(editor.url).toHaveValue('{{host}}')

  // Open while the window becomes narrower, the list stays in it.
  await editor.url.fill(`${'x'.repeat(70)}`)
  await window.keyboard.press('End')
  await window.keyboard.type('{{ho')
  const names = window.getByRole('listbox', { name: 'Variables' })
  await expect(names).toBeInViewport({ ratio: 1 })
  await window.setViewportSize({ width: 900, height: 600 })
  await expect(names).toBeInViewport({ ratio: 1 })
  await window.keyboard.press('Escape')
  await editor.url.fill('{{host}}')
  await window.keyboard.press('Control+i')
  const bubble = window.getByRole('group', { name: 'Variable host' })
  await expect(bubble).toContainText('http://127.0.0.1')
  await expect(bubble).toContainText('environment staging')
  await window.keyboard.press('Escape')
  await expect(editor.url).toBeFocused()

  await window.keyboard.type('/{{nop}}')
  await window.keyboard.press('Control+i')
  await expect(window.getByRole('group', { name: 'Variable nop' })).toContainText(
    'not in the request, environment staging, .env, collection Shop API',
  )
})

test('inherited headers can be left out and taken over, and say where they are from', async ({ window }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.unfold('Users')
  await sidebar.open('Get')
  await editor.url.fill('http://127.0.0.1:9/')
  await editor.section('Headers')
  const inherited = window.getByRole('list', { name: 'Inherited headers' })
  await expect(inherited).toContainText('from folder Users')

  await inherited.getByRole('listitem').filter({ hasText: 'X-All' }).getByRole('checkbox', { name: 'Enabled' }).uncheck()
  await expect(editor.prepared).not.toContainText('X-All')
  await inherited.getByRole('button', { name: 'Override X-Folder' }).click()
  await window.keyboard.type('mine')

  await expect(editor.prepared).toContainText('X-Folder: mine')
  await expect(inherited).toContainText('your row takes its place')
  await inherited.getByRole('button', { name: 'from folder Users' }).click()
  await expect(window.getByRole('region', { name: 'Defaults Users' }).getByRole('textbox', { name: 'Value' }).first()).toBeFocused()
})

test('Send asks for what is to be asked, with the rules beside the field', async ({ window }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Otp')
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('staging')
  await expect(editor.prepared).not.toContainText('UndefinedVariable')

  await editor.send.click()
  const dialog = window.getByRole('dialog', { name: 'Values for this request' })
  await dialog.getByRole('textbox', { name: 'otp' }).fill('x')
  await expect(dialog).toContainText('must be a whole number')
  await dialog.getByRole('textbox', { name: 'otp' }).fill('123456')
  await dialog.getByRole('button', { name: 'Send' }).click()

  await expect(new ResponsePage(window).status).toHaveText(/200/)
  expect(seen.map(({ url }) => url)).toEqual(['/otp/123456'])
})

test('variables of a request are typed in a section of its own, with their rules', async ({ window }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Otp')
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('staging')
  await editor.url.fill('{{host}}/mine/{{own}}')
  await editor.section('Variables')
  const table = window.getByRole('table', { name: 'Variables' })

  await table.getByRole('textbox', { name: 'Name' }).fill('own')
  await table.getByRole('textbox', { name: 'Value' }).first().fill('x')
  await expect(editor.prepared).toContainText('GET /mine/x')
  await table.getByRole('button', { name: 'Row actions' }).click()
  await window.getByRole('menuitem', { name: 'Rules and description' }).click()
  await table.getByRole('combobox', { name: 'Must be' }).selectOption('integer')

  await expect(editor.prepared).toContainText('must be a whole number')
  await table.getByRole('textbox', { name: 'Value' }).first().fill('7')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)
  expect(seen.map(({ url }) => url)).toEqual(['/mine/7'])
})
