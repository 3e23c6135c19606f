/** Params: the query as rows, in step with the URL, and the values of `:name` in its path. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { Row } from '#contract/model/request.ts'
import { KeyValueTable, nameColumn } from '../../ui/key-value-table/index.ts'
import { InheritedRows } from './inherited-rows-list.tsx'
import { PathParams } from './path-params-table.tsx'
import { cellProblems } from '../../forms/problems.ts'
import { queryRows, withQueryRows } from './query-rows.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const PLACEHOLDERS = { name: t`Add a parameter`, value: t`Value` }

export function ParamsSection({ draftId }: { readonly draftId: DraftId }) {
  const params = useRequest(draftId, (document) => document.params)
  const { rows, indexes } = useMemo(() => queryRows(params), [params])
  const problems = useSectionProblems(draftId, 'params')
  const rowProblems = useMemo(
    () => cellProblems(problems, (index) => (indexes.includes(index) ? indexes.indexOf(index) : null)),
    [problems, indexes],
  )
  const onEdit = useRowEdits<Row>(draftId, 'params', withQueryRows)
  return (
    <div className={styles.scroll} style={nameColumn(rows)}>
      <InheritedRows draftId={draftId} section="params" />
      <KeyValueTable label={t`Query params`} canBeText rows={rows} onEdit={onEdit} problems={rowProblems} placeholders={PLACEHOLDERS} />
      <PathParams draftId={draftId} problems={problems} />
    </div>
  )
}
