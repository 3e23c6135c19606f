/** What the database is given and asked: plain data that crosses to the thread it runs in. */
import type { HistoryEntry, HistoryFacets, HistoryFilter, HistoryPage } from '#contract/model/history.ts'
import type { Moved } from '#contract/model/workspace.ts'

/** An entry to be kept. */
export interface HistoryRow {
  readonly entry: Omit<HistoryEntry, 'pinned'>
  readonly draftId: string | null
  /** JSON of `StoredDetails`. */
  readonly details: string
  /** Ids of bodies, in hex, with their length in bytes. */
  readonly bodies: readonly { readonly id: string; readonly bytes: number }[]
  /** What it is to be found by. */
  readonly words: { readonly url: string; readonly head: string; readonly request: string; readonly response: string }
}

export interface HistoryLimits {
  readonly maxAgeDays: number | null
  readonly maxEntries: number | null
  readonly maxBytes: number | null
}

export interface ListQuery {
  readonly filter: HistoryFilter
  readonly cursor: string | null
  readonly limit: number
}

/** What can be asked of the database, each at once: it blocks the thread it runs in. */
export interface HistoryOperations {
  /** Keeps entries, then what the limits say. */
  readonly insert: (rows: readonly HistoryRow[], limits: HistoryLimits, nowMs: number) => void
  readonly list: (query: ListQuery) => HistoryPage
  readonly facets: () => HistoryFacets
  readonly read: (id: string) => { readonly entry: HistoryEntry; readonly details: string } | null
  readonly pin: (ids: readonly string[], pinned: boolean) => void
  /** Hides entries until they are restored, or purged. @returns how many */
  readonly remove: (ids: readonly string[], removal: string, nowMs: number) => number
  readonly clear: (pinnedToo: boolean, removal: string, nowMs: number) => number
  readonly restore: (removal: string) => number
  /** Deletes what was removed before that time, and what the limits forbid. @returns bodies that nothing refers to now */
  readonly purge: (removedBeforeMs: number, limits: HistoryLimits, nowMs: number) => readonly string[]
  /** Which of these bodies, by their id, an entry refers to. */
  readonly kept: (bodyIds: readonly string[]) => readonly string[]
  readonly moved: (moved: Moved) => void
  /** Another number whenever another process has written. */
  readonly version: () => number
}

export type OperationName = keyof HistoryOperations
