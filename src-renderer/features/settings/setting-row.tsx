/** One setting: its name, its control, what it does, what its default is, and a way back to that. */
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import type { ReactNode } from 'react'
import { IconButton } from '../../ui/button.tsx'
import type { EntryId } from './settings-entries.ts'
import { useIsShown } from './shown-entries.ts'
import styles from './settings.module.css'
import { rich, t } from '../../lib/t.ts'

interface SettingRowProps {
  readonly id: EntryId
  readonly label: string
  readonly help?: ReactNode
  /** The default, in words; shown where the setting is another. */
  readonly standard?: string
  /** Whether it differs from the default. */
  readonly isChanged?: boolean
  readonly onReset?: () => void
  readonly children: ReactNode
}

export function SettingRow({ id, label, help, standard, isChanged = false, onReset, children }: SettingRowProps) {
  if (!useIsShown(id)) return null
  return (
    <div className={styles.row} data-changed={isChanged}>
      <div className={styles.words}>
        <span className={styles.label}>{label}</span>
        {help !== undefined && <span className={styles.help}>{help}</span>}
        {isChanged && standard !== undefined && <span className={styles.help}>{rich`Default: ${standard}`}</span>}
      </div>
      <div className={styles.control}>{children}</div>
      <span className={styles.reset}>
        {isChanged && onReset && <IconButton label={t`Reset ${label}`} icon={<RotateCcw />} onClick={onReset} />}
      </span>
    </div>
  )
}
