import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { LayersPage } from './pages/layers.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'
import { violationsIn } from './support/violations.ts'

test('scripts are typed, saved in the request’s file, and gone again when emptied', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  await new SidebarPage(window).open('Put')
  await editor.section('Scripts')
  const script = window.getByRole('textbox', { name: 'Script: Before request' })
  await script.focus()
  await window.keyboard.type('req.setHeader("x", 1)')
  const fileOf = (): Promise<string> => readFile(join(dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml'), 'utf8')
  await editor.save.click()
  await expect.poll(fileOf).toMatch(/scripts:\n +- type: before-request\n +code: req\.setHeader\("x", 1\)/)

  await script.focus()
  await window.keyboard.press('ControlOrMeta+A')
  await window.keyboard.press('Delete')
  await editor.save.click()

  await expect.poll(fileOf).not.toContain('scripts')
})

test('the editor offers what scripts can call, and a fault leads to its line', async ({ window }) => {
  // What it knows of the language may come after what was typed.
  const typed = Promise.withResolvers<void>()
  await window.route('**/assets/script-types-*.js', async (route) => {
    await typed.promise
    await route.continue()
  })
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await new SidebarPage(window).open('Put')
  await editor.section('Scripts')
  const script = window.locator('.monaco-editor').getByRole('textbox', { name: 'Script: Before request' })
  await script.focus()
  await window.keyboard.type('req.setH')
  await expect(script).toHaveValue('req.setH')
  typed.resolve()
  await expect(window.locator('.suggest-widget').getByText('setHeaders', { exact: true })).toBeVisible({ timeout: 20_000 })
  await window.keyboard.press('Escape')
  await window.keyboard.type('eader("a", 1)\nthrow new Error("broken")')

  await editor.send.click()

  await response.section('Tests')
  await editor.section('Headers')
  await response.region.getByRole('button', { name: 'Before request, line 2' }).click()
  await expect(script).toBeFocused()
  await expect(window.getByText('Line 2: broken')).toBeVisible()
  await response.section('Console')
  await expect(response.region.getByRole('log', { name: 'Console' })).toContainText('broken')
})

test('a folder has scripts too: typed on its page, run around its requests, and a fault leads to their line', async ({
  window,
  dataDir,
}) => {
  const [sidebar, layers, response] = [new SidebarPage(window), new LayersPage(window), new ResponsePage(window)]
  await sidebar.open('Put')
  await sidebar.item('Welcome').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Defaults…' }).click()
  await layers.section('Defaults', 'Scripts')
  const script = window.getByRole('textbox', { name: 'Script: Before request' })
  await script.focus()
  await window.keyboard.type('bru.setVar("a", 1)\nthrow new Error("broken")')
  await layers.saved()
  const file = join(dataDir, 'collections', 'My requests', 'Welcome', 'folder.yml')
  expect(await readFile(file, 'utf8')).toMatch(/type: before-request/)

  await window.getByRole('button', { name: 'Back to the requests' }).click()
  await new EditorPage(window).send.click()
  await response.section('Tests')
  await response.region.getByRole('button', { name: 'Before request of Welcome, line 2' }).click()

  await expect(layers.frame('Defaults Welcome').getByText('Line 2: broken')).toBeVisible()
  await expect(script).toBeFocused()
  expect(await violationsIn(window)).toEqual([])
})
