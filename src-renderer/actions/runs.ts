/**
 * Runs: planning one, starting and steering it, looking at its results and at those made before. The engine is core's;
 * results are asked for in windows, so that a run of any length costs the window the same.
 */
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { RunId, RunProgress, RunResult, RunRow } from '#contract/model/run.ts'
import { isRunOver, type RunReportFormat } from '#contract/model/run-facts.ts'
import type { Input } from '#contract/commands.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import type { Result } from '#contract/result.ts'
import { planFaults, plannedOf, runInput, type RunPlan } from '../lib/run-plan.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { useRunsStore } from '../stores/runs-store.ts'
import { notice, saveBody } from './bodies.ts'
import { pickFiles, type KnownFile } from './files.ts'
import { platform } from './platform-ref.ts'
import { rereadRuns, runTold } from './run-list.ts'
import { t } from '../lib/t.ts'
import { formatNumber } from '../lib/format-number.ts'

/** A summary of a run that goes on is read again no sooner than this. */
const SUMMARY_EVERY_MS = 1000

/** What to run: all that is in a place, or saved requests and folders of one collection. */
export type RunSubject =
  | { readonly kind: 'place'; readonly parent: ParentRef; readonly name: string }
  | { readonly kind: 'nodes'; readonly nodeIds: readonly NodeId[]; readonly collectionId: CollectionId; readonly name: string }

/** Shows the runner with what is to be run, none of it begun. */
export async function planRun(subject: RunSubject): Promise<void> {
  const source: Input<'run.items'>['source'] =
    subject.kind === 'place' ? { kind: 'place', parent: subject.parent } : { kind: 'nodes', nodeIds: [...subject.nodeIds] }
  const found = await platform().call('run.items', { source })
  if (!found.ok) return notice(found.error)
  const collectionId = subject.kind === 'place' ? subject.parent.collectionId : subject.collectionId
  const { environment, session } = useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE
  const plan: RunPlan = {
    collectionId,
    place: subject.name,
    ...plannedOf(found.value.items),
    environment,
    session,
    iterations: '',
    parallel: '',
    delay: '',
    bail: false,
    failOnStatus: false,
  }
  useRunsStore.getState().change({ plan, data: null, fault: null, view: 'plan' })
  usePageStore.getState().show({ kind: 'runner' })
  void rereadRuns()
}

/** Shows the runner as it was left; with a plan of the first collection where there is none yet. */
export function showRunner(): void {
  usePageStore.getState().show({ kind: 'runner' })
  void rereadRuns()
  if (useRunsStore.getState().plan !== null) return
  const { collections } = useCollectionsStore.getState()
  const { lastUsed } = useChoicesStore.getState()
  const collection = collections.find(({ id }) => id === lastUsed) ?? collections[0]
  if (collection) void planRun({ kind: 'place', parent: { collectionId: collection.id, folderId: null }, name: collection.name })
}

export function changePlan(change: (plan: RunPlan) => RunPlan): void {
  const { plan, change: set } = useRunsStore.getState()
  if (plan !== null) set({ plan: change(plan), fault: null })
}

/** Lets the user choose a file of rows, each of which gives the variables of one iteration. */
export async function chooseData(): Promise<void> {
  const [file] = await pickFiles({ title: t`Choose a CSV or JSON file of rows`, multiple: false })
  if (file) await readData(file)
}

/** Takes a dropped file; in a browser its bytes are copied to the host first. */
export async function dropData(file: File): Promise<void> {
  const path = platform().filePath(file)
  if (path !== null) return readData({ path, name: file.name })
  const copied = await platform().upload(file)
  if (!copied.ok) return notice(copied.error)
  await readData({ path: copied.value.path, name: file.name })
}

export function removeData(): void {
  useRunsStore.getState().change({ data: null })
}

async function readData({ path, name }: Pick<KnownFile, 'path' | 'name'>): Promise<void> {
  const { plan, change } = useRunsStore.getState()
  change({ data: { name, path, preview: null, error: null }, fault: null })
  const read = await platform().call('run.data', { path, collectionId: plan?.collectionId ?? null })
  // Another file may have been chosen, or this one taken away.
  if (useRunsStore.getState().data?.path !== path) return
  change({ data: { name, path, preview: read.ok ? read.value : null, error: read.ok ? null : read.error } })
}

/** Begins the planned run, and shows it. */
export async function startRun(): Promise<void> {
  const { plan, data, change } = useRunsStore.getState()
  if (plan === null || Object.keys(planFaults(plan)).length > 0 || (data !== null && data.error !== null)) return
  const { view, shown, progress, summary } = useRunsStore.getState()
  // What is shown is the new run's from the press on; where there is none, what was before, and why.
  change({ fault: null, view: 'results', shown: null, progress: null, summary: null })
  const started = await platform().call('run.start', runInput(plan, data?.path ?? null))
  if (!started.ok) return change({ fault: started.error, view, shown, progress, summary })
  await showRun(started.value.runId)
  void rereadRuns()
}

