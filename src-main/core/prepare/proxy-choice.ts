/**
 * Which proxy a URL goes through, and why: the request's own rules, then the environment's. Pure; asked anew for every
 * hop, because a redirect may lead to a host that has another.
 *
 * @see requests' `select_proxy`, `merge_environment_settings`; https://everything.curl.dev/usingcurl/proxies/env.html
 */
import { CoreError } from '../lib/core-error.ts'
import { matchingEntry, matchingEntryOfRequests, type HostAndPort } from './no-proxy.ts'
import { parseProxyUrl, type ProxyUrl } from './proxy-url.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which of two settings counts where both have something to say. `nearest`: any rule of the request before any of the
 * environment. `requests`: the most particular rule, be it from the request or from the environment.
 */
export type ProxyPrecedence = 'nearest' | 'requests'

export interface ProxyRules {
  /** By `https://host`, `https`, `all://host` or `all`; null: no proxy for these. */
  readonly proxies: Readonly<Record<string, string | null>>
  /** Hosts that no proxy is used for, in place of NO_PROXY; null: not given. */
  readonly noProxy: string | null
  /** Null: not to be trusted. */
  readonly env: Environment | null
  readonly precedence: ProxyPrecedence
}

export interface ProxyChoice {
  readonly proxy: ProxyUrl | null
  /** `HTTP_PROXY of the environment`, `request option https`, `NO_PROXY matches .corp`, `no proxy is set`. */
  readonly why: string
}

export interface ProxiedUrl extends HostAndPort {
  readonly scheme: 'http' | 'https'
}

interface Found {
  readonly url: string | null
  readonly why: string
  /** Name of the rule or variable, for a problem with it. */
  readonly rule: string
  readonly isOwn: boolean
}

/**
 * Choose the proxy for a URL.
 *
 * @throws {CoreError} `InvalidProxyURL` where the chosen one has an address that cannot be understood
 */
export function chooseProxy(url: ProxiedUrl, rules: ProxyRules): ProxyChoice {
  return rules.precedence === 'nearest' ? nearestChoice(url, rules) : choiceOfRequests(url, rules)
}

function nearestChoice(url: ProxiedUrl, { proxies, noProxy, env }: ProxyRules): ProxyChoice {
  const skippedBy = noProxy === null ? null : matchingEntry(noProxy, url)
  if (skippedBy !== null) return { proxy: null, why: `request option no proxy matches ${skippedBy}` }
  const own = ownRules(url, proxies)
  const key = own.size === 0 ? undefined : keysOf(url).find((name) => own.has(name))
  const rule = key === undefined ? undefined : own.get(key)
  if (rule) return parsedChoice(rule)
  if (!env) return { proxy: null, why: 'no proxy is set, and the environment is not asked' }
  const inherited = environmentRule(url.scheme, env) ?? environmentRule('all', env)
  if (!inherited) return NONE_SET
  const name = noProxyName(env)
  const entry = noProxy === null ? matchingEntry(env[name] ?? '', url) : null
  return entry === null ? parsedChoice(inherited) : { proxy: null, why: `${name} matches ${entry}` }
}

/** Rules of both places in one table, the request's own where both have the same name; a null only takes its name out. */
function choiceOfRequests(url: ProxiedUrl, { proxies, noProxy, env }: ProxyRules): ProxyChoice {
  const own = ownRules(url, proxies)
  const name = env ? noProxyName(env) : ''
  const entry = env ? matchingEntryOfRequests(noProxy ?? env[name] ?? '', url) : null
  let silenced: Found | null = null
  for (const key of keysOf(url)) {
    const rule = own.get(key) ?? (env && entry === null && !key.includes('://') ? environmentRule(key, env) : null)
    if (rule && rule.url !== null) return parsedChoice(rule)
    silenced ??= rule
  }
  if (silenced) return parsedChoice(silenced)
  if (entry === null) return NONE_SET
  return { proxy: null, why: `${noProxy === null ? name : 'request option no proxy'} matches ${entry}` }
}

const NONE_SET: ProxyChoice = { proxy: null, why: 'no proxy is set' }

/** The most particular first. */
function keysOf({ scheme, host }: ProxiedUrl): readonly string[] {
  const named = host.includes(':') ? `[${host}]` : host
  return [`${scheme}://${named}`, scheme, `all://${named}`, 'all']
}

function noProxyName(env: Environment): 'no_proxy' | 'NO_PROXY' {
  return env.no_proxy ? 'no_proxy' : 'NO_PROXY'
}

/** What keeps a rule's name from ever matching, in words; null where nothing does. */
export function ruleNameFault(name: string): string | null {
  const key = name.trim().toLowerCase()
  if (/^(?:https?|all)$/.test(key)) return null
  const host = /^(?:https?|all):\/\/(.*)$/.exec(key)?.[1]
  if (host === undefined) return 'is neither http, https, all, nor one of them with ://host'
  if (host === '') return 'has no host after ://'
  if (/[/?#@]/.test(host)) return 'holds more than a scheme and a host'
  return /^[^[\]:]+$/.test(host) || /^\[[^\]]+\]$/.test(host) ? null : 'holds a port, which proxies are not chosen by'
}

function ownRules(url: ProxiedUrl, proxies: ProxyRules['proxies']): ReadonlyMap<string, Found> {
  const own = new Map<string, Found>()
  const keys = keysOf(url)
  for (const [name, value] of Object.entries(proxies)) {
    const key = name.trim().toLowerCase()
    if (keys.includes(key)) own.set(key, { url: value, why: `request option ${key}`, rule: name, isOwn: true })
  }
  return own
}

/**
 * Lower case before upper case, so that an empty `http_proxy` switches HTTP_PROXY off. In a CGI script the client can
 * set HTTP_PROXY by a Proxy header, so it does not count there (CVE-2016-1000110).
 */
function environmentRule(scheme: string, env: Environment): Found | null {
  const lower = `${scheme}_proxy`
  const isForged = scheme === 'http' && env.REQUEST_METHOD !== undefined
  const name = env[lower] !== undefined ? lower : isForged ? null : lower.toUpperCase()
  const value = name === null ? undefined : env[name]?.trim()
  return name === null || !value ? null : { url: value, why: `${name} of the environment`, rule: name, isOwn: false }
}

function parsedChoice({ url, why, rule, isOwn }: Found): ProxyChoice {
  if (url === null || url.trim() === '') return { proxy: null, why }
  try {
    return { proxy: parseProxyUrl(url), why }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    const message = isOwn ? error.message : `${rule} of the environment: ${error.message}`
    throw new CoreError(error.kind, error.stage, message, {
      ...error.parts,
      where: { section: 'options', field: isOwn ? `proxies.${rule}` : 'trustEnv' },
      cause: error,
    })
  }
}
