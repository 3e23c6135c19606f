/** The URL that a request line and a Host header name together. */
import { likelyScheme } from '#contract/model/missing-scheme.ts'

export type Headers = readonly (readonly [name: string, value: string])[]

export interface FoundUrl {
  readonly url: string
  /** The scheme was not said. */
  readonly isGuessed: boolean
}

/**
 * @param target of the request line: a URL, or a path for the Host header's server
 * @param scheme where it is known
 */
export function urlOfTarget(target: string, headers: Headers, scheme: string | null = null): FoundUrl {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || target.startsWith('{{')) return { url: target, isGuessed: false }
  const host = valueOf(headers, 'host') ?? ''
  if (host === '' && !target.startsWith('/') && target !== '*')
    return { url: `${scheme ?? likelyScheme(target)}://${target}`, isGuessed: scheme === null }
  const path = target === '*' || target === '' ? `/${target}` : target
  if (host.includes('://') || host.startsWith('{{')) return { url: host.replace(/\/$/, '') + path, isGuessed: false }
  const known = scheme ?? schemeFromHeaders(headers, host)
  const guess = /:443$/.test(host) ? 'https' : /:80$/.test(host) ? 'http' : likelyScheme(host)
  return { url: `${known ?? guess}://${host}${path}`, isGuessed: known === null }
}

/** A page of the same host tells how it was reached. */
function schemeFromHeaders(headers: Headers, host: string): string | null {
  for (const name of ['origin', 'referer']) {
    const [, scheme, from] = /^(https?):\/\/([^/]+)/i.exec(valueOf(headers, name) ?? '') ?? []
    if (scheme !== undefined && from?.toLowerCase() === host.toLowerCase()) return scheme.toLowerCase()
  }
  return null
}

export function valueOf(headers: Headers, name: string): string | null {
  return headers.findLast(([header]) => header.toLowerCase() === name)?.[1] ?? null
}

/** Headers without a Host that the URL says already. */
export function withoutOwnHost(headers: Headers, url: string): Headers {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1]?.replace(/^.*@/, '').toLowerCase()
  return headers.filter(
    ([name, value]) => !(name.toLowerCase() === 'host' && (value.trim().toLowerCase() === authority || url.startsWith(value))),
  )
}
