/** How far an import is, in words for a terminal. */
import type { EventPayload } from '#contract/events.ts'
import { grouped } from './grouped.ts'

const WORDS: Readonly<Record<EventPayload<'import.progressed'>['phase'], string>> = {
  reading: 'Reading',
  parsing: 'Finding out what it is',
  converting: 'Making requests of it',
  writing: 'Writing the files',
}

/** @param items how many there are to write; null where that is not known yet */
export function importStatus({ phase, done }: Omit<EventPayload<'import.progressed'>, 'ticket'>, items: number | null): string {
  if (done === null) return WORDS[phase]
  if (phase !== 'writing' || items === null) return `${WORDS[phase]}: ${Math.floor(done * 100)} %`
  // What follows has no count: they are moved to their place together, and read.
  if (done === 1) return 'Opening what was written'
  return `${WORDS[phase]}: ${grouped(Math.round(done * items))} of ${grouped(items)}`
}
