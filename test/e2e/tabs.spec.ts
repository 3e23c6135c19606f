import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test('the tab in front stays wholly in sight while its label grows', async ({ window }) => {
  const editor = new EditorPage(window)
  const row = window.getByRole('tablist', { name: 'Open requests' })
  await editor.newRequest()
  // As many as the row is full with, and one more, so that the last stands at its very end.
  await expect(async () => {
    await window.getByRole('button', { name: 'New tab' }).click()
    expect(await row.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeGreaterThan(0)
  }).toPass()
  const hiddenPart = (): Promise<number> =>
    row.evaluate((element) => {
      const tab = element.querySelector('[aria-selected="true"]')
      return tab === null ? Infinity : Math.round(tab.getBoundingClientRect().right - element.getBoundingClientRect().right)
    })
  await expect.poll(hiddenPart).toBeLessThanOrEqual(1)
  const before = (await row.getByRole('tab', { selected: true }).boundingBox())?.width ?? Infinity

  await editor.url.fill('http://127.0.0.1:9/a/path/that/is/long/enough/to/fill/its/tab')

  await expect.poll(async () => (await row.getByRole('tab', { selected: true }).boundingBox())?.width).toBeGreaterThan(before + 10)
  await expect.poll(hiddenPart).toBeLessThanOrEqual(1)
})

test('a tab that was closed has its last answer again when it is reopened', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await new SidebarPage(window).open('Put')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)

  await window.keyboard.press('ControlOrMeta+Alt+W')
  await expect(editor.tab('Put')).toHaveCount(0)
  await window.keyboard.press('ControlOrMeta+Shift+T')

  await expect(editor.tab('Put')).toBeVisible()
  await expect(response.status).toHaveText(/200 OK/)
})
