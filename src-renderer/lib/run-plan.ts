/** What is to be run, as the form has it, and what the engine is asked for. Pure. */
import type { Input } from '#contract/commands.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { RunItem } from '#contract/model/run.ts'
import { MOST_PARALLEL } from '#contract/model/run-facts.ts'
import { t } from './t.ts'

export interface PlannedRequest {
  readonly nodeId: NodeId
  readonly name: string
  readonly method: string
  /** As typed. */
  readonly url: string
  /** Names of the folders it is in, below what was asked for: `users / admin`; empty: none. */
  readonly folders: string
  readonly isChosen: boolean
}

export interface RunPlan {
  readonly collectionId: CollectionId
  /** What was asked for: the name of a folder, a collection or a request. */
  readonly place: string
  /** In the order to send them. */
  readonly requests: readonly PlannedRequest[]
  /** Files that cannot be read, and so are left out. */
  readonly broken: readonly { readonly name: string; readonly error: string }[]
  readonly environment: string | null
  readonly session: string | null
  /** Numbers as typed; empty: the default. */
  readonly iterations: string
  readonly parallel: string
  readonly delay: string
  readonly bail: boolean
  readonly failOnStatus: boolean
}

export type PlanField = 'requests' | 'iterations' | 'parallel' | 'delay'
export type PlanFaults = Readonly<Partial<Record<PlanField, string>>>

const MOST_ITERATIONS = 10_000_000
const LONGEST_DELAY_MS = 3_600_000

/** Requests with the folders they are in, in the order of the tree. */
export function plannedOf(items: readonly RunItem[]): Pick<RunPlan, 'requests' | 'broken'> {
  const requests: PlannedRequest[] = []
  const broken: { name: string; error: string }[] = []
  const path: string[] = []
  for (const { nodeId, kind, name, depth, method = 'GET', url = '', error = '' } of items) {
    path.length = Math.min(path.length, depth)
    if (kind === 'folder') path[depth] = name
    else if (kind === 'broken') broken.push({ name, error })
    else requests.push({ nodeId, name, method, url, folders: path.filter((part) => part !== undefined).join(' / '), isChosen: true })
  }
  return { requests, broken }
}

/** What is wrong with a plan, in words; empty: it can be run. */
export function planFaults({ requests, iterations, parallel, delay }: RunPlan): PlanFaults {
  return {
    ...(!requests.some(({ isChosen }) => isChosen) && { requests: t`Choose at least one request.` }),
    ...(!isWhole(iterations, 1, MOST_ITERATIONS) && { iterations: t`A whole number from 1.` }),
    ...(!isWhole(parallel, 1, MOST_PARALLEL) && { parallel: t`A whole number from 1 to ${MOST_PARALLEL}.` }),
    ...(!isWhole(delay, 0, LONGEST_DELAY_MS) && { delay: t`Milliseconds, up to an hour.` }),
  }
}

/** What the engine is asked for; only of a plan without faults. */
export function runInput(plan: RunPlan, dataPath: string | null): Input<'run.start'> {
  const iterations = plan.iterations.trim()
  return {
    nodeIds: plan.requests.filter(({ isChosen }) => isChosen).map(({ nodeId }) => nodeId),
    name: plan.place,
    environment: plan.environment,
    session: plan.session,
    data: dataPath === null ? null : { path: dataPath },
    parallel: Number(plan.parallel.trim() || 1),
    delayMs: Number(plan.delay.trim() || 0),
    bail: plan.bail,
    failOnStatus: plan.failOnStatus,
    ...(iterations !== '' && { iterations: Number(iterations) }),
  }
}

/** How many requests a plan comes to. */
export function plannedCount(plan: RunPlan, dataRows: number | null): number {
  const rounds = Number(plan.iterations.trim() || (dataRows ?? 1))
  return Number.isFinite(rounds) ? rounds * plan.requests.filter(({ isChosen }) => isChosen).length : 0
}

/** Move one to stand at `to`; a place outside changes nothing. */
export function movedTo<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from]
  if (item === undefined || from === to || to < 0 || to >= items.length) return items
  const rest = items.filter((_, at) => at !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

function isWhole(typed: string, least: number, most: number): boolean {
  const text = typed.trim()
  return text === '' || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most)
}
