/** The runner's page: what is to be run and how, the run that is looked at, and those that were made before. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { RunComparison, RunDataPreview, RunHead, RunId, RunProgress, RunSummary } from '#contract/model/run.ts'
import type { RunPlan } from '../lib/run-plan.ts'

export type RunnerView = 'plan' | 'results' | 'charts' | 'runs'

/** A data file that was chosen, as far as it could be read. */
export interface PlanData {
  /** As it was called where it came from. */
  readonly name: string
  readonly path: string
  /** Null: it is being read, or cannot be. */
  readonly preview: RunDataPreview | null
  readonly error: WireError | null
}

interface RunsState {
  readonly view: RunnerView
  /** Null: nothing was chosen to be run. */
  readonly plan: RunPlan | null
  readonly data: PlanData | null
  /** Why the run that was asked for did not begin. */
  readonly fault: WireError | null
  /** The run that results and charts are of. */
  readonly shown: RunId | null
  /** Of the shown one. */
  readonly progress: RunProgress | null
  readonly summary: RunSummary | null
  /** The newest first. */
  readonly runs: readonly RunHead[]
  /** Runs that are picked to be compared, at most two. */
  readonly picked: readonly RunId[]
  readonly comparison: RunComparison | null
  change: (change: Partial<Omit<RunsState, 'change'>>) => void
}

export const useRunsStore = create<RunsState>()((set) => ({
  view: 'plan',
  plan: null,
  data: null,
  fault: null,
  shown: null,
  progress: null,
  summary: null,
  runs: [],
  picked: [],
  comparison: null,
  change: (change) => set(change),
}))
