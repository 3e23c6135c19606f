/** A page in front of the requests: its title, what can be done, the way back, and above the rest what is wrong. */
import X from 'lucide-react/icons/x'
import type { KeyboardEventHandler, ReactNode, Ref } from 'react'
import { IconButton } from './button.tsx'
import styles from './page-shell.module.css'
import { t } from '../lib/t.ts'

export interface PageShellProps {
  /** The page's accessible name, such as `Environment dev`. */
  readonly label: string
  readonly title: string
  /** Stands before the title. */
  readonly mark?: ReactNode
  /** Stands behind the title. */
  readonly state?: ReactNode
  /** Stands below the title, in small. */
  readonly below?: ReactNode
  /** Stand before the way back. */
  readonly actions?: ReactNode
  /** A line below the head; not where tabs draw one. */
  readonly isDivided?: boolean
  readonly onClose: () => void
  /** What is wrong with it as a whole. */
  readonly notes?: ReactNode
  readonly children: ReactNode
  readonly onKeyDownCapture?: KeyboardEventHandler
  readonly ref?: Ref<HTMLElement>
}

export function PageShell(props: PageShellProps) {
  const { label, title, mark, state, below, actions, isDivided = false, onClose, notes, children, onKeyDownCapture, ref } = props
  return (
    <section ref={ref} className={styles.page} aria-label={label} onKeyDownCapture={onKeyDownCapture}>
      <header className={styles.head} data-divided={isDivided}>
        {mark}
        <div className={styles.titles}>
          <h2 className={styles.title} title={title}>
            <span className={styles.name}>{title}</span>
            {state}
          </h2>
          {below}
        </div>
        {actions}
        <IconButton label={t`Back to the requests`} shortcut={t`Esc`} icon={<X />} onClick={onClose} />
      </header>
      {notes !== undefined && <div className={styles.notes}>{notes}</div>}
      {children}
    </section>
  )
}
