/** A table of further parameters for the authorization server, each with the place it is sent in. */
import { useCallback } from 'react'
import type { OAuth2Auth, OAuth2Param } from '#contract/model/auth.ts'
import { CellInput, changeRow, RowTable, type RowRules, type ValueCellContext } from '../ui/key-value-table/index.ts'
import { Select, type SelectOption } from '../ui/select.tsx'
import { useAuthForm } from './auth-form-context.ts'
import { tableStep } from '../lib/table-step.ts'
import styles from './auth.module.css'
import { t } from '../lib/t.ts'

type Field = 'authorizationParams' | 'tokenParams' | 'refreshParams'

interface OAuth2ParamsTableProps {
  readonly field: Field
  readonly label: string
  readonly params: readonly OAuth2Param[]
}

const RULES: RowRules<OAuth2Param> = {
  blank: { name: '', value: '', enabled: true, placement: 'body' },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled,
}
const PLACES: readonly SelectOption<OAuth2Param['placement']>[] = [
  { value: 'body', label: t`Form` },
  { value: 'query', label: t`Query` },
  { value: 'header', label: t`Header` },
]
const PLACEHOLDERS = { name: t`Add a parameter`, value: t`Value` }

export function OAuth2ParamsTable({ field, label, params }: OAuth2ParamsTableProps) {
  const { edit } = useAuthForm()
  const onEdit = useCallback(
    (what: string, change: (rows: readonly OAuth2Param[]) => readonly OAuth2Param[]): void =>
      edit(tableStep(field, what), (auth) => (auth.kind === 'oauth2' ? withParams(auth, field, change(auth[field])) : auth)),
    [edit, field],
  )
  // A sign-in is an address: everything in it is query.
  const hasPlace = field !== 'authorizationParams'
  const renderValue = useCallback(
    ({ row, index, invalid, placeholder, describedBy }: ValueCellContext<OAuth2Param>) => (
      <span className={styles.paramValue}>
        <CellInput
          label={t`Value`}
          column="value"
          value={row.value}
          onChange={(value) => onEdit(`${index}.value`, (list) => changeRow(list, index, { value }, RULES))}
          invalid={invalid}
          {...(placeholder !== undefined && { placeholder })}
          {...(describedBy !== undefined && { describedBy })}
        />
        {hasPlace && row.name !== '' && (
          <Select
            label={t`Send in`}
            className={styles.place ?? ''}
            value={row.placement}
            options={PLACES}
            onChange={(placement) => onEdit(`${index}.placement`, (list) => changeRow(list, index, { placement }, RULES))}
          />
        )}
      </span>
    ),
    [onEdit, hasPlace],
  )
  return (
    <div>
      <p className={styles.paramsTitle}>{label}</p>
      <RowTable label={label} rows={params} rules={RULES} onEdit={onEdit} renderValue={renderValue} placeholders={PLACEHOLDERS} />
    </div>
  )
}

function withParams(auth: OAuth2Auth, field: Field, params: readonly OAuth2Param[]): OAuth2Auth {
  return { ...auth, [field]: [...params] }
}
