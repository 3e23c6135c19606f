/** A selection of a text whose rows change: the same of it, in the new rows. */
import type { LineSource } from './line-source.ts'
import type { TextPoint, TextSelection } from './text-selection.ts'

export function allOf({ count }: LineSource): TextSelection {
  return { anchor: { line: 0, column: 0 }, focus: { line: count - 1, column: Number.MAX_SAFE_INTEGER } }
}

/** Null where it can no longer be told where it was, or will be. */
export async function carriedTo(source: LineSource, before: LineSource, { anchor, focus }: TextSelection): Promise<TextSelection | null> {
  const [from, to] = [placeOf(before, anchor), placeOf(before, focus)]
  const [newAnchor, newFocus] = [from && (await source.place(from)), to && (await source.place(to))]
  return newAnchor && newFocus && { anchor: newAnchor, focus: newFocus }
}

/** Whether the lines where a selection begins and ends read the same in a text that has become whole: laid out, they need not. */
export async function readsSame(whole: LineSource, arrived: LineSource, { anchor, focus }: TextSelection): Promise<boolean> {
  for (const { line } of [anchor, focus]) {
    const had = arrived.line(line)
    const [row] = (await whole.read(line, line)) ?? []
    if (had === undefined || row === undefined || !row.text.startsWith(had)) return false
  }
  return true
}

/** Where in the text a point of its rows is; the end of a row may be meant by any number beyond it. */
function placeOf(source: LineSource, { line, column }: TextPoint): TextPoint | null {
  const origin = source.origin(line)
  const length = source.line(line)?.length
  if (!origin || length === undefined) return null
  return { line: origin.line, column: origin.column + Math.min(column, length) }
}
