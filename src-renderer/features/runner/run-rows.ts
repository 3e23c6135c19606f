/**
 * The rows of a run's results near where one looks. Rows only ever come in at the end, so a page that is full stays as it
 * is; the last one is read again when there may be more. Plain state with a version, for `useSyncExternalStore`.
 */
import type { RunRow } from '#contract/model/run.ts'

export const PAGE = 100
/** Pages kept; the least recently shown go first. */
const KEPT_PAGES = 40

export interface RowsRead {
  readonly rows: readonly RunRow[]
  readonly total: number
}

/** Null where they cannot be had. */
export type ReadRows = (offset: number, limit: number, signal: AbortSignal) => Promise<RowsRead | null>

export class RunRows {
  readonly #read: ReadRows
  /** In order of use, the latest last. */
  readonly #pages = new Map<number, readonly RunRow[]>()
  readonly #loading = new Map<number, AbortController>()
  readonly #listeners = new Set<() => void>()
  #shown: { readonly first: number; readonly last: number } = { first: 0, last: 0 }
  #total: number | null = null
  #version = 0
  /** What is being read may be from before the last that came. */
  #isBehind = false

  constructor(read: ReadRows) {
    this.#read = read
  }

  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** How many there are, as far as was heard; null: nothing was yet. */
  get total(): number | null {
    return this.#total
  }

  at(index: number): RunRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** Says which rows are on screen: what is missing of them is read, what is far away is given up. */
  want(first: number, last: number): void {
    this.#shown = { first: Math.floor(Math.max(0, first) / PAGE), last: Math.floor(Math.max(0, last) / PAGE) }
    for (const [page, controller] of this.#loading) {
      if (page >= this.#shown.first && page <= this.#shown.last) continue
      controller.abort()
      this.#loading.delete(page)
    }
    for (let page = this.#shown.first; page <= this.#shown.last; page += 1) {
      const rows = this.#pages.get(page)
      if (rows === undefined) void this.#load(page)
      else this.#keep(page, rows)
    }
    if (this.#isBehind && this.#loading.size === 0) this.grow()
  }

  /** There may be more by now: how many is asked, and what is on screen and not full is read again. */
  grow(): void {
    this.#isBehind = this.#loading.size > 0
    if (this.#isBehind) return
    const { first, last } = this.#shown
    const open = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
      (page) => (this.#pages.get(page)?.length ?? 0) < PAGE,
    )
    for (const page of open.length > 0 ? open : [first]) void this.#load(page)
  }

  /** Gives up everything under way. */
  close(): void {
    for (const controller of this.#loading.values()) controller.abort()
    this.#loading.clear()
  }

  async #load(page: number): Promise<void> {
    if (this.#loading.has(page)) return
    const controller = new AbortController()
    this.#loading.set(page, controller)
    const read = await this.#read(page * PAGE, PAGE, controller.signal)
    if (controller.signal.aborted) return
    this.#loading.delete(page)
    if (read === null) return
    this.#total = read.total
    this.#keep(page, read.rows)
    this.#version += 1
    for (const listener of this.#listeners) listener()
    if (this.#isBehind) this.grow()
  }

  #keep(page: number, rows: readonly RunRow[]): void {
    this.#pages.delete(page)
    this.#pages.set(page, rows)
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) return
      this.#pages.delete(oldest)
    }
  }
}
