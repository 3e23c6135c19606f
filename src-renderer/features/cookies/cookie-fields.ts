/** What the fields of the form hold, from and to what a cookie has. */
import type { CookieFields } from '#contract/model/cookie.ts'

/** A moment as a field of date and time has it: in the user's zone, without one. */
export function dateFieldText(iso: string | null): string {
  if (iso === null) return ''
  const date = new Date(iso)
  const pad = (part: number): string => String(part).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** The moment that such a field means, as ISO 8601; its own text where it means none, so that core can say so. */
export function dateOfField(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString()
}

export function sameSiteOf(text: string): CookieFields['sameSite'] {
  return text === 'strict' || text === 'lax' || text === 'none' ? text : null
}
