/**
 * Which records a body has, as far as it has come. It reads the body forward a moment at a time, keeps the place of a
 * record now and then, and finds those in between by reading again: the memory it takes is small beside the body.
 */
import type { RecordKind } from '#contract/model/record.ts'
import { createRecordSplitter, type RecordSplitter } from './record-splitter.ts'

const READ_BYTES = 256 * 1024
/** The place of a record is kept after so many records or bytes. */
const PLACE_RECORDS = 256
const PLACE_BYTES = 64 * 1024
const LF = 0x0a

/** A body that may still be on its way. */
export interface RecordSource {
  /** `isOver`: no more than these bytes will come. */
  readonly state: () => Promise<{ readonly bytes: number; readonly isOver: boolean }>
  /** Fewer bytes than asked for, or none, where they cannot be read yet. */
  readonly read: (offset: number, length: number) => Promise<Buffer>
}

export interface FoundRecord {
  readonly number: number
  readonly start: number
  readonly end: number
  /** The stream ended, or stands, within it. */
  readonly isOpen: boolean
}

export class RecordIndex {
  readonly kind: RecordKind
  readonly source: RecordSource
  readonly #placeNumbers: number[] = []
  readonly #placeOffsets: number[] = []
  #splitter: RecordSplitter | null = null
  #position = 0
  #ended = 0
  #bytes = 0
  #isOver = false
  #lastByte = 0
  #running: Promise<void> = Promise.resolve()

  constructor(kind: RecordKind, source: RecordSource) {
    this.kind = kind
    this.source = source
  }

  /** How many records there are, the one that has not ended among them where it is shown. */
  count(): number {
    return this.#ended + (this.openRecord() === null ? 0 : 1)
  }

  bytes(): number {
    return this.#bytes
  }

  isCaughtUp(): boolean {
    return this.#position >= this.#bytes
  }

  isOver(): boolean {
    return this.#isOver && this.isCaughtUp()
  }

  /** The record at the end that has not ended: once nothing more comes; at once where one is read as it is written. */
  openRecord(): FoundRecord | null {
    const start = this.#splitter?.openRecord() ?? null
    if (start === null) return null
    const isShown = this.isOver() || this.kind === 'lines' || (this.kind === 'seq' && this.#lastByte === LF)
    return isShown ? { number: this.#ended, start, end: this.#position, isOpen: true } : null
  }

  /** Reads on for about so many milliseconds, or to the end of what has come. One caller at a time; others wait. */
  advance(budgetMs: number): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#advance(budgetMs))
    return this.#running
  }

  /** Walks over records from one on, as far as they are counted. */
  async *from(number: number): AsyncGenerator<FoundRecord> {
    const place = lastAtMost(this.#placeNumbers, number)
    let current = this.#placeNumbers[place] ?? 0
    let position = this.#placeOffsets[place] ?? 0
    const splitter = createRecordSplitter(this.kind, position)
    const limit = this.#ended
    while (current < limit) {
      const chunk = await this.source.read(position, Math.min(READ_BYTES, this.#position - position))
      if (chunk.length === 0) return
      const found: FoundRecord[] = []
      splitter.feed(chunk, position, (start, end) => {
        if (current >= number && current < limit) found.push({ number: current, start, end, isOpen: false })
        current += 1
      })
      position += chunk.length
      yield* found
    }
    const open = this.openRecord()
    if (open && open.number >= number && open.number === limit) yield open
  }

  async #advance(budgetMs: number): Promise<void> {
    const until = performance.now() + budgetMs
    const state = await this.source.state()
    this.#bytes = Math.max(this.#bytes, state.bytes)
    this.#isOver = state.isOver
    while (this.#position < this.#bytes && performance.now() < until) {
      const chunk = await this.source.read(this.#position, Math.min(READ_BYTES, this.#bytes - this.#position))
      if (chunk.length === 0) return
      // The rest of a byte order mark is still to come.
      if (this.#position === 0 && chunk[0] === 0xef && chunk.length < 3 && !this.#isOver) return
      this.#splitter ??= this.#begin(chunk)
      // What is read before the first record, a byte order mark, is none of it.
      const from = Math.max(0, this.#splitter.nextStart() - this.#position)
      const isFirst = this.#position === 0
      this.#splitter.feed(isFirst ? chunk.subarray(from) : chunk, this.#position + (isFirst ? from : 0), this.#keep)
      this.#position += chunk.length
      this.#lastByte = chunk[chunk.length - 1] ?? 0
    }
  }

  #begin(first: Uint8Array): RecordSplitter {
    const start = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0
    this.#placeNumbers.push(0)
    this.#placeOffsets.push(start)
    return createRecordSplitter(this.kind, start)
  }

  readonly #keep = (start: number): void => {
    const last = this.#placeNumbers.length - 1
    const isFar = this.#ended - (this.#placeNumbers[last] ?? 0) >= PLACE_RECORDS || start - (this.#placeOffsets[last] ?? 0) >= PLACE_BYTES
    if (isFar) {
      this.#placeNumbers.push(this.#ended)
      this.#placeOffsets.push(start)
    }
    this.#ended += 1
  }
}

/** Index of the last number that is not above `value`; 0 where there is none. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
