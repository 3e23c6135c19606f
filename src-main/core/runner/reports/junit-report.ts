/**
 * The JUnit XML of a run, as CI services read it: a test suite for each request of each iteration, a test case for each
 * thing that was checked. It fits the schema of Jenkins' xUnit plugin.
 */
import type { RunResult, RunSummary } from '#contract/model/run.ts'
import type { ReportSource } from './report-source.ts'
import { stateWords } from './state-words.ts'
import { checksOf, type CheckLine } from '#contract/model/run-checks.ts'

export async function* junitReport({ summary, results }: ReportSource): AsyncGenerator<string> {
  const totals = { tests: 0, failures: 0, errors: 0 }
  // The sums stand before what they are of, so it is gone through twice.
  for await (const result of results()) {
    const counts = countsOf(result, checksOf(result))
    totals.tests += counts.tests
    totals.failures += counts.failures
    totals.errors += counts.errors
  }
  // Whoever reads this file alone would take a run that was cut off for one that went well.
  const isCutOff = summary.state !== 'finished' && summary.state !== 'bailed'
  if (isCutOff) {
    totals.tests += 1
    totals.errors += 1
  }
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: summary.name, time: seconds(summary.elapsedMs), ...totals })}>\n`
  for await (const result of results()) yield suiteOf(result, summary)
  if (isCutOff) yield endingOf(summary)
  yield '</testsuites>\n'
}

function countsOf(
  { error }: RunResult,
  checks: readonly CheckLine[],
): { tests: number; failures: number; errors: number; skipped: number } {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').length
  const errors = error === null ? 0 : 1
  const skipped = checks.filter(({ outcome }) => outcome === 'skipped').length
  return { tests: checks.length, failures: failed - errors, errors, skipped }
}

/** A suite of its own for how the run ended. */
function endingOf(summary: RunSummary): string {
  const { name, place, startedAt } = summary
  const check: CheckLine = { name: 'comes to its end', outcome: 'failed', message: stateWords(summary) }
  const facts = { className: place === '' ? name : place, time: seconds(0), error: 'Unfinished' }
  const head = attributes({
    name: 'The run',
    tests: 1,
    failures: 0,
    errors: 1,
    skipped: 0,
    time: seconds(0),
    timestamp: startedAt.slice(0, 19),
  })
  return `  <testsuite${head}>\n${caseOf(check, facts)}  </testsuite>\n`
}

function suiteOf(result: RunResult, { requests, startedAt, counts, place }: RunSummary): string {
  const { name, iteration, item, durationMs, method, url, status, reason, error } = result
  const folders = requests[item]?.folders ?? []
  const path = [...folders, name].join(' / ')
  const title = counts.iterations > 1 ? `${path} [${iteration}]` : path
  const checks = checksOf(result)
  const began = new Date(Date.parse(startedAt) + result.startedAt).toISOString().slice(0, 19)
  const className = [place, ...folders, name].filter((part) => part !== '').join('.')
  const cases = checks.map((check, index) => {
    const isError = index === 0 && error !== null
    // All of a request is one exchange; its time is said once.
    return caseOf(check, { className, time: seconds(index === 0 ? durationMs : 0), error: isError ? error.kind : null })
  })
  const head = attributes({ name: title, ...countsOf(result, checks), time: seconds(durationMs), timestamp: began })
  const answer = status === null ? 'no answer' : `${status} ${reason}`.trim()
  const said = [`${method} ${url}: ${answer}`, ...(result.checks?.messages ?? [])].join('\n')
  return `  <testsuite${head}>\n${cases.join('')}    <system-out>${escaped(said)}</system-out>\n  </testsuite>\n`
}

interface CaseFacts {
  readonly className: string
  readonly time: string
  /** Kind of the error, where there was no answer. */
  readonly error: string | null
}

function caseOf({ name, outcome, expected, actual, message }: CheckLine, { className, time, error }: CaseFacts): string {
  const head = `    <testcase${attributes({ name, classname: className, time })}`
  if (outcome === 'passed') return `${head}/>\n`
  if (outcome === 'skipped') return `${head}>\n      <skipped/>\n    </testcase>\n`
  const text = message ?? `expected ${expected ?? ''}, actual ${actual ?? ''}`
  const body = message ?? `expected: ${expected ?? ''}\nactual:   ${actual ?? ''}`
  const element = error === null ? 'failure' : 'error'
  const facts = attributes({ message: text.slice(0, 500), type: error ?? 'AssertionError' })
  return `${head}>\n      <${element}${facts}>${escaped(body)}</${element}>\n    </testcase>\n`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/[\n\r\t]/g, (space) => `&#${space.charCodeAt(0)};`)}"`)
    .join('')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

/** With what XML 1.0 cannot hold at all (control characters, lone surrogates) replaced. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[character] ?? character)
}
