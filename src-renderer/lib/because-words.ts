/** Why a request was sent on, in the words of the window. */
import { t } from './t.ts'
import { told } from './told.ts'

const REDIRECTED = /^(\d{3}) to (\S+)$/

/** Where a redirect leads; undefined: the hop is none. */
export function targetOf(hop: { readonly because: string } | undefined): string | undefined {
  return REDIRECTED.exec(hop?.because ?? '')?.[2]
}

/** `302 to https://…`, which is too short a sentence to be known by its words; else as core says it. */
export function becauseWords(because: string): string {
  const [, status, to] = REDIRECTED.exec(because) ?? []
  return status !== undefined && to !== undefined ? t`${status} to ${to}` : told(because)
}