/** Shows the results of a run, under way or over. */
export async function showRun(runId: RunId): Promise<void> {
  const { shown, view, change } = useRunsStore.getState()
  change({
    comparison: null,
    view: view === 'charts' ? 'charts' : 'results',
    ...(shown !== runId && { shown: runId, progress: null, summary: null }),
  })
  await readSummary(runId)
}

export function pauseRun(runId: RunId): Promise<void> {
  return steer('run.pause', runId)
}
export function resumeRun(runId: RunId): Promise<void> {
  return steer('run.resume', runId)
}
export function stopRun(runId: RunId): Promise<void> {
  return steer('run.stop', runId)
}

async function steer(command: 'run.pause' | 'run.resume' | 'run.stop', runId: RunId): Promise<void> {
  const done = await platform().call(command, { runId })
  if (!done.ok) notice(done.error)
}

let summaryReadAt = 0

/** What core tells of a run that is under way. */
export function runProgressed(progress: RunProgress): void {
  const { shown, view, change } = useRunsStore.getState()
  const { runId, state } = progress
  const isOver = isRunOver(state)
  runTold(progress)
  if (runId === shown) {
    change({ progress })
    const isDue = view === 'charts' && performance.now() - summaryReadAt > SUMMARY_EVERY_MS
    if (isOver || isDue) void readSummary(runId)
  }
  if (isOver) {
    void rereadRuns()
    sayItIsOver(progress)
  }
}

/** A run may take long: who looks elsewhere is told of its end. */
function sayItIsOver({ runId, counts }: RunProgress): void {
  if (usePageStore.getState().page?.kind === 'runner') return
  useAppStore.getState().addNotice({
    id: `run:${runId}`,
    tone: counts.failed > 0 ? 'error' : 'info',
    text: t`The run is over: ${formatNumber(counts.passed)} passed, ${formatNumber(counts.failed)} failed.`,
    action: {
      label: t`Show`,
      run: () => {
        usePageStore.getState().show({ kind: 'runner' })
        void showRun(runId)
      },
    },
  })
}

/** Reads what the shown run came to by now. */
export async function readSummary(runId: RunId): Promise<void> {
  summaryReadAt = performance.now()
  const read = await platform().call('run.read', { runId })
  if (useRunsStore.getState().shown !== runId) return
  if (read.ok) useRunsStore.getState().change({ summary: read.value })
  else notice(read.error)
}

/** Rows `offset` and on of a run's results, as far as they fit, and how many fit by now. */
export function readRows(
  runId: RunId,
  offset: number,
  limit: number,
  filter: Input<'run.rows'>['filter'],
  signal: AbortSignal,
): Promise<Result<{ readonly rows: readonly RunRow[]; readonly total: number }, WireError>> {
  return platform().call('run.rows', { runId, offset, limit, ...(filter && { filter }) }, signal)
}

export function readRow(runId: RunId, index: number): Promise<Result<RunResult, WireError>> {
  return platform().call('run.row', { runId, index })
}

/** Picks a run to be compared, or takes it back; of three the oldest pick goes. */
export function pickRun(runId: RunId, isPicked: boolean): void {
  const { picked, change } = useRunsStore.getState()
  change({ picked: isPicked ? [...picked.filter((id) => id !== runId), runId].slice(-2) : picked.filter((id) => id !== runId) })
}

/** Compares the two that are picked, the older one as the one before. */
export async function comparePicked(): Promise<void> {
  const { picked, runs, change } = useRunsStore.getState()
  const [after, before] = runs.filter(({ id }) => picked.includes(id))
  if (!after || !before) return
  const compared = await platform().call('run.compare', { before: before.id, after: after.id })
  if (compared.ok) change({ comparison: compared.value })
  else notice(compared.error)
}

export function closeComparison(): void {
  useRunsStore.getState().change({ comparison: null })
}

export async function removeRun(runId: RunId): Promise<void> {
  const removed = await platform().call('run.remove', { runId })
  if (!removed.ok) return notice(removed.error)
  const { shown, change } = useRunsStore.getState()
  if (shown === runId) change({ shown: null, progress: null, summary: null })
  await rereadRuns()
}

/** Makes a report, and saves it where the user says. */
export async function exportRun(runId: RunId, format: RunReportFormat): Promise<void> {
  const made = await platform().call('run.export', { runId, format })
  if (made.ok) await saveBody(made.value.bodyId, made.value.fileName)
  else useAppStore.getState().addNotice(noticeOf(made.error))
}
