/**
 * The history: every send, kept. What is recorded waits in a short queue and is written together, behind the back of
 * whoever sent; questions see what was recorded before them. Where it cannot be kept, that is told once and sending goes on.
 */
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { WireError } from '#contract/errors.ts'
import type { HistoryFacets, HistoryFilter, HistoryPage, HistoryRead, HistorySettings } from '#contract/model/history.ts'
import { BodyIdSchema, type BodyId, type ExchangeId } from '#contract/model/ids.ts'
import type { Moved } from '#contract/model/workspace.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { CoreError } from '../lib/core-error.ts'
import { rowOf, StoredDetailsSchema, withTokenHops, type SentRecord, type StoredDetails } from './history-record.ts'
import type { HistoryRow } from './history-row.ts'
import { createInlineThread, createWorkerThread, type HistoryThread } from './history-thread.ts'

/** Entries wait so long for others to be written with. */
const WAIT_MS = 40
const AT_ONCE = 64
/** With so many unwritten, who sends more has to wait for the disk. */
const MOST_UNWRITTEN = 2000
/** After a failure to write, nothing is tried for so long; what is recorded meanwhile waits, the last of it. */
const PAUSE_MS = 30_000
const MOST_KEPT = 500
/** What was removed can be had back for so long; `history.restore` says the same. */
const RESTORABLE_MS = 10 * 60 * 1000
const PAGE = 50

export interface History {
  /** Keep a send. A promise asks the caller to wait before it sends more. */
  readonly record: (sent: SentRecord) => Promise<void> | null
  readonly list: (filter: HistoryFilter, cursor: string | null, limit?: number) => Promise<HistoryPage>
  readonly facets: () => Promise<HistoryFacets>
  /** @throws {CoreError} `NotFound`; `Unreadable` where it is not understood */
  readonly read: (id: ExchangeId) => Promise<Pick<HistoryRead, 'entry'> & StoredDetails>
  readonly pin: (ids: readonly ExchangeId[], pinned: boolean) => Promise<void>
  readonly remove: (ids: readonly ExchangeId[]) => Promise<{ removal: string; count: number }>
  readonly clear: (pinnedToo: boolean) => Promise<{ removal: string; count: number }>
  readonly restore: (removal: string) => Promise<number>
  /** Which of these bodies an entry refers to. */
  readonly keptBodies: (ids: readonly BodyId[]) => Promise<ReadonlySet<string>>
  /** Saved requests have other ids now. */
  readonly moved: (moved: Moved) => void
  /** The settings have changed. */
  readonly configure: (settings: HistorySettings) => void
  /** Writes what waits. */
  readonly close: () => Promise<void>
}

export interface HistoryOptions {
  readonly dataDir: string
  readonly bodies: Pick<BodyStore, 'stat' | 'read' | 'put' | 'path' | 'discard'>
  readonly settings: () => Promise<HistorySettings>
  readonly now: () => number
  /** Whether the process lives on: the database then has a thread of its own. */
  readonly isLasting: boolean
  /** Why there can be none: the data folder cannot be written; that was told elsewhere. */
  readonly problem: CoreError | null
  /** Told once of what keeps the history from being kept, and of a damaged file. */
  readonly onProblem: (error: WireError) => void
  /** Logs what should not have happened. */
  readonly report: (error: unknown, during: string) => WireError
  readonly onChanged: (added: readonly ExchangeId[]) => void
}

export function createHistory(options: HistoryOptions): History {
  return new Store(options)
}

class Store implements History {
  readonly #options: HistoryOptions
  readonly #thread: HistoryThread
  readonly #begun: { readonly at: number; readonly since: number }
  #settings: Promise<HistorySettings> | null = null
  #waiting: Promise<HistoryRow>[] = []
  #unwritten = 0
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  /** Runs while nothing is tried. */
  #pause: NodeJS.Timeout | null = null
  /** Bodies may have failed to be written as well. */
  #isSecondTry = false
  #isTold = false
  /** The settings say so. */
  #isOff = false
  #purgeTimer: NodeJS.Timeout | null = null

  constructor(options: HistoryOptions) {
    this.#options = options
    this.#begun = { at: options.now(), since: performance.now() }
    const path = join(options.dataDir, 'history.db')
    const listener = { onNotice: options.onProblem, onChanged: () => options.onChanged([]) }
    this.#thread = options.isLasting ? createWorkerThread(path, listener) : createInlineThread(path, listener)
  }

