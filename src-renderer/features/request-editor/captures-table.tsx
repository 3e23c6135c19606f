/** What is taken out of the answer into variables, a row each; below it what was captured the last time. */
import { useCallback, useMemo } from 'react'
import type { Capture } from '#contract/model/capture.ts'
import type { Checks } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { CAPTURE_SCOPE_OPTIONS } from '../../lib/capture-scopes.ts'
import { changeRow, RowTable, type RowRules, type ValueCellContext } from '../../ui/key-value-table/index.ts'
import { Select } from '../../ui/select.tsx'
import { LastResult, TypedCell } from './check-cells.tsx'
import { capturedOf } from './check-results.ts'
import { useRequest, useRowEdits } from './use-request.ts'
import styles from './tests-section.module.css'
import { t } from '../../lib/t.ts'

type CaptureRow = Omit<Capture, 'expression'> & { readonly value: string }

const NONE: readonly Capture[] = []
const PLACEHOLDERS = { name: t`Add a variable, such as token`, value: t`What to take, such as res.body.token` }
const RULES: RowRules<CaptureRow> = {
  blank: { name: '', value: '', scope: 'runtime', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.scope === 'runtime' && row.enabled && (row.description ?? '') === '',
}

interface CapturesTableProps {
  readonly draftId: DraftId
  readonly checks: Checks | undefined
  /** Expressions to offer. */
  readonly suggestions: readonly string[]
}

export function CapturesTable({ draftId, checks, suggestions }: CapturesTableProps) {
  const captures = useRequest(draftId, (document) => document.captures ?? NONE)
  const rows = useMemo(() => captures.map(asRow), [captures])
  const onEdit = useRowEdits<CaptureRow>(draftId, 'tests.captures', withCaptures)
  const change = useCallback(
    (index: number, what: 'scope' | 'value', text: string) =>
      onEdit(`${index}.${what}`, (list) => changeRow(list, index, (row) => ({ ...row, [what]: text }), RULES)),
    [onEdit],
  )
  const renderKind = useCallback(
    ({ scope }: CaptureRow, index: number) => (
      <Select
        label={t`Scope`}
        className={styles.kind ?? ''}
        title={t`Where the variable is kept`}
        value={scope}
        options={
          CAPTURE_SCOPE_OPTIONS.some(({ value }) => value === scope)
            ? CAPTURE_SCOPE_OPTIONS
            : [...CAPTURE_SCOPE_OPTIONS, { value: scope, label: scope }]
        }
        onChange={(next) => change(index, 'scope', next)}
      />
    ),
    [change],
  )
  const renderValue = useCallback(
    ({ row, index, placeholder, invalid, describedBy }: ValueCellContext<CaptureRow>) => (
      <TypedCell
        label={t`Expression`}
        value={row.value}
        suggestions={suggestions}
        onChange={(next) => change(index, 'value', next)}
        {...{ placeholder, invalid, describedBy }}
      />
    ),
    [change, suggestions],
  )
  const renderDetail = useCallback(
    (row: CaptureRow, index: number) => {
      const last = capturedOf(asCapture(row), index, checks)
      if (last === null) return null
      const { value, problem } = last
      const passed = problem === undefined
      return <LastResult passed={passed} word={passed ? t`Captured` : t`Not captured`} actual={value} problem={problem ?? null} />
    },
    [checks],
  )
  return (
    <div className={styles.scopes}>
      <RowTable
        label={t`Captures`}
        nameLabel={t`Variable`}
        rows={rows}
        rules={RULES}
        onEdit={onEdit}
        placeholders={PLACEHOLDERS}
        kindPlace="end"
        renderKind={renderKind}
        renderValue={renderValue}
        renderDetail={renderDetail}
      />
    </div>
  )
}

function asRow({ expression, ...rest }: Capture): CaptureRow {
  return { ...rest, value: expression }
}

function asCapture({ value, ...rest }: CaptureRow): Capture {
  return { ...rest, expression: value }
}

function withCaptures(
  { captures = [], ...rest }: RequestDocument,
  change: (rows: readonly CaptureRow[]) => readonly CaptureRow[],
): RequestDocument {
  const rows = change(captures.map(asRow))
  return rows.length === 0 ? rest : { ...rest, captures: rows.map(asCapture) }
}
