import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

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
