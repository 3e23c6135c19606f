/** An encoding that was chosen is for the answer in sight; here it becomes the one that the request reads all its answers in. */
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { Button } from '../../ui/button.tsx'
import styles from './encoding-panel.module.css'
import { t } from '../../lib/t.ts'

export function KeepEncoding({ draftId, encoding }: { readonly draftId: DraftId; readonly encoding: string }) {
  const kept = useDraftsStore((state) => state.tabs[draftId]?.draft.document.options.encoding)
  if (kept === encoding) return <p className={styles.kept}>{t`It is used for every answer to this request, as its Options say.`}</p>
  const keep = (): void =>
    editDocument(draftId, 'options.encoding', (document) => ({ ...document, options: { ...document.options, encoding } }))
  return <Button onClick={keep}>{t`Use it for every answer to this request`}</Button>
}
