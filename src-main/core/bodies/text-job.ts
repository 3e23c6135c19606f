/** What the worker that goes through the texts of open views is asked for, and how it reads them. */
import { closeSync, openSync, readSync } from 'node:fs'
import type { TextQuery } from '#contract/model/body-search.ts'
import type { LineIndex } from './line-index.ts'
import { layRows, type RowIndex } from './row-layout.ts'
import { matcherOf } from './search-pattern.ts'
import { searchPage, searchStart, type PageLimits, type ReadNow, type SearchCursor, type SearchPage } from './text-search.ts'

/** Where a view's text is: in a file, from its index' first offset on, or, where it is short, here. */
export type TextPlace = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

export interface FindJob {
  readonly kind: 'find'
  readonly place: TextPlace
  readonly index: LineIndex
  readonly query: TextQuery
  /** Null begins. */
  readonly cursor: SearchCursor | null
  readonly limits: PageLimits
}

export interface WrapJob {
  readonly kind: 'wrap'
  readonly place: TextPlace
  readonly start: number
  readonly end: number
  readonly columns: number
}

export type TextJob = FindJob | WrapJob

export type TextResult = { readonly kind: 'find'; readonly page: SearchPage } | { readonly kind: 'wrap'; readonly rows: RowIndex }

/** Each step does one piece. */
export function* runTextJob(job: TextJob): Generator<undefined, TextResult> {
  const { read, close } = openPlace(job.place)
  try {
    if (job.kind === 'wrap') return { kind: 'wrap', rows: yield* layRows(read, job) }
    const { index, query, cursor, limits } = job
    const page = yield* searchPage({ read, index, matcher: matcherOf(query) }, cursor ?? searchStart(index), limits)
    return { kind: 'find', page }
  } finally {
    close()
  }
}

function openPlace(place: TextPlace): { readonly read: ReadNow; readonly close: () => void } {
  if (place.kind === 'bytes') {
    const all = Buffer.from(place.bytes.buffer, place.bytes.byteOffset, place.bytes.length)
    return { read: (offset, length) => all.subarray(offset, offset + length), close: () => undefined }
  }
  const file = openSync(place.path, 'r')
  let room = Buffer.alloc(0)
  return {
    // The room is used again for every piece: none is kept.
    read: (offset, length) => {
      if (room.length < length) room = Buffer.allocUnsafe(length)
      return room.subarray(0, readSync(file, room, 0, length, offset))
    },
    close: () => closeSync(file),
  }
}
