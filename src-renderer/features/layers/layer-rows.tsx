/** A table of rows of a layer, and below it, greyed, those that it has from further out. */
import { useCallback, useMemo, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { Row } from '#contract/model/request.ts'
import { cellProblems } from '../../forms/problems.ts'
import { HEADER_NAMES, headerValues } from '../../lib/header-names.ts'
import { tableStep } from '../../lib/table-step.ts'
import { KeyValueTable, nameColumn } from '../../ui/key-value-table/index.ts'
import { OuterRows, type OuterRow } from './outer-rows.tsx'
import styles from './layers.module.css'
import { t } from '../../lib/t.ts'

const PLACEHOLDERS = {
  headers: { name: t`Add a header`, value: t`Value` },
  params: { name: t`Add a parameter`, value: t`Value` },
  cookies: { name: t`Add a cookie`, value: t`Value` },
}
const LABELS = { headers: t`Headers`, params: t`Query params`, cookies: t`Cookies` }
const INHERITED = { headers: t`Inherited headers`, params: t`Inherited params`, cookies: t`Inherited cookies` }
const NONE: readonly OuterRow[] = []

interface LayerRowsProps {
  readonly section: 'headers' | 'params' | 'cookies'
  readonly rows: readonly Row[]
  /** Keeps its identity. */
  readonly edit: (field: string, change: (rows: readonly Row[]) => readonly Row[]) => void
  readonly problems: readonly WireError[]
  readonly outer?: readonly OuterRow[]
  /** What the rows do, in a sentence. */
  readonly help: ReactNode
}

export function LayerRows({ section, rows, edit, problems, outer = NONE, help }: LayerRowsProps) {
  const onEdit = useCallback(
    (what: string, change: (rows: readonly Row[]) => readonly Row[]): void => edit(tableStep(section, what), change),
    [edit, section],
  )
  const cells = useMemo(() => cellProblems(problems.filter(({ where }) => where?.section === section)), [problems, section])
  return (
    <div style={nameColumn(rows)}>
      <KeyValueTable
        label={LABELS[section]}
        placeholders={PLACEHOLDERS[section]}
        rows={rows}
        onEdit={onEdit}
        problems={cells}
        canTakeAway
        {...(section === 'headers' && { nameSuggestions: HEADER_NAMES, valueSuggestions: headerValues })}
      />
      <p className={styles.help}>{help}</p>
      <OuterRows label={INHERITED[section]} rows={outer} own={rows} isCaseless={section === 'headers'} />
    </div>
  )
}
