import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { LayersPage } from './pages/layers.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'
import { violationsInEveryLook } from './support/violations.ts'

interface Seen {
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
}

let server: Server
let seen: Seen[]
let origin: string

test.beforeEach(async ({ dataDir }) => {
  seen = []
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    response.setHeader('Set-Cookie', 'sid=1')
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const files: Readonly<Record<string, string>> = {
    'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop API }\nrequest:\n  headers: [ { name: X-All, value: "1" } ]\n',
    'Users/folder.yml': 'info: { name: Users, type: folder }\n',
    'Users/Get.yml': `info: { name: Get, type: http }\nhttp:\n  method: GET\n  url: "${origin}/v2/users"\n`,
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(dataDir, 'collections', 'shop', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})
test.afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function openGet(window: Page): Promise<void> {
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.unfold('Users')
  await sidebar.open('Get')
}

/** A session alice with a header, credentials and an adapter, saved; its page stays in front. */
async function makeAlice(window: Page): Promise<LayersPage> {
  const layers = new LayersPage(window)
  await layers.showList()
  await layers.list.getByRole('button', { name: 'New session' }).click()
  await layers.nameIt('New session', 'alice', 'Create')
  await layers.frame('Session alice').waitFor()
  await layers.addRow('Headers', 'X-Who', 'alice')
  await layers.section('Session', 'Auth')
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption('Bearer')
  await window.getByRole('textbox', { name: 'Token', exact: true }).fill('{{$uuid}}')
  await layers.section('Session', 'Adapters')
  await window.getByRole('button', { name: 'Mount an adapter' }).click()
  await window.getByRole('textbox', { name: 'URL prefix' }).fill(`${origin}/v2`)
  await window.getByRole('button', { name: `Edit ${origin}/v2` }).click()
  await window.getByRole('spinbutton', { name: 'Read timeout' }).fill('27')
  await layers.saved()
  return layers
}

test('a session is made, goes with the request, and its values lead back to it', async ({ window, dataDir }) => {
  await openGet(window)
  const layers = await makeAlice(window)
  const file = await readFile(join(dataDir, 'collections', 'shop', 'opencollection.yml'), 'utf8')
  expect(file).toContain('X-Who')
  expect(file).toMatch(/read: 27/)
  const editor = new EditorPage(window)

  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await expect(window.getByRole('combobox', { name: 'Session' })).toHaveValue('alice')
  await expect(editor.prepared).toContainText('X-Who: alice')
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)
  expect(seen[0]?.headers).toMatchObject({ 'x-all': '1', 'x-who': 'alice' })
  expect(seen[0]?.headers['authorization']).toMatch(/^Bearer [0-9a-f-]{36}$/)

  await editor.section('Headers')
  await window.getByRole('list', { name: 'Inherited headers' }).getByRole('button', { name: 'from session alice' }).click()
  await expect(layers.frame('Session alice')).toBeVisible()
  await expect(window.getByRole('table', { name: 'Headers' }).getByRole('textbox', { name: 'Value', exact: true }).first()).toBeFocused()
  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await editor.section('Options')
  await window
    .getByRole('list', { name: 'Inherited options' })
    .getByRole('button', { name: /from session alice, at/ })
    .click()
  await expect(window.getByRole('textbox', { name: 'URL prefix' })).toHaveValue(`${origin}/v2`)
})

test('a URL is tested against the adapters as they are typed', async ({ window }) => {
  await openGet(window)
  await makeAlice(window)
  const tester = window.getByRole('region', { name: 'Test a URL' })
  await expect(tester.getByRole('textbox', { name: 'Test a URL' })).toHaveValue(`${origin}/v2/users`)
  await expect(tester.getByRole('status', { name: 'Picked adapter' })).toHaveText(`${origin}/v2`)

  await window.getByRole('button', { name: 'Mount an adapter' }).click()
  const prefix = window.getByRole('textbox', { name: 'URL prefix' }).last()
  const mounted = window.getByRole('table', { name: 'Adapters' })
  // What is wrong with a new row is said once it is left, and not while it is being typed.
  await prefix.fill(`${origin}/v2`)
  await expect(mounted).toContainText('Row 2 is mounted at the same prefix, and wins.')
  await prefix.fill('')
  await expect(mounted).not.toContainText('Row 2 is mounted')
  await expect(prefix).not.toHaveAttribute('aria-invalid')
  await prefix.press('Tab')
  await expect(mounted).toContainText('Type where it is mounted')
  await expect(prefix).toHaveAttribute('aria-invalid', 'true')
  await prefix.fill(`${origin}/v2/users`)
  await expect(tester.getByRole('status', { name: 'Picked adapter' })).toHaveText(`${origin}/v2/users`)
  await expect(tester.getByRole('list')).toContainText('matches too, but a longer prefix wins')
  await tester.getByRole('textbox', { name: 'Test a URL' }).fill('http://other.test/')
  await expect(tester.getByRole('list')).toContainText('is for another host than other.test')

  await prefix.fill('api.example.com')
  await expect(mounted).toContainText('It has no scheme: perhaps https://api.example.com.')
  await prefix.fill(`${origin}/v2`)
  await expect(mounted).toContainText('Row 2 is mounted at the same prefix, and wins.')
})

test('the URL to be tested, and what is said of it, hide the values of secrets', async ({ window }) => {
  const editor = new EditorPage(window)
  await openGet(window)
  await editor.section('Auth')
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: 'Bearer' })
  await window.getByRole('textbox', { name: 'Token', exact: true }).fill('tok-5f3a9c-e81d')
  await window.getByRole('button', { name: 'Keep as a secret…' }).click()
  await window.getByRole('dialog', { name: 'Keep as a secret' }).getByRole('textbox', { name: 'Name' }).fill('key')
  await window.getByRole('dialog', { name: 'Keep as a secret' }).getByRole('button', { name: 'Keep', exact: true }).click()
  await editor.url.fill(`${origin}/keys/{{key}}/users?key={{key}}`)
  await expect(editor.prepared).toContainText('GET /keys/••••••••/users')
  await makeAlice(window)

  const tester = window.getByRole('region', { name: 'Test a URL' })
  const url = tester.getByRole('textbox', { name: 'Test a URL' })
  await expect(url).toHaveValue(`${origin}/keys/••••••••/users`)
  await expect(tester.getByRole('list')).toContainText('the URL’s path is /keys/••••••••/users')
  await window.getByRole('textbox', { name: 'URL prefix' }).fill(`${origin}/keys/tok-5f3a9c-e81d`)
  await expect(tester.getByRole('list')).toContainText('is picked')
  await url.fill(`${origin}/keys/{{key}}/users?page=1`)
  await expect(tester).toContainText(`${origin}/keys/••••••••/users`)
  await expect(tester.getByRole('list')).toContainText('is picked')
  await url.fill('{{nowhere}}/users')
  await expect(tester).toContainText('The variable {{nowhere}} has no value')
  await url.fill(`${origin}/v2`)
  await expect(tester.getByRole('list')).toContainText('the URL’s path is /v2')
})

