/** Drives the window of the web host through a large answer, and measures what each step takes of time, of pauses and of memory. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { startHost } from './host-process.ts'
import { watchMemory, watchPauses, type AddedMemory, type Pauses } from './window-probe.ts'

/** A step that takes longer has frozen. */
const PATIENCE_MS = 180_000

export interface Step {
  readonly what: string
  /** Null where only its pause counts. */
  readonly ms: number | null
  /** The longest task of the window's thread meanwhile; 0 where none took 50 ms. */
  readonly pauseMs: number
}

export interface Run {
  readonly steps: readonly Step[]
  readonly memory: AddedMemory | null
}

export interface WindowServer {
  readonly url: string
  /** When the last byte of the next body of that size leaves, in milliseconds of the clock. */
  readonly sent: (bytes: number) => Promise<number>
  readonly stop: () => void
}

export async function startWindowServer(): Promise<WindowServer> {
  const child = fork(join(import.meta.dirname, 'window-server.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }]
  return {
    url: `http://127.0.0.1:${port}`,
    sent: async (bytes) => {
      // Messages that nobody waited for come first.
      for (;;) {
        const [told] = (await once(child, 'message')) as [{ readonly bytes: number; readonly sentAt: number }]
        if (told.bytes === bytes) return told.sentAt
      }
    },
    stop: () => child.kill(),
  }
}

export async function inBrowser<T>(run: (browser: Browser, page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? findChromium()
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath !== null && { executablePath }) })
  try {
    // Of a context of its own, so that there can be a page beside it.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    return await run(browser, page)
  } finally {
    await browser.close()
  }
}

/**
 * When a saved request was there, in milliseconds of the clock. It is looked for with each frame: whoever waits for a locator looks
 * twice a second.
 */
export async function treeShown(page: Page, name = ''): Promise<number> {
  const shown = await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('[role="treeitem"]')].some((row) => row.textContent?.includes(wanted)) && Date.now(),
    name,
  )
  return Number(await shown.jsonValue())
}

/** Sends for so many bytes of JSON in one line, and does with them what a person does. */
export async function driveWindow(server: WindowServer, bytes: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const host = await startHost(folder)
  try {
    return await inBrowser(async (browser, page) => {
      const pauses = await watchPauses(page)
      await page.goto(host.url)
      // What is loaded once is no part of the figures: a short answer before the large one.
      await page.getByRole('button', { name: 'New request' }).first().click()
      await send(page, `${server.url}/json/1000`)
      await page.getByRole('textbox', { name: 'Response body' }).waitFor()
      await pauses.longest()
      const memory = await watchMemory(browser, host.child.pid ?? null)
      const steps = await takeSteps(page, server, bytes, pauses)
      return { steps, memory: memory.stop() }
    })
  } finally {
    host.child.kill()
    await once(host.child, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

async function takeSteps(page: Page, server: WindowServer, bytes: number, pauses: Pauses): Promise<readonly Step[]> {
  const steps: Step[] = []
  const step = async (what: string, take: () => Promise<number | null>): Promise<void> => {
    const ms = await take()
    steps.push({ what, ms, pauseMs: await pauses.longest() })
  }
  let sentAt = 0
  await step('first lines, after the last byte', async () => {
    const [sent, shown] = await Promise.all([server.sent(bytes), send(page, `${server.url}/json/${bytes}`).then(() => firstLines(page))])
    sentAt = sent
    return shown - sent
  })
  await step('whole index, after the last byte', async () => (await whole(page)) - sentAt)
  await step('scrolling', async () => (await scroll(page), null))
  await step('the last line', () => lastLine(page))
  await step('all matches of a word', () => find(page))
  await step('Tree', () => tree(page))
  await step('Hex, and its end', () => hex(page))
  return steps
}

async function send(page: Page, url: string): Promise<void> {
  await page.getByRole('textbox', { name: 'URL' }).fill(url)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

/** When the first line of the body was there, in milliseconds of the clock. Rows of what is still on its way are no such lines. */
function firstLines(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('[data-line="0"] > [data-start]')?.textContent) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** When the text was laid out to its end. */
function whole(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('[data-line]')?.closest('[aria-busy]')?.getAttribute('aria-busy') === 'false') resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

async function scroll(page: Page): Promise<void> {
  const body = page.getByRole('group', { name: 'Response body' })
  await body.hover()
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 1500)
  await body.focus()
  for (const key of ['PageDown', 'PageDown', 'PageUp', 'Home']) await page.keyboard.press(key)
}

/** From the key to the text's last line being read. */
async function lastLine(page: Page): Promise<number> {
  const started = Date.now()
  await page.keyboard.press('End')
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('[data-line] > [data-start]')]
    return rows.at(-1)?.textContent === ']'
  })
  const took = Date.now() - started
  await page.keyboard.press('Home')
  return took
}

/** From the key that asks to the last of the matches, in milliseconds. */
async function find(page: Page): Promise<number> {
  await page.keyboard.press('Control+f')
  await page.evaluate(() => {
    let asked = 0
    addEventListener('keydown', (event) => (asked = event.key === 'Enter' ? performance.now() : asked), true)
    const look = (): void => {
      const status = document.querySelector('[role="status"][aria-label="Find result"]')?.textContent ?? ''
      if (/ of [\d,]+$/.test(status)) Object.assign(globalThis, { benchFound: performance.now() - asked })
      else requestAnimationFrame(look)
    }
    look()
  })
  await page.keyboard.insertText('needle')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => 'benchFound' in globalThis)
  return page.evaluate(() => Reflect.get(globalThis, 'benchFound') as number)
}

async function tree(page: Page): Promise<number> {
  const started = Date.now()
  await view(page, 'Tree')
  // The saved requests are a tree too.
  await page.getByRole('tree', { name: 'Response body' }).getByRole('treeitem').nth(3).waitFor()
  return Date.now() - started
}

async function hex(page: Page): Promise<number> {
  const started = Date.now()
  await view(page, 'Hex')
  const bytes = page.getByRole('group', { name: 'Bytes of the body' })
  await bytes.focus()
  await page.keyboard.press('Control+End')
  // The text ends with the bracket that closes the list.
  await page.waitForFunction(() => /7d 5d/.test(document.querySelector('[aria-label="Bytes of the body"]')?.textContent ?? ''))
  return Date.now() - started
}

async function view(page: Page, name: string): Promise<void> {
  await page.getByRole('tablist', { name: 'Body view' }).getByRole('tab', { name, exact: true }).click()
}
