/** What became of each Set-Cookie line of an answer when it was offered to a jar: shown beside the answer. */
import type { CookieOutcome } from '#contract/model/exchange.ts'
import { headerText } from '../lib/header-text.ts'
import { parseSetCookie } from './cookie-facts.ts'

/**
 * @param lines as Latin-1 text, in wire order
 * @param refused those that the jar did not take, with why
 * @param now milliseconds since the epoch
 */
export function cookieOutcomes(
  lines: readonly string[],
  refused: readonly { readonly line: string; readonly reason: string }[],
  now: number,
): CookieOutcome[] {
  const reasons = new Map(refused.map(({ line, reason }) => [line, reason]))
  let next = 0
  return lines.map((line): CookieOutcome => {
    const cookie = parseSetCookie(line)
    const index = cookie === null ? null : next++
    const name = cookie?.name ?? headerText(line.split(/[=;]/, 1)[0] ?? '').trim()
    const reason = reasons.get(line) ?? null
    if (reason !== null) return { name, index, kind: 'refused', reason }
    const expires = cookie?.expires ?? null
    return { name, index, kind: expires !== null && Date.parse(expires) <= now ? 'deleted' : 'kept', reason: null }
  })
}
