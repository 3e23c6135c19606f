/** How far an import is, in words, with a count where there is one. */
import type { ImportReading } from '../../stores/import-store.ts'
import { formatNumber } from '../../lib/format-number.ts'
import { t } from '../../lib/t.ts'

const PHASES: Readonly<Record<ImportReading['phase'], string>> = {
  copying: t`Copying the files`,
  reading: t`Reading`,
  parsing: t`Finding out what it is`,
  converting: t`Making requests of it`,
  writing: t`Writing the files`,
}

/** @param items how many there are to write; null where that is not known yet */
export function importProgressText({ phase, done }: Omit<ImportReading, 'ticket'>, items: number | null): string {
  if (phase !== 'writing' || done === null || items === null) return PHASES[phase]
  // What follows has no count: they are moved to their place together, and read.
  return done === 1 ? t`Opening what was written` : t`${PHASES[phase]}: ${formatNumber(Math.round(done * items))} of ${formatNumber(items)}`
}
