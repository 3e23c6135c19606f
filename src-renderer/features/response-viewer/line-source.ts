/**
 * Lines of a body for a list that shows only some of them: from a text that is here, or page by page from core. Both
 * look the same to the list.
 */
import { readLines, type BodyView } from '../../actions/bodies.ts'
import { LONG_TEXT } from '../../monaco/long-text.ts'
import { PageCache } from './page-cache.ts'
import type { TextPoint } from './text-selection.ts'

export interface LineSource {
  readonly count: number
  /** What stands beside it: its number from 1, or nothing where it is the rest of the line before. */
  number: (index: number) => number | null
  /** Undefined until it has arrived. */
  line: (index: number) => string | undefined
  /** Says which lines are on screen. */
  want: (first: number, last: number) => void
  /** Lines that are well read at a time. */
  readonly chunk: number
  /** A line of so many characters may be cut there; null where every line is whole. */
  readonly longest: number | null
  /** Where a place of the unwrapped text stands. */
  place: (point: TextPoint) => TextPoint
  /** For copying; null where a line could not be had. */
  read: (first: number, last: number) => Promise<readonly string[] | null>
  readonly subscribe: (listener: () => void) => () => void
  readonly version: () => number
}

/** About as many characters as one page should hold: enough to fill a screen, little enough to parse unnoticed. */
const PAGE_CHARACTERS = 120_000
/** Longest line that core hands out. */
export const LONGEST_LINE = 20_000
const PAGES_KEPT = 40
/** Lines of a text that is here. */
const CHUNK_IN_MEMORY = 5000

/** The lines of a view: in memory where it brought its text. */
export function linesOf(view: BodyView): LineSource {
  return view.text === null ? pagedLines(view) : linesOfText(view.text)
}

/** The lines of a text. */
export function linesOfText(text: string): LineSource {
  const lines = text.split(/\r\n|\r|\n/)
  return {
    count: lines.length,
    number: (index) => index + 1,
    line: (index) => lines[index],
    want: () => undefined,
    chunk: CHUNK_IN_MEMORY,
    longest: null,
    place: (point) => point,
    read: (first, last) => Promise.resolve(lines.slice(first, last + 1)),
    subscribe: () => () => undefined,
    version: () => 0,
  }
}

/**
 * The same lines, cut into pieces of so many columns. Only for a source whose lines are all here.
 *
 * @param columns at least 1
 */
export function wrappedLines(source: LineSource, columns: number): LineSource {
  /** Pairs of line and column; the last stands behind the text. */
  const starts: number[] = []
  for (let line = 0; line < source.count; line += 1) {
    const text = source.line(line) ?? ''
    starts.push(line, 0)
    for (let column = nextStart(text, 0, columns); column < text.length; column = nextStart(text, column, columns))
      starts.push(line, column)
  }
  starts.push(source.count, 0)
  const piece = (index: number): string | undefined => {
    const line = starts[2 * index]
    if (line === undefined || index < 0) return undefined
    const goesOn = starts[2 * index + 2] === line
    return source.line(line)?.slice(starts[2 * index + 1], goesOn ? starts[2 * index + 3] : undefined)
  }
  return {
    ...source,
    count: starts.length / 2 - 1,
    number: (index) => (starts[2 * index + 1] === 0 ? (starts[2 * index] ?? 0) + 1 : null),
    line: piece,
    place: (point) => placeIn(starts, point),
    read: (first, last) => Promise.resolve(Array.from({ length: last - first + 1 }, (_, index) => piece(first + index) ?? '')),
  }
}

/** The piece that holds a place, by halving: `starts` are pairs of line and column, in order. */
function placeIn(starts: readonly number[], { line, column }: TextPoint): TextPoint {
  let low = 0
  let high = starts.length / 2 - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const at = starts[2 * middle] ?? 0
    if (at < line || (at === line && (starts[2 * middle + 1] ?? 0) <= column)) low = middle
    else high = middle
  }
  return { line: low, column: column - (starts[2 * low + 1] ?? 0) }
}

/** Where the next piece begins: never within a surrogate pair. */
function nextStart(text: string, from: number, columns: number): number {
  const at = from + columns
  const splitsPair = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  return splitsPair ? at + 1 : at
}

/** Lines to a page, for lines of this average length. */
export function pageSize(characters: number, lines: number): number {
  const average = Math.min(LONGEST_LINE, Math.max(1, characters / Math.max(1, lines)))
  return Math.min(1000, Math.max(10, Math.round(PAGE_CHARACTERS / average)))
}

/** Lines longer than this make the editor's layout slow; the list draws only the part in view. */
const HUGE_LINE = 100_000

/** Whether a line of the text is too long for the editor. */
function hasHugeLine(text: string): boolean {
  let from = 0
  while (text.length - from > HUGE_LINE) {
    const end = text.lastIndexOf('\n', from + HUGE_LINE)
    if (end < from) return true
    from = end + 1
  }
  return false
}

export interface WayToShow {
  /** Shown by the editor, else by the list of lines. */
  readonly byEditor: boolean
  readonly canWrap: boolean
}

/** How a view is shown without making the window wait. */
export function wayToShow({ text }: Pick<BodyView, 'text'>): WayToShow {
  if (text === null) return { byEditor: false, canWrap: false }
  const byEditor = !hasHugeLine(text)
  return { byEditor, canWrap: !byEditor || text.length <= LONG_TEXT }
}

function pagedLines(view: BodyView): LineSource {
  const size = pageSize(view.length, view.lines)
  const read = async (from: number, count: number, signal?: AbortSignal): Promise<readonly string[] | null> => {
    const lines = await readLines(view.viewId, from, count, signal)
    return lines.ok ? lines.value : null
  }
  const cache = new PageCache<readonly string[]>({
    pages: Math.ceil(view.lines / size),
    kept: PAGES_KEPT,
    read: (page, signal) => read(page * size, size, signal),
  })
  return {
    count: view.lines,
    number: (index) => index + 1,
    line: (index) => cache.page(Math.floor(index / size))?.[index % size],
    want: (first, last) => cache.want(Math.floor(first / size), Math.floor(last / size)),
    chunk: size,
    longest: LONGEST_LINE,
    place: (point) => point,
    read: (first, last) => readRange(first, last, size, read),
    subscribe: (listener) => cache.subscribe(listener),
    version: cache.version,
  }
}

async function readRange(
  first: number,
  last: number,
  size: number,
  read: (from: number, count: number) => Promise<readonly string[] | null>,
): Promise<readonly string[] | null> {
  const lines: string[] = []
  for (let from = first; from <= last; from += size) {
    const part = await read(from, Math.min(size, last - from + 1))
    if (part === null) return null
    lines.push(...part)
  }
  return lines
}
