/** A question mark beside a field's name: what the field does, on hover and focus, and to screen readers with the field. */
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import type { ReactNode } from 'react'
import { Tooltip } from '../tooltip.tsx'
import styles from './controls.module.css'
import { t } from '../../lib/t.ts'

interface HelpMarkProps {
  /** The field's name. */
  readonly label: string
  /** Id of the words, for `aria-describedby` of the field. */
  readonly id: string
  readonly children: ReactNode
}

export function HelpMark({ label, id, children }: HelpMarkProps) {
  return (
    <>
      <Tooltip text={children}>
        <button type="button" className={styles.helpMark} aria-label={t`About ${label}`}>
          <CircleHelp aria-hidden="true" />
        </button>
      </Tooltip>
      <span id={id} hidden>
        {children}
      </span>
    </>
  )
}
