/**
 * What a run looks like in a terminal: a line for each request, what failed with expected and actual, and what it came to.
 * Long runs list what failed only, and what fails again in the same way is told once. Progress is drawn where somebody looks, on a line that is written over.
 */
import type { CheckLine } from '#contract/model/run-checks.ts'
import { durationWords } from '#contract/model/run-charts.ts'
import type { RunProgress, RunResult, RunSummary } from '#contract/model/run.ts'
import type { BegunRun } from '#core/create-core.ts'
import { onCommandLine } from './flag-hints.ts'
import { grouped } from './grouped.ts'
import { repeatedFailures, type RepeatedFailures } from './repeated-failures.ts'

export interface RunTerminal {
  readonly begin: (run: BegunRun) => void
  readonly result: (result: RunResult, checks: () => readonly CheckLine[]) => void
  readonly progress: (progress: RunProgress) => void
  /** Wipes the progress, and writes what is waiting. */
  readonly end: () => void
  readonly summary: (summary: RunSummary) => void
}

export interface TerminalStreams {
  /** Where the lines go. */
  readonly out: NodeJS.WriteStream
  /** Where progress is drawn, if it is a terminal. */
  readonly status: NodeJS.WriteStream
  readonly isColored: boolean
}

/** Of runs with more requests, only what fails gets a line. */
const LISTED_REQUESTS = 1000
const WRITE_AFTER_MS = 40
const LONGEST_VALUE = 600

const CODES = { red: '31', green: '32', yellow: '33', dim: '2', bold: '1' } as const
type Paint = (text: string, look: keyof typeof CODES) => string

export function createRunTerminal({ out, status, isColored }: TerminalStreams): RunTerminal {
  const paint: Paint = (text, look) => (isColored ? `\u001b[${CODES[look]}m${text}\u001b[0m` : text)
  const isWatched = status.isTTY
  let waiting = ''
  let timer: NodeJS.Timeout | null = null
  let drawn = ''
  let begun: BegunRun | null = null
  let isQuiet = false
  let repeated = repeatedFailures(false)

  const flush = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    if (waiting === '') return
    if (drawn !== '') status.write('\r\u001b[K')
    out.write(waiting)
    waiting = ''
    if (drawn !== '') status.write(drawn)
  }
  const print = (text: string): void => {
    waiting += text
    timer ??= setTimeout(flush, WRITE_AFTER_MS)
  }
  return {
    begin: (run) => {
      begun = run
      isQuiet = run.requests.length * run.iterations > LISTED_REQUESTS
      repeated = repeatedFailures(isQuiet)
      const facts = [
        plural(run.requests.length, 'request'),
        run.iterations > 1 ? plural(run.iterations, 'iteration') : null,
        run.data === null ? null : `data ${run.data}`,
        isQuiet ? 'failures only' : null,
      ].filter((fact) => fact !== null)
      print(`${paint(plain(run.name), 'bold')} ${paint(`· ${facts.map(plain).join(' · ')}`, 'dim')}\n`)
      for (const note of run.notes) print(`${paint('!', 'yellow')} ${plain(note)}\n`)
    },
    result: (result, checks) => {
      if (isQuiet && result.outcome !== 'failed') return
      print(resultLines(titled(result, begun), checks, (begun?.iterations ?? 1) > 1, repeated, paint))
    },
    progress: ({ state, counts, requestsPerSecond }) => {
      if (!isWatched) return
      const failed = counts.failed === 0 ? '' : ` · ${grouped(counts.failed)} failed`
      const of = `${grouped(counts.done)} of ${grouped(counts.planned)}`
      drawn = `${of}${failed} · ${Math.round(requestsPerSecond)} a second${state === 'stopping' ? ' · stopping' : ''}`
      status.write(`\r\u001b[K${drawn}`)
    },
    end: () => {
      if (drawn !== '') status.write('\r\u001b[K')
      drawn = ''
      flush()
    },
    summary: (summary) => {
      print(untoldLines(repeated, paint))
      print(summaryLines(summary, paint))
      flush()
    },
  }
}

function titled(result: RunResult, begun: BegunRun | null): RunResult {
  return { ...result, name: begun?.requests[result.item] ?? result.name }
}

function resultLines(
  result: RunResult,
  checks: () => readonly CheckLine[],
  hasIterations: boolean,
  repeated: RepeatedFailures,
  paint: Paint,
): string {
  const head = headLine(result, hasIterations, paint)
  const lines = detailLines(result, checks, paint)
  const seen = result.outcome === 'failed' ? repeated.see(result, checks(), lines) : 'new'
  if (seen === null) return ''
  return seen === 'new' ? `${head}\n${lines}` : `${head}${paint(` · as ${hasIterations ? `[${seen.iteration}]` : 'before'}`, 'dim')}\n`
}

