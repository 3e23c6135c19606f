/** An answer compared with the one before it and with earlier ones: value by value, without what does not count. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

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
  await expect(history.comparison.getByText('Neither body is JSON: they are compared line by line.')).toBeVisible()
  await expect(history.comparison.locator('.original')).toContainText('line 1')
  await window.keyboard.press('Escape')

  await new EditorPage(window).send.click()
  await expect(new ResponsePage(window).status).toHaveText(/202/)
  await choose(window, /^Choose from History/)
  await history.entries.last().click()
  await expect(history.comparison.getByRole('row', { name: /Changed Status 200 OK 202 Accepted/ })).toBeVisible()
})

test('an answer is kept as an example: opened, renamed, compared with, deleted and brought back', async ({ window, serve, dataDir }) => {
  const url = await serve(people())
  const folder = join(dataDir, 'collections', 'shop')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop API }\n')
  await writeFile(join(folder, 'People.yml'), `info: { name: People, type: http }\nhttp:\n  method: GET # of all\n  url: "${url}/"\n`)
  // The list of collections may have been read before they were written.
  await window.reload()
  const sidebar = new SidebarPage(window)
  await sidebar.unfold('Shop API')
  await sidebar.open('People')
  const response = new ResponsePage(window)
  const examples = response.region.getByRole('button', { name: 'Examples' })
  await new EditorPage(window).send.click()
  await expect(response.status).toHaveText('200 OK')

  await examples.click()
  await window.getByRole('menuitem', { name: 'Save as example…' }).click()
  await window.getByRole('textbox', { name: 'Name of the example' }).fill('Two people')
  await window.getByRole('button', { name: 'Save example' }).click()
  await expect(window.getByText('Saved the example “Two people”')).toBeVisible()
  expect(await readFile(join(folder, 'People.yml'), 'utf8')).toMatch(/GET # of all[\s\S]*examples:[\s\S]*name: Two people/)

  await examples.click()
  await window.getByRole('menuitem', { name: 'Two people · 200' }).click()
  const example = window.getByRole('region', { name: 'Saved example' })
  await expect(example.getByText('"Bob"')).toBeVisible()
  await expectNoViolations(window)
  await example.getByRole('button', { name: 'Rename' }).click()
  await window.getByRole('textbox', { name: 'Name of the example' }).fill('Both')
  await window.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(example.getByRole('heading', { name: 'Both' })).toBeVisible()
  await example.getByRole('button', { name: 'Delete the example' }).click()
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(example.getByRole('heading', { name: 'Both' })).toBeVisible()
  await example.getByRole('button', { name: 'Close the example' }).click()

  await new EditorPage(window).send.click()
  await expect(response.region.getByText('"Robert"')).toBeVisible()
  await choose(window, /^Example: Both/)
  const { comparison } = new HistoryPage(window)
  await expect(comparison.getByText('Example: Both')).toBeVisible()
  await expect(comparison.getByRole('row', { name: /"Bob" "Robert"/ })).toBeVisible()
})
