/** A problem said in place, in small red words: what is wrong, what to do, and a button that does it where one can. */
import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import styles from './problem-note.module.css'
import { told } from '../lib/told.ts'

export interface ProblemNoteProps {
  /** The error's kind, such as `InvalidURL`; the message stands alone where absent. */
  readonly kind?: string
  readonly message: string
  readonly hint?: string
  readonly action?: ReactNode
  /** Announced at once; for what happens unasked, not for what is being typed. */
  readonly live?: boolean
  /** For `aria-describedby` of the field it belongs to. */
  readonly id?: string
  readonly tone?: 'danger' | 'warning'
}

export function ProblemNote({ kind, message, hint, action, live = false, id, tone = 'danger' }: ProblemNoteProps) {
  return (
    <div className={styles.note} id={id} role={live ? 'alert' : undefined} data-tone={tone}>
      <div className={styles.said}>
        <CircleAlert className={styles.icon} aria-hidden="true" />
        <div className={styles.words}>
          {kind !== undefined && <strong className={styles.kind}>{kind}</strong>}
          <span>{told(message)}</span>
          {hint !== undefined && <span className={styles.hint}>{told(hint)}</span>}
        </div>
      </div>
      {action}
    </div>
  )
}
