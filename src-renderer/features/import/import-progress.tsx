/** How far the reading of an import is. It appears only where that takes a while, without a flash before. */
import type { ImportReading } from '../../stores/import-store.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import styles from './import.module.css'
import { t } from '../../lib/t.ts'

const PHASES: Readonly<Record<ImportReading['phase'], string>> = {
  copying: t`Copying the files`,
  reading: t`Reading`,
  parsing: t`Finding out what it is`,
  converting: t`Making requests of it`,
  writing: t`Writing the files`,
}

export function ImportProgress({ reading }: { readonly reading: ImportReading }) {
  return (
    <div className={styles.progress}>
      <ProgressBar label={t`Import`} value={reading.done} text={PHASES[reading.phase]} />
    </div>
  )
}
