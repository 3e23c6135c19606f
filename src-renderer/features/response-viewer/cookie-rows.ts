/** The Set-Cookie lines of an answer as rows, each with what became of it where that is known. */
import type { CookieOutcome, ReceivedResponse, ResponseCookie } from '#contract/model/exchange.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

export interface CookieRow {
  readonly name: string
  /** Null where the line is no cookie. */
  readonly cookie: ResponseCookie | null
  /** Null where it was offered to no jar, or an older version recorded it. */
  readonly outcome: CookieOutcome | null
}

/** In wire order. */
export function cookieRows({ cookies, cookieOutcomes }: Pick<ReceivedResponse, 'cookies' | 'cookieOutcomes'>): readonly CookieRow[] {
  if (cookieOutcomes === undefined) return cookies.map((cookie) => ({ name: cookie.name, cookie, outcome: null }))
  return cookieOutcomes.map((outcome) => ({
    name: outcome.name,
    cookie: outcome.index === null ? null : (cookies[outcome.index] ?? null),
    outcome,
  }))
}

/** Whether an answer has a Set-Cookie line at all. */
export function setsCookies({ response }: { readonly response: Pick<ReceivedResponse, 'cookies' | 'cookieOutcomes'> | null }): boolean {
  return response !== null && cookieRows(response).length > 0
}

/** `4 cookies set; of these 1 deleted, 2 not kept`: what is counted twice is said to be. */
export function countInWords(rows: readonly CookieRow[]): string {
  const refused = rows.filter(({ outcome }) => outcome?.kind === 'refused').length
  const deleted = rows.filter(({ outcome }) => outcome?.kind === 'deleted').length
  const set = rows.length === 1 ? t`One cookie set` : t`${rows.length} cookies set`
  const among = [...(deleted > 0 ? [t`${deleted} deleted`] : []), ...(refused > 0 ? [t`${refused} not kept`] : [])]
  if (among.length === 0) return set
  return rows.length === 1 ? listed([set, refused > 0 ? t`not kept` : t`deleted`]) : t`${set}; of these ${listed(among)}`
}

/** The host's name of a URL; the text itself where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url
}
