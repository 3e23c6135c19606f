import AxeBuilder from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

class TestsPage {
  readonly assertions: Locator
  readonly captures: Locator
  readonly messages: Locator
  readonly results: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.assertions = page.getByRole('table', { name: 'Assertions' })
    this.captures = page.getByRole('table', { name: 'Captures' })
    this.messages = page.getByRole('table', { name: 'Messages by status' })
    this.results = page.getByRole('group', { name: 'Results of tests' })
  }

  /** Types into the blank last row. */
  async add(table: Locator, first: string, second: string, names: readonly [string, string]): Promise<void> {
    const fields = table.getByRole('textbox', { name: names[0], exact: true })
    await fields.first().waitFor()
    const index = (await fields.count()) - 1
    await fields.nth(index).fill(first)
    await table.getByRole('textbox', { name: names[1], exact: true }).nth(index).fill(second)
  }

  async tab(name: 'Tests' | 'Console'): Promise<Locator> {
    return this.page.getByRole('tablist', { name: 'Response', exact: true }).getByRole('tab', { name, exact: true })
  }
}

test('assertions show what the answer has beside what is expected, and hold or fail in words', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const tests = new TestsPage(window)
  await new SidebarPage(window).open('Post JSON')
  await editor.section('Tests')
  await window.getByRole('button', { name: 'Status is 200' }).click()
  await expect(tests.assertions.getByRole('textbox', { name: 'Value', exact: true }).first()).toBeFocused()
  await tests.add(tests.assertions, 'res.body.json.name', 'Grace', ['Expression', 'Value'])

  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)

  const rows = tests.assertions.getByRole('row')
  await expect(rows.nth(0)).toContainText('Passed')
  await expect(rows.nth(1)).toContainText('Failed')
  await expect(rows.nth(1)).toContainText('Actual: Ada')
  // The verdict and what was there stand on one line.
  const bottomOf = (text: string): Promise<number> =>
    rows
      .nth(1)
      .getByText(text, { exact: true })
      .evaluate((word) => {
        const range = document.createRange()
        range.selectNodeContents(word)
        return range.getBoundingClientRect().bottom
      })
  expect(Math.abs((await bottomOf('Failed')) - (await bottomOf('Actual:')))).toBeLessThan(0.6)
  await expect(await tests.tab('Tests')).toHaveAttribute('aria-description', '1/2')
  await response.section('Tests')
  await expect(tests.results).toContainText('1 failed')
  await expect(tests.results.getByRole('listitem').filter({ hasText: 'res.body.json.name' })).toContainText('Actual: Ada')

  await rows.nth(1).getByRole('textbox', { name: 'Expression' }).focus()
  await window.keyboard.press('Alt+ArrowUp')
  await expect(rows.nth(0)).toContainText('Failed')
  await rows.nth(0).getByRole('textbox', { name: 'Value' }).fill('Ada')
  await expect(rows.nth(0)).toContainText('Last time: Ada')
  await editor.send.click()
  await expect(await tests.tab('Tests')).toHaveAttribute('aria-description', '2/2')

  await editor.save.click()
  const file = join(dataDir, 'collections', 'My requests', 'Welcome', 'Post JSON.yml')
  await expect.poll(() => readFile(file, 'utf8')).toContain('expression: res.body.json.name')
})

test('a value of the answer is captured at each send, and used by the next request', async ({ window, serve }) => {
  let token = 0
  const address = await serve((request, answer) => {
    if (request.url === '/login') token += 1
    answer.writeHead(200, { 'content-type': 'application/json', 'x-seen': request.headers.authorization ?? 'none' })
    answer.end(JSON.stringify({ token: `t-${token}` }))
  })
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const tests = new TestsPage(window)
  await editor.newRequest()
  await editor.url.fill(`${address}/login`)
  await editor.section('Tests')
  await tests.add(tests.captures, 'token', 'res.body.token', ['Variable', 'Expression'])
  await editor.send.click()
  await expect(tests.captures).toContainText('Captured')
  await expect(tests.captures).toContainText('t-1')
  await editor.send.click()
  await expect(tests.captures).toContainText('t-2')

  await editor.newRequest()
  await editor.url.fill(`${address}/protected?with={{token}}`)

  await expect(editor.prepared).toContainText('with=t-2')
  await editor.send.click()
  await expect(response.status).toHaveText(/200/)
})

