/** Why a request was sent on, in the words of the window. */
import { t } from './t.ts'
import { told } from './told.ts'

/** `302 to https://…`, which is too short a sentence to be known by its words; else as core says it. */
export function becauseWords(because: string): string {
  const [, status, to] = /^(\d{3}) to (\S+)$/.exec(because) ?? []
  return status !== undefined && to !== undefined ? t`${status} to ${to}` : told(because)
}
