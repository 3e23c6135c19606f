import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('every sample of the Welcome folder can be sent with no network', async ({ window }) => {
  const sidebar = new SidebarPage(window)
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await sidebar.unfold('My requests')
  await sidebar.unfold('Welcome')
  const samples = sidebar.tree.locator('[role=treeitem][aria-level="3"]')
  const names = await samples.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''))
  expect(names.length).toBeGreaterThan(8)

  for (const name of names) {
    await sidebar.item(name).click()
    await expect(editor.tab(name)).toHaveAttribute('aria-selected', 'true')
    await editor.send.click()
    await expect(response.status, name).toHaveText(/^\d{3} /, { timeout: 20_000 })
    await expect(response.alert).toHaveCount(0)
  }
})
