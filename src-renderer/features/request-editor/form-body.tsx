/** A form body: names and values, sent as `a=1&b=2`. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import { KeyValueTable } from '../../ui/key-value-table/index.ts'
import { cellProblems } from '../../forms/problems.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const NONE: readonly Row[] = []

const PLACEHOLDERS = { name: t`Add a field`, value: t`Value` }

export function FormBody({ draftId }: { readonly draftId: DraftId }) {
  const rows = useRequest(draftId, ({ body }) => (body.kind === 'form' ? body.rows : NONE))
  const problems = useSectionProblems(draftId, 'body')
  const rowProblems = useMemo(() => cellProblems(problems), [problems])
  const onEdit = useRowEdits<Row>(draftId, 'body.rows', withFormRows)
  return (
    <div className={styles.scroll}>
      <KeyValueTable label={t`Form fields`} canBeText rows={rows} onEdit={onEdit} problems={rowProblems} placeholders={PLACEHOLDERS} />
    </div>
  )
}

function withFormRows(document: RequestDocument, change: (rows: readonly Row[]) => readonly Row[]): RequestDocument {
  return document.body.kind === 'form' ? { ...document, body: { ...document.body, rows: [...change(document.body.rows)] } } : document
}