test('one acts as another user by a duplicate with a jar of its own, and ends connections', async ({ window }) => {
  await openGet(window)
  const layers = await makeAlice(window)
  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await new EditorPage(window).send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)

  await layers.session('alice').click()
  await window.getByRole('button', { name: 'Close connections' }).click()
  await expect(window.getByText('The session “alice”: closed 1 connection.')).toBeVisible()
  await layers.section('Session', 'Cookies')
  await expect(layers.frame('Session alice')).toContainText('Its jar holds 1 cookie.')
  await layers.section('Session', 'Options')
  await window.getByRole('spinbutton', { name: 'Read timeout' }).fill('soon')
  await expect(layers.frame('Session alice').getByRole('spinbutton', { name: 'Read timeout' })).toHaveAttribute('aria-invalid', 'true')
  await expect(layers.frame('Session alice')).toContainText('"soon" is not a number of seconds.')
  await window.getByRole('spinbutton', { name: 'Read timeout' }).fill('')

  await layers.choose('alice', 'Duplicate to act as another user…')
  await layers.nameIt('Act as another user', 'bob', 'Duplicate')
  await expect(layers.frame('Session bob')).toBeVisible()
  await expect(window.getByRole('combobox', { name: 'Auth type' })).toHaveValue('bearer')
  await layers.section('Session', 'Cookies')
  await expect(layers.frame('Session bob')).toContainText('Its jar holds 0 cookies.')

  await layers.choose('bob', 'Rename…')
  await layers.nameIt('Rename session', 'carol', 'Rename')
  await expect(layers.session('carol')).toBeVisible()
  await layers.choose('carol', 'Delete')
  await expect(layers.session('carol')).toHaveCount(0)
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(layers.session('carol')).toBeVisible()
})

