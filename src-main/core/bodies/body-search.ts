/**
 * Finding in open views and laying them out in rows, whatever their size: the work is the text worker's, what is read of it
 * afterwards is read here. Layouts are kept for the few widths last asked for.
 */
import type { Output, ParsedInput } from '#contract/commands.ts'
import type { ViewId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import type { GrowingView } from './growing-view.ts'
import type { LineIndex } from './line-index.ts'
import { readLines, type ReadAt } from './line-reader.ts'
import { readRows, rowOf, type RowIndex } from './row-layout.ts'
import { matcherOf } from './search-pattern.ts'
import type { TextPlace } from './text-job.ts'
import type { SearchCursor } from './text-search.ts'
import { createTextWorker, findTextWorker } from './text-worker-client.ts'

/** The text of an open view. */
export interface ViewText {
  readonly growing: GrowingView
  /** Where the worker can read it. */
  readonly place: () => Promise<TextPlace>
  readonly read: ReadAt
}

export interface BodySearchOptions {
  /** @throws {CoreError} `NotFound`: the view is closed */
  readonly textOf: (viewId: ViewId) => ViewText
  /** The built worker; by default it is looked for beside the code. */
  readonly workerUrl?: URL
  /** A step that takes longer is stopped, in milliseconds. */
  readonly stuckMs?: number
}

type Find<Name extends 'body.find' | 'body.rows' | 'body.rowOf' | 'body.wrap' | 'body.linesAt'> = (
  input: ParsedInput<Name>,
  signal?: AbortSignal,
) => Promise<Output<Name>>

export interface BodySearch {
  /** @throws {CoreError} `InvalidOption`: no expression, or a slow one; `InvalidCall`: no such cursor; `NotFound`; `Cancelled` */
  readonly find: Find<'body.find'>
  readonly linesAt: Find<'body.linesAt'>
  readonly wrap: Find<'body.wrap'>
  readonly rows: Find<'body.rows'>
  readonly rowOf: Find<'body.rowOf'>
  /** Ends the worker. */
  readonly close: () => Promise<void>
}

/** A page of hits: what the window can take in at once without a pause. */
const PAGE = { hits: 20_000, timeMs: 200 }
const MAX_LAYOUTS = 6

export function createBodySearch({ textOf, workerUrl, stuckMs }: BodySearchOptions): BodySearch {
  const worker = createTextWorker(() => workerUrl ?? findTextWorker(), stuckMs)
  const layouts = new Map<string, Promise<RowIndex>>()
  const layOut = async (viewId: ViewId, columns: number, signal?: AbortSignal): Promise<RowIndex> => {
    const { growing, place } = textOf(viewId)
    const { index } = await growing.whole
    const start = index.entries[1] ?? 0
    return worker.wrap({ kind: 'wrap', place: await place(), start, end: index.end, columns }, signal)
  }
  const layout = async (viewId: ViewId, columns: number, signal?: AbortSignal): Promise<RowIndex> => {
    const key = `${viewId} ${columns}`
    const made = layouts.get(key) ?? layOut(viewId, columns, signal)
    layouts.delete(key)
    layouts.set(key, made)
    const [oldest] = layouts.keys()
    if (layouts.size > MAX_LAYOUTS && oldest !== undefined) layouts.delete(oldest)
    try {
      return await made
    } catch (error) {
      if (layouts.get(key) === made) layouts.delete(key)
      // It was another call, given up since, that asked for it first.
      const isOthers = error instanceof CoreError && error.kind === 'Cancelled' && signal?.aborted !== true
      if (isOthers) return layOut(viewId, columns, signal)
      throw error
    }
  }
  return {
    find: async ({ viewId, query, cursor }, signal) => {
      const { growing, place } = textOf(viewId)
      matcherOf(query) // says here what is wrong with an expression
      const from = cursor === null || cursor === BEGINNING ? null : cursorOf(cursor)
      if ((from?.offset ?? 0) >= growing.ended().end) await growing.more(from?.line ?? 0, 'ended')
      const index = growing.ended()
      const isWhole = growing.share() === null
      if (index.lines === 0) return { hits: [], next: BEGINNING, searched: 0 }
      if (from !== null && isWhole && from.offset > index.end) throw noSuchCursor()
      const { hits, next } = await worker.find({ kind: 'find', place: await place(), index, query, cursor: from, limits: PAGE }, signal)
      // What ends with the lines that there are goes on with those that come.
      const on = next ?? (isWhole ? null : behind(index))
      return {
        hits: [...hits],
        next: on && [on.line, on.offset, on.column, on.skip].join(':'),
        searched: on ? Math.min(1, on.offset / Math.max(1, growing.expectedEnd())) : 1,
      }
    },
    linesAt: async ({ viewId, lines }) => {
      const { growing, read } = textOf(viewId)
      return { lines: await linesAt(read, growing.readable(), lines) }
    },
    wrap: async ({ viewId, columns }, signal) => ({ rows: (await layout(viewId, columns, signal)).rows }),
    rows: async ({ viewId, columns, from, count }) => {
      const rows = await readRows(textOf(viewId).read, await layout(viewId, columns), from, count)
      return { rows: rows.map(({ text }) => text), places: rows.flatMap(({ line, column }) => [line, column]) }
    },
    rowOf: async ({ viewId, columns, line, column }) => {
      const found = await rowOf(textOf(viewId).read, await layout(viewId, columns), line, column)
      return { row: found.row, column: Math.max(0, column - found.column) }
    },
    close: worker.close,
  }
}

/** Of a search that has yet to begin, since nothing can be searched yet. */
const BEGINNING = '0:0:0:0'

/** The place behind the lines of a text. */
function behind(index: LineIndex): SearchCursor {
  return { line: index.lines, offset: index.end, column: 0, skip: 0 }
}

function noSuchCursor(): CoreError {
  return new CoreError('InvalidCall', 'call', 'A search goes on where its last page ended.')
}

function cursorOf(text: string): SearchCursor {
  const [line, offset, column, skip] = /^(\d{1,15}):(\d{1,15}):(\d{1,15}):(\d{1,15})$/.exec(text)?.slice(1).map(Number) ?? []
  if (line === undefined || offset === undefined || column === undefined || skip === undefined) throw noSuchCursor()
  return { line, offset, column, skip }
}

/** Lines that stand near each other are read together. */
async function linesAt(readText: ReadAt, index: LineIndex, wanted: readonly number[]): Promise<string[]> {
  const lines: string[] = []
  const read = readAhead(readText)
  for (let at = 0; at < wanted.length;) {
    const first = wanted[at] ?? 0
    let to = at + 1
    while (to < wanted.length && isNear(wanted[to - 1] ?? 0, wanted[to] ?? 0)) to += 1
    const span = await readLines(read, index, first, (wanted[to - 1] ?? first) - first + 1)
    for (; at < to; at += 1) lines.push(span[(wanted[at] ?? first) - first] ?? '')
  }
  return lines
}

/** Reading over a few lines costs less than finding the place again. */
function isNear(before: number, line: number): boolean {
  return line >= before && line - before <= 4
}

const AHEAD_BYTES = 512 * 1024

/** For reading here and there, mostly onwards: what was read last is kept. */
function readAhead(read: ReadAt): ReadAt {
  let start = 0
  let kept: Buffer = Buffer.alloc(0)
  return async (offset, length) => {
    const isKept = offset >= start && offset + length <= start + kept.length
    if (!isKept) {
      kept = await read(offset, Math.max(length, AHEAD_BYTES))
      start = offset
    }
    return kept.subarray(offset - start, offset - start + length)
  }
}
