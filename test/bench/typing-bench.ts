/**
 * P9 and P10 in the window of the web host, in Chromium, with 10,000 saved requests in the tree: how soon the tree is there, at
 * the first start and again, and how long a key takes until what it did is painted.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from '@playwright/test'
import { makeCollection } from './collection-bench.ts'
import { startHost } from './host-process.ts'
import { median, type Row } from './measure.ts'
import { inBrowser, treeShown } from './window-drive.ts'

/** Of so many keys one may be slower than the p99. */
const KEYS = 100
const WORK = '10,000 requests in the tree'

export async function benchTyping(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  try {
    await makeCollection(join(folder, 'data', 'collections', 'Big'))
    await makeCollection(join(folder, 'elsewhere', 'Big'))
    return await inBrowser(async (browser) => {
      // The browser runs already, as in `start-bench.ts`.
      await inWindow(browser, join(folder, 'warm'), '', () => Promise.resolve())
      return [...(await withThePage(browser, join(folder, 'data'))), ...(await openedByHand(browser, folder))]
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A collection that is opened with the window, and keys typed into that window. */
async function withThePage(browser: Browser, folder: string): Promise<Row[]> {
  const first = await inWindow(browser, folder, 'Request 0', (_page, opened) => Promise.resolve(opened))
  const rows: Row[] = [rowOf('the window is asked for until the tree is there, first start', first)]
  await inWindow(browser, folder, 'Request 0', async (page, again, url) => {
    const beside = await page.context().newPage()
    rows.push(
      rowOf('the same, by a host that was started again', again),
      rowOf('the same, of a host that runs', await openedIn(beside, url, 'Request 0')),
    )
    await beside.close()
    await page.getByRole('treeitem', { name: 'Request 0', exact: true }).first().click()
    await page.getByRole('table', { name: 'Query params' }).waitFor()
    for (const [place, take] of PLACES) {
      const times = (await take(page)).toSorted((a, b) => a - b)
      rows.push(rowOf(`key to paint, ${place}: median`, median(times)), rowOf(`key to paint, ${place}: p99`, times.at(-2) ?? NaN))
    }
  })
  return rows
}

/** A collection opened in a window that is there: never seen before, and again after it was closed. */
function openedByHand(browser: Browser, folder: string): Promise<Row[]> {
  const collection = join(folder, 'elsewhere', 'Big')
  return inWindow(browser, join(folder, 'empty'), '', async (page) => {
    const first = await chosenUntilShown(page, collection)
    await page.getByRole('treeitem', { name: 'Big', exact: true }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Close collection' }).click()
    await page.getByRole('treeitem', { name: 'Big', exact: true }).waitFor({ state: 'detached' })
    const again = await chosenUntilShown(page, collection)
    return [rowOf('a folder is chosen until its tree is there, in a window that is open', first), rowOf('the same, again', again)]
  })
}

async function chosenUntilShown(page: Page, folder: string): Promise<number> {
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Folder' }).fill(folder)
  const started = Date.now()
  await page.keyboard.press('Enter')
  return (await treeShown(page, 'Request 0')) - started
}

const PLACES: readonly (readonly [string, (page: Page) => Promise<readonly number[]>])[] = [
  ['URL', (page) => typedInto(page, page.getByRole('textbox', { name: 'URL', exact: true }))],
  [
    'a table',
    async (page) => {
      const table = page.getByRole('table', { name: 'Query params' })
      return typedInto(page, table.getByRole('textbox', { name: 'Value', exact: true }).first())
    },
  ],
  [
    'the editor of a body',
    async (page) => {
      await page.getByRole('tablist', { name: 'Request', exact: true }).getByRole('tab', { name: 'Body', exact: true }).click()
      await page.getByRole('combobox', { name: 'Body type' }).selectOption({ label: 'JSON' })
      return typedInto(page, page.getByRole('textbox', { name: 'Body text' }).first())
    },
  ],
  ['the filter of the tree', (page) => typedInto(page, page.getByRole('searchbox', { name: 'Filter requests' }), 'request 4')],
]

/** @param text typed again and again; the field is emptied after each time, which counts as a key */
async function typedInto(page: Page, field: Locator, text = 'https://a.example/?q=1'): Promise<readonly number[]> {
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.evaluate(() => void (Reflect.get(globalThis, 'benchKeys') as number[]).splice(0))
  for (let typed = 0; typed < KEYS; typed += 1) {
    const at = typed % (text.length + 1)
    if (at === text.length) await page.keyboard.press('Control+a')
    else await page.keyboard.press(text[at] ?? 'a')
    // One after the other is painted, as a person types.
    await page.waitForFunction((count) => (Reflect.get(globalThis, 'benchKeys') as number[]).length >= count, typed + 1)
  }
  return page.evaluate(() => [...(Reflect.get(globalThis, 'benchKeys') as number[])])
}

/**
 * @param name of what is in the tree; empty for whatever is
 * @param run with the time from asking for the page to that, in milliseconds
 */
async function inWindow<T>(
  browser: Browser,
  folder: string,
  name: string,
  run: (page: Page, openedMs: number, url: string) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(watchKeys)
  const host = await startHost(folder, { isProbed: false })
  try {
    return await run(page, await openedIn(page, host.url, name), host.url)
  } finally {
    await context.close()
    await host.stop()
  }
}

/** From asking for the page to what is in its tree, in milliseconds. */
async function openedIn(page: Page, url: string, name: string): Promise<number> {
  const started = Date.now()
  await page.goto(url, { waitUntil: 'commit' })
  return (await treeShown(page, name)) - started
}

/** From when the browser got the key to when the frame after it is painted: a message comes after that. */
function watchKeys(): void {
  const times: number[] = []
  Object.assign(globalThis, { benchKeys: times })
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Control') return
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => times.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    },
    true,
  )
}

function rowOf(name: string, ms: number): Row {
  return { work: WORK, name, ms, ratio: NaN, peakBytes: null }
}
