/** The run that is looked at: as its summary has it, or as its progress has told since. */
import { useMemo } from 'react'
import type { RunCounts } from '#contract/model/run.ts'
import type { RunState } from '#contract/model/run-facts.ts'
import { useRunsStore } from '../../stores/runs-store.ts'

export interface ShownRun {
  readonly state: RunState
  readonly counts: RunCounts
  readonly elapsedMs: number
  /** In the last second while it goes on, over all of it afterwards; null: not known yet. */
  readonly perSecond: number | null
}

/** Null where there is none, or nothing is known of it yet. */
export function useShownRun(): ShownRun | null {
  const summary = useRunsStore((state) => state.summary)
  const progress = useRunsStore((state) => state.progress)
  return useMemo(() => {
    // The one that has got further is the newer one.
    if (summary && (!progress || summary.counts.done >= progress.counts.done)) {
      const { state, counts, elapsedMs, requestsPerSecond } = summary
      return { state: progress?.state ?? state, counts, elapsedMs, perSecond: requestsPerSecond }
    }
    if (!progress) return null
    const { state, counts, elapsedMs, requestsPerSecond } = progress
    return { state, counts, elapsedMs, perSecond: requestsPerSecond }
  }, [summary, progress])
}
