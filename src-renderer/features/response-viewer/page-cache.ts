/**
 * Pages of something long that arrives piece by piece: lines of a text, rows of a hex view. It keeps the pages near
 * where one looks, asks for those that are missing, and gives up on those that have been scrolled past.
 */

export interface PageReader<P> {
  /** Reads one page; null where it cannot be had (the view was closed, say). */
  readonly read: (page: number, signal: AbortSignal) => Promise<P | null>
  readonly pages: number
  /** Pages kept; the least recently shown go first. */
  readonly kept: number
}

export class PageCache<P> {
  readonly #reader: PageReader<P>
  /** In order of use, the latest last. */
  readonly #pages = new Map<number, P>()
  readonly #loading = new Map<number, AbortController>()
  readonly #listeners = new Set<() => void>()
  #version = 0

  constructor(reader: PageReader<P>) {
    this.#reader = reader
  }

  /** Rises whenever a page has arrived: a snapshot for `useSyncExternalStore`. */
  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  page(index: number): P | undefined {
    return this.#pages.get(index)
  }

  /** A page that is here already. */
  put(index: number, page: P): void {
    this.#keep(index, page)
  }

  /** Reads a page anew, because there is more of it now; until then it is shown as it is. */
  reload(index: number): void {
    void this.#load(index)
  }

  /** Says which pages are on screen: missing ones are fetched, fetches for others are given up. */
  want(first: number, last: number): void {
    for (const [index, controller] of this.#loading) {
      if (index >= first && index <= last) continue
      controller.abort()
      this.#loading.delete(index)
    }
    for (let index = Math.max(0, first); index <= Math.min(last, this.#reader.pages - 1); index += 1) {
      const page = this.#pages.get(index)
      if (page === undefined) void this.#load(index)
      else this.#keep(index, page)
    }
  }

  /** Gives up everything under way. */
  close(): void {
    for (const controller of this.#loading.values()) controller.abort()
    this.#loading.clear()
  }

  async #load(index: number): Promise<void> {
    if (this.#loading.has(index)) return
    const controller = new AbortController()
    this.#loading.set(index, controller)
    const page = await this.#reader.read(index, controller.signal)
    if (controller.signal.aborted) return
    this.#loading.delete(index)
    if (page === null) return
    this.#keep(index, page)
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }

  #keep(index: number, page: P): void {
    this.#pages.delete(index)
    this.#pages.set(index, page)
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#reader.kept) return
      this.#pages.delete(oldest)
    }
  }
}
