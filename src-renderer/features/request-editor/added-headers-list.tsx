/** The headers that are sent without having been typed, each with where it comes from and a way to make it one's own. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { addedHeaders, withOverride, type AddedHeader } from './added-headers.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function AddedHeaders({ draftId }: { readonly draftId: DraftId }) {
  const headers = usePreviewsStore((state) => state.byTab[draftId]?.headers)
  const added = useMemo(() => addedHeaders(headers ?? []), [headers])
  if (added.length === 0) return null
  const override = (header: AddedHeader): void => {
    const row = useDraftsStore.getState().tabs[draftId]?.draft.document.headers.length ?? 0
    editDocument(draftId, `headers.override.${header.name}`, (document) => ({
      ...document,
      headers: withOverride(document.headers, header),
    }))
    // The button goes with its row; what is wanted now is the value.
    useFocusStore.getState().ask(draftId, { section: 'headers', row, field: 'value' })
  }
  return (
    <section className={styles.group}>
      <h2 className={styles.groupTitle}>{t`Also sent`}</h2>
      <ul className={styles.added} aria-label={t`Headers added when sending`}>
        {added.map((header) => (
          <li key={`${header.name}:${header.value}`} className={styles.addedHeader} title={`${header.name}: ${header.source}`}>
            <span className={styles.addedName}>{header.name}</span>
            <span className={styles.addedValue} title={header.secret ? undefined : header.value}>
              {header.secret ? '••••••••' : header.value}
            </span>
            <span className={styles.addedSource}>{header.source}</span>
            {header.canOverride && (
              <Button
                variant="ghost"
                className={styles.override ?? ''}
                aria-label={t`Override ${header.name}`}
                onClick={() => override(header)}
              >{t`Override`}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
