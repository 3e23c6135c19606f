/**
 * The HTML report of a run: one file that needs nothing else and no script, light or dark as its reader has it. Whatever
 * came from a server or a file is escaped. Failures and the slowest answers are listed, the rest is in the totals.
 */
import { distributionChart, durationWords, latencyChart, throughputChart } from '#contract/model/run-charts.ts'
import type { RunRequest, RunResult, RunStats, RunSummary } from '#contract/model/run.ts'
import { isAllWell } from './json-report.ts'
import { escaped, HTML_STYLE } from './html-parts.ts'
import { barChartSvg, lineChartSvg, statusStripSvg } from './html-charts.ts'
import type { ReportSource } from './report-source.ts'
import { stateWords } from './state-words.ts'
import { checksOf, type CheckLine } from '#contract/model/run-checks.ts'

const NAMED_FAILURES = 200
const NAMED_SLOWEST = 20
/** Of a failed answer, in UTF-16 units. */
const SHOWN_BODY = 4000

export async function* htmlReport({ summary, results }: ReportSource): AsyncGenerator<string> {
  yield head(summary)
  yield totals(summary)
  yield charts(summary)
  yield requestTable(summary)
  const slowest: RunResult[] = []
  let failures = 0
  for await (const result of results()) {
    keepSlowest(slowest, result)
    if (result.outcome !== 'failed') continue
    if (failures === 0) yield '<section><h2>Failures</h2>\n'
    failures += 1
    if (failures <= NAMED_FAILURES) yield failure(result, summary)
  }
  if (failures > NAMED_FAILURES) yield `<p class="note">And ${words(failures - NAMED_FAILURES)} more, which are in the JSON report.</p>\n`
  if (failures > 0) yield '</section>\n'
  yield slowestTable(slowest, summary)
  yield '</main>\n</body>\n</html>\n'
}

function head(summary: RunSummary): string {
  const { name, place, state, environment, session, data, startedAt } = summary
  const facts = [
    place === name ? null : place,
    environment === null ? null : `environment ${environment}`,
    session === null ? null : `session ${session}`,
    data === null ? null : `data ${data}`,
    `started ${startedAt.slice(0, 19).replace('T', ' ')} UTC`,
  ].filter((fact) => fact !== null)
  const verdict = isAllWell(summary) ? '<span class="good">Passed</span>' : `<span class="bad">${verdictWords(summary)}</span>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${name}: ${isAllWell(summary) ? 'passed' : verdictWords(summary).toLowerCase()}`)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<header><h1>${escaped(name)} ${verdict}</h1><p class="facts">${facts.map(escaped).join(' · ')}</p>${
    state === 'finished' ? '' : `<p class="note">${escaped(stateWords(summary))}</p>`
  }</header>
