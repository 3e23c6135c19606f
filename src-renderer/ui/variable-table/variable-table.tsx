/**
 * A table of variables: name, kind and value, and what else each says folded away under its row. Values of secrets never
 * come near the rows: where the caller keeps secrets, their cells write there.
 */
import Eraser from 'lucide-react/icons/eraser'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useCallback, useState } from 'react'
import type { Variable } from '#contract/model/variable.ts'
import {
  CellInput,
  changeRow,
  movedIndex,
  RowTable,
  type CellProblem,
  type RowRules,
  type ValueCellContext,
} from '../key-value-table/index.ts'
import { Select, type SelectOption } from '../select.tsx'
import { SecretCell, type Secrets } from './secret-cell.tsx'
import { VariableDetail } from './variable-detail.tsx'
import { kindOf, variableSummary, withKind, type VariableKind } from './variable-edits.ts'
import styles from './variable-table.module.css'
import { t } from '../../lib/t.ts'

const PLACEHOLDERS = { name: t`Add a variable`, value: t`Value` }
const RULES: RowRules<Variable> = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled && kindOf(row) === 'text' && variableSummary(row) === '',
}

type Edit = (what: string, change: (rows: readonly Variable[]) => readonly Variable[]) => void

interface VariableTableProps {
  readonly variables: readonly Variable[]
  /** As for `RowTable`. */
  readonly onEdit: Edit
  readonly problems?: readonly CellProblem[]
  /** Where values of secrets are kept; without it there are none. Must keep its identity. */
  readonly secrets?: Secrets
}

export function VariableTable({ variables, onEdit, problems, secrets }: VariableTableProps) {
  const { open, toggle, onMoved } = useOpenRows()
  const change = useCallback(
    (index: number, what: string, next: (row: Variable) => Variable): void =>
      onEdit(`${index}.${what}`, (rows) => changeRow(rows, index, next, RULES)),
    [onEdit],
  )
  const renderValue = useCallback(
    (cell: ValueCellContext<Variable>) =>
      secrets && kindOf(cell.row) === 'secret' ? (
        <SecretCell key={cell.row.name} index={cell.index} name={cell.row.name} secrets={secrets} />
      ) : (
        <ValueCell cell={cell} onChange={(value) => change(cell.index, 'value', (old) => ({ ...old, value }))} />
      ),
    [change, secrets],
  )
  const renderKind = useCallback(
    (row: Variable, index: number) => (
      <KindSelect
        row={row}
        onChange={(kind) => {
          if (kind === 'secret' && row.value !== '') secrets?.set(row.name, index, row.value)
          change(index, 'kind', (old) => withKind(old, kind))
        }}
      />
    ),
    [change, secrets],
  )
  const renderDetail = useCallback(
    (row: Variable, index: number) => {
      if (open.has(index)) {
        return <VariableDetail variable={row} hasKind={secrets !== undefined} onChange={(what, next) => change(index, what, next)} />
      }
      const summary = variableSummary(row)
      return summary === '' ? null : <p className={styles.summary}>{summary}</p>
    },
    [open, change, secrets],
  )
  const extraMenuItems = useCallback(
    (row: Variable, index: number) => [
      {
        label: open.has(index) ? t`Hide rules and description` : t`Rules and description…`,
        icon: <SlidersHorizontal />,
        onSelect: () => toggle(index),
      },
      ...(secrets && kindOf(row) === 'secret'
        ? [
            {
              label: t`Forget its value on this machine`,
              icon: <Eraser />,
              disabled: secrets.isSet(row.name, index) !== true,
              onSelect: () => secrets.set(row.name, index, ''),
            },
          ]
        : []),
    ],
    [open, toggle, secrets],
  )
  return (
    <RowTable
      label={t`Variables`}
      rows={variables}
      rules={RULES}
      onEdit={onEdit}
      onMoved={onMoved}
      fromPasted={asVariable}
      placeholders={PLACEHOLDERS}
      renderValue={renderValue}
      kindPlace="end"
      renderDetail={renderDetail}
      extraMenuItems={extraMenuItems}
      {...(secrets && { renderKind })}
      {...(problems && { problems })}
    />
  )
}

function ValueCell({ cell, onChange }: { readonly cell: ValueCellContext<Variable>; readonly onChange: (value: string) => void }) {
  const { row, placeholder, invalid, describedBy } = cell
  return (
    <CellInput
      label={t`Value`}
      column="value"
      value={row.value}
      onChange={onChange}
      invalid={invalid}
      {...(describedBy !== undefined && { describedBy })}
      {...(row.ask === true ? { placeholder: t`Asked for at each send` } : placeholder !== undefined && { placeholder })}
    />
  )
}

function KindSelect({ row, onChange }: { readonly row: Variable; readonly onChange: (kind: VariableKind) => void }) {
  const options: readonly SelectOption<VariableKind>[] = [
    { value: 'text', label: t`Text` },
    // Its value is kept under its name.
    { value: 'secret', label: t`Secret`, disabled: row.name.trim() === '' && kindOf(row) !== 'secret' },
    { value: 'ask', label: t`Ask` },
  ]
  return (
    <Select
      label={t`Kind`}
      className={styles.kind ?? ''}
      title={t`Text stands in the file; a secret is encrypted on this machine only; Ask asks at each send`}
      value={kindOf(row)}
      options={options}
      onChange={onChange}
    />
  )
}

/** Which rows show all that they say, by their index. */
function useOpenRows() {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const toggle = useCallback(
    (index: number): void =>
      setOpen((before) => new Set(before.has(index) ? [...before].filter((at) => at !== index) : [...before, index])),
    [],
  )
  const onMoved = useCallback(
    (from: number, to: number): void => setOpen((before) => new Set([...before].map((index) => movedIndex(index, from, to)))),
    [],
  )
  return { open, toggle, onMoved }
}

function asVariable({ name, value, enabled }: Pick<Variable, 'name' | 'value' | 'enabled'>): Variable {
  return { name, value, enabled }
}
