import { expect, test } from './support/fixtures.ts'
import { violationsIn } from './support/violations.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test.use({ isFirstStart: true })

test('the tour leads from step to step; its notes stay folded; it comes back when it was deleted', async ({ window, host }) => {
  const sidebar = new SidebarPage(window)
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const notes = window.getByRole('region', { name: 'Notes' })
  // That each of all eight is answered is seen where the tour is run (test/integration/cli-run.test.ts).
  const steps = ['1 Query params', '2 JSON body', '3 A file']

  await sidebar.item('1 Query params').click()
  for (const [index, name] of steps.entries()) {
    await expect(editor.tab(name)).toHaveAttribute('aria-selected', 'true')
    await editor.send.click()
    await expect(response.status, name).toHaveText(/^200 /)
    await expect(response.alert).toHaveCount(0)
    const next = steps[index + 1]
    if (next !== undefined) await notes.getByRole('button', { name: `Next step: ${next}` }).click()
  }
  expect(await violationsIn(window)).toEqual([])

  await sidebar.item('1 Query params').click()
  await window.keyboard.press('Delete')
  await expect(sidebar.item('1 Query params')).toHaveCount(0)
  await window.getByRole('button', { name: 'Help' }).click()
  await window.getByRole('menuitem', { name: 'Welcome tour' }).click()
  await expect(editor.tab('1 Query params')).toHaveAttribute('aria-selected', 'true')
  await expect(sidebar.item('1 Query params')).toBeVisible()

  await notes.getByRole('button', { name: 'Notes' }).click()
  await expect(notes.getByRole('button', { name: 'Notes' })).toHaveAttribute('aria-expanded', 'false')
  await host.journalWritten('"notesFolded"')
})

test('the manual is searched, read and left by the keyboard', async ({ window }) => {
  const manual = window.getByRole('region', { name: 'Manual' })
  const search = manual.getByRole('searchbox', { name: 'Search the manual' })
  await expect(new EditorPage(window).url).toBeVisible()

  await window.keyboard.press('F1')
  await expect(search).toBeFocused()
  await search.fill('jsonpath')
  await expect(manual.getByRole('list', { name: 'Found in the manual' }).locator('mark').first()).toHaveText(/jsonpath/i)
  expect(await violationsIn(window)).toEqual([])
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('Enter')
  const page = manual.getByRole('article')
  await expect(page.locator('mark').first()).toBeVisible()
  await expect(page.locator(':focus')).toHaveAttribute('id', /^manual-/)

  await search.fill('')
  await manual.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveAccessibleName('Import')
  await page.getByRole('button', { name: 'scripts.md' }).click()
  await expect(page).toHaveAccessibleName('Scripts')
  await page.getByRole('button', { name: 'Copy the example' }).first().click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  await manual.getByRole('button', { name: 'Back in the manual' }).click()
  await expect(page).toHaveAccessibleName('Import')
  expect(await violationsIn(window)).toEqual([])

  await window.keyboard.press('Escape')
  await expect(manual).toBeHidden()
})

test('a teaching note stands beside its place, leads to the manual, and stays away once it was dismissed', async ({ window }) => {
  const editor = new EditorPage(window)
  const note = window.getByRole('note')
  await editor.url.fill('{{$echo}}/get?q=a+b')
  await expect(note).toContainText('+')
  await note.getByRole('button', { name: /^More/ }).click()
  await expect(window.getByRole('article', { name: 'Good to know' }).locator(':focus')).toHaveText('Plus and percent 20')
  await window.keyboard.press('Escape')

  await note.getByRole('button', { name: 'Do not show this note again' }).click()
  await expect(note).toHaveCount(0)
  await window.keyboard.press('ControlOrMeta+,')
  await window.getByRole('button', { name: 'Reset Teaching notes' }).click()
  await window.keyboard.press('Escape')
  await expect(note).toBeVisible()
})
