/** A file that does not parse: its error on top, its text below, to be mended and saved. */
import type { DraftId } from '#contract/model/ids.ts'
import { editBrokenText, save } from '../actions/save.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import styles from './broken-file.module.css'
import { t } from '../lib/t.ts'

export function BrokenFile({ draftId }: { readonly draftId: DraftId }) {
  const broken = useDraftsStore((state) => state.tabs[draftId]?.broken ?? null)
  if (!broken) return null
  const { name, text, error } = broken
  return (
    <div className={styles.broken}>
      <div className={styles.head}>
        <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
        <Button variant="primary" onClick={() => void save(draftId)}>{t`Save`}</Button>
      </div>
      <textarea
        className={styles.text}
        aria-label={t`Text of ${name}`}
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        value={text}
        onChange={(event) => editBrokenText(draftId, event.target.value)}
      />
    </div>
  )
}
