/**
 * What a proxy changes in the head of a request: `Proxy-Authorization` where the proxy is sent the request itself, and
 * nowhere else. Asked anew at each redirect, because the next hop may take another way.
 */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { basicCredentials } from './basic-credentials.ts'
import { isTyped } from './prepared-request.ts'
import type { TargetUrl } from './url-parts.ts'
import { isHttpProxy, type ProxyUrl } from './proxy-url.ts'
import { forwardingProxy, type Route } from './route-policy.ts'

export interface ProxiedHead {
  readonly headers: readonly PreparedHeader[]
  readonly warnings: readonly string[]
}

/**
 * The header lines for a route.
 *
 * @param headers all lines; those that an earlier route brought are taken out
 * @param typed   the typed `Proxy-Authorization`, which an earlier route may have left out; null: none
 */
export function headForRoute(headers: readonly PreparedHeader[], url: TargetUrl, route: Route, typed: string | null): ProxiedHead {
  const standing = headers.filter((header) => !isProxyAuthorization(header) || isTyped(header))
  const hasTyped = standing.some(isProxyAuthorization)
  const forwarder = forwardingProxy(url, route)
  if (forwarder) {
    if (hasTyped) return { headers: standing, warnings: [] }
    const added: PreparedHeader = {
      name: 'Proxy-Authorization',
      value: typed ?? proxyCredentials(forwarder) ?? '',
      source: typed === null ? 'proxy' : 'user',
    }
    return { headers: added.value === '' ? standing : beforeLength(standing, added), warnings: [] }
  }
  if (!hasTyped || route.proxy === null) return { headers: standing, warnings: [] }
  const instead = isHttpProxy(route.proxy)
    ? `It is sent with CONNECT, to the proxy ${route.proxy.shown} only`
    : 'A SOCKS proxy has no use for it'
  return {
    headers: standing.filter((header) => !isProxyAuthorization(header)),
    warnings: [`The typed Proxy-Authorization is kept from ${url.authority}. ${instead}.`],
  }
}

/** The credentials of a proxy's URL as Basic; null where it has none. */
export function proxyCredentials({ credentials }: ProxyUrl): string | null {
  return credentials && basicCredentials(credentials.username, credentials.password)
}

function isProxyAuthorization({ name }: PreparedHeader): boolean {
  return name.toLowerCase() === 'proxy-authorization'
}

function beforeLength(headers: readonly PreparedHeader[], added: PreparedHeader): PreparedHeader[] {
  const found = headers.findIndex((header) => header.name.toLowerCase() === 'content-length')
  const at = found < 0 ? headers.length : found
  return [...headers.slice(0, at), added, ...headers.slice(at)]
}
