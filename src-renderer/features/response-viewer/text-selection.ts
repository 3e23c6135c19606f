/**
 * A selection in a text of which only some lines are on screen: two points, and the arithmetic on them. The browser's
 * own selection cannot do this, because it forgets rows that are scrolled away.
 */

export interface TextPoint {
  readonly line: number
  /** In UTF-16 units from the start of the line. */
  readonly column: number
}

export interface TextSelection {
  /** Where the drag began; stays when the selection is extended. */
  readonly anchor: TextPoint
  readonly focus: TextPoint
}

export interface TextSpan {
  readonly start: TextPoint
  readonly end: TextPoint
}

/** The selection from its earlier to its later end. */
export function spanOf({ anchor, focus }: TextSelection): TextSpan {
  const forward = anchor.line < focus.line || (anchor.line === focus.line && anchor.column <= focus.column)
  return forward ? { start: anchor, end: focus } : { start: focus, end: anchor }
}

export function isEmpty(selection: TextSelection): boolean {
  return selection.anchor.line === selection.focus.line && selection.anchor.column === selection.focus.column
}

/** The columns of a line that are selected; null where none is. The end of a line that goes on counts as one column. */
export function columnsIn(span: TextSpan, line: number, length: number): { readonly from: number; readonly to: number } | null {
  if (line < span.start.line || line > span.end.line) return null
  const from = line === span.start.line ? Math.min(span.start.column, length) : 0
  const to = line === span.end.line ? Math.min(span.end.column, length) : length
  return to > from ? { from, to } : null
}

/** The word around a column, as a double click selects it: a run of word characters, of blanks, or one other character. */
export function wordAt(line: string, column: number): { readonly from: number; readonly to: number } {
  const at = Math.min(column, Math.max(0, line.length - 1))
  const kind = kindOf(line.charAt(at))
  let from = at
  let to = Math.min(line.length, at + 1)
  if (kind === 'other') return { from, to }
  while (from > 0 && kindOf(line.charAt(from - 1)) === kind) from -= 1
  while (to < line.length && kindOf(line.charAt(to)) === kind) to += 1
  return { from, to }
}

function kindOf(character: string): 'word' | 'blank' | 'other' {
  if (/[\p{L}\p{N}\p{M}_$]/u.test(character)) return 'word'
  return /\s/.test(character) ? 'blank' : 'other'
}
