import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('the settings open in their first field, and one Esc closes them', async ({ window }) => {
  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+,')

  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('searchbox', { name: 'Search settings' })).toBeFocused()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('one Esc closes a dialog whose cross shows its tooltip', async ({ window }) => {
  await expect(window.getByRole('tree', { name: 'Collections' })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('searchbox', { name: 'Search settings' })).toBeFocused()
  await window.keyboard.press('Shift+Tab')
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused()
  await expect(window.getByRole('tooltip')).toBeVisible()

  await window.keyboard.press('Escape')

  await expect(dialog).toBeHidden()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
})

test('a file that has changed is asked about with the focus in the differences, and one Esc goes back', async ({ window, host }) => {
  const editor = new EditorPage(window)
  const file = join(host.dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml')
  await new SidebarPage(window).open('Put')
  await editor.url.fill('http://127.0.0.1:9/mine')
  await writeFile(file, (await readFile(file, 'utf8')).replace('{{$echo}}/put', '{{$echo}}/theirs'))
  await window.keyboard.press('ControlOrMeta+S')

  const dialog = window.getByRole('dialog', { name: 'The file has changed' })
  await expect(dialog.getByRole('rowgroup')).toBeFocused()
  await expect(window.getByRole('tooltip')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(editor.url).toBeFocused()
})

test('a dialog without a field has the focus itself', async ({ window }) => {
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'Deleted items…' }).click()

  const dialog = window.getByRole('dialog', { name: 'Deleted items' })
  await expect(dialog).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
