/**
 * P7: a large JSON in one line in the window of the web host, in Chromium: opening, scrolling, finding, its tree and its bytes,
 * and what they cost; at a size that they survive, beside a bare `<pre>` and Monaco alone; and a body of 1 GiB once.
 */
import { median, type Row } from './measure.ts'
import { driveWindow, inBrowser, startWindowServer, type Run, type Step, type WindowServer } from './window-drive.ts'
import { watchMemory, watchPauses } from './window-probe.ts'

const MIB = 1024 ** 2
const LARGE = 100 * MIB
const SMALLER = 20 * MIB
const HUGE = 1024 * MIB
const ROUNDS = 3
/**
 * A page that takes longer has frozen, and is given up: layout of a text in one piece is one task of the browser, which
 * nothing can end but closing it. A bare `<pre>` is so at 20 MiB on a machine with little to spare.
 */
const FROZEN_MS = 60_000

export async function benchWindow(): Promise<Row[]> {
  const server = await startWindowServer()
  try {
    const large = await rounds(ROUNDS, () => driveWindow(server, LARGE))
    const smaller = await rounds(ROUNDS, () => driveWindow(server, SMALLER))
    const pre = await rounds(1, () => inPage(server, 'pre', SMALLER))
    const monaco = await rounds(1, () => inPage(server, 'monaco', SMALLER))
    const huge = await rounds(1, () => driveWindow(server, HUGE))
    return [
      ...rowsOf('100 MiB of JSON in one line', [{ name: 'Posthaste', runs: large }]),
      ...rowsOf('20 MiB of JSON in one line', [
        { name: 'Posthaste', runs: smaller },
        { name: 'a bare <pre>', runs: pre },
        { name: 'Monaco alone', runs: monaco },
      ]),
      ...rowsOf('1 GiB of JSON in one line', [{ name: 'Posthaste', runs: huge }]),
    ]
  } finally {
    server.stop()
  }
}

interface Contender {
  readonly name: string
  /** Null where one was given up. */
  readonly runs: readonly (Run | null)[]
}

/** What took how long, and beside it the longest task of the window's thread meanwhile. */
function rowsOf(work: string, contenders: readonly Contender[]): Row[] {
  const given = contenders.flatMap(({ name, runs }) => (runs.includes(null) ? [frozenRow(work, name)] : []))
  const whole = contenders
    .map(({ name, runs }) => ({ name, runs: runs.filter((run) => run !== null) }))
    .filter(({ runs }) => runs.length > 0)
  const steps = whole[0]?.runs[0]?.steps ?? []
  const rows = steps.flatMap(({ what }) => [
    ...rowOf(
      `${work}: ${what}`,
      whole,
      ofStep(what, ({ ms }) => ms),
    ),
    ...rowOf(
      `${work}: ${what}, longest task (0: under 50)`,
      whole,
      ofStep(what, ({ pauseMs }) => pauseMs),
    ),
  ])
  return [...rows, ...given]
}

function frozenRow(work: string, name: string): Row {
  return { work, name: `${name}: frozen, given up after ${FROZEN_MS / 1000} s`, ms: FROZEN_MS, ratio: NaN, peakBytes: null }
}

function ofStep(what: string, figure: (step: Step) => number | null): (run: Run) => number | null {
  return ({ steps }) => {
    const step = steps.find((one) => one.what === what)
    return step ? figure(step) : null
  }
}

function rowOf(
  work: string,
  contenders: readonly { readonly name: string; readonly runs: readonly Run[] }[],
  figure: (run: Run) => number | null,
): Row[] {
  const own = contenders.map(({ name, runs }) => ({ name, runs, values: runs.map(figure).filter((value) => value !== null) }))
  const first = median(own[0]?.values ?? [])
  return own
    .filter(({ values }) => values.length > 0)
    .map(({ name, runs, values }) => ({
      work,
      name,
      ms: median(values),
      ratio: first === 0 ? NaN : median(values) / first,
      peakBytes: Math.max(0, ...runs.map(({ memory }) => memory?.both ?? 0)) || null,
    }))
}

async function rounds(count: number, run: () => Promise<Run | null>): Promise<readonly (Run | null)[]> {
  const all: (Run | null)[] = []
  for (let round = 0; round < count; round += 1) all.push(await run())
  return all
}

/** The same text in a page that holds all of it. Null where the page froze. */
async function inPage(server: WindowServer, name: 'pre' | 'monaco', bytes: number): Promise<Run | null> {
  return inBrowser(async (browser, page) => {
    const pauses = await watchPauses(page)
    await page.goto(`${server.url}/${name}`)
    if (name === 'monaco') await page.evaluate(runInPage, 1000)
    await pauses.longest()
    const memory = await watchMemory(browser, null)
    const show = async (): Promise<readonly Step[]> => {
      const linesMs = await page.evaluate(runInPage, bytes)
      const opening = await pauses.longest()
      await page.evaluate(scrollInPage)
      return [
        { what: 'first lines, after the last byte', ms: linesMs, pauseMs: opening },
        { what: 'scrolling', ms: null, pauseMs: await pauses.longest() },
      ]
    }
    let giveUp: NodeJS.Timeout | undefined
    const frozen = new Promise<null>((resolve) => (giveUp = setTimeout(() => resolve(null), FROZEN_MS)))
    const shown = show()
    // Closing the browser ends what a frozen page is asked for.
    shown.catch(() => undefined)
    const steps = await Promise.race([shown, frozen])
    clearTimeout(giveUp)
    const added = memory.stop()
    return steps && { steps, memory: added }
  })
}

const runInPage = (bytes: number): Promise<number> => (Reflect.get(globalThis, 'run') as (bytes: number) => Promise<number>)(bytes)

const scrollInPage = async (): Promise<void> => {
  const editor = Reflect.get(globalThis, 'editor') as { getScrollTop(): number; setScrollTop(top: number): void } | undefined
  for (let turn = 0; turn < 40; turn += 1) {
    if (editor) editor.setScrollTop(editor.getScrollTop() + 1500)
    else document.body.scrollTop += 1500
    await new Promise((done) => requestAnimationFrame(done))
  }
}
