/**
 * The frame of a page that edits something shared through files: what it is and where it is kept, whether it has unsaved
 * edits, Save and Discard, and above the fields what is wrong. What stands in it, the caller says.
 */
import Undo from 'lucide-react/icons/undo-2'
import { useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './page-frame.module.css'
import { PageShell, type PageShellProps } from './page-shell.tsx'
import { useUndoOf, type UndoDirection } from './use-undo-of.ts'
import { t } from '../lib/t.ts'

export interface PageFrameProps extends Pick<PageShellProps, 'label' | 'title' | 'mark' | 'notes' | 'children' | 'onClose'> {
  /** What kind of thing it is and what it is for, in a few words. */
  readonly kind: string
  /** Where it is kept, such as `environments/dev.yml`. */
  readonly place: string
  readonly isEdited: boolean
  readonly onSave: () => void
  readonly onDiscard: () => void
  readonly onTravel: (direction: UndoDirection) => void
  /** Stand before Save. */
  readonly actions?: ReactNode
}

export function PageFrame(props: PageFrameProps) {
  const { kind, place, isEdited, onSave, onDiscard, onTravel, actions, children, ...shell } = props
  const box = useRef<HTMLElement>(null)
  const onKeyDown = useUndoOf(box, onTravel)
  return (
    <PageShell
      {...shell}
      ref={box}
      isDivided
      onKeyDownCapture={onKeyDown}
      state={isEdited && <span className={styles.dot} role="img" aria-label={t`Not saved`} title={t`Not saved`} />}
      below={
        <p className={styles.place} title={place}>
          {kind} · <span className={styles.path}>{place}</span>
        </p>
      }
      actions={
        <>
          {actions}
          {isEdited && <Button variant="ghost" icon={<Undo />} onClick={onDiscard}>{t`Discard changes`}</Button>}
          {/* Not switched off where nothing is edited: it would lose the focus to nowhere with each save. */}
          <Button
            aria-disabled={!isEdited}
            tooltip={isEdited ? t`Save (Ctrl+S)` : t`Everything is saved`}
            onClick={onSave}
          >{t`Save`}</Button>
        </>
      }
    >
      <div className={styles.body}>{children}</div>
    </PageShell>
  )
}
