/** An answer compared with the one before it and with earlier ones: value by value, without what does not count. */
import type { RequestListener } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'

/** People, one of whom is renamed and one added from the second answer on; a time and a header that are new each time. */
function people(): RequestListener {
  let count = 0
  return (request, response) => {
    count += 1
    const users = [
      { id: 1, name: 'Ada', seen: count },
      { id: 2, name: count === 1 ? 'Bob' : 'Robert', seen: count },
    ]
    const isText = request.url === '/text'
    response.writeHead(count < 3 ? 200 : 202, { 'Content-Type': isText ? 'text/plain' : 'application/json', 'X-Count': String(count) })
    if (isText) response.end(`one\nline ${count}\n`)
    else response.end(JSON.stringify({ at: `10:0${count}`, users: count === 1 ? users : [{ id: 0, name: 'Eve', seen: count }, ...users] }))
  }
}

async function sendTwice(window: Page, url: string): Promise<void> {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  for (const count of ['1', '2']) {
    await editor.send.click()
    await response.section('Headers')
    await expect(response.region.getByRole('row', { name: `X-Count ${count}` })).toBeVisible()
  }
}

async function choose(window: Page, item: RegExp): Promise<void> {
  await new ResponsePage(window).region.getByRole('button', { name: 'Compare with…' }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').disableRules(['region']).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('an answer is compared with the one before, value by value, and paths are left out', async ({ window, serve }) => {
  await sendTwice(window, await serve(people()))
  await choose(window, /^Previous answer/)
  const { comparison } = new HistoryPage(window)
  const body = comparison.getByRole('table', { name: 'Changes of the body' })
  await expect(body.getByRole('row', { name: /Changed \$\.users\[2\]\.name was \$\.users\[1\]\.name "Bob" "Robert"/ })).toBeVisible()
  await expect(body.getByRole('row', { name: /Added \$\.users\[0\]/ })).toBeVisible()
  await expect(comparison.getByRole('table', { name: 'Changes of headers' }).getByRole('row', { name: /X-Count 1 2/ })).toBeVisible()
  await expect(comparison.getByText('4 changed · 1 added')).toBeVisible()

  await body.getByRole('button', { name: 'Ignore $.users[*].seen' }).first().click()
  await expect(comparison.getByText('2 changed · 1 added')).toBeVisible()
  await comparison.getByRole('textbox', { name: 'Path to ignore' }).fill('at')
  await comparison.getByRole('textbox', { name: 'Path to ignore' }).press('Enter')
  await expect(comparison.getByText('1 changed · 1 added')).toBeVisible()
  await expectNoViolations(window)
  await window.emulateMedia({ colorScheme: 'dark' })
  await expectNoViolations(window)
  await comparison.getByRole('button', { name: 'Compare at again' }).click()
  await expect(comparison.getByText('2 changed · 1 added')).toBeVisible()
  await comparison.getByRole('button', { name: 'Swap sides' }).click()
  await expect(comparison.getByText('2 changed · 1 removed')).toBeVisible()
  await comparison.getByRole('button', { name: 'Close the comparison' }).click()
  await expect(new EditorPage(window).url).toBeVisible()
})

test('texts are compared by lines, and an answer with any entry of the history', async ({ window, serve }) => {
  const url = await serve(people())
  await sendTwice(window, `${url}/text`)
  await choose(window, /^Previous answer/)
  const history = new HistoryPage(window)
  await expect(history.comparison.getByText(/cannot be compared value by value: it is no valid JSON/)).toBeVisible()
  await expect(history.comparison.locator('.original')).toContainText('line 1')
  await window.keyboard.press('Escape')

  await new EditorPage(window).send.click()
  await expect(new ResponsePage(window).status).toHaveText(/202/)
  await choose(window, /^Choose from History/)
  await history.entries.last().click()
  await expect(history.comparison.getByRole('row', { name: /Changed Status 200 OK 202 Accepted/ })).toBeVisible()
})
