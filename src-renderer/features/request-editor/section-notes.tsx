/** Teaching notes about what stands in a section of the request. Those of its options stand beside them. */
import type { DraftId } from '#contract/model/ids.ts'
import { TeachingNote } from '../../forms/teaching-note.tsx'
import { notesOf } from '../../lib/teaching-notes.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import styles from './request-editor.module.css'
import type { Section } from './sections.ts'
import { useRequest } from './use-request.ts'

export function SectionNotes({ draftId, section }: { readonly draftId: DraftId; readonly section: Section }) {
  const document = useRequest(draftId, (whole) => whole)
  const sentTo = usePreviewsStore((state) => state.byTab[draftId]?.url ?? null)
  const notes = notesOf(section, document, sentTo)
  if (notes.length === 0) return null
  return (
    <div className={styles.sectionNotes}>
      {notes.map((id) => (
        <TeachingNote key={id} id={id} />
      ))}
    </div>
  )
}
