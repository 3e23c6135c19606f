/**
 * The arithmetic between an editor's model and the text it shows. A model has one kind of line break; the text may
 * have several, so edits are carried over by place and never by copying the model's text back. Knows no Monaco.
 */

/** A stretch of a text to be replaced. */
export interface TextEdit {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly text: string
}

/** One edit as Monaco reports it: lines and columns count from 1. */
export interface ReportedChange {
  readonly range: {
    readonly startLineNumber: number
    readonly startColumn: number
    readonly endLineNumber: number
    readonly endColumn: number
  }
  /** Place in the model's own text. */
  readonly rangeOffset: number
  readonly rangeLength: number
  readonly text: string
}

/** The smallest single edit that turns one text into another; null where they are equal. Surrogate pairs stay whole. */
export function smallestEdit(from: string, to: string): TextEdit | null {
  if (from === to) return null
  const shorter = Math.min(from.length, to.length)
  let start = 0
  while (start < shorter && from.charCodeAt(start) === to.charCodeAt(start)) start += 1
  if (splitsPair(from, start) || splitsPair(to, start)) start -= 1
  let tail = 0
  while (tail < shorter - start && from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail)) tail += 1
  if (splitsPair(from, from.length - tail) || splitsPair(to, to.length - tail)) tail -= 1
  return { start, end: from.length - tail, text: to.slice(start, to.length - tail) }
}

/** Offset of the start of each line. A line ends with CR LF, LF or CR, as in Monaco. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 13 && text.charCodeAt(at + 1) === 10) continue
    if (unit === 10 || unit === 13) starts.push(at + 1)
  }
  return starts
}

/** A text after edits made in a model that holds exactly it: the cheap case, and nearly every one. */
export function withOffsets(text: string, changes: readonly ReportedChange[]): string {
  let result = text
  for (const { rangeOffset, rangeLength, text: inserted } of changes) {
    result = result.slice(0, rangeOffset) + inserted + result.slice(rangeOffset + rangeLength)
  }
  return result
}

/**
 * A text after edits made in a model that shows it. Only what was edited changes: a line break of another kind, or a
 * byte order mark that the model hides, stays as it was.
 *
 * @param changes as Monaco reports them, from the end of the document to its start
 */
export function withChanges(text: string, changes: readonly ReportedChange[]): string {
  const starts = lineStarts(text)
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const offsetOf = (line: number, column: number): number => {
    const start = starts[line - 1] ?? text.length
    return Math.min(text.length, start + (line === 1 ? mark : 0) + column - 1)
  }
  let result = text
  for (const { range, text: inserted } of changes) {
    const start = offsetOf(range.startLineNumber, range.startColumn)
    const end = offsetOf(range.endLineNumber, range.endColumn)
    result = result.slice(0, start) + inserted + result.slice(end)
  }
  return result
}

/** The line break a model of this text should write: the text's commonest, LF where it has none. */
export function commonLineBreak(text: string): '\n' | '\r\n' {
  let lf = 0
  let crlf = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) === 13) crlf += 1
    else lf += 1
  }
  return crlf > lf ? '\r\n' : '\n'
}

/** The text as a model with this line break holds it. */
export function asModelText(text: string, lineBreak: '\n' | '\r\n'): string {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text
  return bare.replace(/\r\n|\r|\n/g, lineBreak)
}

function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
