/** A small table of rules by name, with a blank last row. What is typed stays as typed, also while two rows have one name. */
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import { IconButton } from '../ui/button.tsx'
import { isUnsaid, useFreshRow } from '../ui/fresh-row.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { isOfRules, repeatedRows, rowsOfRules, rulesOfRows, type RuleRow, type Rules } from './rule-rows.ts'
import styles from './rule-table.module.css'
import { t } from '../lib/t.ts'

interface RuleTableProps {
  /** The table's accessible name. */
  readonly label: string
  /** First part of a field's name in the document, such as `proxies`. */
  readonly field: string
  readonly columns: { readonly name: string; readonly value: string }
  readonly placeholders: { readonly name: string; readonly value: string }
  /** Shown in an empty value of a row that has a name. */
  readonly emptyValue: string
  readonly rules: Rules | undefined
  readonly onChange: (rules: Readonly<Record<string, string>> | undefined) => void
  readonly problems: readonly WireError[]
}

export function RuleTable({ label, field, columns, placeholders, emptyValue, rules, onChange, problems }: RuleTableProps) {
  const [typed, setTyped] = useState<readonly RuleRow[]>([])
  // Typed rows stand until the rules are changed by something else.
  const rows = isOfRules(typed, rules) ? typed : rowsOfRules(rules)
  const repeated = repeatedRows(rows)
  const fresh = useFreshRow()
  const edit = (next: readonly RuleRow[]): void => {
    setTyped(next)
    onChange(rulesOfRows(next))
  }
  const change = (index: number, part: Partial<RuleRow>): void => {
    const blank = { name: '', value: '' }
    if (index >= rows.length) fresh.begin(index)
    edit(index < rows.length ? rows.map((row, at) => (at === index ? { ...row, ...part } : row)) : [...rows, { ...blank, ...part }])
  }
  const faultOf = (index: number, { name }: RuleRow): { readonly message: string; readonly hint?: string | undefined } | undefined =>
    repeated.has(index)
      ? { message: t`There is a rule for ${name} above; this one does not count.` }
      : problems.find(({ where }) => where?.field === `${field}.${name.trim()}`)
  return (
    <table className={styles.table} aria-label={label} onBlur={fresh.onBlur} onKeyDown={fresh.onKeyDown}>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.value}</th>
          <th scope="col">
            <span className={styles.hidden}>{t`Remove`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...rows, { name: '', value: '' }].map((row, index) => {
          const isBlank = index === rows.length
          const fault = isBlank || isUnsaid(fresh.fresh, index, 'value') ? undefined : faultOf(index, row)
          return (
            <tr key={index} data-row={index}>
              <td>
                <TextInput
                  label={t`Name`}
                  code
                  references={false}
                  value={row.name}
                  placeholder={isBlank ? placeholders.name : ''}
                  onChange={(name) => change(index, { name })}
                />
              </td>
              <td>
                <TextInput
                  label={t`Value`}
                  code
                  data-cell="value"
                  data-field={`${field}.${row.name.trim()}`}
                  value={row.value}
                  placeholder={isBlank ? placeholders.value : emptyValue}
                  onChange={(value) => change(index, { value })}
                  invalid={fault !== undefined}
                />
                {fault && <ProblemNote message={fault.message} {...(fault.hint !== undefined && { hint: fault.hint })} />}
              </td>
              <td>
                {!isBlank && (
                  <IconButton label={t`Remove ${row.name}`} icon={<X />} onClick={() => edit(rows.filter((_row, at) => at !== index))} />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
