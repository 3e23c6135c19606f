/**
 * P7: a large JSON in one line in the window of the web host, in Chromium: opening, scrolling, finding, and what they cost;
 * at a size that they survive, beside a bare `<pre>` and Monaco alone.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { median, type Row } from './measure.ts'
import { CLI } from './programs.ts'
import { watchMemory, watchPauses } from './window-probe.ts'

const LARGE = 100 * 1024 ** 2
const SMALLER = 20 * 1024 ** 2
const ROUNDS = 3
/** A page that takes longer has frozen. */
const PATIENCE_MS = 120_000

interface Figures {
  /** From the last byte that the server sent to the first lines on screen; the whole index is ready then. */
  readonly linesMs: number
  readonly findMs: number | null
  /** The longest task while opening, while scrolling and while finding. */
  readonly pauses: readonly number[]
  readonly addedBytes: number | null
}

export async function benchWindow(): Promise<Row[]> {
  const server = await startWindowServer()
  try {
    const large = await rounds(() => inPosthaste(server, LARGE))
    const smaller = await rounds(() => inPosthaste(server, SMALLER))
    const pre = await rounds(() => inPage(server, 'pre', SMALLER))
    const monaco = await rounds(() => inPage(server, 'monaco', SMALLER))
    return [
      ...rowsOf('100 MiB of JSON in one line', [{ name: 'Posthaste', of: large }]),
      ...rowsOf('20 MiB of JSON in one line', [
        { name: 'Posthaste', of: smaller },
        { name: 'a bare <pre>', of: pre },
        { name: 'Monaco alone', of: monaco },
      ]),
    ]
  } finally {
    server.stop()
  }
}

function rowsOf(work: string, contenders: readonly { readonly name: string; readonly of: readonly Figures[] }[]): Row[] {
  const figures: readonly (readonly [string, (of: Figures) => number | null])[] = [
    ['first lines and whole index, after the last byte', ({ linesMs }) => linesMs],
    ['all matches of a word', ({ findMs }) => findMs],
    ['longest task while opening (0: under 50)', ({ pauses }) => pauses[0] ?? null],
    ['longest task while scrolling', ({ pauses }) => pauses[1] ?? null],
    ['longest task while finding', ({ pauses }) => pauses[2] ?? null],
  ]
  return figures.flatMap(([what, figure]) => {
    const own = contenders.map(({ name, of }) => ({ name, of, values: of.map(figure).filter((value) => value !== null) }))
    const first = median(own[0]?.values ?? [])
    return own
      .filter(({ values }) => values.length > 0)
      .map(({ name, of, values }) => ({
        work: `${work}: ${what}`,
        name,
        ms: median(values),
        ratio: first === 0 ? NaN : median(values) / first,
        peakBytes: Math.max(0, ...of.map(({ addedBytes }) => addedBytes ?? 0)) || null,
      }))
  })
}

async function rounds(run: () => Promise<Figures>): Promise<readonly Figures[]> {
  const all: Figures[] = []
  for (let round = 0; round < ROUNDS; round += 1) all.push(await run())
  return all
}

interface WindowServer {
  readonly url: string
  /** When the last byte of the next body leaves, in milliseconds of the clock. */
  readonly sent: () => Promise<number>
  readonly stop: () => void
}

async function startWindowServer(): Promise<WindowServer> {
  const child = fork(join(import.meta.dirname, 'window-server.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }]
  return {
    url: `http://127.0.0.1:${port}`,
    sent: async () => {
      const [{ sentAt }] = (await once(child, 'message')) as [{ readonly sentAt: number }]
      return sentAt
    },
    stop: () => child.kill(),
  }
}

async function inBrowser<T>(run: (browser: Browser, page: Page) => Promise<T>): Promise<T> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? findChromium()
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath !== null && { executablePath }) })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(PATIENCE_MS)
    return await run(browser, page)
  } finally {
    await browser.close()
  }
}

/** The web host with a data folder of its own. */
async function startHost(dataDir: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--no-open', '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, POSTHASTE_EXIT_WITH_PARENT: '1' },
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, url: /http:\S+/.exec(line)?.[0] ?? '' }
}

async function inPosthaste(server: WindowServer, bytes: number): Promise<Figures> {
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
      const memory = await watchMemory(browser, host.child.pid === undefined ? [] : [host.child.pid])
      const [sentAt, shownAt] = await Promise.all([server.sent(), send(page, `${server.url}/json/${bytes}`).then(() => firstLines(page))])
      const opening = await pauses.longest()
      await scroll(page)
      const scrolling = await pauses.longest()
      const findMs = await find(page)
      const finding = await pauses.longest()
      return { linesMs: shownAt - sentAt, findMs, pauses: [opening, scrolling, finding], addedBytes: memory.stop() }
    })
  } finally {
    host.child.kill()
    await once(host.child, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

async function send(page: Page, url: string): Promise<void> {
  await page.getByRole('textbox', { name: 'URL' }).fill(url)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

/** When the first line of the body was there, in milliseconds of the clock. */
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

async function scroll(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Response body' }).hover()
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 1500)
  await page.getByRole('group', { name: 'Response body' }).focus()
  for (const key of ['End', 'PageUp', 'PageUp', 'Home', 'End', 'Home']) await page.keyboard.press(key)
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

async function inPage(server: WindowServer, name: 'pre' | 'monaco', bytes: number): Promise<Figures> {
  return inBrowser(async (browser, page) => {
    const pauses = await watchPauses(page)
    await page.goto(`${server.url}/${name}`)
    if (name === 'monaco') await page.evaluate(() => (Reflect.get(globalThis, 'run') as (bytes: number) => Promise<number>)(1000))
    await pauses.longest()
    const memory = await watchMemory(browser, [])
    const linesMs = await page.evaluate((size) => (Reflect.get(globalThis, 'run') as (bytes: number) => Promise<number>)(size), bytes)
    const opening = await pauses.longest()
    await page.evaluate(async () => {
      const editor = Reflect.get(globalThis, 'editor') as { getScrollTop(): number; setScrollTop(top: number): void } | undefined
      for (let turn = 0; turn < 40; turn += 1) {
        if (editor) editor.setScrollTop(editor.getScrollTop() + 1500)
        else document.body.scrollTop += 1500
        await new Promise((done) => requestAnimationFrame(done))
      }
    })
    const scrolling = await pauses.longest()
    return { linesMs, findMs: null, pauses: [opening, scrolling], addedBytes: memory.stop() }
  })
}
