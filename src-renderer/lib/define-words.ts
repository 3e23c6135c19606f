/** What the button says that leads to where a name without a value is given one. */
import type { Origin } from '#contract/model/origin.ts'
import { originWords } from './origin-words.ts'

/** @param place the environment it is defined in; null: one is made first */
export function defineWords(name: string, place: string | null): string {
  return place === null ? `Define ${name} in a new environment` : `Define ${name} in ${place}`
}

/** @param origin where the variable stands already, with no value or a wrong one */
export function setWords(name: string, origin: Origin): string {
  return `Set ${name} in ${originWords(origin)}`
}
