/**
 * The list of runs that were made, and of those under way: read anew where it may have changed, and followed by what is told
 * of the runs of this host. Of a run of another process, such as `posthaste run`, nothing is told: while the list is looked
 * at it is asked for.
 */
import type { RunHead, RunId, RunProgress } from '#contract/model/run.ts'
import { isRunOver } from '#contract/model/run-facts.ts'
import { useRunsStore } from '../stores/runs-store.ts'
import { notice } from './bodies.ts'
import { platform } from './platform-ref.ts'

/** So often runs that nothing is told of are asked for, in milliseconds after the last answer. */
const ASK_AGAIN_MS = 1500

/** Runs that this host tells of. */
const told = new Set<RunId>()
let asked = 0
let isAsking = false

/** Reads it anew. An answer that another question has overtaken is not taken. */
export async function rereadRuns(): Promise<void> {
  const own = (asked += 1)
  isAsking = true
  const listed = await platform().call('run.list', {})
  if (own !== asked) return
  isAsking = false
  if (!listed.ok) return notice(listed.error)
  const { runs: before, picked, change } = useRunsStore.getState()
  const known = new Map(before.map((run) => [run.id, run]))
  const runs = listed.value.runs.map((run) => furtherOf(run, known.get(run.id)))
  change({ runs, picked: picked.filter((id) => runs.some((run) => run.id === id)) })
}

/** Takes in what is told of a run; one that is not in the list is a reason to read it. */
export function runTold({ runId, state, counts, elapsedMs }: RunProgress): void {
  told.add(runId)
  const { runs, change } = useRunsStore.getState()
  if (runs.some(({ id }) => id === runId)) {
    change({ runs: runs.map((run) => (run.id === runId ? { ...run, state, counts, elapsedMs } : run)) })
  } else if (!isAsking && !isRunOver(state)) void rereadRuns()
}

/** Keeps the list as it is now, for as long as it is looked at. @returns ends that */
export function followRuns(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const ask = async (): Promise<void> => {
    await rereadRuns()
    if (!isOver) wait()
  }
  const wait = (): void => {
    timer = setTimeout(() => {
      const isUntold = useRunsStore.getState().runs.some(({ id, state }) => !isRunOver(state) && !told.has(id))
      if (isUntold) void ask()
      else wait()
    }, ASK_AGAIN_MS)
  }
  void ask()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/** What was listed may have been told of since, and then is the older. */
function furtherOf(listed: RunHead, known: RunHead | undefined): RunHead {
  if (known === undefined || isRunOver(listed.state)) return listed
  const isOlder = isRunOver(known.state) || known.counts.done > listed.counts.done || known.elapsedMs > listed.elapsedMs
  return isOlder ? { ...listed, state: known.state, counts: known.counts, elapsedMs: known.elapsedMs } : listed
}
