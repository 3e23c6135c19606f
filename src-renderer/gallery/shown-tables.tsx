/** Tables of rows: full, with a row that is off, with problems, and empty. */
import { useCallback, useState } from 'react'
import type { Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { KeyValueTable } from '../ui/key-value-table/index.ts'
import { VariableTable } from '../ui/variable-table/index.ts'
import { Specimen, Specimens } from './specimen.tsx'

const ROWS: readonly Row[] = [
  { name: 'Accept', value: 'application/json', enabled: true },
  { name: 'X-Off', value: 'not sent', enabled: false },
  { name: 'Bad Name', value: 'a space is in its name', enabled: true },
]
const PROBLEMS = [{ row: 2, field: 'name', message: 'A header’s name holds no space.', hint: 'Use a dash.' }]
const VARIABLES: readonly Variable[] = [
  { name: 'base_url', value: 'https://api.example.com', enabled: true },
  { name: 'page', value: '', enabled: true, ask: true },
]

export function ShownTables() {
  const [rows, onEdit] = useRows(ROWS)
  const [none, onEditNone] = useRows<Row>([])
  const [variables, onEditVariables] = useRows(VARIABLES)
  return (
    <Specimens>
      <Specimen name="Rows: on, off, wrong" wide>
        <KeyValueTable label="Headers" rows={rows} onEdit={onEdit} problems={PROBLEMS} />
      </Specimen>
      <Specimen name="Empty" wide>
        <KeyValueTable label="Query params" rows={none} onEdit={onEditNone} />
      </Specimen>
      <Specimen name="Variables" wide>
        <VariableTable variables={variables} onEdit={onEditVariables} />
      </Specimen>
    </Specimens>
  )
}

function useRows<R>(first: readonly R[]) {
  const [rows, setRows] = useState(first)
  const onEdit = useCallback((_what: string, change: (rows: readonly R[]) => readonly R[]): void => setRows(change), [])
  return [rows, onEdit] as const
}
