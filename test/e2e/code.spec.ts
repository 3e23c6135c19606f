import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'
import { violationsIn } from './support/violations.ts'

test('the request as code follows the form, in the language that is chosen, and is copied by a key', async ({ window }) => {
  await window.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await new SidebarPage(window).open('Post JSON')
  await window.getByRole('button', { name: 'Code', exact: true }).click()
  const code = window.getByRole('region', { name: 'Code' })
  await expect(code.getByText('import requests')).toBeVisible()

  const editor = new EditorPage(window)
  await editor.url.fill('https://h.test/über?q=a b&token={{no_such}}')
  await expect(code.getByRole('list', { name: 'Notes about the code' })).toContainText('Reads NO_SUCH from its environment.')

  await code.getByRole('combobox', { name: 'Language' }).selectOption('cURL')
  await expect(code.getByText(/^curl/).first()).toBeVisible()
  expect(await violationsIn(window)).toEqual([])

  const saves = code.getByRole('button', { name: 'Write the answer to a file' })
  await saves.click()
  await code.getByRole('combobox', { name: 'Language' }).selectOption('Go')
  await expect(code.getByRole('button', { name: 'Show the answer' })).toBeHidden()
  await code.getByRole('combobox', { name: 'Language' }).selectOption('cURL')

  await editor.url.focus()
  await window.keyboard.press('ControlOrMeta+Shift+C')
  await expect(window.getByText('Copied as cURL')).toBeVisible()
  const copied = await window.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain(`'https://h.test/%C3%BCber?q=a%20b&token='"$NO_SUCH"`)
  expect(copied).toContain('--data-raw')
  expect(copied).toContain("--output 'über'")

  await window.reload()
  await expect(window.getByRole('region', { name: 'Code' }).getByRole('combobox', { name: 'Language' })).toHaveValue('curl')
})
