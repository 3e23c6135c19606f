/** How far the reading of an import is. It appears only where that takes a while, without a flash before. */
import type { ImportReading } from '../../stores/import-store.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import styles from './import.module.css'

const PHASES: Readonly<Record<ImportReading['phase'], string>> = {
  copying: 'Copying the files',
  reading: 'Reading',
  parsing: 'Finding out what it is',
  converting: 'Making requests of it',
  writing: 'Writing the files',
}

export function ImportProgress({ reading }: { readonly reading: ImportReading }) {
  return (
    <div className={styles.progress}>
      <ProgressBar label="Import" value={reading.done} text={PHASES[reading.phase]} />
    </div>
  )
}
