/**
 * What is asked of all results at once (counts, times, charts), as records of fixed size: in memory in blocks that are
 * never copied, and in a file beside the results. 100,000 results are 4.8 MB.
 */

export const RECORD_BYTES = 48
const RECORDS_A_BLOCK = 4096
const FAILED = 1
const SKIPPED = 2
const ERROR = 4

export interface IndexRecord {
  /** Where its line begins in the file of results, in bytes. */
  readonly offset: number
  /** From the run's start, in ms. */
  readonly startedAt: number
  readonly durationMs: number
  /** Of the answer's body. */
  readonly bytes: number
  readonly item: number
  /** From 1. */
  readonly iteration: number
  /** 0: no answer. */
  readonly status: number
  readonly isFailed: boolean
  readonly isSkipped: boolean
  /** It had no answer. */
  readonly isError: boolean
  readonly checksPassed: number
  readonly checksFailed: number
}

export interface RunIndex {
  readonly count: () => number
  readonly add: (record: IndexRecord) => void
  readonly get: (index: number) => IndexRecord
  /** The bytes of the records from `from` on. */
  readonly bytesFrom: (from: number) => Buffer
}

/** @param stored what a file holds; what is no whole record at its end is left out */
export function createRunIndex(stored: Buffer = Buffer.alloc(0)): RunIndex {
  const blocks: Buffer[] = []
  let count = 0
  const blockOf = (index: number): Buffer => {
    const at = Math.floor(index / RECORDS_A_BLOCK)
    return (blocks[at] ??= Buffer.alloc(RECORDS_A_BLOCK * RECORD_BYTES))
  }
  const placeOf = (index: number): number => (index % RECORDS_A_BLOCK) * RECORD_BYTES
  for (; (count + 1) * RECORD_BYTES <= stored.byteLength; count += 1) {
    stored.copy(blockOf(count), placeOf(count), count * RECORD_BYTES, (count + 1) * RECORD_BYTES)
  }
  return {
    count: () => count,
    add: (record) => {
      write(blockOf(count), placeOf(count), record)
      count += 1
    },
    get: (index) => {
      if (index < 0 || index >= count) throw new RangeError(`There is no record ${index}.`)
      return read(blockOf(index), placeOf(index))
    },
    bytesFrom: (from) => {
      const parts: Buffer[] = []
      for (let index = from; index < count;) {
        const end = Math.min(count, (Math.floor(index / RECORDS_A_BLOCK) + 1) * RECORDS_A_BLOCK)
        parts.push(blockOf(index).subarray(placeOf(index), placeOf(index) + (end - index) * RECORD_BYTES))
        index = end
      }
      return Buffer.concat(parts)
    },
  }
}

function write(block: Buffer, at: number, record: IndexRecord): void {
  block.writeDoubleLE(record.offset, at)
  block.writeDoubleLE(record.startedAt, at + 8)
  block.writeDoubleLE(record.durationMs, at + 16)
  block.writeDoubleLE(record.bytes, at + 24)
  block.writeUInt32LE(record.item, at + 32)
  block.writeUInt32LE(record.iteration, at + 36)
  block.writeUInt16LE(record.status, at + 40)
  block.writeUInt16LE((record.isFailed ? FAILED : 0) | (record.isSkipped ? SKIPPED : 0) | (record.isError ? ERROR : 0), at + 42)
  block.writeUInt16LE(Math.min(record.checksPassed, 0xffff), at + 44)
  block.writeUInt16LE(Math.min(record.checksFailed, 0xffff), at + 46)
}

function read(block: Buffer, at: number): IndexRecord {
  const flags = block.readUInt16LE(at + 42)
  return {
    offset: block.readDoubleLE(at),
    startedAt: block.readDoubleLE(at + 8),
    durationMs: block.readDoubleLE(at + 16),
    bytes: block.readDoubleLE(at + 24),
    item: block.readUInt32LE(at + 32),
    iteration: block.readUInt32LE(at + 36),
    status: block.readUInt16LE(at + 40),
    isFailed: (flags & FAILED) !== 0,
    isSkipped: (flags & SKIPPED) !== 0,
    isError: (flags & ERROR) !== 0,
    checksPassed: block.readUInt16LE(at + 44),
    checksFailed: block.readUInt16LE(at + 46),
  }
}
