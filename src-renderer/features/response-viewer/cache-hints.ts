/**
 * What the headers of an answer say to a cache of one's own, in words: whether it may be kept, for how long it is fresh,
 * how old it is, and how it is checked afterwards.
 *
 * @see RFC 9111; RFC 5861 (stale-while-revalidate, stale-if-error); RFC 8246 (immutable)
 */
import type { HeaderList } from '#contract/model/exchange.ts'
import { spanInWords } from '../../lib/span-words.ts'
import { httpDate } from './http-date.ts'
import { t } from '../../lib/t.ts'

/** Each a piece of a sentence; empty where the headers say nothing of caching. @param at when the answer came */
export function cacheHints(headers: HeaderList, at: number): readonly string[] {
  const value = (name: string): string | null => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
  const control = headers.flatMap(([key, text]) => (key.toLowerCase() === 'cache-control' ? [text] : [])).join(', ')
  const directives = cacheDirectives(control)
  if (directives.has('no-store')) return [t`must not be kept`]
  const age = Math.max(0, wholeNumber(value('age')) ?? 0)
  const lifetime = lifetimeOf(directives, value('expires'), value('date'), at)
  const hints = [
    ...storageHints(directives),
    ...freshnessHints(directives, lifetime, age, value('age') !== null),
    ...staleHints(directives),
    ...variationHints(value('vary')),
  ]
  const checks = hints.length > 0 || lifetime !== null ? checkHints(value('etag'), value('last-modified')) : []
  return [...hints, ...checks]
}

/** Directives by their names in lower case, with what stands after `=` without quotes; the first of a name holds. */
export function cacheDirectives(text: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>()
  for (const piece of text.match(/(?:"(?:\\.|[^"\\])*"|[^",])+/g) ?? []) {
    const [name = '', ...rest] = piece.split('=')
    const key = name.trim().toLowerCase()
    if (key !== '' && !directives.has(key))
      directives.set(
        key,
        rest
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      )
  }
  return directives
}

/** Seconds that it is fresh for; null: not said. A date that is none means that it is past (RFC 9111 §5.3). */
function lifetimeOf(directives: ReadonlyMap<string, string>, expires: string | null, date: string | null, at: number): number | null {
  const maxAge = directives.get('max-age')
  if (maxAge !== undefined) return wholeNumber(maxAge) ?? 0
  if (expires === null) return null
  const until = httpDate(expires)
  return until === null ? 0 : Math.max(0, (until - (httpDate(date ?? '') ?? at)) / 1000)
}

function storageHints(directives: ReadonlyMap<string, string>): readonly string[] {
  return directives.has('private') ? [t`for this client alone`] : []
}

function freshnessHints(directives: ReadonlyMap<string, string>, lifetime: number | null, age: number, isAged: boolean): readonly string[] {
  const isUnchecked = directives.has('no-cache')
  const hints: string[] = isUnchecked ? [t`must be revalidated before each use`] : []
  const old = isAged ? t`${spanInWords(age)} old` : ''
  if (lifetime !== null && !isUnchecked) {
    const span = spanInWords(lifetime)
    hints.push(lifetime > age ? t`fresh for ${span}` : lifetime === 0 ? t`stale at once` : t`stale: was fresh for ${span}`)
  }
  if (old !== '') hints.push(old)
  const shared = directives.get('s-maxage')
  if (shared !== undefined) hints.push(t`shared caches: ${spanInWords(wholeNumber(shared) ?? 0)}`)
  if (directives.has('immutable')) hints.push(t`will not change while fresh`)
  return hints
}

function staleHints(directives: ReadonlyMap<string, string>): readonly string[] {
  const span = (name: string): string | null => {
    const seconds = wholeNumber(directives.get(name) ?? null)
    return seconds === null ? null : spanInWords(seconds)
  }
  const meanwhile = span('stale-while-revalidate')
  const onError = span('stale-if-error')
  return [
    ...(directives.has('must-revalidate') ? [t`must be revalidated when stale`] : []),
    ...(meanwhile === null ? [] : [t`may be used ${meanwhile} longer while it is revalidated`]),
    ...(onError === null ? [] : [t`may be used ${onError} longer on errors`]),
  ]
}

function variationHints(vary: string | null): readonly string[] {
  if (vary === null || vary.trim() === '') return []
  if (vary.trim() === '*') return [t`differs from request to request`]
  return [t`differs by ${vary}`]
}

function checkHints(etag: string | null, lastModified: string | null): readonly string[] {
  if (etag !== null) return [t`revalidated by ${etag.trim().startsWith('W/') ? t`a weak ETag` : t`ETag`}`]
  return lastModified === null ? [] : [t`revalidated by Last-Modified`]
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\s*\d+\s*$/.test(text) ? Number(text) : null
}
