import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { LargeBodyPage } from './pages/large-body.ts'
import { ResponsePage } from './pages/response.ts'

/** Some 10 MiB in one line, shown while it is being laid out. Laid out, an item is five lines, and the first stands in line 2. */
const ITEMS = 80_000
const item = (id: number): string => `{"id":${id},"name":"Käthe ${id}","text":"needle ${id % 100} and more of it"}`
const json = `[${Array.from({ length: ITEMS }, (_, id) => item(id)).join(`,${' '.repeat(50)}`)}]`

let address: string

test.beforeEach(async ({ serve, window }) => {
  address = await serve((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(json)
  })
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(address)
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
})

async function findIn(window: Page, text: string): Promise<LargeBodyPage> {
  const page = new LargeBodyPage(window)
  await expect(page.body).toContainText('Käthe')
  await page.body.focus()
  await window.keyboard.press('Control+F')
  await expect(page.find).toBeFocused()
  await page.find.fill(text)
  return page
}

test('matches are counted, marked and gone through, round the end', async ({ window }) => {
  const page = await findIn(window, 'KÄTHE 7999')

  await expect(page.result).toHaveText('1 of 11')
  await expect.poll(() => page.marked('current')).toEqual(['Käthe 7999'])
  await expect.poll(() => page.showsCurrent()).toBe(true)
  await window.keyboard.press('Shift+Enter')
  await expect(page.result).toHaveText('11 of 11')
  await expect(page.body).toContainText('"name": "Käthe 79999"')
  await window.keyboard.press('F3')
  await expect(page.result).toHaveText('1 of 11')

  await page.words.click()
  await expect(page.result).toHaveText('1 of 1')
  await page.regex.click()
  await page.find.fill('"text": "needle 9[89]')
  await expect(page.result).toHaveText(/ of 1,600$/)

  await page.find.focus()
  await window.keyboard.press('Escape')
  await expect(page.find).toHaveCount(0)
  await expect(page.body).toBeFocused()
})

test('an expression that is none, or does not end, is said beside the field', async ({ window }) => {
  const page = await findIn(window, '(')
  await page.regex.click()

  await expect(page.problem).toHaveText('Not a regular expression: unterminated group.')
  await expect(page.find).toHaveAttribute('aria-invalid', 'true')
  await page.find.fill('^( |n|e|d|l|[\\s\\S])*( |n|e|d|l|[\\s\\S])*!$')
  await expect(page.problem).toContainText('takes too long')
  await page.find.fill('needle 42\\b')
  await expect(page.result).toHaveText('1 of 800')
  await expect(page.problem).toHaveCount(0)
})

test('only the lines that match can be shown, with their numbers', async ({ window }) => {
  const page = await findIn(window, 'needle 42 ')
  await page.filter.click()

  await expect(page.result).toHaveText('1 of 800 in 800 lines')
  const first = page.body.locator('[data-line="0"]')
  await expect(first).toHaveText(`${2 + 42 * 5 + 3}    "text": "needle 42 and more of it"`)
  await expect.poll(async () => (await page.marked('every')).length).toBeGreaterThan(10)
  await page.filter.click()
  await expect(page.body).toContainText('"name": "Käthe 43"')
})

test('the end is gone to, also where it is yet to come, and a line by its number', async ({ window }) => {
  const page = new LargeBodyPage(window)
  await expect(page.body).toContainText('Käthe')
  await page.body.focus()
  await window.keyboard.press('Control+End')
  await expect(page.body).toContainText('"name": "Käthe 79999"', { timeout: 20_000 })
  await window.keyboard.press('Control+G')
  await page.line.fill('999,999,999')
  // As long as the text grows there may be such a line.
  await expect(page.line).toHaveAttribute('aria-invalid', 'true', { timeout: 20_000 })
  await page.line.fill(String(2 + 50_000 * 5))
  await window.keyboard.press('Enter')

  await expect(page.body).toContainText('"name": "Käthe 50000"')
  await window.keyboard.press('Escape')
  await expect(page.body).toBeFocused()
})

test('one long line is wrapped, found in, and copied whole', async ({ window, context }) => {
  // A window of Electron has no such permissions to grant.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined)
  await new ResponsePage(window).view('Raw')
  const page = await findIn(window, 'Käthe 79999')

  await expect(page.result).toHaveText('1 of 1')
  await expect.poll(() => page.showsCurrent()).toBe(true)
  await page.wrap.click()
  await page.find.fill('Käthe 79998')
  await expect.poll(() => page.marked('current')).toEqual(['Käthe 79998'])
  await expect.poll(() => page.showsCurrent()).toBe(true)

  await page.body.focus()
  await window.keyboard.press('Control+A')
  await window.keyboard.press('Control+C')
  await expect.poll(() => window.evaluate(async () => (await navigator.clipboard.readText()).length)).toBe(json.length)
  await page.wrap.click()
  await page.body.focus()
  await window.keyboard.press('Control+End') // while its rows are still being made
  await expect(page.body).toContainText(json.slice(-4), { timeout: 20_000 })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`lines and bars have no violations that axe can find (${colorScheme})`, async ({ window }) => {
    await window.emulateMedia({ colorScheme })
    const page = await findIn(window, '(')
    await page.regex.click()
    await expect(page.problem).toBeVisible()
    const { violations } = await new AxeBuilder({ page: window }).disableRules(['region']).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

    await window.keyboard.press('Escape')
    await page.body.focus()
    await window.keyboard.press('Control+G')
    await expect(page.line).toBeFocused()
    const again = await new AxeBuilder({ page: window }).disableRules(['region']).analyze()
    expect(again.violations.map(({ id }) => id)).toEqual([])
  })
}
