import type { RunResult, RunSummary } from '#contract/model/run.ts'

/** What every report is written from. */
export interface ReportSource {
  readonly summary: RunSummary
  /** All results by now, in order; may be asked for more than once. */
  readonly results: () => AsyncIterable<RunResult>
}