`
}

function verdictWords({ state, counts }: RunSummary): string {
  if (counts.failed > 0) return `${words(counts.failed)} failed`
  return state === 'finished' ? 'Passed' : 'Not finished'
}

function totals({ counts, totals: stats, elapsedMs, requestsPerSecond, notes }: RunSummary): string {
  const checks = counts.checksPassed + counts.checksFailed
  const tiles: readonly (readonly [label: string, value: string, isBad?: boolean])[] = [
    ['Requests', words(counts.done)],
    ['Failed', words(counts.failed), counts.failed > 0],
    ['Checks', checks === 0 ? '–' : `${words(counts.checksPassed)} of ${words(checks)}`, counts.checksFailed > 0],
    ['Time', durationWords(elapsedMs)],
    ['Per second', requestsPerSecond.toFixed(requestsPerSecond < 10 ? 1 : 0)],
    ['p50', time(stats.p50)],
    ['p90', time(stats.p90)],
    ['p99', time(stats.p99)],
    ['Slowest', time(stats.max)],
  ]
  const list = tiles
    .map(([label, value, isBad = false]) => `<div><dt>${label}</dt><dd${isBad ? ' class="bad"' : ''}>${escaped(value)}</dd></div>`)
    .join('')
  const told = notes.length === 0 ? '' : `<ul class="note">${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`
  return `<dl class="tiles">${list}</dl>${told}\n`
}

function charts({ charts: data, totals: stats }: RunSummary): string {
  if (data.buckets.length === 0) return ''
  return `<section class="charts">
<figure><figcaption>Latency over time</figcaption>${lineChartSvg(latencyChart(data), 'Latency over time: median and 90th percentile')}</figure>
<figure><figcaption>Distribution of latency</figcaption>${barChartSvg(distributionChart(data, stats), 'How many requests took how long')}</figure>
<figure><figcaption>Requests a second</figcaption>${lineChartSvg(throughputChart(data), 'Requests a second over time')}</figure>
<figure><figcaption>Statuses</figcaption>${statusStripSvg(data)}</figure>
</section>
`
}

function requestTable({ requests }: RunSummary): string {
  const rows = requests
    .map(
      (request) =>
        `<tr><td>${escaped(request.method)}</td><th scope="row">${escaped(nameOf(request))}</th><td>${words(request.count)}</td><td${
          request.failed > 0 ? ' class="bad"' : ''
        }>${words(request.failed)}</td>${times(request)}</tr>`,
    )
    .join('\n')
  return `<section><h2>Requests</h2><div class="wide"><table><thead><tr><th>Method</th><th>Request</th><th>Count</th><th>Failed</th><th>Min</th><th>Mean</th><th>p50</th><th>p90</th><th>p99</th><th>Max</th></tr></thead><tbody>\n${rows}\n</tbody></table></div></section>\n`
}

function times({ min, mean, p50, p90, p99, max }: RunStats): string {
  return [min, mean, p50, p90, p99, max].map((value) => `<td>${time(value)}</td>`).join('')
}

function failure(result: RunResult, { requests, counts }: RunSummary): string {
  const request = requests[result.item]
  const title = `${request ? nameOf(request) : result.name}${counts.iterations > 1 ? ` [${result.iteration}]` : ''}`
  const answer = result.status === null ? 'no answer' : `${result.status} ${result.reason}`.trim()
  const failed = checksOf(result).filter(({ outcome }) => outcome === 'failed')
  const data = Object.entries(result.data).map(([name, value]) => `${name}=${value}`)
  return `<details open><summary><b>${escaped(title)}</b> <span class="facts">${escaped(answer)} · ${escaped(durationWords(result.durationMs))}</span></summary>
<p class="line">${escaped(`${result.method} ${result.url}`)}</p>${data.length > 0 ? `<p class="facts">${escaped(data.join(' · '))}</p>` : ''}
<ul class="checks">${failed.map(checkItem).join('')}</ul>${result.error?.hint ? `<p class="facts">${escaped(result.error.hint)}</p>` : ''}${exchangeOf(result)}</details>
`
}

function checkItem({ name, expected, actual, message }: CheckLine): string {
  if (message !== undefined) return `<li><span class="bad">${escaped(name)}</span><pre>${escaped(message)}</pre></li>`
  return `<li><span class="bad">${escaped(name)}</span><dl class="both"><dt>expected</dt><dd>${escaped(expected ?? '')}</dd><dt>actual</dt><dd>${escaped(actual ?? '')}</dd></dl></li>`
}

function exchangeOf({ failure: kept }: RunResult): string {
  if (!kept || (kept.requestHead === '' && kept.responseHeaders.length === 0)) return ''
  const body = kept.body ?? `(${words(kept.bodyBytes)} bytes that are no text)`
  const cut = body.length > SHOWN_BODY ? `${body.slice(0, SHOWN_BODY).toWellFormed()}\n…` : body
  const answer = [...kept.responseHeaders.map(([name, value]) => `${name}: ${value}`), '', cut].join('\n')
  return `<details><summary>What was sent and what came</summary><pre>${escaped(kept.requestHead)}</pre><pre>${escaped(answer)}</pre></details>`
}

function keepSlowest(slowest: RunResult[], result: RunResult): void {
  if (result.status === null) return
  const last = slowest.at(-1)
  if (slowest.length === NAMED_SLOWEST && last && last.durationMs >= result.durationMs) return
  const at = slowest.findIndex(({ durationMs }) => durationMs < result.durationMs)
  slowest.splice(at < 0 ? slowest.length : at, 0, result)
  slowest.length = Math.min(slowest.length, NAMED_SLOWEST)
}

function slowestTable(slowest: readonly RunResult[], { requests, counts }: RunSummary): string {
  if (slowest.length === 0) return ''
  const rows = slowest.map((result) => {
    const request = requests[result.item]
    const iteration = counts.iterations > 1 ? `<td>${result.iteration}</td>` : ''
    return `<tr><td>${time(result.durationMs)}</td><th scope="row">${escaped(request ? nameOf(request) : result.name)}</th>${iteration}<td>${result.status ?? ''}</td><td class="line">${escaped(result.url)}</td></tr>`
  })
  return `<section><h2>Slowest</h2><div class="wide"><table><thead><tr><th>Time</th><th>Request</th>${
    counts.iterations > 1 ? '<th>Iteration</th>' : ''
  }<th>Status</th><th class="line">URL</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div></section>\n`
}

function nameOf({ folders, name }: Pick<RunRequest, 'folders' | 'name'>): string {
  return [...folders, name].join(' / ')
}

function time(value: number | null): string {
  return value === null ? '–' : escaped(durationWords(value))
}

function words(count: number): string {
  return count.toLocaleString('en-US')
}
