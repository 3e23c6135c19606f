/** Notes about the request, in Markdown, kept in its file. */
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'

export function DocsSection({ draftId }: { readonly draftId: DraftId }) {
  const docs = useRequest(draftId, (document) => document.docs)
  return (
    <textarea
      className={styles.docs}
      aria-label="Docs"
      placeholder="What this request does, what it needs, what to look for in the answer. Markdown; kept in the request's file."
      value={docs}
      onChange={(event) => editDocument(draftId, 'docs', (document) => ({ ...document, docs: event.target.value }))}
    />
  )
}
