/**
 * What can be done to the rows of a table, as pure functions. A row that was not touched keeps its identity, so that
 * whoever mirrors rows elsewhere (the URL mirrors Params) can tell which one was edited.
 */

/** What every table's row has. */
export interface TableRow {
  readonly name: string
  readonly enabled: boolean
}

export interface RowRules<R extends TableRow> {
  /** What the blank last row holds. */
  readonly blank: R
  /** Whether a row holds nothing that would be missed. */
  readonly isBlank: (row: R) => boolean
}

/**
 * Change one row. The index behind the last row is the blank one: changing it adds a row. A last row that was emptied
 * goes, and the blank row takes its place under the cursor.
 */
export function changeRow<R extends TableRow>(
  rows: readonly R[],
  index: number,
  change: Partial<R> | ((row: R) => R),
  rules: RowRules<R>,
): readonly R[] {
  const before = rows[index] ?? rules.blank
  const after = typeof change === 'function' ? change(before) : { ...before, ...change }
  const changed = index >= rows.length ? [...rows, after] : rows.map((row, at) => (at === index ? after : row))
  const last = changed.at(-1)
  return last && index === changed.length - 1 && rules.isBlank(last) ? changed.slice(0, -1) : changed
}

export function removeRow<R>(rows: readonly R[], index: number): readonly R[] {
  return rows.filter((_, at) => at !== index)
}

export function duplicateRow<R>(rows: readonly R[], index: number): readonly R[] {
  const row = rows[index]
  return row === undefined ? rows : [...rows.slice(0, index + 1), copyOf(row), ...rows.slice(index + 1)]
}

/** Move a row so that it stands at `to` in the result. A place outside the rows changes nothing. */
export function moveRow<R>(rows: readonly R[], from: number, to: number): readonly R[] {
  const row = rows[from]
  if (row === undefined || from === to || to < 0 || to >= rows.length) return rows
  const rest = removeRow(rows, from)
  return [...rest.slice(0, to), row, ...rest.slice(to)]
}

/** Put rows in place of the blank row or of an empty one. */
export function fillRows<R>(rows: readonly R[], index: number, filled: readonly R[]): readonly R[] {
  return [...rows.slice(0, index), ...filled, ...rows.slice(index + 1)]
}

/** Where a row that was at `index` stands after `moveRow(from, to)`. */
export function movedIndex(index: number, from: number, to: number): number {
  if (index === from) return to
  if (from < index && index <= to) return index - 1
  if (to <= index && index < from) return index + 1
  return index
}

/** A copy with an identity of its own: the same object twice in a list could not be told apart. */
function copyOf<R>(row: R): R {
  return typeof row === 'object' && row !== null ? { ...row } : row
}
