/** The common table: rows of a name and a value, both text. */
import { useCallback } from 'react'
import type { Row } from '#contract/model/request.ts'
import { CellInput } from './cell-input.tsx'
import type { CellProblem } from './cell-problems.tsx'
import type { PastedRow } from './pasted-rows.ts'
import { changeRow, type RowRules } from './row-edits.ts'
import { RowTable } from './row-table.tsx'
import type { ValueCellContext } from './table-row.tsx'

export interface KeyValueTableProps {
  /** The table's accessible name: `Query params`, `Headers`, `Form fields`, `Cookies`. */
  readonly label: string
  readonly rows: readonly Row[]
  /** See `RowTable`. Must keep its identity. */
  readonly onEdit: (what: string, change: (rows: readonly Row[]) => readonly Row[]) => void
  readonly problems?: readonly CellProblem[]
  readonly nameSuggestions?: readonly string[]
  /** Values to suggest for a name. Must keep its identity. */
  readonly valueSuggestions?: (name: string) => readonly string[]
  readonly placeholders?: { readonly name: string; readonly value: string }
}

const RULES: RowRules<Row> = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled && (row.description ?? '') === '',
}
const NONE: readonly string[] = []

export function KeyValueTable(props: KeyValueTableProps) {
  const { label, rows, onEdit, valueSuggestions } = props
  const renderValue = useCallback(
    (cell: ValueCellContext<Row>) => (
      <CellInput
        label="Value"
        column="value"
        value={cell.row.value}
        onChange={(value) => onEdit(`${cell.index}.value`, (list) => changeRow(list, cell.index, (row) => withValue(row, value), RULES))}
        invalid={cell.invalid}
        suggestions={valueSuggestions?.(cell.row.name) ?? NONE}
        {...(cell.row.omit === true
          ? { placeholder: 'taken away: nobody sends this name' }
          : cell.placeholder !== undefined && { placeholder: cell.placeholder })}
        {...(cell.describedBy !== undefined && { describedBy: cell.describedBy })}
      />
    ),
    [onEdit, valueSuggestions],
  )
  return (
    <RowTable
      label={label}
      rows={rows}
      rules={RULES}
      onEdit={onEdit}
      fromPasted={asRow}
      renderValue={renderValue}
      {...(props.problems && { problems: props.problems })}
      {...(props.nameSuggestions && { nameSuggestions: props.nameSuggestions })}
      {...(props.placeholders && { placeholders: props.placeholders })}
    />
  )
}

/** A row that takes its name away has no value; one that is typed makes it a row like any other. */
function withValue(row: Row, value: string): Row {
  const { omit: _omit, ...rest } = row
  return value === '' ? { ...row, value } : { ...rest, value }
}

function asRow({ name, value, enabled }: PastedRow): Row {
  return { name, value, enabled }
}
