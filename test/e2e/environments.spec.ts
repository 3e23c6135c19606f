import AxeBuilder from '@axe-core/playwright'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { EnvironmentsPage } from './pages/environments.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

interface Seen {
  readonly url: string
  readonly token: unknown
}

let server: Server
let seen: Seen[]
let origin: string

const FILES: Readonly<Record<string, string>> = {
  'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop API }\nrequest:\n  variables:\n    - { name: version, value: v1 }\n',
  'environments/base.yml': 'name: base\nvariables:\n  - { name: path, value: users }\n',
  'Get.yml':
    'info: { name: Get, type: http }\nhttp:\n  method: GET\n  url: "{{host}}/{{path}}"\n  headers: [ { name: X-Token, value: "{{token}}" } ]\n',
}
const folderOf = (dataDir: string): string => join(dataDir, 'collections', 'shop')
const environmentFile = (dataDir: string, name: string): string => join(folderOf(dataDir), 'environments', `${name}.yml`)
const textOf = (dataDir: string, name: string): Promise<string> => readFile(environmentFile(dataDir, name), 'utf8')

test.beforeEach(async ({ dataDir }) => {
  seen = []
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', token: request.headers['x-token'] })
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(folderOf(dataDir), path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})
test.afterEach(() => new Promise((resolve) => server.close(resolve)))

test('a new environment is filled, with a secret that is in no file, and used by a request', async ({ dataDir, window }) => {
  const environments = new EnvironmentsPage(window)
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Get')
  await environments.show()

  await environments.create('dev')
  await window.getByRole('combobox', { name: 'Extends' }).selectOption('base')
  await environments.add(0, 'host', origin)
  await environments.name(1).fill('token')
  await environments.name(1).press('Tab')
  await expect(environments.value(1)).toBeFocused()
  await environments.row(1).getByRole('combobox', { name: 'Kind' }).selectOption('secret')
  await expect(environments.value(1)).toHaveAttribute('placeholder', 'Not set on this machine')
  await environments.value(1).fill('s3cret')
  await expect(environments.unsaved).toBeVisible()
  await window.keyboard.press('Control+s')
  await expect(environments.unsaved).toBeHidden()
  await expect(environments.inherited).toContainText('from environment base')
  // It would be that of the request behind the page.
  await expect(window.getByRole('contentinfo')).not.toContainText('Saved')

  await window.getByRole('tab', { name: 'Get', exact: true }).click()
  await expect(editor.prepared).toContainText('GET /users')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)
  expect(seen).toEqual([{ url: '/users', token: 's3cret' }])
  expect(await textOf(dataDir, 'dev')).toMatch(/extends: base[\s\S]*name: host[\s\S]*secret: true/)
  expect(await filesHolding(dataDir, 's3cret', /\.(?:yml|json)$/)).toEqual([])
})

test('a secret is masked, shown when asked for, and follows its name', async ({ dataDir, window }) => {
  const environments = new EnvironmentsPage(window)
  await useShop(window)
  await environments.show()
  await environments.open('base')
  await environments.name(1).fill('key')
  await environments.row(1).getByRole('combobox', { name: 'Kind' }).selectOption('secret')
  await environments.value(1).fill('s3cret')
  await expect(environments.value(1)).toHaveAttribute('data-masked', 'true')
  await environments.save.click()
  await expect(environments.unsaved).toBeHidden()

  await environments.name(1).fill('api_key')
  await environments.save.click()
  await expect(environments.unsaved).toBeHidden()
  await environments.open('base')
  await environments
    .row(1)
    .getByRole('button', { name: /the secret/ })
    .click()

  await expect(environments.value(1)).toHaveValue('s3cret')
  expect(await textOf(dataDir, 'base')).toContain('api_key')
})

test('what is typed is marked, taken back step by step, and outlives going elsewhere and a power cut', async ({
  dataDir,
  host,
  window,
}) => {
  const environments = new EnvironmentsPage(window)
  await useShop(window)
  await environments.show()
  await environments.open('base')

  await environments.value(0).fill('orders')
  await environments.name(1).fill('extra')
  await environments.name(1).press('Control+z')
  await expect(environments.name(1)).toHaveValue('')
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await expect(environments.list.getByRole('button', { name: 'base', exact: true })).toHaveAccessibleDescription(/not saved/)
  await host.journalWritten('orders')
  const again = await host.kill9()

  const after = new EnvironmentsPage(again)
  await useShop(again)
  await after.show()
  await after.open('base')
  await expect(after.value(0)).toHaveValue('orders')
  await expect(after.unsaved).toBeVisible()
  expect(await textOf(dataDir, 'base')).toContain('users')

  await again.getByRole('button', { name: 'Discard changes' }).click()
  await expect(after.value(0)).toHaveValue('users')
  await expect(after.unsaved).toBeHidden()
})

test('a file that changes under the edits is told of; either side can be kept, and nothing is lost', async ({ dataDir, window }) => {
  const environments = new EnvironmentsPage(window)
  await useShop(window)
  await environments.show()
  await environments.open('base')
  await environments.value(0).fill('mine')
  const theirs = 'name: base\nvariables:\n  - { name: path, value: theirs }\n'
  await writeFile(environmentFile(dataDir, 'base'), theirs)

  await expect(window.getByRole('alert').filter({ hasText: 'changed on disk' })).toBeVisible()
  await environments.save.click()
  expect(await textOf(dataDir, 'base')).toBe(theirs)
  await window.getByRole('button', { name: 'Show differences' }).click()
  await expect(window.getByRole('table', { name: 'Differences' }).getByRole('row').filter({ hasText: '"theirs"' })).toContainText('"mine"')
  await window.getByRole('button', { name: 'Take the file’s' }).click()
  await expect(environments.value(0)).toHaveValue('theirs')
  await environments.value(0).press('Control+z')
  await expect(environments.value(0)).toHaveValue('mine')
  await environments.save.click()
  await expect(environments.unsaved).toBeHidden()

  expect(await textOf(dataDir, 'base')).toContain('mine')
})

