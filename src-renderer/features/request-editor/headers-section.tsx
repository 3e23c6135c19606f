/** Headers: the user's rows, and below them, greyed, the ones that will be sent without having been typed. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import { KeyValueTable, nameColumn } from '../../ui/key-value-table/index.ts'
import { AddedHeaders } from './added-headers-list.tsx'
import { HEADER_NAMES, headerValues } from '../../lib/header-names.ts'
import { InheritedRows } from './inherited-rows-list.tsx'
import { cellNotes, cellProblems } from '../../forms/problems.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const PLACEHOLDERS = { name: t`Add a header`, value: t`Value` }

export function HeadersSection({ draftId }: { readonly draftId: DraftId }) {
  const rows = useRequest(draftId, (document) => document.headers)
  const problems = useSectionProblems(draftId, 'headers')
  const notes = usePreviewsStore((state) => state.byTab[draftId]?.headerNotes)
  const rowProblems = useMemo(() => [...cellProblems(problems), ...cellNotes(notes ?? [])], [problems, notes])
  const sent = usePreviewsStore((state) => state.byTab[draftId]?.headers)
  const columns = useMemo(() => nameColumn([...rows, ...(sent ?? [])]), [rows, sent])
  const onEdit = useRowEdits<Row>(draftId, 'headers', withHeaders)
  return (
    <div className={styles.scroll} style={columns}>
      <InheritedRows draftId={draftId} section="headers" />
      <KeyValueTable
        label={t`Headers`}
        canBeText
        columns={columns}
        placeholders={PLACEHOLDERS}
        rows={rows}
        onEdit={onEdit}
        problems={rowProblems}
        nameSuggestions={HEADER_NAMES}
        valueSuggestions={headerValues}
      />
      <AddedHeaders draftId={draftId} />
    </div>
  )
}

function withHeaders(document: RequestDocument, change: (rows: readonly Row[]) => readonly Row[]): RequestDocument {
  return { ...document, headers: [...change(document.headers)] }
}
