/** What the answer must be, a row each; beside what is expected stands what the last answer had. */
import { useCallback, useMemo } from 'react'
import { ASSERTION_OPERATORS, isUnary, type Assertion } from '#contract/model/assertion.ts'
import type { Checks } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { cellProblems } from '../../forms/problems.ts'
import { changeRow, RowTable, type RowRules, type ValueCellContext } from '../../ui/key-value-table/index.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { LastResult, TypedCell } from './check-cells.tsx'
import { checkOf } from './check-results.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './tests-section.module.css'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

/** An assertion as the table has rows: its expression is what names it. */
type AssertionRow = Omit<Assertion, 'expression'> & { readonly name: string }

const NONE: readonly Assertion[] = []
const OPERATORS: readonly SelectOption<string>[] = ASSERTION_OPERATORS.map(({ name, words }) => ({ value: name, label: told(words) }))
const PLACEHOLDERS = { name: t`Add an assertion, such as res.status`, value: t`Expected` }
const RULES: RowRules<AssertionRow> = {
  blank: { name: '', operator: 'eq', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.operator === 'eq' && row.enabled && (row.description ?? '') === '',
}

interface AssertionsTableProps {
  readonly draftId: DraftId
  readonly checks: Checks | undefined
  /** Expressions to offer. */
  readonly suggestions: readonly string[]
}

export function AssertionsTable({ draftId, checks, suggestions }: AssertionsTableProps) {
  const assertions = useRequest(draftId, (document) => document.assertions ?? NONE)
  const rows = useMemo(() => assertions.map(asRow), [assertions])
  const problems = useSectionProblems(draftId, 'tests')
  const rowProblems = useMemo(() => cellProblems(problems), [problems])
  const onEdit = useRowEdits<AssertionRow>(draftId, 'tests', withAssertions)
  const change = useCallback(
    (index: number, what: 'operator' | 'value', text: string) =>
      onEdit(`${index}.${what}`, (list) => changeRow(list, index, (row) => ({ ...row, [what]: text }), RULES)),
    [onEdit],
  )
  const renderKind = useCallback(
    ({ operator }: AssertionRow, index: number) => (
      <Select
        label={t`Operator`}
        className={styles.kind ?? ''}
        value={operator}
        options={optionsWith(operator)}
        onChange={(next) => change(index, 'operator', next)}
      />
    ),
    [change],
  )
  const renderValue = useCallback(
    ({ row, index, isBlankRow, placeholder, invalid, describedBy }: ValueCellContext<AssertionRow>) => {
      const check = isBlankRow ? null : checkOf(asAssertion(row), index, checks)
      return (
        <div className={styles.both}>
          <div className={styles.expected}>
            {isUnary(row.operator) ? (
              <span className={styles.noValue}>{t`takes no value`}</span>
            ) : (
              <TypedCell
                label={t`Value`}
                value={row.value}
                onChange={(next) => change(index, 'value', next)}
                {...{ placeholder, invalid, describedBy }}
              />
            )}
          </div>
          {check && <LastResult {...check} />}
        </div>
      )
    },
    [change, checks],
  )
  return (
    <div className={styles.operators}>
      <RowTable
        label={t`Assertions`}
        nameLabel={t`Expression`}
        rows={rows}
        rules={RULES}
        onEdit={onEdit}
        problems={rowProblems}
        placeholders={PLACEHOLDERS}
        nameSuggestions={suggestions}
        renderKind={renderKind}
        renderValue={renderValue}
      />
    </div>
  )
}

/** One of a later version, or of another program, stays what it is. */
function optionsWith(operator: string): readonly SelectOption<string>[] {
  return OPERATORS.some(({ value }) => value === operator) ? OPERATORS : [...OPERATORS, { value: operator, label: operator }]
}

function asRow({ expression, ...rest }: Assertion): AssertionRow {
  return { ...rest, name: expression }
}

function asAssertion({ name, ...rest }: AssertionRow): Assertion {
  return { ...rest, expression: name }
}

function withAssertions(
  { assertions = [], ...rest }: RequestDocument,
  change: (rows: readonly AssertionRow[]) => readonly AssertionRow[],
): RequestDocument {
  const rows = change(assertions.map(asRow))
  return rows.length === 0 ? rest : { ...rest, assertions: rows.map(asAssertion) }
}
