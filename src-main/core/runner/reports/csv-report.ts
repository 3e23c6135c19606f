/**
 * The results of a run as a table, a line for each, for spreadsheets and scripts: CSV by RFC 4180 in UTF-8. The columns of the
 * data stand at the end, by their names.
 */
import type { RunResult, RunSummary } from '#contract/model/run.ts'
import type { ReportSource } from './report-source.ts'

type Cell = (result: RunResult, summary: RunSummary) => string | number | null

const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['iteration', ({ iteration }) => iteration],
  ['folder', ({ item }, { requests }) => (requests[item]?.folders ?? []).join(' / ')],
  ['name', ({ name }) => name],
  ['method', ({ method }) => method],
  ['url', ({ url }) => url],
  ['status', ({ status }) => status],
  ['outcome', ({ outcome }) => outcome],
  ['started_at', ({ startedAt }, { startedAt: begun }) => new Date(Date.parse(begun) + startedAt).toISOString()],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['bytes', ({ bytes }) => bytes],
  ['retries', ({ retries }) => retries],
  ['checks_passed', ({ checksPassed }) => checksPassed],
  ['checks_failed', ({ checksFailed }) => checksFailed],
  ['error', ({ error }) => error?.kind ?? null],
  ['problem', ({ problem }) => problem],
]

export async function* csvReport({ summary, results }: ReportSource): AsyncGenerator<string> {
  // What columns the data has is known by its rows alone, so it is gone through twice.
  const names = new Set<string>()
  for await (const { data } of results()) for (const name of Object.keys(data)) names.add(name)
  const columns = [...names]
  yield line([...COLUMNS.map(([name]) => name), ...columns.map((name) => `data.${name}`)])
  for await (const result of results()) {
    yield line([...COLUMNS.map(([, cell]) => cell(result, summary)), ...columns.map((name) => result.data[name] ?? null)])
  }
}

function line(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

/** A text that a spreadsheet would take for a formula is kept from being one, as OWASP advises: servers and data say what is in it. */
function cellText(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value).toWellFormed()
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
