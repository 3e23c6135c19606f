/** How long a token holds, in words. */
import type { Token } from '#contract/model/token.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { localeOfTexts, t } from '../../lib/t.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** @param now milliseconds since the epoch; where the clock was set back, a token has no more left than its whole life */
export function lifetimeText(token: Pick<Token, 'expiresAt' | 'obtainedAt'>, now: number): string {
  if (token.expiresAt === null) return t`The server did not say how long it holds.`
  const expiresAt = Math.min(token.expiresAt, now + token.expiresAt - token.obtainedAt)
  const at = new Date(expiresAt)
  const isNear = Math.abs(expiresAt - now) < DAY_MS
  const when = isNear
    ? at.toLocaleTimeString(localeOfTexts(), { hour: '2-digit', minute: '2-digit' })
    : at.toLocaleDateString(localeOfTexts(), { dateStyle: 'medium' })
  return expiresAt <= now ? t`Expired ${words(now - expiresAt)} ago, at ${when}.` : t`Expires in ${words(expiresAt - now)}, at ${when}.`
}

/** Whole minutes are exact enough, from the second minute on. */
export function toldInSeconds(ms: number): boolean {
  return Math.abs(ms) < 2 * MINUTE_MS
}

function words(ms: number): string {
  if (ms >= 2 * DAY_MS) return t`${Math.floor(ms / DAY_MS)} days`
  const seconds = Math.max(1, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  return formatDuration(toldInSeconds(ms) ? seconds * 1000 : Math.floor(ms / MINUTE_MS) * MINUTE_MS)
}
