/** Variables of this request alone: they win over those of its folders, environment and collection. */
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useCallback, useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { CellInput, changeRow, movedIndex, RowTable, type RowRules, type ValueCellContext } from '../../ui/key-value-table/index.ts'
import { useRequest, useRowEdits } from './use-request.ts'
import { VariableDetail } from './variable-detail.tsx'
import { variableSummary } from './variable-edits.ts'
import styles from './request-editor.module.css'

const PLACEHOLDERS = { name: 'Add a variable', value: 'Value' }
const RULES: RowRules<Variable> = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled && variableSummary(row) === '',
}

export function VariablesSection({ draftId }: { readonly draftId: DraftId }) {
  const variables = useRequest(draftId, (document) => document.variables)
  const onEdit = useRowEdits<Variable>(draftId, 'variables', withVariables)
  const { open, toggle, onMoved } = useOpenRows()
  const change = useCallback(
    (index: number, what: string, next: (row: Variable) => Variable): void =>
      onEdit(`${index}.${what}`, (rows) => changeRow(rows, index, next, RULES)),
    [onEdit],
  )
  const renderValue = useCallback(
    ({ row, index, placeholder }: ValueCellContext<Variable>) => (
      <CellInput
        label="Value"
        column="value"
        value={row.value}
        onChange={(value) => change(index, 'value', (old) => ({ ...old, value }))}
        {...(row.ask === true ? { placeholder: 'Asked for at each send' } : placeholder !== undefined && { placeholder })}
      />
    ),
    [change],
  )
  const renderDetail = useCallback(
    (row: Variable, index: number) => {
      if (open.has(index)) return <VariableDetail variable={row} onChange={(what, next) => change(index, what, next)} />
      const summary = variableSummary(row)
      return summary === '' ? null : <p className={styles.help}>{summary}</p>
    },
    [open, change],
  )
  const extraMenuItems = useCallback(
    (_row: Variable, index: number) => [
      {
        label: open.has(index) ? 'Hide rules and description' : 'Rules and description…',
        icon: <SlidersHorizontal />,
        onSelect: () => toggle(index),
      },
    ],
    [open, toggle],
  )
  return (
    <div className={styles.scroll}>
      <RowTable
        label="Variables"
        rows={variables}
        rules={RULES}
        onEdit={onEdit}
        onMoved={onMoved}
        fromPasted={asVariable}
        placeholders={PLACEHOLDERS}
        renderValue={renderValue}
        renderDetail={renderDetail}
        extraMenuItems={extraMenuItems}
      />
      <p className={styles.help}>
        Used as <code>{'{{name}}'}</code> in this request, before those of its folders, environment and collection. They are saved in its
        file: keep secrets in an environment.
      </p>
    </div>
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

function withVariables(document: RequestDocument, change: (rows: readonly Variable[]) => readonly Variable[]): RequestDocument {
  return { ...document, variables: [...change(document.variables)] }
}

function asVariable({ name, value, enabled }: Pick<Variable, 'name' | 'value' | 'enabled'>): Variable {
  return { name, value, enabled }
}
