/** Which cookies of the jar go with a request, and why the others of its site do not: the jar's word, and the request's. */
import type { CookieForUrl, KeptCookie } from '#contract/model/cookie.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { domainText } from '../../lib/jar-label.ts'
import { t } from '../../lib/t.ts'

export interface JarCookie {
  readonly cookie: KeptCookie
  readonly isSent: boolean
  /** Where it is from, or why it is not sent. */
  readonly words: string
}

/**
 * @param document the request: its own cookies stand in place of the jar's of their name, except where it behaves like
 * requests; a typed Cookie header stands in place of all
 */
export function jarCookies(found: readonly CookieForUrl[], { cookies, headers, options }: RequestDocument): readonly JarCookie[] {
  const own = new Set(cookies.filter(({ enabled }) => enabled).map(({ name }) => name))
  const hasHeader = headers.some(({ enabled, name }) => enabled && name.toLowerCase() === 'cookie')
  return found.map(({ cookie, isSent, reason }) => {
    if (!isSent) return { cookie, isSent, words: t`not sent: ${reason ?? ''}` }
    if (hasHeader) return { cookie, isSent: false, words: t`not sent: a Cookie header is typed` }
    if (own.has(cookie.name) && options.behaviour !== 'requests') {
      return { cookie, isSent: false, words: t`not sent: the request has its own of this name` }
    }
    return {
      cookie,
      isSent,
      words: t`sent, as a cookie of ${domainText(cookie)}${cookie.path === '/' ? '' : cookie.path}`,
    }
  })
}
