// Queries over the body of an answer: typed, refined, exported, and what a match is used for.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

const ITEMS = '{"items":[{"id":1,"name":" one "},{"id":12345678901234567890,"name":"two"},{"id":30,"name":"two"}]}'
const PAGE = '<!doctype html><ul id="nav"><li><a href="/a">A</a><li><a href="/b">B</a></ul>'
let server: Server
let address: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/page') return void response.setHeader('content-type', 'text/html').end(PAGE)
    response.setHeader('content-type', 'application/json')
    if (request.url !== '/many') return void response.end(ITEMS)
    response.end(JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ id: index }))))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())

class FilterPage {
  readonly field: Locator
  readonly kind: Locator
  readonly count: Locator
  readonly list: Locator
  readonly match: Locator
  readonly #page: Page

  constructor(page: Page) {
    const { region } = new ResponsePage(page)
    this.#page = page
    this.field = region.getByRole('textbox', { name: 'Filter', exact: true })
    this.kind = region.getByRole('combobox', { name: 'Filter kind' })
    this.count = region.getByRole('status', { name: 'Matches' })
    this.list = region.getByRole('group', { name: 'Matches', exact: true })
    this.match = region.getByRole('region', { name: 'Match', exact: true })
  }

  async open(path: string): Promise<void> {
    const editor = new EditorPage(this.#page)
    await editor.newRequest()
    await editor.url.fill(address + path)
    await editor.send.click()
    await expect(new ResponsePage(this.#page).status).toHaveText(/200 OK/)
    await this.#page.getByRole('button', { name: 'Filter by JSONPath, XPath or CSS' }).click()
    await expect(this.field).toBeFocused()
  }

  row(text: string): Locator {
    return this.list.getByRole('button').filter({ hasText: text })
  }

  async menu(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Copy or save the matches' }).click()
    await this.#page.getByRole('menuitem', { name, exact: true }).click()
  }
}

test('JSONPath finds while it is typed, digit by digit, and says where it is wrong', async ({ window }) => {
  const filter = new FilterPage(window)
  await filter.open('/items')
  await expect(filter.kind).toHaveValue('jsonpath')

  await filter.field.fill('$.items[?@.id > 5].id')
  await expect(filter.count).toHaveText('2 matches')
  await expect(filter.row('$.items[1].id')).toContainText('12345678901234567890')

  await filter.field.fill('$.items[?@.id >')
  await expect(new ResponsePage(window).region.getByText(/^Character 16: /)).toBeVisible()
  await expect(filter.field).toHaveAttribute('aria-invalid', 'true')

  await new ResponsePage(window).region.getByRole('tab', { name: 'Tree', exact: true }).click()
  await filter.field.fill('$..name')
  await expect(filter.count).toHaveText('3 matches')
  await new ResponsePage(window).region.getByRole('tab', { name: 'Pretty', exact: true }).click()
  await expect(filter.row('$.items[0].name')).toBeVisible()

  await filter.field.fill('')
  await expect(new ResponsePage(window).region.getByRole('textbox', { name: 'Response body' })).toBeAttached()
  await filter.field.press('Escape')
  await expect(filter.field).toBeHidden()
})

test('a list of any length is scrolled through', async ({ window }) => {
  const filter = new FilterPage(window)
  await filter.open('/many')
  await filter.field.fill('$[*].id')
  await expect(filter.count).toHaveText('20,000 matches')

  await filter.field.press('Enter')
  await window.keyboard.press('End')

  await expect(filter.row('$[19999].id')).toContainText('19999')
  await expect(filter.match.getByText('$[19999].id')).toBeVisible()
})

test('what takes long says for how long, and is stopped', async ({ window }) => {
  const filter = new FilterPage(window)
  const { region } = new ResponsePage(window)
  await filter.open('/many')

  await filter.field.fill('$[?count($..id) > 0]')
  await expect(filter.count).toHaveText(/^Looking…(?: \d+%,)? \d+ s$/)
  await region.getByRole('button', { name: 'Stop looking' }).click()
  await expect(region.getByText('Stopped by you.')).toBeVisible()
  await expect(filter.count).toHaveText('')
  await region.getByRole('button', { name: 'Look again' }).click()
  await expect(filter.count).toHaveText(/^Looking…/)

  await filter.field.fill('$[7].id')
  await expect(filter.count).toHaveText('1 match')
})

test('matches are trimmed, thinned out and wrapped, and exported', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined)
  const filter = new FilterPage(window)
  await filter.open('/items')
  await filter.field.fill('$..name')
  await expect(filter.count).toHaveText('3 matches')

  await window.getByRole('button', { name: 'Trim, shorten and wrap the matches' }).click()
  await window.getByRole('checkbox', { name: 'Trim' }).check()
  await window.getByRole('checkbox', { name: 'Unique' }).check()
  await window.getByRole('textbox', { name: 'Before each' }).fill('<')
  await window.getByRole('textbox', { name: 'After each' }).fill('>')
  await expect(filter.count).toHaveText('2 of 3 matches')
  await expect(filter.row('<one>')).toBeVisible()

  await filter.menu('Copy as CSV')
  await expect
    .poll(() => window.evaluate(() => navigator.clipboard.readText()))
    .toBe('path,value\r\n$.items[0].name,<one>\r\n$.items[1].name,<two>\r\n')
  await filter.menu('Copy as text')
  await expect.poll(() => window.evaluate(() => navigator.clipboard.readText())).toBe('<one>\n<two>\n')
})

test('HTML is queried by CSS selectors and XPath', async ({ window }) => {
  const filter = new FilterPage(window)
  await filter.open('/page')
  await expect(filter.kind).toHaveValue('css')
  await filter.field.fill('li a::attr(href)')
  await expect(filter.count).toHaveText('2 matches')
  await expect(filter.row('#nav > li:nth-of-type(2) > a::attr(href)')).toContainText('/b')

  await filter.field.fill('//li[2]/a')
  await expect(filter.kind).toHaveValue('xpath')
  await expect(filter.count).toHaveText('1 match')
  await expect(filter.row('/html/body/ul/li[2]/a')).toContainText('B')
})

test('a match becomes an assertion of the request, and the value of a variable', async ({ window }) => {
  const editor = new EditorPage(window)
  const filter = new FilterPage(window)
  await filter.open('/items')
  await filter.field.fill('$..id')
  await filter.row('$.items[1].id').click()

  await filter.match.getByRole('button', { name: 'Use as an assertion' }).click()
  await expect(window.getByText(/^Asserted under Tests/)).toBeVisible()
  await window.getByRole('button', { name: 'Show', exact: true }).click()
  const assertions = window.getByRole('table', { name: 'Assertions' })
  await expect(assertions.getByRole('textbox', { name: 'Expression' }).first()).toHaveValue("res.jsonpath('$.items[1].id')")
  await expect(assertions.getByRole('textbox', { name: 'Value' }).first()).toHaveValue('12345678901234567890')
  await assertions.getByRole('button', { name: 'Row actions' }).click()
  await window.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(assertions.getByRole('row')).toHaveCount(1)

  await filter.match.getByRole('button', { name: 'Use as an assertion' }).click()
  await expect(assertions.getByRole('row')).toHaveCount(2)
  await window.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(assertions.getByRole('row')).toHaveCount(1)

  await filter.match.getByRole('button', { name: 'Capture into a variable…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Capture into a variable' })
  await expect(dialog.getByRole('textbox', { name: 'Variable name' })).toHaveValue('id')
  await dialog.getByRole('textbox', { name: 'Variable name' }).fill('captured_id')
  await dialog.getByRole('button', { name: 'Capture' }).click()
  await expect(dialog).toBeHidden()
  const captures = window.getByRole('table', { name: 'Captures' })
  await expect(captures.getByRole('textbox', { name: 'Expression' }).first()).toHaveValue("res.jsonpath('$.items[1].id')")
  await expect(captures.getByRole('combobox', { name: 'Scope' }).first()).toHaveValue('runtime')
  await editor.url.fill(`${address}/items?id={{captured_id}}`)
  await expect(window.getByRole('region', { name: 'Prepared request' })).toContainText('id=12345678901234567890')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the filter has no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const filter = new FilterPage(window)
    await filter.open('/items')
    await window.getByRole('button', { name: 'Trim, shorten and wrap the matches' }).click()
    await filter.field.fill('$..id')
    await filter.row('$.items[1].id').click()
    await filter.match.getByRole('button', { name: 'Use as an assertion' }).click()
    await window.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(window.getByRole('table', { name: 'Assertions' })).toBeVisible()

    // The rules that the other screens are held to as well, see accessibility.spec.ts.
    const { violations } = await new AxeBuilder({ page: window }).exclude('.monaco-editor').disableRules(['region']).analyze()

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`)).toEqual([])
  })
}
