import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { violationsIn } from './support/violations.ts'
import { EditorPage } from './pages/editor.ts'
import { ImportPage } from './pages/import.ts'
import { SidebarPage } from './pages/sidebar.ts'

const SHOP = {
  info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Users',
      item: [
        {
          name: 'List users',
          request: { method: 'GET', url: 'https://shop.test/users?page=1', header: [{ key: 'X-Api-Key', value: 'k-1234567890' }] },
        },
        { name: 'Windows login', request: { method: 'GET', auth: { type: 'ntlm', ntlm: [] }, url: 'https://shop.test/ntlm' } },
      ],
    },
  ],
}

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-import-'))
})
test.afterEach(() => rm(folder, { recursive: true }))

test('a cURL command pasted into the address becomes the request, and one undo brings the empty one back', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()

  await new ImportPage(window).paste(
    editor.url,
    `curl -X PUT 'https://api.test/users/7?full=1' \\\n  -H 'Accept: application/json' \\\n  -d '{"age": 7}' -H 'Content-Type: application/json'`,
  )

  await expect(editor.url).toHaveValue('https://api.test/users/7?full=1')
  await expect(editor.method).toHaveValue('PUT')
  await expect(window.getByText('A request was made of the cURL command.')).toBeVisible()
  await expect(editor.prepared).toContainText('Accept: application/json')
  await window.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
  await expect(editor.url).toHaveValue('')

  await new ImportPage(window).paste(
    editor.url,
    '$session = New-Object X\nInvoke-WebRequest -Uri "https://api.test/ps" `\n-Method "DELETE"',
  )
  await expect(window.getByText('A request was made of the PowerShell command.')).toBeVisible()
  await expect(editor.method).toHaveValue('DELETE')
})

test('several commands open as tabs of their own', async ({ window }) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('https://mine.test/')

  await new ImportPage(window).paste(editor.url, 'curl https://api.test/one\ncurl https://api.test/two')

  await expect(editor.tab('/two')).toBeVisible()
  await expect(editor.tab('/one')).toBeVisible()
  await expect(editor.url).toHaveValue('https://api.test/two')
})

test('a Postman file dropped on the window is summed up first, then written, with its credentials in the vault', async ({
  window,
  host,
}) => {
  const page = new ImportPage(window)
  const sidebar = new SidebarPage(window)
  const file = join(folder, 'shop.json')
  await writeFile(file, JSON.stringify(SHOP))
  await new EditorPage(window).newRequest()

  await page.drop(window.getByRole('tree', { name: 'Collections' }), [file])

  await expect(page.found).toContainText('Postman collection “Shop”')
  await expect(page.items).toHaveCount(3)
  await expect(page.notes).toContainText('Users / Windows login')
  expect(await readdir(join(host.dataDir, 'collections'))).toEqual(['My requests'])
  await page.submit.click()
  await expect(page.dialog).toBeHidden()
  await expect(sidebar.item('List users')).toBeVisible()
  const text = await readFile(join(host.dataDir, 'collections', 'Shop', 'Users', 'List users.yml'), 'utf8')
  expect(text).toContain('{{api_key}}')
  expect(text).not.toContain('k-1234567890')
})

test('an import goes into a folder that is there, and is taken back with Undo', async ({ window }) => {
  const page = new ImportPage(window)
  const sidebar = new SidebarPage(window)
  await page.open()
  await page.text.fill(JSON.stringify(SHOP))
  await expect(page.found).toContainText('Shop')

  await page.into().selectOption({ label: 'My requests' })
  await page.submit.click()

  await expect(sidebar.item('Windows login')).toBeVisible()
  await window.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
  await expect(sidebar.item('Windows login')).toBeHidden()
})

test('a broken file says its line and column, and imports nothing', async ({ window, host }) => {
  const page = new ImportPage(window)
  const file = join(folder, 'broken.json')
  await writeFile(file, JSON.stringify(SHOP, null, 2).replace('"item": [', '"item": [,'))
  await page.open()

  await page.drop(page.text, [file])

  await expect(page.problem).toContainText('broken.json is not valid JSON: line 6, column 12')
  await expect(page.submit).toBeDisabled()
  expect(await readdir(join(host.dataDir, 'collections'))).toEqual(['My requests'])
})

test('a file that looks like a collection can go to the body all the same', async ({ window }) => {
  const page = new ImportPage(window)
  const editor = new EditorPage(window)
  const file = join(folder, 'openapi.json')
  await writeFile(file, '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}')
  await editor.newRequest()

  await page.drop(window.getByRole('tree', { name: 'Collections' }), [file])
  await page.dialog.getByRole('button', { name: 'Add to the body instead' }).click()

  await expect(editor.table('Form fields').getByRole('textbox', { name: 'Name', exact: true }).first()).toHaveValue('openapi')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the dialog has no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const page = new ImportPage(window)
    await page.open()
    expect(await violationsIn(window), 'empty').toEqual([])

    await page.text.fill(JSON.stringify(SHOP))
    await expect(page.items).toHaveCount(3)
    expect(await violationsIn(window), 'with a summary').toEqual([])

    await page.text.fill('{"info": ')
    await expect(page.problem).toBeVisible()
    expect(await violationsIn(window), 'with a problem').toEqual([])
  })
}
