/** The common table: rows of a name and a value, both text. */
import Ban from 'lucide-react/icons/ban'
import Undo from 'lucide-react/icons/undo-2'
import Rows from 'lucide-react/icons/rows-3'
import Text from 'lucide-react/icons/text'
import { useCallback, useState, type ReactNode } from 'react'
import type { Row } from '#contract/model/request.ts'
import { Button } from '../button.tsx'
import { CellInput } from './cell-input.tsx'
import type { NameColumn } from './name-column.ts'
import type { CellProblem } from './cell-problems.tsx'
import type { PastedRow } from './pasted-rows.ts'
import { changeRow, type RowRules } from './row-edits.ts'
import { RowTable } from './row-table.tsx'
import { canBeText } from './rows-as-text.ts'
import { RowsText } from './rows-text.tsx'
import type { ValueCellContext } from './table-row.tsx'
import styles from './key-value-table.module.css'
import { t } from '../../lib/t.ts'

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
  /** Whether the rows can be edited as one text as well. */
  readonly canBeText?: boolean
  /** See `RowTable`. */
  readonly columns?: NameColumn
  /** See `RowTable`. */
  readonly readPasted?: (text: string) => readonly PastedRow[] | null
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
        label={t`Value`}
        column="value"
        value={cell.row.value}
        onChange={(value) => onEdit(`${cell.index}.value`, (list) => changeRow(list, cell.index, (row) => withValue(row, value), RULES))}
        invalid={cell.invalid}
        suggestions={valueSuggestions?.(cell.row.name) ?? NONE}
        {...(cell.row.omit === true
          ? { placeholder: t`taken away: nobody sends this name` }
          : cell.placeholder !== undefined && { placeholder: cell.placeholder })}
        {...(cell.describedBy !== undefined && { describedBy: cell.describedBy })}
      />
    ),
    [onEdit, valueSuggestions],
  )
  const takeAwayItems = useCallback(
    (row: Row, index: number) => [
      {
        label: row.omit === true ? t`Send this name again` : t`Take this name away`,
        icon: row.omit === true ? <Undo /> : <Ban />,
        disabled: row.name === '',
        onSelect: () => onEdit(`${index}.omit`, (list) => changeRow(list, index, withTakenAway, RULES)),
      },
    ],
    [onEdit],
  )
  const table = (
    <RowTable
      label={label}
      rows={rows}
      rules={RULES}
      onEdit={onEdit}
      {...(canTakeAway && { extraMenuItems: takeAwayItems })}
      fromPasted={asRow}
      renderValue={renderValue}
      {...(props.columns && { columns: props.columns })}
      {...(props.readPasted && { readPasted: props.readPasted })}
      {...(props.problems && { problems: props.problems })}
      {...(props.nameSuggestions && { nameSuggestions: props.nameSuggestions })}
      {...(props.placeholders && { placeholders: props.placeholders })}
    />
  )
  return props.canBeText === true ? <AsTableOrText {...props}>{table}</AsTableOrText> : table
}

/** The table with a switch to its rows as text, which waits where a row does not fit into a line. */
function AsTableOrText({ label, rows, onEdit, children }: KeyValueTableProps & { readonly children: ReactNode }) {
  const [isText, setIsText] = useState(false)
  const fits = isText || canBeText(rows)
  return (
    <>
      {isText ? <RowsText label={label} rows={rows} onEdit={onEdit} /> : children}
      <div className={styles.textSwitch}>
        <Button
          variant="ghost"
          icon={isText ? <Rows /> : <Text />}
          disabled={!fits}
          title={fits ? undefined : t`A row does not fit into a line: it has line breaks, say`}
          onClick={() => setIsText(!isText)}
        >
          {isText ? t`Edit as rows` : t`Edit as text`}
        </Button>
      </div>
    </>
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
