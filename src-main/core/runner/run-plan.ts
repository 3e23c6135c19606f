/** What a run is to do, all of it read and checked before the first request is sent. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { RunOptions } from '#contract/model/run.ts'
import type { KnownSecret } from '../resolve/held-secrets.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { DataTable } from './data-rows.ts'

export interface PlannedRequest {
  /** Names its place to what is around it; absolute path of its file, where it has one. */
  readonly key: string
  /** Null: of no open collection. */
  readonly nodeId: NodeId | null
  readonly name: string
  /** Names of the folders it is in, the outermost first. */
  readonly folders: readonly string[]
  readonly document: RequestDocument
  readonly layers: CollectionLayers
  /** What relative paths of files are relative to. */
  readonly root: string
}

/** Requests that were found in what was named, and what came of reading it. */
export interface RunSource {
  /** Shown where the run has no name of its own. */
  readonly name: string
  readonly collectionId: CollectionId | null
  readonly place: string
  readonly requests: readonly PlannedRequest[]
  readonly notes: readonly string[]
  /** Secret variables whose values came with what was read, not from the vault; by `secretKey`. */
  readonly secrets?: ReadonlyMap<string, KnownSecret>
}

export interface RunPlan extends RunSource {
  readonly options: RunOptions
  readonly iterations: number
  readonly data: { readonly file: string; readonly table: DataTable } | null
}

/** The row that an iteration takes its variables from; with more iterations than rows they begin again. @param iteration from 1 */
export function rowOf({ data }: Pick<RunPlan, 'data'>, iteration: number): Readonly<Record<string, string>> {
  if (data === null) return {}
  return data.table.rows[(iteration - 1) % data.table.rows.length] ?? {}
}
