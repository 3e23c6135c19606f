/** When a cookie will go, and its flags, in words. */
import { formatDuration } from './format-duration.ts'
import { t } from './t.ts'

const DAY_MS = 86_400_000

/**
 * `When the session ends`, `deleted by this answer`, `in 2 h 3 min`, `in 30 days` or `in 2 years`.
 *
 * @param expires ISO 8601, or null for a session cookie
 * @param now milliseconds since the epoch
 */
export function expiryInWords(expires: string | null, now: number): string {
  if (expires === null) return t`when the session ends`
  const left = Date.parse(expires) - now
  if (Number.isNaN(left)) return expires
  if (left <= 0) return t`deleted (in the past)`
  if (left < 2 * DAY_MS) return t`in ${formatDuration(Math.max(1000, Math.round(left / 1000) * 1000))}`
  const days = Math.round(left / DAY_MS)
  return days < 730 ? t`in ${days} days` : t`in ${Math.round(days / 365.25)} years`
}

/** The flags of a cookie as the header writes them, such as `Secure, HttpOnly, SameSite=Lax`. */
export function cookieFlags(cookie: {
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: string | null
}): readonly string[] {
  return [
    ...(cookie.secure ? [t`Secure`] : []),
    ...(cookie.httpOnly ? ['HttpOnly'] : []),
    ...(cookie.sameSite === null ? [] : [`SameSite=${cookie.sameSite.charAt(0).toUpperCase()}${cookie.sameSite.slice(1)}`]),
  ]
}
