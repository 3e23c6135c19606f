/** Where a value comes from, in the words of the window. */
import type { Origin } from '#contract/model/origin.ts'
import { originWords as inEnglish } from '#contract/model/origin-words.ts'
import { told } from './told.ts'

/** `environment Staging`, `folder Users`. */
export function originWords(origin: Origin): string {
  return told(inEnglish(origin))
}
