import { readFile } from 'node:fs/promises'
import { expect, test } from './support/fixtures.ts'
import { violationsIn } from './support/violations.ts'

test('a collection is shown in another format, with what is not in it, and saved', async ({ window }) => {
  const tree = window.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'My requests' }).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Export…' }).click()

  const dialog = window.getByRole('dialog', { name: 'Export My requests' })
  await expect(dialog).toContainText('opencollection: 1.0.0')
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('Postman collection 2.1')
  await expect(dialog.getByRole('list', { name: 'What is not in it' })).toContainText('Options that Postman does not have')
  expect(await violationsIn(window)).toEqual([])
  const download = window.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save file' }).click()

  const saved = await download
  expect(saved.suggestedFilename()).toBe('My requests.postman_collection.json')
  const text = await readFile(await saved.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ info: { name: 'My requests' }, item: [{ name: 'Welcome' }] })
  await expect(dialog).toBeHidden()
})
