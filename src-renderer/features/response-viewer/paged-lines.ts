/**
 * Texts that are too long to be here, read page by page from core as they are looked at: by lines, by rows that are no wider
 * than the view, or only the lines that have a hit.
 */
import type { ViewId } from '#contract/model/ids.ts'
import { readLines, type BodyView } from '../../actions/bodies.ts'
import { layOutRows, readLinesAt, readRows, rowOfPlace } from '../../actions/body-search.ts'
import type { HitList } from './hit-list.ts'
import { LONGEST_LINE, pageSize, type LineSource, type TextRow, type Wrapping } from './line-source.ts'
import { PageCache } from './page-cache.ts'
import type { TextPoint } from './text-selection.ts'

const PAGES_KEPT = 40
/** Rows to a page: as they are at most a screen wide, a few screens of them. */
const ROWS_PER_PAGE = 250
/** Lines that may stand far from each other. */
const MATCHES_PER_PAGE = 100
/** Rows read at a time for copying. */
const ROWS_PER_READ = 2000

export type PagedView = Pick<BodyView, 'viewId' | 'length' | 'lines' | 'first' | 'share'>

/** Lines of a view that may still be being made. */
export interface PagedLines extends LineSource {
  /** There are so many now, and how much of the text that is; undefined: all of it. */
  readonly grow: (view: Pick<PagedView, 'lines' | 'share'>) => void
}

/** The lines of a view; one longer than {@link LONGEST_LINE} is cut there. */
export function pagedLines(view: PagedView): PagedLines {
  let count = view.lines
  let share = view.share
  /** Go on once there are more lines on screen. */
  let waiting: (() => void)[] = []
  const size = pageSize(view.length, view.lines)
  const read = async (from: number, count: number, signal?: AbortSignal): Promise<readonly string[] | null> => {
    const lines = await readLines(view.viewId, from, count, signal)
    return lines.ok ? lines.value : null
  }
  const cache = new PageCache<readonly string[]>({
    pages: Infinity,
    kept: PAGES_KEPT,
    read: (page, signal) => read(page * size, size, signal),
  })
  if (view.first) cache.put(0, view.first.slice(0, size))
  return {
    get count() {
      return count
    },
    get share() {
      return share ?? 1
    },
    grow: (view) => {
      count = view.lines
      share = view.share
    },
    origin: (line) => ({ line, column: 0 }),
    line: (index) => cache.page(Math.floor(index / size))?.[index % size],
    want: (first, last) => {
      wantPages(cache, size, count, first, last)
      // Asked for once the list is drawn with the lines that there are: now one can go to them.
      const due = waiting
      waiting = []
      for (const goOn of due) goOn()
    },
    chunk: size,
    longest: LONGEST_LINE,
    place: async (point) => {
      while (point.line >= count && share !== undefined) await new Promise<void>((resolve) => waiting.push(resolve))
      return point.line < count ? point : { line: Math.max(0, count - 1), column: 0 }
    },
    pointOf: (place) => Promise.resolve(place),
    read: (first, last) => readRange(first, last, size, async (from, count) => whole(await read(from, count))),
    wrapping: rowsLater(view),
    subscribe: (listener) => cache.subscribe(listener),
    version: cache.version,
  }
}

function rowsLater(view: PagedView): Wrapping {
  return {
    kind: 'later',
    wrap: async (columns, signal) => {
      const rows = await layOutRows(view.viewId, columns, signal)
      return rows === null || signal?.aborted === true ? null : pagedRows(view, columns, rows)
    },
  }
}

interface RowPage {
  readonly rows: readonly string[]
  /** Line and column of each. */
  readonly places: readonly number[]
}

