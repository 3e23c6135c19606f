/**
 * The records of one body as they come: asks how many there are by now, a few times a second while more may come, and
 * holds the rows near where one looks. It opens nothing before it is started, and lets go of all when it is closed.
 */
import type { WireError } from '#contract/errors.ts'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import type { RecordKind, RecordStatus, StreamRecord } from '#contract/model/record.ts'
import { closeRecords, openRecords, readRecords, recordStatus } from '../../actions/records.ts'

/** So often it is asked while more may come; and at once where core has more to look at. Milliseconds. */
const POLL_MS = 120
const ROWS_KEPT = 3000
const PAGE = 100

export interface RecordFeedOptions {
  readonly bodyId: BodyId
  readonly kind: RecordKind
  readonly encoding: string | null
  readonly arrivalsId: BodyId | null
}

export class RecordFeed {
  readonly #options: RecordFeedOptions
  readonly #listeners = new Set<() => void>()
  /** By place, in order of use, the latest last. */
  readonly #rows = new Map<number, StreamRecord>()
  /** Places of rows that there may be more of by now; until they are read anew they are shown as they are. */
  readonly #aged = new Set<number>()
  #viewId: ViewId | null = null
  #status: RecordStatus | null = null
  #error: WireError | null = null
  #filter = ''
  #until: number | null = null
  #wanted: { readonly first: number; readonly last: number } | null = null
  #isReading = false
  #isAsking = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #isClosed = false
  #version = 0

  constructor(options: RecordFeedOptions) {
    this.#options = options
  }

  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get viewId(): ViewId | null {
    return this.#viewId
  }

  /** Null until it is known. */
  get status(): RecordStatus | null {
    return this.#status
  }

  get error(): WireError | null {
    return this.#error
  }

  row(place: number): StreamRecord | undefined {
    return this.#rows.get(place)
  }

  async start(): Promise<void> {
    const opened = await openRecords(this.#options)
    if (this.#isClosed) {
      if (opened.ok) closeRecords(opened.value)
      return
    }
    if (!opened.ok) return this.#fail(opened.error)
    this.#viewId = opened.value
    void this.#ask()
  }

  /** Shows only those that have this text, whatever the case; empty: all. */
  filter(text: string): void {
    if (text === this.#filter) return
    this.#filter = text
    this.#askAnew()
  }

  /** Shows only records before this number; null: all. */
  until(number: number | null): void {
    if (number === this.#until) return
    this.#until = number
    this.#askAnew()
  }

  /** Says which places are on the screen. */
  want(first: number, last: number): void {
    this.#wanted = { first, last }
    void this.#read()
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#viewId !== null) closeRecords(this.#viewId)
  }

  #askAnew(): void {
    this.#rows.clear()
    this.#aged.clear()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    void this.#ask()
  }

  async #ask(): Promise<void> {
    if (this.#viewId === null || this.#isAsking || this.#isClosed) return
    this.#isAsking = true
    const [filter, until] = [this.#filter, this.#until]
    const asked = await recordStatus(this.#viewId, filter, until)
    this.#isAsking = false
    if (this.#isClosed) return
    if (filter !== this.#filter || until !== this.#until) return void this.#ask()
    if (!asked.ok) return this.#fail(asked.error)
    this.#take(asked.value)
    if (asked.value.isOver && asked.value.isCaughtUp) return
    this.#timer = setTimeout(() => void this.#ask(), asked.value.isCaughtUp ? POLL_MS : 0)
  }

  #take(status: RecordStatus): void {
    const before = this.#status
    this.#status = status
    if (before && before.bytes === status.bytes && before.matched === status.matched && before.isOver === status.isOver) return
    // The last one may have been shown before it ended.
    if (before) this.#aged.add(before.matched - 1)
    this.#tell()
    void this.#read()
  }

  async #read(): Promise<void> {
    const missing = this.#missing()
    if (this.#viewId === null || missing === null || this.#isReading || this.#isClosed) return
    this.#isReading = true
    // Now, not once they are read: more of them may come in between.
    for (let place = missing; place < missing + PAGE; place += 1) this.#aged.delete(place)
    const [filter, until] = [this.#filter, this.#until]
    const read = await readRecords(this.#viewId, missing, PAGE)
    this.#isReading = false
    if (this.#isClosed) return
    if (!read.ok) return this.#fail(read.error)
    if (filter !== this.#filter || until !== this.#until) return void this.#read()
    read.value.forEach((row, index) => {
      this.#rows.delete(missing + index)
      this.#rows.set(missing + index, row)
    })
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= ROWS_KEPT) break
      this.#rows.delete(oldest)
    }
    this.#tell()
    if (read.value.length > 0) void this.#read()
  }

  /** The first place on the screen whose row is not here, or not as it is now. */
  #missing(): number | null {
    if (this.#wanted === null || this.#status === null) return null
    const last = Math.min(this.#wanted.last, this.#status.matched - 1)
    for (let place = Math.max(0, this.#wanted.first); place <= last; place += 1)
      if (!this.#rows.has(place) || this.#aged.has(place)) return place
    return null
  }

  #fail(error: WireError): void {
    this.#error = error
    this.#tell()
  }

  #tell(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
