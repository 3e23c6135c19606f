/** A run for a caller without windows: of what paths name, followed result by result. */
import type { RunOptions, RunSummary } from '#contract/model/run.ts'
import type { RunReportFormat, RunState } from '#contract/model/run-facts.ts'
import type { WireError } from '#contract/errors.ts'
import { pathsSource } from '../runner/path-source.ts'
import { planOf } from '../runner/plan-of.ts'
import { inPieces, REPORTS } from '../runner/reports/report.ts'
import type { RunHooks, Runner } from '../runner/runner.ts'
import { summaryOf } from '../runner/run-views.ts'
import type { Workspace } from '../storage/workspace.ts'
import { overridden, type Overrides } from './overrides.ts'

export interface RunOnceInput extends Omit<RunHooks, 'sessionWins'> {
  readonly paths: readonly string[]
  readonly options: RunOptions
  readonly overrides: Overrides
  /** Told what is about to be run, before the first request is sent. */
  readonly onBegin?: (begun: BegunRun) => void
}

export interface BegunRun {
  readonly name: string
  /** Their names, with the folders they are in, in order. */
  readonly requests: readonly string[]
  readonly iterations: number
  /** File name of the data; null: none. */
  readonly data: string | null
  readonly notes: readonly string[]
}

export interface RunOnce {
  /** How it ended. Never rejects. */
  readonly finished: Promise<{ readonly state: RunState; readonly error: WireError | null }>
  readonly summary: () => Promise<RunSummary>
  /** Of what has a result by now, in pieces. */
  readonly report: (format: RunReportFormat) => AsyncIterable<string>
}

/** @throws {CoreError} where what is named cannot be run: nothing was sent then */
export async function runOnce(
  { paths, options, overrides, onBegin, ...hooks }: RunOnceInput,
  { workspace, runner }: { readonly workspace: Pick<Workspace, 'reader'>; readonly runner: Runner },
): Promise<RunOnce> {
  const source = await pathsSource(paths, workspace.reader)
  const requests = source.requests.map((request) => ({ ...request, document: overridden(request.document, overrides) }))
  const plan = await planOf({ ...source, requests }, options, process.cwd())
  const { name, iterations, data, notes } = plan
  const begin = (): void =>
    onBegin?.({
      name: options.name === '' ? name : options.name,
      requests: requests.map(({ folders, name: own }) => [...folders, own].join(' / ')),
      iterations,
      data: data?.file ?? null,
      notes: [...notes, ...(data?.table.warnings ?? [])],
    })
  const { id, finished } = await runner.start(plan, { ...hooks, sessionWins: true, onStart: begin })
  return {
    finished,
    summary: async () => summaryOf((await runner.open(id)).view),
    report: (format) => reportOf(runner, id, format),
  }
}

async function* reportOf(runner: Runner, id: Parameters<Runner['open']>[0], format: RunReportFormat): AsyncGenerator<string> {
  const { view, reader } = await runner.open(id)
  yield* inPieces(REPORTS[format].write({ summary: summaryOf(view), results: reader.all }))
}
