/** How far the reading of an import is. It appears only where that takes a while, without a flash before. */
import type { ImportReading } from '../../stores/import-store.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { importProgressText } from './import-progress-text.ts'
import styles from './import.module.css'
import { t } from '../../lib/t.ts'

/** @param items how many there are to write; null where that is not known yet */
export function ImportProgress({ reading, items }: { readonly reading: ImportReading; readonly items: number | null }) {
  return (
    <div className={styles.progress}>
      <ProgressBar label={t`Import`} value={reading.done} text={importProgressText(reading, items)} />
    </div>
  )
}
