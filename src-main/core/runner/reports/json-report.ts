/** The JSON report of a run; its shape is documented in `docs/runner.md` and part of the stable surface. */
import type { RunResult, RunSummary } from '#contract/model/run.ts'
import type { ReportSource } from './report-source.ts'

/** Of the report's shape. Keys are added without another number. */
const FORMAT = 1

export async function* jsonReport({ summary, results }: ReportSource): AsyncGenerator<string> {
  const { options, totals, requests, charts, notes, counts, ...head } = summary
  const { iterations, parallel, delayMs, bail } = options
  const start = {
    format: FORMAT,
    ok: isAllWell(summary),
    run: { ...head, iterations: counts.iterations ?? iterations, parallel, delayMs, bail },
    counts,
    totals,
    requests,
    charts,
    notes,
  }
  yield `${JSON.stringify(start, null, 2).replace(/\n}$/, '')},\n  "results": [`
  let isFirst = true
  for await (const result of results()) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(resultJson(result))}`
    isFirst = false
  }
  yield `${isFirst ? '' : '\n  '}]\n}\n`
}

/** Whether the run came to its end, and nothing failed. */
export function isAllWell({ state, counts }: Pick<RunSummary, 'state' | 'counts'>): boolean {
  return state === 'finished' && counts.failed === 0
}

/** As `send --json` names things, where it has them. */
function resultJson({ checks, ...result }: RunResult): object {
  return {
    ...result,
    assertions:
      checks?.assertions.map(({ expression, operator, value, actual, passed, problem }) => ({
        expression,
        operator,
        value,
        actual,
        passed,
        ...(problem !== undefined && { problem }),
      })) ?? [],
    tests: checks?.tests ?? [],
    captured:
      checks?.captured.map(({ name, scope, value, problem }) => ({ name, scope, value, ...(problem !== undefined && { problem }) })) ?? [],
    messages: checks?.messages ?? [],
    console: checks?.console ?? [],
    faults: checks?.faults ?? [],
  }
}
