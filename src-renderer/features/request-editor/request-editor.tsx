/** The whole request editor in one column: the bar with the address, and the sections below it. */
import type { DraftId } from '#contract/model/ids.ts'
import styles from './request-editor.module.css'
import { RequestBar } from './request-bar.tsx'
import { RequestSections } from './request-sections.tsx'

export function RequestEditor({ draftId }: { readonly draftId: DraftId }) {
  return (
    <div className={styles.editor}>
      <RequestBar draftId={draftId} />
      <RequestSections draftId={draftId} />
    </div>
  )
}
