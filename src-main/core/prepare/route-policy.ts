/**
 * The way to the server: the rules that a request's options and the environment make, checked, and what they say for
 * one URL. The connection itself is opened in `send/open-socket.ts`.
 */
import { isIP } from 'node:net'
import type { Options } from '#contract/model/request.ts'
import type { Route as ShownRoute, RouteReason } from '#contract/model/prepared.ts'
import type { ProxyPrecedence } from './behaviour-rules.ts'
import { originOf, type OptionOrigins } from './option-origins.ts'
import { pathFrom } from './option-paths.ts'
import type { Problems } from './problems.ts'
import { chooseProxy, ruleNameFault, type Environment, type ProxyRules } from './proxy-choice.ts'
import { isHttpProxy, parseProxyUrl, type ProxyUrl } from './proxy-url.ts'
import type { TargetUrl } from './url-parts.ts'

/** The way to one URL. */
export interface Route {
  readonly proxy: ProxyUrl | null
  readonly reason: RouteReason
  /** Path of a Unix socket or named pipe to connect to; no proxy is then used. */
  readonly unixSocket: string | null
  /** Address to connect to in place of looking a host up; null: look it up. */
  readonly addressOf: (host: string, port: number) => string | null
}

/** What decides on the way to a server; `routeTo` asks it. */
export interface RoutePolicy {
  readonly rules: ProxyRules
  readonly unixSocket: string | null
  /** Address by `host` or `host:port`, in lower case. */
  readonly resolve: ReadonlyMap<string, string>
  /** What `routeTo` was last asked and said: preparing, the connection and the request line all ask for the same way. */
  last: { readonly url: TargetUrl; readonly route: Route } | null
}

export interface RouteSurroundings {
  /** What a relative path is relative to; null where there is nothing. */
  readonly baseDir: string | null
  readonly env: Environment
  readonly precedence: ProxyPrecedence
  /** Which layer each option is from. */
  readonly origins: OptionOrigins
  readonly warnings: string[]
}

/** The route rules of a request's options; what makes no sense becomes problems beside its field. */
export function routePolicyOf(options: Options, around: RouteSurroundings, problems: Problems): RoutePolicy {
  const proxies = options.proxies ?? {}
  for (const [name, value] of Object.entries(proxies)) {
    const fault = ruleNameFault(name)
    if (fault !== null) around.warnings.push(`The proxy rule "${name}" is not used: its name ${fault}.`)
    if (fault !== null || value === null || value.trim() === '') continue
    try {
      parseProxyUrl(value)
    } catch (error) {
      problems.catch(error, { section: 'options', field: `proxies.${name}` })
    }
  }
  const unixSocket = options.unixSocket?.trim() ?? ''
  return {
    rules: {
      proxies,
      noProxy: options.noProxy ?? null,
      env: options.trustEnv === false ? null : around.env,
      precedence: around.precedence,
      origins: around.origins,
    },
    unixSocket: unixSocket === '' ? null : pathFrom(unixSocket, 'unixSocket', around.baseDir, problems),
    resolve: addresses(options.resolve ?? {}, problems),
    last: null,
  }
}

/**
 * The way to a URL.
 *
 * @throws {CoreError} `InvalidProxyURL` where the proxy chosen has an address that cannot be understood
 */
export function routeTo(url: TargetUrl, policy: RoutePolicy): Route {
  if (policy.last?.url !== url) policy.last = { url, route: findRoute(url, policy) }
  return policy.last.route
}

function findRoute(url: TargetUrl, { rules, unixSocket, resolve }: RoutePolicy): Route {
  const addressOf = (host: string, port: number): string | null =>
    unixSocket === null && resolve.size > 0 ? (resolve.get(`${host}:${port}`) ?? resolve.get(host) ?? null) : null
  if (unixSocket !== null) {
    const reason = { kind: 'socket', origin: originOf(rules.origins, 'unixSocket') } as const
    return { proxy: null, reason, unixSocket, addressOf }
  }
  return { ...chooseProxy(url, rules), unixSocket, addressOf }
}

/** A route in words, without secrets. */
export function shownRoute(url: TargetUrl, { proxy, reason, unixSocket, addressOf }: Route): ShownRoute {
  const { host, port } = proxy ?? url
  const address = addressOf(host, port)
  return {
    proxy: proxy?.shown ?? null,
    reason,
    instead: unixSocket ?? (address === null ? null : `${bracketed(address)}:${port}`),
  }
}

/** A warning where a host has an address of its own that is not used, because a proxy looks the host up. */
export function unusedAddress({ host, port }: TargetUrl, { proxy, addressOf }: Route): string[] {
  const address = addressOf(host, port)
  const looksUpHere = proxy === null || proxy.scheme === 'socks4' || proxy.scheme === 'socks5'
  return address === null || looksUpHere
    ? []
    : [`The address ${address} is not used for ${host}: the proxy ${proxy.shown} looks the host up itself.`]
}

/** The proxy that is sent the request itself, in absolute form, rather than asked for a tunnel; null where none is. */
export function forwardingProxy(url: Pick<TargetUrl, 'scheme'>, { proxy }: Pick<Route, 'proxy'>): ProxyUrl | null {
  return proxy !== null && url.scheme === 'http' && isHttpProxy(proxy) ? proxy : null
}

/** The request-target of the request line: a proxy that forwards is told the whole URL (RFC 9112 §3.2.2). */
export function requestTarget(url: TargetUrl, route: Pick<Route, 'proxy'>): string {
  return forwardingProxy(url, route) ? `${url.scheme}://${url.authority}${url.target}` : url.target
}

function addresses(resolve: Readonly<Record<string, string>>, problems: Problems): RoutePolicy['resolve'] {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(resolve)) {
    const address = value.trim().replace(/^\[(.*)\]$/, '$1')
    if (isIP(address) !== 0) {
      found.set(hostKey(name), address)
      continue
    }
    problems.add(
      'InvalidOption',
      { section: 'options', field: `resolve.${name}` },
      `"${value}", the address to connect to for ${name}, is no IP address.`,
      'Write it as 127.0.0.1 or ::1. The port is that of the URL.',
    )
  }
  return found
}

/** As `host` or `host:port`, without the brackets of an IPv6 address. */
function hostKey(name: string): string {
  return name.trim().toLowerCase().replace(/[[\]]/g, '')
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