test('a name without a value is defined where it is missed, and a value leads to its row', async ({ window }) => {
  const environments = new EnvironmentsPage(window)
  const editor = new EditorPage(window)
  await useShop(window)
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('base')
  await editor.url.fill('{{host}}/x')
  await window.getByRole('button', { name: 'Define host in base' }).first().click()

  await expect(environments.value(1)).toBeFocused()
  await expect(environments.name(1)).toHaveValue('host')
  await window.keyboard.type(origin)
  await window.keyboard.press('Control+s')
  await expect(environments.unsaved).toBeHidden()
  await window.getByRole('tab', { name: 'Get', exact: true }).click()
  await expect(editor.prepared).toContainText('GET /x')

  await editor.url.focus()
  await editor.url.press('Home')
  await editor.url.press('ArrowRight')
  await editor.url.press('Control+i')
  await window.getByRole('button', { name: 'From environment base' }).click()
  await expect(environments.value(1)).toBeFocused()

  await window.getByRole('tab', { name: 'Get', exact: true }).click()
  await editor.url.fill('{{zone}}')
  await editor.url.press('Control+i')
  await window
    .getByRole('group', { name: 'Variable zone' })
    .getByRole('button', { name: /^Define zone in collection / })
    .click()
  await expect(environments.name(1)).toHaveValue('zone')
  await expect(environments.value(1)).toBeFocused()

  await window.getByRole('tab', { name: 'Get', exact: true }).click()
  await editor.url.fill('{{here}}')
  await window.getByRole('button', { name: 'Define here elsewhere' }).click()
  await window.getByRole('menuitem', { name: 'Define here in this request' }).click()
  const rows = window.getByRole('table', { name: 'Variables', exact: true })
  await expect(rows.getByRole('textbox', { name: 'Value', exact: true }).first()).toBeFocused()
  await window.keyboard.type(origin)
  await expect(editor.prepared).toContainText('GET / HTTP/1.1')
})

test('an environment is renamed, copied, deleted and had back; a circle and a second name are told', async ({ dataDir, window }) => {
  const environments = new EnvironmentsPage(window)
  await useShop(window)
  await environments.show()
  await environments.choose('base', 'Duplicate')
  await expect(environments.frame('base copy')).toBeVisible()
  await window.getByRole('combobox', { name: 'Extends' }).selectOption('base')
  await environments.save.click()
  await expect(environments.unsaved).toBeHidden()

  await environments.open('base')
  await expect(
    window.getByRole('combobox', { name: 'Extends' }).getByRole('option', { name: 'base copy (extends this one)' }),
  ).toBeDisabled()
  await environments.add(1, 'path', 'twice')
  await expect(environments.table).toContainText('path is defined in row 1 already.')
  await window.getByRole('button', { name: 'Discard changes' }).click()

  await environments.choose('base', 'Rename')
  await window.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('common')
  await window.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(environments.item('common')).toBeVisible()
  await expect.poll(() => textOf(dataDir, 'base copy').catch(() => '')).toContain('extends: common')

  await environments.choose('common', 'Delete')
  await expect(environments.item('common')).toBeHidden()
  await window.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(environments.item('common')).toBeVisible()
  await environments.item('common').getByRole('button', { name: 'Use common', exact: true }).click()
  await expect(window.getByRole('combobox', { name: 'Environment' })).toHaveValue('common')
})

test('the palette and the top bar lead to it', async ({ window }) => {
  const environments = new EnvironmentsPage(window)
  await useShop(window)
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Command or request' }).fill('edit environment base')
  await expect(window.getByRole('option', { name: /Edit environment base/ })).toBeVisible()
  await window.keyboard.press('Enter')
  await expect(environments.frame('base')).toBeVisible()

  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('base')
  await window.getByRole('button', { name: 'Edit environment base' }).click()
  await expect(environments.frame('base')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`list and page have no violations that axe can find (${colorScheme})`, async ({ dataDir, window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const environments = new EnvironmentsPage(window)
    await writeFile(environmentFile(dataDir, 'broken'), 'name: [broken\n')
    await useShop(window)
    await environments.show()
    await expect(environments.item('broken')).toContainText('cannot be read')
    await environments.open('base')
    await environments.name(1).fill('key')
    await environments.row(1).getByRole('combobox', { name: 'Kind' }).selectOption('secret')
    await environments.add(2, 'path', 'twice')
    await window.getByRole('button', { name: 'Row actions' }).first().click()
    await window.getByRole('menuitem', { name: 'Rules and description' }).click()

    // A best practice only: the dividers can take the focus, and stand between the landmarks that they part.
    const { violations } = await new AxeBuilder({ page: window }).disableRules(['region']).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
  })
}

/** Have a request of the collection in front: the environments are those of its collection. */
async function useShop(window: ConstructorParameters<typeof SidebarPage>[0]): Promise<void> {
  const sidebar = new SidebarPage(window)
  await window.getByRole('tablist', { name: 'Side bar views' }).getByRole('tab', { name: 'Collections' }).click()
  await sidebar.unfold('Shop API')
  await sidebar.open('Get')
}

/** Files below a folder that hold a text. */
async function filesHolding(folder: string, text: string, names: RegExp): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((each) => each.isFile() && names.test(each.name)).map((each) => join(each.parentPath, each.name))
  const held = await Promise.all(files.map(async (file) => ((await readFile(file, 'utf8')).includes(text) ? [file] : [])))
  return held.flat()
}
