/** The rows of a run that fit a filter, kept up with as long as the run goes on. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RunId } from '#contract/model/run.ts'
import { readRows } from '../../actions/runs.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { RunRows } from './run-rows.ts'

/** New rows are looked for no more often than this. */
const GROW_EVERY_MS = 250

export interface RowsFilter {
  readonly outcome: 'all' | 'failed'
  readonly text: string
}

/** Made anew with its key: give the component that calls it one for each run and filter. */
export function useRunRows(runId: RunId, { outcome, text }: RowsFilter): RunRows {
  const [rows] = useState(
    () =>
      new RunRows(async (offset, limit, signal) => {
        const read = await readRows(runId, offset, limit, { outcome, text }, signal)
        return read.ok ? read.value : null
      }),
  )
  useSyncExternalStore(rows.subscribe, rows.version)
  const done = useRunsStore((state) => state.progress?.counts.done ?? state.summary?.counts.done ?? 0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    // Not put off by those that come meanwhile, which in a fast run would be for as long as it goes on.
    timer.current ??= setTimeout(() => {
      timer.current = null
      rows.grow()
    }, GROW_EVERY_MS)
  }, [rows, done])
  useEffect(() => {
    rows.want(0, 0)
    return () => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
      rows.close()
    }
  }, [rows])
  return rows
}