test('a gate and messages by status tell what a failure means', async ({ window, serve }) => {
  const address = await serve((_request, answer) => {
    answer.writeHead(422, { 'content-type': 'application/json' })
    answer.end('{"message":"The name is taken."}')
  })
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const tests = new TestsPage(window)
  await editor.newRequest()
  await editor.url.fill(address)
  await editor.section('Tests')
  await window.getByRole('checkbox', { name: 'Fail on a status of 400 or more' }).check()
  await tests.add(tests.messages, '4xx', 'res.body.message', ['Status', 'Show'])

  await editor.send.click()

  await expect(response.status).toHaveText(/422/)
  await expect(response.region.getByRole('list', { name: 'Messages for this status' })).toHaveText('The name is taken.')
  await response.section('Tests')
  await expect(tests.results).toContainText('raise_for_status()')
  await expect(tests.results).toContainText('1 failed')
})

test('headers, figures, nodes of the tree and values of the text become assertions from their menus', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const tests = new TestsPage(window)
  await new SidebarPage(window).open('Post JSON')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await editor.section('Tests')

  await window.getByRole('button', { name: 'Assert or capture status, time, size' }).click()
  await window.getByRole('menuitem', { name: 'Assert that the status is 200' }).click()
  await response.section('Headers')
  await response.region.getByRole('row', { name: /^Content-Type/ }).hover()
  await window.getByRole('button', { name: 'Use Content-Type' }).click()
  await window.getByRole('menuitem', { name: 'Use as an assertion' }).click()
  await response.section('Body')
  await response.view('Tree')
  const tree = window.getByRole('tree', { name: 'Response body' })
  await tree.getByRole('treeitem', { name: /^data/ }).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Use as an assertion' }).click()

  await response.view('Pretty')
  await response.region.locator('.monaco-editor .view-line', { hasText: '"files"' }).click({ button: 'right' })
  // The editor's menu takes no click for a moment after it opens.
  const use = window.getByRole('menuitem', { name: 'Use as an assertion' })
  await expect(async () => {
    await use.click({ timeout: 1000 })
    await expect(use).toBeHidden({ timeout: 500 })
  }).toPass()

  const expressions = tests.assertions.getByRole('textbox', { name: 'Expression' })
  await expect(expressions.nth(0)).toHaveValue('res.status')
  await expect(expressions.nth(1)).toHaveValue("res.headers['content-type']")
  await expect(expressions.nth(2)).toHaveValue('res.body.data')
  await expect(expressions.nth(3)).toHaveValue('res.body.files')
  await editor.send.click()
  await expect(await tests.tab('Tests')).toHaveAttribute('aria-description', '4/4')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`results of tests have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const tests = new TestsPage(window)
    await new SidebarPage(window).open('Post JSON')
    await editor.section('Tests')
    await window.getByRole('button', { name: 'Status is 200' }).click()
    await tests.add(tests.assertions, 'res.body.json.name', 'Grace', ['Expression', 'Value'])
    await tests.add(tests.captures, 'missing', 'res.body.nothing', ['Variable', 'Expression'])
    await editor.send.click()
    await response.section('Tests')
    await expect(tests.results).toContainText('failed')

    // The rules that the other screens are held to as well, see accessibility.spec.ts.
    const { violations } = await new AxeBuilder({ page: window }).exclude('.monaco-editor').disableRules(['region']).analyze()

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`)).toEqual([])
  })
}
