/**
 * The text of a selection, read piece by piece because its rows need not be here.
 * Where lines are handed out cut, their rows are read instead: what is copied is whole.
 */
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import type { CopyPieces } from '../../actions/copy-pieces.ts'
import { LONGEST_LINE, type LineSource, type TextRow } from './line-source.ts'
import type { TextSpan } from './text-selection.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

/** Columns of the rows by which long lines are read. */
const WHOLE_COLUMNS = 2000

/** Hands in what is selected. Refused as `Unavailable` where lines cannot be read. */
export async function gatherSpan(source: LineSource, span: TextSpan, pieces: CopyPieces): Promise<Result<null, WireError>> {
  const read = await readSpan(source, span, pieces)
  if (read !== 'cut') return read
  pieces.clear()
  const wholeSource = source.wrapping.kind === 'later' ? await source.wrapping.wrap(WHOLE_COLUMNS) : null
  const start = await wholeSource?.place(span.start)
  const end = await wholeSource?.place(span.end)
  if (!wholeSource || !start || !end) return failed(notWhole())
  const whole = await readSpan(wholeSource, { start, end }, pieces)
  return whole === 'cut' ? failed(notWhole()) : whole
}

async function readSpan(source: LineSource, { start, end }: TextSpan, pieces: CopyPieces): Promise<Result<null, WireError> | 'cut'> {
  for (let first = start.line; first <= end.line && !pieces.signal.aborted; first += source.chunk) {
    const rows = await source.read(first, Math.min(end.line, first + source.chunk - 1))
    if (rows === null) return failed(unreadable())
    if (source.longest !== null && rows.some(({ text }) => isCut(text))) return 'cut'
    const done = Math.min(1, (first + source.chunk - start.line) / (end.line - start.line + 1))
    await pieces.add(textIn({ start, end }, rows, first), done)
  }
  return ok(null)
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

function unreadable(): WireError {
  return { kind: 'Unavailable', stage: 'call', message: t`The selected lines could not be read.`, hint: t`Send the request again.` }
}

function notWhole(): WireError {
  return {
    kind: 'TooLarge',
    stage: 'call',
    message: t`The selection has lines longer than ${formatNumber(LONGEST_LINE)} characters, which are not shown to their end.`,
    hint: t`Show all lines, then copy.`,
  }
}