  readonly record = (sent: SentRecord): Promise<void> | null => {
    const { problem, bodies } = this.#options
    if (problem !== null || this.#isOff) return null
    // The words of bodies are read now: a small body is in memory still.
    const row = rowOf(sent, bodies)
    row.catch(() => undefined) // whoever writes it gets it
    this.#waiting.push(row)
    this.#unwritten += 1
    if (this.#pause) return this.#keepLast()
    if (this.#waiting.length >= AT_ONCE) void this.#flush()
    else this.#timer ??= setTimeout(() => void this.#flush(), WAIT_MS)
    return this.#unwritten > MOST_UNWRITTEN ? this.#writing : null
  }

  readonly list: History['list'] = (filter, cursor, limit = PAGE) => this.#ask((thread) => thread.run('list', { filter, cursor, limit }))

  readonly facets: History['facets'] = () => this.#ask((thread) => thread.run('facets'))

  readonly read: History['read'] = async (id) => {
    const found = await this.#ask((thread) => thread.run('read', id))
    if (found === null) {
      throw new CoreError('NotFound', 'store', 'This entry is no longer in the history.', {
        hint: 'It was removed, or is beyond the limits.',
      })
    }
    const details = StoredDetailsSchema.safeParse(JSON.parse(found.details))
    if (!details.success) throw new CoreError('Unreadable', 'store', 'This entry of the history is not understood.')
    return { entry: found.entry, ...withTokenHops(details.data) }
  }

  readonly pin: History['pin'] = async (ids, pinned) => {
    await this.#change((thread) => thread.run('pin', ids, pinned))
  }

  readonly remove: History['remove'] = (ids) => this.#hide((thread, removal, now) => thread.run('remove', ids, removal, now))

  readonly clear: History['clear'] = (pinnedToo) => this.#hide((thread, removal, now) => thread.run('clear', pinnedToo, removal, now))

  readonly restore: History['restore'] = (removal) => this.#change((thread) => thread.run('restore', removal))

  readonly keptBodies: History['keptBodies'] = async (ids) => new Set(await this.#ask((thread) => thread.run('kept', ids)))

  readonly moved = (moved: Moved): void => {
    if (moved.length === 0 || this.#options.problem !== null) return
    this.#ask((thread) => thread.run('moved', moved)).catch((error: unknown) => this.#tell(error))
  }

  readonly configure = (settings: HistorySettings): void => {
    this.#settings = Promise.resolve(settings)
    this.#isOff = !settings.enabled
  }

  readonly close = async (): Promise<void> => {
    await this.#flush(true)
    if (this.#purgeTimer) await this.#purge(0)
    await this.#thread.close()
  }

  /** A question, after all that was recorded before it. */
  async #ask<T>(question: (thread: HistoryThread) => Promise<T>): Promise<T> {
    if (this.#options.problem) throw this.#options.problem
    await this.#flush()
    return question(this.#thread)
  }

  async #change<T>(change: (thread: HistoryThread) => Promise<T>): Promise<T> {
    const result = await this.#ask(change)
    this.#options.onChanged([])
    return result
  }

  async #hide(
    hide: (thread: HistoryThread, removal: string, nowMs: number) => Promise<number>,
  ): Promise<{ removal: string; count: number }> {
    const removal = randomUUID()
    const count = await this.#change((thread) => hide(thread, removal, this.#options.now()))
    this.#purgeTimer ??= setTimeout(() => void this.#purge(RESTORABLE_MS), RESTORABLE_MS + 1000).unref()
    return { removal, count }
  }

  /** Deletes what was removed so long ago, with the bodies that are then of no entry. */
  async #purge(afterMs: number): Promise<void> {
    if (this.#purgeTimer) clearTimeout(this.#purgeTimer)
    this.#purgeTimer = null
    try {
      const now = this.#options.now()
      const lost = await this.#thread.run('purge', now - afterMs, await this.#limits(), this.#timeForAges())
      await this.#options.bodies.discard(lost)
    } catch (error) {
      this.#tell(error)
    }
  }

  #flush(isLastTry = false): Promise<void> {
    if (this.#pause && !isLastTry) return this.#writing
    for (const timer of [this.#timer, this.#pause]) if (timer) clearTimeout(timer)
    this.#timer = null
    this.#pause = null
    const rows = this.#waiting
    this.#waiting = []
    if (rows.length > 0) this.#writing = this.#writing.then(() => this.#write(rows))
    return this.#writing
  }

  async #write(waiting: readonly Promise<HistoryRow>[]): Promise<void> {
    const settled = await Promise.allSettled(waiting)
    for (const row of settled) if (row.status === 'rejected') this.#tell(row.reason)
    const rows = settled.flatMap((row) => (row.status === 'fulfilled' ? [row.value] : []))
    this.#unwritten -= waiting.length - rows.length
    try {
      const limits = await this.#limits()
      if (limits.enabled && rows.length > 0) await this.#insert(rows, limits)
      this.#unwritten -= rows.length
    } catch (error) {
      this.#tell(error)
      // What is no fault of the disk's would fail again.
      if (error instanceof CoreError) this.#tryAgain(rows)
      else this.#unwritten -= rows.length
    }
  }

  async #insert(rows: readonly HistoryRow[], limits: HistorySettings): Promise<void> {
    const { bodies, onChanged } = this.#options
    // To ask for its path has a body written that could not be; one that nobody has any more, nobody shows.
    if (this.#isSecondTry)
      for (const { id } of rows.flatMap((row) => row.bodies)) await bodies.path(BodyIdSchema.parse(id)).catch(() => undefined)
    await this.#thread.run('insert', rows, limits, this.#timeForAges())
    this.#isSecondTry = false
    // Should it fail again, that is news.
    this.#isTold = false
    onChanged(rows.map(({ entry }) => entry.id))
  }

  /** Nothing grows old by the clock being set forward, which would delete all there is; only by time that went by. */
  #timeForAges(): number {
    const { at, since } = this.#begun
    return Math.min(this.#options.now(), at + performance.now() - since)
  }

  #tryAgain(rows: readonly HistoryRow[]): void {
    this.#isSecondTry = true
    this.#waiting = [...rows.map((row) => Promise.resolve(row)), ...this.#waiting]
    this.#keepLast()
    this.#pause ??= setTimeout(() => {
      this.#pause = null
      void this.#flush()
    }, PAUSE_MS).unref()
  }

  #keepLast(): null {
    this.#unwritten -= this.#waiting.splice(0, this.#waiting.length - MOST_KEPT).length
    return null
  }

  async #limits(): Promise<HistorySettings> {
    const settings = await (this.#settings ??= this.#options.settings())
    this.#isOff = !settings.enabled
    return settings
  }

  #tell(error: unknown): void {
    const told = error instanceof CoreError ? error.toWire() : this.#options.report(error, 'the history')
    if (this.#isTold) return
    this.#isTold = true
    this.#options.onProblem({
      ...told,
      hint: `${told.hint ?? ''} Requests are sent all the same; they are recorded once that is possible.`.trim(),
    })
  }
}
