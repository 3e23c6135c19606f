/**
 * Finds where the records of a stream begin and end, byte by byte: chunks may be cut anywhere, within a line break or
 * within a character. What a record says is for `record-text.ts`.
 *
 * @see WHATWG HTML §9.2.6 (event stream interpretation); RFC 7464 (JSON text sequences)
 */
import { assertNever } from '#contract/result.ts'
import type { RecordKind } from '#contract/model/record.ts'

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const RECORD_SEPARATOR = 0x1e

export interface RecordSplitter {
  /**
   * Takes the next bytes.
   *
   * @param offset of the first of them in the body
   * @param onRecord gets each record that they end, as it is known: where it begins, and where the byte after it is
   */
  readonly feed: (chunk: Uint8Array, offset: number, onRecord: (start: number, end: number) => void) => void
  /** Where the record begins that has not ended; null where nothing of one is there. */
  readonly openRecord: () => number | null
  /** Where the next record begins, at the earliest. */
  readonly nextStart: () => number
}

/** @param start offset of the first byte, which is the first of a record */
export function createRecordSplitter(kind: RecordKind, start: number): RecordSplitter {
  switch (kind) {
    case 'sse':
      return new EventSplitter(start)
    case 'ndjson':
    case 'socket':
      return new LineSplitter(start, false)
    case 'lines':
      return new LineSplitter(start, true)
    case 'seq':
      return new SequenceSplitter(start)
    default:
      return assertNever(kind)
  }
}

/** Events end with an empty line; a line ends with CR LF, LF or CR. */
class EventSplitter implements RecordSplitter {
  #start: number
  #isLineEmpty = true
  #isAfterCr = false
  #hasContent = false

  constructor(start: number) {
    this.#start = start
  }

  readonly nextStart = (): number => this.#start

  readonly openRecord = (): number | null => (this.#hasContent ? this.#start : null)

  readonly feed: RecordSplitter['feed'] = (chunk, offset, onRecord) => {
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index]
      if (byte !== LF && byte !== CR) {
        this.#isAfterCr = false
        this.#isLineEmpty = false
        this.#hasContent = true
        continue
      }
      const at = offset + index
      const isSecondHalf = byte === LF && this.#isAfterCr
      this.#isAfterCr = byte === CR
      if (isSecondHalf) {
        if (this.#start === at) this.#start = at + 1
      } else if (this.#isLineEmpty) this.#endRecord(at + 1, onRecord)
      else this.#isLineEmpty = true
    }
  }

  #endRecord(end: number, onRecord: (start: number, end: number) => void): void {
    if (this.#hasContent) onRecord(this.#start, end)
    this.#start = end
    this.#hasContent = false
  }
}

/** A record in each line; lines of a JSON stream that are blank are none. */
class LineSplitter implements RecordSplitter {
  readonly #withBlank: boolean
  #start: number
  #end: number
  #hasContent = false

  constructor(start: number, withBlank: boolean) {
    this.#start = start
    this.#end = start
    this.#withBlank = withBlank
  }

  readonly nextStart = (): number => this.#start

  readonly openRecord = (): number | null => (this.#hasContent || (this.#withBlank && this.#end > this.#start) ? this.#start : null)

  readonly feed: RecordSplitter['feed'] = (chunk, offset, onRecord) => {
    let from = 0
    for (;;) {
      const found = chunk.indexOf(LF, from)
      const to = found === -1 ? chunk.length : found
      this.#hasContent ||= !this.#withBlank && hasText(chunk, from, to)
      this.#end = offset + to
      if (found === -1) return
      if (this.#withBlank || this.#hasContent) onRecord(this.#start, offset + found + 1)
      this.#start = offset + found + 1
      this.#end = this.#start
      this.#hasContent = false
      from = found + 1
    }
  }
}

function hasText(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if ((bytes[index] ?? 0) > SPACE) return true
  return false
}

/** Each text begins with a record separator, and is followed by LF, which its own lines may also be. */
class SequenceSplitter implements RecordSplitter {
  #start: number
  #hasContent = false

  constructor(start: number) {
    this.#start = start
  }

  readonly nextStart = (): number => this.#start

  readonly openRecord = (): number | null => (this.#hasContent ? this.#start : null)

  readonly feed: RecordSplitter['feed'] = (chunk, offset, onRecord) => {
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0
      if (byte === RECORD_SEPARATOR) {
        if (this.#hasContent) onRecord(this.#start, offset + index)
        this.#start = offset + index
        this.#hasContent = false
      } else if (byte > SPACE) this.#hasContent = true
    }
  }
}