/** The text of a view in rows that core laid out. */
function pagedRows(view: PagedView, columns: number, count: number): LineSource {
  const read = (from: number, rows: number, signal?: AbortSignal): Promise<RowPage | null> =>
    readRows(view.viewId, columns, from, rows, signal)
  const cache = new PageCache<RowPage>({
    pages: Math.ceil(count / ROWS_PER_PAGE),
    kept: PAGES_KEPT,
    read: (page, signal) => read(page * ROWS_PER_PAGE, ROWS_PER_PAGE, signal),
  })
  const pageOf = (index: number): RowPage | undefined => cache.page(Math.floor(index / ROWS_PER_PAGE))
  return {
    count,
    origin: (index) => {
      const places = pageOf(index)?.places
      const line = places?.[2 * (index % ROWS_PER_PAGE)]
      const column = places?.[2 * (index % ROWS_PER_PAGE) + 1]
      return line === undefined || column === undefined ? undefined : { line, column }
    },
    line: (index) => pageOf(index)?.rows[index % ROWS_PER_PAGE],
    want: (first, last) => cache.want(Math.floor(first / ROWS_PER_PAGE), Math.floor(last / ROWS_PER_PAGE)),
    chunk: ROWS_PER_READ,
    longest: null,
    place: async ({ line, column }) => {
      const found = await rowOfPlace(view.viewId, columns, line, column)
      return found && { line: found.row, column: found.column }
    },
    pointOf: async ({ line: row, column }) => {
      const page = await read(row, 1)
      const [line, start] = page?.places ?? []
      if (line === undefined || start === undefined) return null
      return { line, column: start + Math.min(column, page?.rows[0]?.length ?? 0) }
    },
    read: (first, last) =>
      readRange(first, last, ROWS_PER_READ, async (from, rows) => {
        const page = await read(from, rows)
        return page && page.rows.map((text, index) => ({ text, goesOn: (page.places[2 * index + 1] ?? 0) > 0 }))
      }),
    wrapping: rowsLater(view),
    subscribe: (listener) => cache.subscribe(listener),
    version: cache.version,
  }
}

/** Asks for the pages of rows on screen, anew for one that was read before there was as much of it as now. */
function wantPages(cache: PageCache<readonly string[]>, size: number, count: number, first: number, last: number): void {
  const [from, to] = [Math.floor(first / size), Math.floor(Math.min(last, count - 1) / size)]
  for (let page = from; page <= to; page += 1) {
    const has = cache.page(page)?.length ?? size
    if (has < Math.min(size, count - page * size)) cache.reload(page)
  }
  cache.want(from, to)
}

/**
 * The lines that have a hit, as far as they are found: there may be more at any time.
 *
 * @param chunk lines of the view that are well read at a time
 */
export function matchingLines(viewId: ViewId, chunk: number, hits: HitList): LineSource {
  const size = Math.min(MATCHES_PER_PAGE, chunk)
  const read = (from: number, count: number, signal?: AbortSignal): Promise<readonly string[] | null> => {
    const lines = hits.linesFrom(from, count)
    return lines.length === 0 ? Promise.resolve([]) : readLinesAt(viewId, lines, signal)
  }
  const cache = new PageCache<readonly string[]>({
    pages: Infinity,
    kept: PAGES_KEPT,
    read: (page, signal) => read(page * size, size, signal),
  })
  const place = ({ line, column }: TextPoint): TextPoint => {
    const index = Math.min(hits.lineIndexFrom(line), Math.max(0, hits.lineCount - 1))
    return { line: index, column: hits.lineAt(index) === line ? column : 0 }
  }
  return {
    get count() {
      return hits.lineCount
    },
    origin: (index) => {
      const line = hits.lineAt(index)
      return line === undefined ? undefined : { line, column: 0 }
    },
    line: (index) => cache.page(Math.floor(index / size))?.[index % size],
    want: (first, last) => wantPages(cache, size, hits.lineCount, first, last),
    chunk: size,
    longest: LONGEST_LINE,
    place: (point) => Promise.resolve(place(point)),
    pointOf: ({ line: index, column }) => {
      const line = hits.lineAt(index)
      return Promise.resolve(line === undefined ? null : { line, column })
    },
    read: (first, last) => readRange(first, last, size, async (from, count) => whole(await read(from, count))),
    wrapping: { kind: 'never' },
    subscribe: (listener) => cache.subscribe(listener),
    version: cache.version,
  }
}

function whole(lines: readonly string[] | null): readonly TextRow[] | null {
  return lines && lines.map((text) => ({ text, goesOn: false }))
}

async function readRange(
  first: number,
  last: number,
  size: number,
  read: (from: number, count: number) => Promise<readonly TextRow[] | null>,
): Promise<readonly TextRow[] | null> {
  const rows: TextRow[] = []
  for (let from = first; from <= last; from += size) {
    const part = await read(from, Math.min(size, last - from + 1))
    if (part === null) return null
    rows.push(...part)
  }
  return rows
}
