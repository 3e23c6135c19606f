/**
 * Keys that move between the cells of a table as in a spreadsheet: Enter onward, arrows where the cursor is at the edge
 * of its text. Pure: says where to go; the table goes there.
 */

export type Column = 'name' | 'value'

export interface CellPlace {
  readonly row: number
  readonly column: Column
  /** Where in the text the cursor lands. */
  readonly at: 'start' | 'end' | 'all'
}

export interface CellState {
  readonly row: number
  readonly column: Column
  readonly text: string
  readonly selectionStart: number
  readonly selectionEnd: number
}

/** Where a key leads from a cell; null where it is the text's own. */
export function cellMove(key: string, from: CellState): CellPlace | null {
  const { row, column, text, selectionStart, selectionEnd } = from
  const collapsed = selectionStart === selectionEnd
  switch (key) {
    case 'Enter':
      return column === 'name' ? { row, column: 'value', at: 'all' } : { row: row + 1, column: 'name', at: 'all' }
    case 'ArrowUp':
      return text.lastIndexOf('\n', selectionStart - 1) >= 0 && selectionStart > 0 ? null : { row: row - 1, column, at: 'end' }
    case 'ArrowDown':
      return text.indexOf('\n', selectionEnd) >= 0 ? null : { row: row + 1, column, at: 'end' }
    case 'ArrowLeft':
      if (!collapsed || selectionStart > 0) return null
      return column === 'value' ? { row, column: 'name', at: 'end' } : { row: row - 1, column: 'value', at: 'end' }
    case 'ArrowRight':
      if (!collapsed || selectionEnd < text.length) return null
      return column === 'name' ? { row, column: 'value', at: 'start' } : { row: row + 1, column: 'name', at: 'start' }
    default:
      return null
  }
}
