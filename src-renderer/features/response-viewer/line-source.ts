/**
 * Lines of a body for a list that shows only some of them: from a text that is here, or page by page from core. Both
 * look the same to the list.
 */
import type { BodyView } from '../../actions/bodies.ts'
import { LONG_TEXT } from '../../monaco/long-text.ts'
import type { TextPoint } from './text-selection.ts'

/** A row of a source, as it is copied. */
export interface TextRow {
  readonly text: string
  /** Whether it is the rest of the line before, so that no line break stands between them. */
  readonly goesOn: boolean
}

/** How a source comes in rows of at most so many columns. */
export type Wrapping =
  | { readonly kind: 'now'; readonly wrap: (columns: number) => LineSource }
  /** Null where it cannot be had, or once `signal` is aborted. */
  | { readonly kind: 'never' }
  | { readonly kind: 'later'; readonly wrap: (columns: number, signal?: AbortSignal) => Promise<LineSource | null> }

export interface LineSource {
  readonly count: number
  /** How much of the text that is, from 0 to 1; all of it where it does not say. */
  readonly share?: number
  /** Where in the text it begins; undefined until that is known. */
  origin: (index: number) => TextPoint | undefined
  /** Undefined until it has arrived. */
  line: (index: number) => string | undefined
  /** Says which lines are on screen. */
  want: (first: number, last: number) => void
  /** Lines that are well read at a time. */
  readonly chunk: number
  /** A line of so many characters may be cut there; null where every line is whole. */
  readonly longest: number | null
  /** Where a place of the text stands; null where that cannot be told. */
  place: (point: TextPoint) => Promise<TextPoint | null>
  /** The other way round: where in the text a place of its rows is. */
  pointOf: (place: TextPoint) => Promise<TextPoint | null>
  /** For copying; null where a line could not be had. */
  read: (first: number, last: number) => Promise<readonly TextRow[] | null>
  readonly wrapping: Wrapping
  readonly subscribe: (listener: () => void) => () => void
  readonly version: () => number
}

/** About as many characters as one page should hold: enough to fill a screen, little enough to parse unnoticed. */
const PAGE_CHARACTERS = 120_000
/** Longest line that core hands out. */
export const LONGEST_LINE = 20_000
/** Lines of a text that is here. */
const CHUNK_IN_MEMORY = 5000

/** The lines of a text. */
export function linesOfText(text: string): LineSource {
  const lines = text.split(/\r\n|\r|\n/)
  const source: LineSource = {
    count: lines.length,
    origin: (line) => ({ line, column: 0 }),
    line: (index) => lines[index],
    want: () => undefined,
    chunk: CHUNK_IN_MEMORY,
    longest: null,
    place: (point) => Promise.resolve(point),
    pointOf: ({ line, column }) => Promise.resolve({ line, column: Math.min(column, lines[line]?.length ?? 0) }),
    read: (first, last) => Promise.resolve(lines.slice(first, last + 1).map((line) => ({ text: line, goesOn: false }))),
    wrapping: { kind: 'now', wrap: (columns) => wrappedLines(source, columns) },
    subscribe: () => () => undefined,
    version: () => 0,
  }
  return source
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
    origin: (index) => ({ line: starts[2 * index] ?? 0, column: starts[2 * index + 1] ?? 0 }),
    line: piece,
    place: (point) => Promise.resolve(placeIn(starts, point)),
    pointOf: ({ line, column }) =>
      Promise.resolve({ line: starts[2 * line] ?? 0, column: (starts[2 * line + 1] ?? 0) + Math.min(column, piece(line)?.length ?? 0) }),
    read: (first, last) => {
      const row = (index: number): TextRow => ({ text: piece(index) ?? '', goesOn: (starts[2 * index + 1] ?? 0) > 0 })
      return Promise.resolve(Array.from({ length: last - first + 1 }, (_, index) => row(first + index)))
    },
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

/**
 * Whether the editor shows a text without making the window wait; the list of lines shows the others, and long ones while
 * their lines are wrapped, which the editor does to all of them at once.
 */
export function isForEditor({ text }: Pick<BodyView, 'text'>, wrap: boolean): boolean {
  return text !== null && !(wrap && text.length > LONG_TEXT) && !hasHugeLine(text)
}
