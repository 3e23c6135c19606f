/** Fields that few need, folded away under their name; the fold says what is set in it. */
import type { ReactNode } from 'react'
import { Fold } from '../ui/fold.tsx'
import styles from './auth.module.css'

interface MoreFieldsProps {
  readonly label: string
  /** Empty: nothing is set in there. */
  readonly summary: string
  readonly children: ReactNode
}

export function MoreFields({ label, summary, children }: MoreFieldsProps) {
  return (
    <Fold
      className={styles.more}
      label={
        <>
          {label}
          {summary !== '' && <span className={styles.moreSummary}>{summary}</span>}
        </>
      }
    >
      <div className={styles.moreBody}>{children}</div>
    </Fold>
  )
}
