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
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('Python requests')
  await expect(dialog).toContainText('session = requests.Session()')
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('Go')
  await expect(dialog.getByRole('combobox', { name: 'File' })).toContainText('Welcome/Post JSON.go')
  const archive = window.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as ZIP' }).click()
  expect((await archive).suggestedFilename()).toBe('My requests.zip')
  expect((await readFile(await (await archive).path())).toString('latin1')).toContain('Welcome/Post JSON.go')

  await tree.getByRole('treeitem', { name: 'My requests' }).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Export…' }).click()
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('Postman collection 2.1')
  const download = window.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save file' }).click()

  const saved = await download
  expect(saved.suggestedFilename()).toBe('My requests.postman_collection.json')
  const text = await readFile(await saved.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ info: { name: 'My requests' }, item: [{ name: 'Welcome' }] })
  await expect(dialog).toBeHidden()
})

test('a k6 script has the stages, the data file and the pause that are typed; what is none is said, and nothing is saved meanwhile', async ({
  window,
}) => {
  const tree = window.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'My requests' }).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Export My requests' })
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('k6 script')
  const save = dialog.getByRole('button', { name: 'Save file' })

  await dialog.getByRole('textbox', { name: 'Stages' }).fill('30s:20, soon')
  await expect(dialog.getByText('"soon" is no stage')).toBeVisible()
  await expect(save).toBeDisabled()
  expect(await violationsIn(window)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Stages' }).fill('30s:20, 1m:0')
  await dialog.getByRole('textbox', { name: 'Data file' }).fill('users.csv')
  await dialog.getByRole('textbox', { name: 'Pause (s)' }).fill('0.5')
  await expect(save).toBeEnabled()
  const download = window.waitForEvent('download')
  await save.click()

  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toContain("{ duration: '30s', target: 20 }")
  expect(text).toContain("{ duration: '1m', target: 0 }")
  expect(text).toContain("open('users.csv')")
  expect(text).toContain('sleep(0.5)')
})
