/** The common table: rows of a name and a value, both text. */
import Ban from 'lucide-react/icons/ban'
import Undo from 'lucide-react/icons/undo-2'
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
  /** Whether a row can say that its name is not sent, though it is inherited: `None` of requests. */
  readonly canTakeAway?: boolean
}

const RULES: RowRules<Row> = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled && (row.description ?? '') === '',
}
const NONE: readonly string[] = []

export function KeyValueTable(props: KeyValueTableProps) {
  const { label, rows, onEdit, valueSuggestions, canTakeAway = false } = props
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
  const takeAwayItems = useCallback(
    (row: Row, index: number) => [
      {
        label: row.omit === true ? 'Send this name again' : 'Take this name away',
        icon: row.omit === true ? <Undo /> : <Ban />,
        disabled: row.name === '',
        onSelect: () => onEdit(`${index}.omit`, (list) => changeRow(list, index, withTakenAway, RULES)),
      },
    ],
    [onEdit],
  )
  return (
    <RowTable
      label={label}
      rows={rows}
      rules={RULES}
      onEdit={onEdit}
      {...(canTakeAway && { extraMenuItems: takeAwayItems })}
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

/** Taking a name away leaves nothing to send under it. */
function withTakenAway({ omit, ...rest }: Row): Row {
  return omit === true ? rest : { ...rest, value: '', omit: true }
}

function asRow({ name, value, enabled }: PastedRow): Row {
  return { name, value, enabled }
}
