/**
 * Going on with an answer that broke off: whether that is possible, from which byte, and by what the server can tell that
 * it is still the same. Pure, so that the window offers what core can do.
 *
 * @see RFC 9110 §13.1.5 (If-Range), §14 (range requests), §8.8.2.2 (when a date is a strong validator)
 */
import type { Exchange, ReceivedResponse } from './exchange.ts'
import type { ResumePoint } from './resume.ts'

/** Where an exchange that broke off can be gone on with; null where it was whole, or a rest could not be told to belong to it. */
export function resumePointOf(exchange: Pick<Exchange, 'ok' | 'request' | 'response' | 'history'>): ResumePoint | null {
  const { ok, request, response, history } = exchange
  if (ok || request?.method !== 'GET' || !response || response.bodyId === null || response.bodyBytes === 0) return null
  const isJoined = response.status === 206 && response.resumedFrom !== undefined
  if (response.status !== 200 && !isJoined) return null
  const values = (name: string): string[] => valuesOf(response, name)
  const isEncoded = values('content-encoding').some((value) => value.trim().toLowerCase() !== 'identity')
  const refuses = values('accept-ranges').some((value) => value.trim().toLowerCase() === 'none')
  const ifRange = strongTag(values('etag').at(0)) ?? strongDate(values('last-modified').at(0), values('date').at(0))
  if (isEncoded || refuses || ifRange === null) return null
  const first = history.find(({ kind }) => kind !== 'part')?.request ?? request
  return { bodyId: response.bodyId, bytes: response.bodyBytes, ifRange, url: first.url }
}

/** What a Content-Range says; null where it is none of bytes. `total` is null where the server does not say. */
export function contentRangeOf(value: string): { readonly start: number; readonly end: number; readonly total: number | null } | null {
  const [, start, end, total] = /^\s*bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)\s*$/i.exec(value) ?? []
  if (start === undefined || end === undefined || total === undefined || Number(end) < Number(start)) return null
  return { start: Number(start), end: Number(end), total: total === '*' ? null : Number(total) }
}

function valuesOf({ headers }: ReceivedResponse, lowerName: string): string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === lowerName ? [value] : []))
}

function strongTag(tag: string | undefined): string | null {
  return tag !== undefined && /^"[^"]*"$/.test(tag.trim()) ? tag.trim() : null
}

function strongDate(modified: string | undefined, now: string | undefined): string | null {
  if (modified === undefined || now === undefined) return null
  // A file that was written within the second of the answer may have been written again.
  return Date.parse(now) - Date.parse(modified) >= 1000 ? modified.trim() : null
}
