/** Notes about the request, in Markdown, kept in its file: shown as they read where there are some, and edited as they stand. */
import Pencil from 'lucide-react/icons/pencil'
import Eye from 'lucide-react/icons/eye'
import { useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { Button } from '../../ui/button.tsx'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { useDocLinks } from './doc-links.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function DocsSection({ draftId }: { readonly draftId: DraftId }) {
  const docs = useRequest(draftId, (document) => document.docs)
  const linkTo = useDocLinks(draftId)
  // Null: nobody said. What has nothing to read yet is there to be written.
  const [chosen, setChosen] = useState<'read' | 'edit' | null>(() => (docs.trim() === '' ? 'edit' : null))
  const isEdited = chosen === 'edit'
  return (
    <>
      <div className={styles.toolbar}>
        {isEdited ? (
          <Button variant="ghost" icon={<Eye />} onClick={() => setChosen('read')}>{t`Preview`}</Button>
        ) : (
          <Button variant="ghost" icon={<Pencil />} onClick={() => setChosen('edit')}>{t`Edit`}</Button>
        )}
      </div>
      {isEdited ? (
        <textarea
          className={styles.docs}
          aria-label={t`Docs`}
          // Only where it was asked for: opening the section leaves the focus on its tab.
          autoFocus={docs.trim() !== ''}
          placeholder={t`What this request does, what it needs, what to look for in the answer. Markdown; kept in the request's file. A link to another request's file opens that request.`}
          value={docs}
          onChange={(event) => editDocument(draftId, 'docs', (document) => ({ ...document, docs: event.target.value }))}
        />
      ) : (
        <div className={styles.docsRead} tabIndex={0} role="region" aria-label={t`Docs`}>
          <Markdown text={docs} linkTo={linkTo} />
        </div>
      )}
    </>
  )
}