test('a folder gives headers and options to its requests; a tick takes an option out again', async ({ window, dataDir }) => {
  await openGet(window)
  const sidebar = new SidebarPage(window)
  const layers = new LayersPage(window)
  const editor = new EditorPage(window)
  // What is in the page may come long after its frame.
  await window.route('**/assets/layers-*.js', async (route) => {
    await layers.frame('Defaults Users').waitFor()
    await route.continue()
  })
  await sidebar.item('Users').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Defaults…' }).click()
  await layers.frame('Defaults Users').waitFor()
  await layers.addRow('Headers', 'X-Folder', 'users')
  await expect(window.getByRole('list', { name: 'Inherited headers' })).toContainText('from collection Shop API')
  await layers.section('Defaults', 'Variables')
  await layers.addRow('Variables', 'version', 'v2')
  await layers.section('Defaults', 'Options')
  const verify = window.getByRole('checkbox', { name: 'Set Verify TLS certificates here' })
  await expect(verify).not.toBeChecked()
  await window.getByRole('switch', { name: 'Verify TLS certificates' }).click()
  await expect(verify).toBeChecked()
  await window.getByRole('switch', { name: 'Follow redirects' }).click()
  await verify.uncheck()
  await expect(window.getByRole('switch', { name: 'Verify TLS certificates' })).toBeChecked()
  await layers.saved()

  const file = await readFile(join(dataDir, 'collections', 'shop', 'Users', 'folder.yml'), 'utf8')
  expect(file).toContain('X-Folder')
  expect(file).toMatch(/followRedirects: false/)
  expect(file).not.toContain('verify')
  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await expect(editor.prepared).toContainText('X-Folder: users')
  await editor.section('Options')
  await window.getByRole('list', { name: 'Inherited options' }).getByRole('button', { name: 'from folder Users' }).click()
  await expect(layers.frame('Defaults Users').getByRole('switch', { name: 'Follow redirects' })).not.toBeChecked()
  await expect(layers.frame('Defaults Users').getByRole('switch', { name: 'Follow redirects' })).toBeFocused()

  const proxies = (): Locator => window.getByRole('region', { name: 'Proxy', exact: true })
  await proxies()
    .getByRole('button', { name: /^Proxy/ })
    .click()
  await proxies().getByRole('textbox', { name: 'Name' }).last().fill('http')
  await proxies().getByRole('textbox', { name: 'Value' }).first().fill('http://127.0.0.1:1')
  await layers.saved()
  await proxies()
    .getByRole('button', { name: /^Proxy/ })
    .click()
  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await proxies()
    .getByRole('button', { name: /^Proxy/ })
    .click()
  await proxies().getByRole('status', { name: 'Route' }).getByRole('button', { name: 'of folder Users' }).click()
  await expect(layers.frame('Defaults Users').getByRole('textbox', { name: 'Value' }).first()).toBeFocused()
})

test('a row takes an inherited name away, and what is typed and not saved outlives a restart', async ({ window, host }) => {
  await openGet(window)
  const layers = await makeAlice(window)
  await layers.section('Session', 'Headers')
  await layers.addRow('Headers', 'X-All', 'x')
  const table = window.getByRole('table', { name: 'Headers', exact: true })
  await table.getByRole('button', { name: 'Row actions' }).last().click()
  await window.getByRole('menuitem', { name: 'Take this name away' }).click()
  await expect(window.getByRole('list', { name: 'Inherited headers' })).toContainText('taken away above')
  await host.journalWritten('"omit"')

  const again = new LayersPage(await host.restart())
  await again.showList()
  await expect(again.session('alice')).toHaveAccessibleDescription(/not saved/)
  await again.session('alice').click()
  await expect(again.frame('Session alice').getByRole('list', { name: 'Inherited headers' })).toContainText('taken away above')
})

test('the page of a session has no violations that axe can find', async ({ window }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await openGet(window)
  const layers = await makeAlice(window)
  for (const section of ['Headers', 'Params', 'Auth', 'Options', 'Cookies', 'Adapters'] as const) {
    await layers.section('Session', section)
    expect(await violationsInEveryLook(window), section).toEqual([])
  }
})

test('the page of defaults has no violations that axe can find', async ({ window }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await openGet(window)
  const layers = new LayersPage(window)
  await new SidebarPage(window).item('Users').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Defaults…' }).click()
  for (const section of ['Headers', 'Auth', 'Variables', 'Options'] as const) {
    await layers.section('Defaults', section)
    expect(await violationsInEveryLook(window), section).toEqual([])
  }
})