function untoldLines(repeated: RepeatedFailures, paint: Paint): string {
  const lines = repeated.untold().map(({ name, first, untold }) => {
    const times = `failed ${grouped(untold)} more ${untold === 1 ? 'time' : 'times'} in the same checks as [${first.iteration}]`
    return `${paint('✗', 'red')} ${plain(name)} ${paint(`· ${times}`, 'dim')}\n`
  })
  return lines.join('')
}

function headLine(result: RunResult, hasIterations: boolean, paint: Paint): string {
  const { outcome, name, method, status, reason, durationMs, iteration, retries } = result
  const mark = outcome === 'passed' ? paint('✓', 'green') : outcome === 'skipped' ? paint('-', 'dim') : paint('✗', 'red')
  const answer = status === null ? (outcome === 'skipped' ? 'skipped' : 'no answer') : `${status} ${reason}`.trim()
  const again = retries === 0 ? '' : ` · ${plural(retries, 'retry', 'retries')}`
  const facts = paint(`· ${plain(`${method} ${answer}`)} · ${durationWords(durationMs)}${again}`, 'dim')
  return `${mark} ${hasIterations ? paint(`[${iteration}] `, 'dim') : ''}${plain(name)} ${facts}`
}

/** What was printed, and what did not hold. */
function detailLines(result: RunResult, checks: () => readonly CheckLine[], paint: Paint): string {
  const printed = (result.checks?.console ?? []).map(({ text }) => `    ${paint(`| ${plain(text)}`, 'dim')}\n`)
  const messages = (result.checks?.messages ?? []).map((text) => `    ${paint(cut(text), 'yellow')}\n`)
  const isFailed = result.outcome === 'failed'
  const failures = isFailed ? checks().flatMap((line) => (line.outcome === 'failed' ? [failureLines(line, result, paint)] : [])) : []
  const warnings = result.warnings.map((text) => `    ${paint('!', 'yellow')} ${cut(text)}\n`)
  return [...printed, ...messages, ...failures, ...warnings].join('')
}

function failureLines({ name, expected, actual, message }: CheckLine, { error }: RunResult, paint: Paint): string {
  if (error !== null && message === error.message) {
    const { hint: words } = onCommandLine(error)
    const hint = words === undefined ? '' : `    ${paint(cut(words), 'dim')}\n`
    return `    ${paint(`${error.kind}: ${cut(error.message)}`, 'red')}\n${hint}`
  }
  const head = `    ${paint(cut(name), 'red')}\n`
  if (message !== undefined) return `${head}      ${cut(message)}\n`
  return `${head}      ${paint('expected', 'dim')} ${cut(expected ?? '')}\n      ${paint('actual', 'dim')}   ${cut(actual ?? '')}\n`
}

function summaryLines({ state, counts, totals, elapsedMs, requestsPerSecond, error }: RunSummary, paint: Paint): string {
  const lines: string[] = ['']
  const ended = { stopped: 'Stopped', bailed: 'Ended at the first failure', failed: 'The run could not go on' } as const
  if (state === 'stopped' || state === 'bailed' || state === 'failed') {
    const why = error === null ? '' : ` ${cut(error.message)}`
    lines.push(paint(`${ended[state]}: ${counts.done} of ${counts.planned} requests have a result.${why}`, 'yellow'))
  }
  lines.push(tally(counts.done, 'request', counts.passed, counts.failed, counts.skipped, paint))
  const checks = counts.checksPassed + counts.checksFailed
  if (checks > 0) lines.push(tally(checks, 'check', counts.checksPassed, counts.checksFailed, 0, paint))
  const { p50, p90, p99 } = totals
  const times = [
    `${counts.iterations > 1 ? `${plural(counts.iterationsDone, 'iteration')} in ` : ''}${durationWords(elapsedMs)}`,
    counts.done > 1 ? `${requestsPerSecond >= 100 ? Math.round(requestsPerSecond) : requestsPerSecond.toFixed(1)} requests a second` : null,
    ...Object.entries({ p50, p90, p99 }).map(([name, value]) => (value === null ? null : `${name} ${durationWords(value)}`)),
  ]
  lines.push(paint(times.filter((one) => one !== null).join(' · '), 'dim'))
  return `${lines.join('\n')}\n`
}

function tally(all: number, noun: string, passed: number, failed: number, skipped: number, paint: Paint): string {
  const parts = [
    paint(`${grouped(passed)} passed`, failed === 0 && passed > 0 ? 'green' : 'dim'),
    ...(failed > 0 ? [paint(`${grouped(failed)} failed`, 'red')] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
  ]
  return `${plural(all, noun)}: ${parts.join(', ')}`
}

function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : many}`
}

/** What came from elsewhere must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

function cut(text: string): string {
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text
  return plain(shown.replaceAll('\r\n', '\n')).replaceAll('\n', '\n      ')
}
