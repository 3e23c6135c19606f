/** A run as it is shown: its head in the list, and all it comes to. */
import { basename } from 'node:path'
import type { RunCounts, RunHead, RunSummary } from '#contract/model/run.ts'
import type { RunState } from '#contract/model/run-facts.ts'
import type { RunIndex } from './run-index.ts'
import type { RunFile } from './run-shelf.ts'
import { countsOf, statisticsOf } from './run-statistics.ts'

/** A run with what is known of it by now. */
export interface RunView {
  readonly file: RunFile
  readonly index: RunIndex
  readonly state: RunState
  readonly counts: RunCounts
  readonly elapsedMs: number
}

/** Of a run that nobody goes on with: as its files have it. */
export function viewOf(file: RunFile, index: RunIndex): RunView {
  const { iterations, requests } = file
  const counts = file.counts ?? countsOf(index, iterations * requests.length, iterations, requests.length)
  return { file, index, state: file.state, counts, elapsedMs: file.elapsedMs ?? lastEnd(index) }
}

export function headOf({ file, state, counts, elapsedMs }: Omit<RunView, 'index'>): RunHead {
  const { id, name, collectionId, place, startedAt, options, error } = file
  return {
    id,
    name,
    collectionId,
    place,
    startedAt,
    elapsedMs,
    state,
    environment: options.environment,
    session: options.session,
    data: options.data && basename(options.data.path),
    parallel: options.parallel,
    counts,
    error,
  }
}

export function summaryOf(view: RunView): RunSummary {
  const { file, index, counts, elapsedMs } = view
  const { totals, requests, charts } = statisticsOf(index, file.requests.length, elapsedMs)
  const ran = counts.done - counts.skipped
  return {
    ...headOf(view),
    options: file.options,
    givenNames: file.givenNames,
    totals,
    requestsPerSecond: elapsedMs > 0 ? ran / (elapsedMs / 1000) : 0,
    requests: file.requests.flatMap((request, item) => {
      const stats = requests[item]
      return stats ? [{ ...request, ...stats, item }] : []
    }),
    charts,
    notes: file.notes,
  }
}

function lastEnd(index: RunIndex): number {
  let end = 0
  for (let at = 0; at < index.count(); at += 1) {
    const { startedAt, durationMs } = index.get(at)
    end = Math.max(end, startedAt + durationMs)
  }
  return end
}
