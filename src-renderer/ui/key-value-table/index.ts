/** Tables of rows: what the rest of the window uses of them. */
export { CellInput } from './cell-input.tsx'
export type { CellProblem } from './cell-problems.tsx'
export { KeyValueTable } from './key-value-table.tsx'
export { pastedCookies } from './pasted-cookies.ts'
export { changeRow, movedIndex, type RowRules } from './row-edits.ts'
export { RowTable } from './row-table.tsx'
export type { ValueCellContext } from './table-row.tsx'
export { WantedCell, type WantedPlace } from './wanted-cell.ts'
