/**
 * The text of a selection, read piece by piece because its rows need not be here, and no more of it than a clipboard takes.
 * Where lines are handed out cut, their rows are read instead: what is copied is whole.
 */
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { LONGEST_LINE, type LineSource, type TextRow } from './line-source.ts'
import type { TextSpan } from './text-selection.ts'

/** Most characters that go to the clipboard. */
export const MAX_COPY_UNITS = 32 * 1024 * 1024
/** Columns of the rows by which long lines are read. */
const WHOLE_COLUMNS = 2000

/** Refused as `TooLarge` above 32 Mi characters, as `Unavailable` where lines cannot be read. */
export async function textOfSpan(source: LineSource, span: TextSpan): Promise<Result<string, WireError>> {
  const read = await readSpan(source, span)
  if (!read.ok || !read.value.isCut) return read.ok ? ok(read.value.text) : read
  const wholeSource = source.wrapping.kind === 'later' ? await source.wrapping.wrap(WHOLE_COLUMNS) : null
  const start = await wholeSource?.place(span.start)
  const end = await wholeSource?.place(span.end)
  if (!wholeSource || !start || !end) return failed(notWhole())
  const whole = await readSpan(wholeSource, { start, end })
  return whole.ok ? ok(whole.value.text) : whole
}

async function readSpan(
  source: LineSource,
  { start, end }: TextSpan,
): Promise<Result<{ readonly text: string; readonly isCut: boolean }, WireError>> {
  const parts: string[] = []
  let length = 0
  for (let first = start.line; first <= end.line; first += source.chunk) {
    const rows = await source.read(first, Math.min(end.line, first + source.chunk - 1))
    if (rows === null) return failed(unreadable())
    if (source.longest !== null && rows.some(({ text }) => isCut(text))) return ok({ text: '', isCut: true })
    const part = textIn({ start, end }, rows, first)
    length += part.length
    if (length > MAX_COPY_UNITS) return failed(tooLarge())
    parts.push(part)
  }
  return ok({ text: parts.join(''), isCut: false })
}

/** The selected part of some rows, the first of which is the source's row `first`. */
export function textIn({ start, end }: TextSpan, rows: readonly TextRow[], first: number): string {
  let text = ''
  rows.forEach((row, index) => {
    const line = first + index
    if (line > start.line && !row.goesOn) text += '\n'
    text += row.text.slice(line === start.line ? start.column : 0, line === end.line ? end.column : undefined)
  })
  return text
}

/** A surrogate pair at the cut is left out whole. */
function isCut(line: string): boolean {
  return line.length >= LONGEST_LINE - 1
}

function tooLarge(): WireError {
  return {
    kind: 'TooLarge',
    stage: 'call',
    message: 'The selection is longer than 32 million characters, too much for the clipboard.',
    hint: 'Download the body to a file, or select a part of it.',
  }
}

function unreadable(): WireError {
  return { kind: 'Unavailable', stage: 'call', message: 'The selected lines could not be read.', hint: 'Send the request again.' }
}

function notWhole(): WireError {
  return {
    kind: 'TooLarge',
    stage: 'call',
    message: `The selection has lines longer than ${LONGEST_LINE.toLocaleString('en-US')} characters, which are not shown to their end.`,
    hint: 'Show all lines, then copy.',
  }
}
