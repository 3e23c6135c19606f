/** A short note beside the place where tutorials mislead. It can be dismissed for good, and leads to the manual. */
import Lightbulb from 'lucide-react/icons/lightbulb'
import X from 'lucide-react/icons/x'
import { openManual } from '../actions/manual.ts'
import { changeSettings } from '../actions/settings.ts'
import type { TeachingNoteId } from '../lib/teaching-notes.ts'
import { TEACHING_PAGE, teachingWords } from '../lib/teaching-words.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import styles from './teaching-note.module.css'
import { t } from '../lib/t.ts'

export function TeachingNote({ id, when = true }: { readonly id: TeachingNoteId; /** Whether it applies. */ readonly when?: boolean }) {
  const isWanted = useSettingsStore(({ settings }) => settings.teachingNotes && !settings.dismissedNotes.includes(id))
  if (!when || !isWanted) return null
  const { text, heading } = teachingWords(id)
  const dismiss = (): void => {
    const { dismissedNotes } = useSettingsStore.getState().settings
    void changeSettings({ dismissedNotes: [...new Set([...dismissedNotes, id])] })
  }
  return (
    <div className={styles.note} role="note">
      <Lightbulb className={styles.icon} aria-hidden="true" />
      <p className={styles.words}>{text}</p>
      <Button
        variant="ghost"
        aria-label={t`More in the manual: ${text}`}
        onClick={() => openManual(TEACHING_PAGE, heading)}
      >{t`More`}</Button>
      <IconButton label={t`Do not show this note again`} icon={<X />} onClick={dismiss} />
    </div>
  )
}
