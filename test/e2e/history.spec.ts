/** What was sent before: found, looked at, sent again, compared and removed, as one does it in the window. */
import type { RequestListener } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

/** Answers with a number that goes up, and fails where the path says so. */
function counting(): RequestListener {
  let count = 0
  return (request, response) => {
    count += 1
    response.writeHead(request.url?.startsWith('/missing') === true ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ count, word: count === 1 ? 'marmalade' : 'honey' }))
  }
}

async function sendAll(window: Page, urls: readonly string[]): Promise<void> {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  for (const [index, url] of urls.entries()) {
    await editor.url.fill(url)
    await editor.send.click()
    await expect(
      response.region
        .getByText(`"count": ${index + 1}`)
        .or(response.region.getByText(String(index + 1), { exact: true }))
        .first(),
    ).toBeVisible()
    await expect(response.region).toHaveAttribute('aria-busy', 'false')
  }
}

test('every send is found by its words and facts, and shown with its answer', async ({ window, serve }) => {
  const url = await serve(counting())
  await sendAll(window, [`${url}/users?page=1`, `${url}/orders`, `${url}/missing`])
  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries).toHaveCount(3)
  await expect(history.entries.first()).toHaveAccessibleName(/^GET \/missing .* 404 /)

  await history.search.fill('marmal')
  await expect(history.entries).toHaveCount(1)
  await expect(history.entries.first()).toHaveAccessibleName(/\/users .* 200 /)
  await expect(window.getByText('of a body, in its first 64 KiB')).toBeVisible()
  await history.search.fill('rders')
  await expect(history.entries.first()).toHaveAccessibleName(/\/orders/)
  await expect(window.getByText('of a body, in its first 64 KiB')).toBeVisible()
  await history.search.fill('')
  await history.filters()
  await window.getByRole('combobox', { name: 'Filter by status' }).selectOption('4xx')
  await expect(history.entries).toHaveCount(1)
  await window.getByLabel('Until').fill('2020-01-01')
  await expect(window.getByText('Nothing found')).toBeVisible()
  await window.getByRole('button', { name: 'Show all' }).click()
  await expect(history.entries).toHaveCount(3)

  await history.entries.last().click()
  const response = new ResponsePage(window)
  await expect(history.entry.getByRole('heading', { name: `${url}/users?page=1` })).toBeVisible()
  await expect(response.status).toHaveText('200 OK')
  await expect(response.region.getByText('marmalade')).toBeVisible()
  await response.section('Request')
  await expect(response.region.getByText('GET /users?page=1 HTTP/1.1')).toBeVisible()
  const { violations } = await new AxeBuilder({ page: window }).exclude('.monaco-editor').disableRules(['region']).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await window.keyboard.press('Escape')
  await expect(new EditorPage(window).url).toBeVisible()
})

test('an entry is opened as a new request, sent again exactly, and two are compared', async ({ window, serve }) => {
  const url = await serve(counting())
  await sendAll(window, [`${url}/users?page=1`])
  const editor = new EditorPage(window)
  const history = new HistoryPage(window)
  const response = new ResponsePage(window)
  await history.open()
  await history.choose(history.entries.first(), 'Open as new request')
  await expect(window.getByRole('tablist', { name: 'Open requests' }).getByRole('tab', { name: /users/ })).toHaveCount(2)
  await expect(editor.url).toHaveValue(`${url}/users?page=1`)

  await history.entries.first().click()
  await history.entry.getByRole('button', { name: 'Resend exactly' }).click()
  await expect(response.region.getByText('honey')).toBeVisible()
  await expect(history.entries).toHaveCount(2)
  await expect(history.entries.first()).toHaveAttribute('aria-selected', 'true')

  await history.entry.getByRole('button', { name: 'Compare with another entry' }).click()
  await history.entries.last().click()
  // The older one is the left one, whichever was chosen first.
  await expect(history.comparison.getByRole('row', { name: /^Changed \$\.word "marmalade" "honey"/ })).toBeVisible()
  await history.comparison.getByRole('tab', { name: 'Response' }).click()
  await expect(history.comparison.locator('.original')).toContainText('marmalade')
  await expect(history.comparison.locator('.modified')).toContainText('honey')
  await history.comparison.getByRole('tab', { name: 'Request' }).click()
  await expect(history.comparison.getByText('Both are the same.')).toBeVisible()
  await history.comparison.getByRole('tab', { name: 'Timing' }).click()
  await expect(history.comparison.getByRole('row', { name: /^Total/ })).toBeVisible()
})

test('entries are pinned, removed, cleared and brought back', async ({ window, serve }) => {
  const url = await serve(counting())
  await sendAll(window, [`${url}/a`, `${url}/b`, `${url}/c`])
  const history = new HistoryPage(window)
  await history.open()
  await history.choose(history.entries.nth(1), 'Pin')
  await expect(history.entries.nth(1)).toHaveAccessibleDescription(/pinned/)
  await history.choose(history.entries.first(), 'Delete')
  await expect(history.entries).toHaveCount(2)
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(history.entries).toHaveCount(3)

  await window.getByRole('button', { name: 'History menu' }).click()
  await window.getByRole('menuitem', { name: 'Clear history' }).click()
  await expect(history.entries).toHaveCount(1)
  await expect(history.entries.first()).toHaveAccessibleName(/\/b /)
})

test('the answers of a saved request are back after a restart, and earlier ones can be shown in its place', async ({ window, host }) => {
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('My requests')
  await sidebar.unfold('Welcome')
  await sidebar.item('Get with a query').click()
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  // Until its tab is open, Send is that of the tab before.
  await expect(editor.url).toHaveValue(/hello=world/)
  await editor.send.click()
  await expect(response.status).toHaveText(/200/)
  await editor.url.press('End')
  await window.keyboard.insertText('&second=yes')
  await editor.send.click()
  await expect(response.region.getByText('second').first()).toBeVisible()

  const page = await host.restart()
  const again = new ResponsePage(page)
  await expect(again.status).toHaveText(/200/)
  await expect(again.region.getByText('second').first()).toBeVisible()
  await again.region.getByRole('button', { name: 'History' }).click()
  await page
    .getByRole('menuitem', { name: /· 200 ·/ })
    .nth(1)
    .click()
  await expect(again.region.getByText('second')).toHaveCount(0)
  await expect(again.status).toHaveText(/200/)
})

test('the first click into a list that was scrolled shows the entry under the pointer', async ({ window, serve }) => {
  await window.setViewportSize({ width: 900, height: 600 })
  const url = await serve(counting())
  await sendAll(
    window,
    Array.from({ length: 25 }, (_, index) => `${url}/nr${index + 10}`),
  )
  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries.first()).toHaveAccessibleName(/nr34/)

  await history.entries.first().hover()
  await window.mouse.wheel(0, 100_000)
  await expect(history.entries.last()).toHaveAccessibleName(/nr10/)
  await history.entries.last().click()

  await expect(history.entry.getByRole('heading', { name: `${url}/nr10` })).toBeVisible()
})
