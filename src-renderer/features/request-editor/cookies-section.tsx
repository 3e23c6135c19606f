/** Cookies of this request alone, and below them what the session's jar adds. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import { KeyValueTable, nameColumn, pastedCookies } from '../../ui/key-value-table/index.ts'
import { InheritedRows } from './inherited-rows-list.tsx'
import { JarCookiesList } from './jar-cookies-list.tsx'
import { cellProblems } from '../../forms/problems.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const PLACEHOLDERS = { name: t`Add a cookie`, value: t`Value` }

export function CookiesSection({ draftId }: { readonly draftId: DraftId }) {
  const rows = useRequest(draftId, (document) => document.cookies)
  const problems = useSectionProblems(draftId, 'cookies')
  const rowProblems = useMemo(() => cellProblems(problems), [problems])
  const onEdit = useRowEdits<Row>(draftId, 'cookies', withCookies)
  return (
    <div className={styles.scroll} style={nameColumn(rows)}>
      <InheritedRows draftId={draftId} section="cookies" />
      <KeyValueTable
        label={t`Cookies`}
        canBeText
        readPasted={pastedCookies}
        rows={rows}
        onEdit={onEdit}
        problems={rowProblems}
        placeholders={PLACEHOLDERS}
      />
      <p
        className={styles.help}
      >{t`Sent with this request only, to the host of its URL. A cookie here replaces one of the same name that a server has set before.`}</p>
      <JarCookiesList draftId={draftId} />
    </div>
  )
}

function withCookies(document: RequestDocument, change: (rows: readonly Row[]) => readonly Row[]): RequestDocument {
  return { ...document, cookies: [...change(document.cookies)] }
}
