import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

const TOKEN = 'tok-5f3a9c-e81d'

let server: Server
let seen: (string | undefined)[]

const shopOf = (dataDir: string): string => join(dataDir, 'collections', 'shop')

test.beforeEach(async ({ dataDir }) => {
  seen = []
  server = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const shop = shopOf(dataDir)
  await mkdir(join(shop, 'environments'), { recursive: true })
  await writeFile(join(shop, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop API }\n')
  await writeFile(join(shop, 'environments', 'dev.yml'), 'name: dev\nvariables:\n  - { name: who, value: me }\n')
  await writeFile(join(shop, 'Get.yml'), `info: { name: Get, type: http }\nhttp: { method: GET, url: "http://127.0.0.1:${port}/" }\n`)
})
test.afterEach(() => new Promise((resolve) => server.close(resolve)))

/** All that the collection's files hold. */
async function filesOf(dataDir: string): Promise<string> {
  const entries = await readdir(shopOf(dataDir), { recursive: true, withFileTypes: true })
  const texts = entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

test('a token that is typed can be kept as a secret: sent as it is, in no file in clear', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Get')
  await window.getByRole('combobox', { name: 'Environment' }).selectOption('dev')
  await editor.section('Auth')
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: 'Bearer' })
  const token = window.getByRole('textbox', { name: 'Token', exact: true })
  await token.fill(TOKEN)

  await window.getByRole('button', { name: 'Keep as a secret…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Keep as a secret' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('who')
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(dialog).toContainText('There is another variable {{who}} in environment dev.')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shop_token')
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click()

  await expect(token).toHaveValue('{{shop_token}}')
  await expect(token).toBeFocused()
  await editor.save.click()
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200/)
  expect(seen).toEqual([`Bearer ${TOKEN}`])
  await expect.poll(() => filesOf(dataDir)).toContain('token: "{{shop_token}}"')
  expect(await filesOf(dataDir)).not.toContain(TOKEN)
  await expect(editor.prepared).not.toContainText(TOKEN)
})

test('a save that would put a known secret into a file asks, and can put its reference there', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('Get')
  await editor.section('Auth')
  await window.getByRole('combobox', { name: 'Auth type' }).selectOption({ label: 'Bearer' })
  const token = window.getByRole('textbox', { name: 'Token', exact: true })
  await token.fill(TOKEN)
  await window.getByRole('button', { name: 'Keep as a secret…' }).click()
  await window.getByRole('dialog', { name: 'Keep as a secret' }).getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(token).toHaveValue('{{token}}')

  await editor.section('Headers')
  await editor.addRow('Headers', 'X-Token', `t=${TOKEN}`)
  await window.keyboard.press('ControlOrMeta+s')
  const dialog = window.getByRole('dialog', { name: 'A secret would be in the file' })
  await expect(dialog).toContainText('{{token}} (collection Shop API)')
  expect(await filesOf(dataDir)).not.toContain(TOKEN)
  await dialog.getByRole('button', { name: 'Use {{token}}' }).click()

  await expect(editor.table('Headers').getByRole('textbox', { name: 'Value', exact: true }).first()).toHaveValue('t={{token}}')
  await expect.poll(() => filesOf(dataDir)).toContain('t={{token}}')
  expect(await filesOf(dataDir)).not.toContain(TOKEN)
})
