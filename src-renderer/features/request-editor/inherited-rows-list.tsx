/**
 * Rows that the request has from its folders, session and collection, above its own: each can be left out of this
 * request, taken over as its own, or gone to where it is defined.
 */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { NO_LAYERS } from '#contract/model/request-defaults.ts'
import { editDocument } from '../../actions/edit.ts'
import { maskedValue } from '../../lib/mask-header.ts'
import { isOnlyReferences } from '../../lib/references.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { hidingWords, ownCount, shownRows, withOmitted, withOwnRow, type RowSection, type ShownRow } from './inherited-rows.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import { useRequest } from './use-request.ts'
import styles from './inherited.module.css'
import { t } from '../../lib/t.ts'

const LABELS: Readonly<Record<RowSection, string>> = {
  headers: t`Inherited headers`,
  params: t`Inherited params`,
  cookies: t`Inherited cookies`,
}

export function InheritedRows({ draftId, section }: { readonly draftId: DraftId; readonly section: RowSection }) {
  const inherited = usePreviewsStore((state) => (state.byTab[draftId]?.layers ?? NO_LAYERS)[section])
  const document = useRequest(draftId, (whole) => whole)
  const rows = useMemo(() => shownRows(section, inherited, document), [section, inherited, document])
  if (rows.length === 0) return null
  return (
    <ul className={styles.rows} aria-label={LABELS[section]}>
      {rows.map((row, index) => (
        <InheritedRowView key={index} draftId={draftId} section={section} shown={row} />
      ))}
    </ul>
  )
}

interface InheritedRowViewProps {
  readonly draftId: DraftId
  readonly section: RowSection
  readonly shown: ShownRow
}

function InheritedRowView({ draftId, section, shown }: InheritedRowViewProps) {
  const { row, origin, state, reason, hider } = shown
  const value = section === 'headers' && !isOnlyReferences(row.value) ? maskedValue(row.name, row.value) : row.value
  const toggle = (isSent: boolean): void =>
    editDocument(draftId, `${section}.inherited.${row.name}`, (document) => withOmitted(section, document, row.name, !isSent))
  const override = (): void => {
    const document = useDraftsStore.getState().tabs[draftId]?.draft.document
    if (!document) return
    const at = ownCount(section, document)
    editDocument(draftId, `${section}.override.${row.name}`, (before) => withOwnRow(section, before, row))
    // The button goes with its row; what is wanted now is the value.
    useFocusStore.getState().ask(draftId, { section, row: at, field: 'value' })
  }
  return (
    <li className={styles.row} data-state={state} aria-label={`${row.name}, ${reason === '' ? t`inherited` : reason}`}>
      <input
        type="checkbox"
        className={styles.box}
        aria-label={t`Enabled`}
        title={state === 'replaced' ? reason : t`Send ${row.name} with this request`}
        checked={state === 'sent'}
        disabled={state === 'replaced'}
        onChange={(event) => toggle(event.target.checked)}
      />
      <span className={styles.name} title={row.name}>
        {row.name}
      </span>
      <span className={styles.value} title={value}>
        {value}
      </span>
      <span className={styles.end}>
        {hider ? (
          <OriginLink say={(place) => hidingWords(hider, place)} origin={hider.origin} sought={{ name: row.name, section }} />
        ) : (
          reason !== '' && <span className={styles.reason}>{reason}</span>
        )}
        <OriginLink origin={origin} sought={{ name: row.name, section }} />
        {state === 'sent' && (
          <Button
            variant="ghost"
            className={styles.override ?? ''}
            aria-label={t`Override ${row.name}`}
            onClick={override}
          >{t`Override`}</Button>
        )}
      </span>
    </li>
  )
}
