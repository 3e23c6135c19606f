/**
 * The frame of a page that edits something shared through files: what it is and where it is kept, whether it has unsaved
 * edits, Save and Discard, and above the fields what is wrong. What stands in it, the caller says.
 */
import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { useRef, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import styles from './page-frame.module.css'
import { useUndoOf, type UndoDirection } from './use-undo-of.ts'

export interface PageFrameProps {
  /** The page's accessible name, such as `Environment dev`. */
  readonly label: string
  readonly title: string
  /** Stands before the title. */
  readonly mark?: ReactNode
  /** What kind of thing it is and what it is for, in a few words. */
  readonly kind: string
  /** Where it is kept, such as `environments/dev.yml`. */
  readonly place: string
  readonly isEdited: boolean
  readonly onSave: () => void
  readonly onDiscard: () => void
  readonly onClose: () => void
  readonly onTravel: (direction: UndoDirection) => void
  /** What is wrong with it as a whole. */
  readonly notes?: ReactNode
  /** Stand before Save. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function PageFrame(props: PageFrameProps) {
  const { label, title, mark, kind, place, isEdited, onSave, onDiscard, onClose, onTravel, notes, actions, children } = props
  const box = useRef<HTMLElement>(null)
  const onKeyDown = useUndoOf(box, onTravel)
  return (
    <section ref={box} className={styles.page} aria-label={label} onKeyDownCapture={onKeyDown}>
      <header className={styles.head}>
        {mark}
        <div className={styles.titles}>
          <h2 className={styles.title} title={title}>
            {title}
            {isEdited && <span className={styles.dot} role="img" aria-label="Not saved" title="Not saved" />}
          </h2>
          <p className={styles.place} title={place}>
            {kind} · <span className={styles.path}>{place}</span>
          </p>
        </div>
        {actions}
        {isEdited && (
          <Button variant="ghost" icon={<Undo />} onClick={onDiscard}>
            Discard changes
          </Button>
        )}
        {/* Not switched off where nothing is edited: it would lose the focus to nowhere with each save. */}
        <Button aria-disabled={!isEdited} tooltip={isEdited ? 'Save (Ctrl+S)' : 'Everything is saved'} onClick={onSave}>
          Save
        </Button>
        <IconButton label="Back to the requests" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      {notes !== undefined && <div className={styles.notes}>{notes}</div>}
      <div className={styles.body}>{children}</div>
    </section>
  )
}
