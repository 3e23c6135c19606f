/**
 * Which proxy a URL goes through, and why: the rules of the options, then the environment's. Pure; asked anew for every
 * hop, because a redirect may lead to a host that has another.
 *
 * @see requests' `select_proxy`, `merge_environment_settings`; https://everything.curl.dev/usingcurl/proxies/env.html
 */
import { CoreError } from '../lib/core-error.ts'
import type { ProxyPrecedence } from './behaviour-rules.ts'
import { matchingEntry, matchingEntryOfRequests, type HostAndPort } from './no-proxy.ts'
import type { RouteReason } from '#contract/model/prepared.ts'
import { originOf, type OptionOrigins } from './option-origins.ts'
import { parseProxyUrl, type ProxyUrl } from './proxy-url.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ProxyRules {
  /** By `https://host`, `https`, `all://host` or `all`; null: no proxy for these. */
  readonly proxies: Readonly<Record<string, string | null>>
  /** Hosts that no proxy is used for, in place of NO_PROXY; null: not given. */
  readonly noProxy: string | null
  /** Null: not to be trusted. */
  readonly env: Environment | null
  readonly precedence: ProxyPrecedence
  /** Which layer the options are from. */
  readonly origins: OptionOrigins
}

export interface ProxyChoice {
  readonly proxy: ProxyUrl | null
  readonly reason: RouteReason
}

export interface ProxiedUrl extends HostAndPort {
  readonly scheme: 'http' | 'https'
}

interface Found {
  readonly url: string | null
  readonly reason: RouteReason
  /** Name of the rule or variable as it is written, for a problem with it. */
  readonly rule: string
}

/**
 * Choose the proxy for a URL.
 *
 * @throws {CoreError} `InvalidProxyURL` where the chosen one has an address that cannot be understood
 */
export function chooseProxy(url: ProxiedUrl, rules: ProxyRules): ProxyChoice {
  return rules.precedence === 'nearest' ? nearestChoice(url, rules) : choiceOfRequests(url, rules)
}

function nearestChoice(url: ProxiedUrl, rules: ProxyRules): ProxyChoice {
  const { noProxy, env } = rules
  const skippedBy = noProxy === null ? null : matchingEntry(noProxy, url)
  if (skippedBy !== null) return skipped(skippedBy, rules)
  const own = ownRules(url, rules)
  const key = own.size === 0 ? undefined : keysOf(url).find((name) => own.has(name))
  const rule = key === undefined ? undefined : own.get(key)
  if (rule) return parsedChoice(rule)
  if (!env) return { proxy: null, reason: { kind: 'unset', isEnvironmentAsked: false } }
  const inherited = environmentRule(url.scheme, env) ?? environmentRule('all', env)
  if (!inherited) return NONE_SET
  const name = noProxyName(env)
  const entry = noProxy === null ? matchingEntry(env[name] ?? '', url) : null
  return entry === null ? parsedChoice(inherited) : { proxy: null, reason: { kind: 'variable', name, entry } }
}

/** Rules of both places in one table, the request's own where both have the same name; a null only takes its name out. */
function choiceOfRequests(url: ProxiedUrl, rules: ProxyRules): ProxyChoice {
  const { noProxy, env } = rules
  const own = ownRules(url, rules)
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
  return noProxy === null ? { proxy: null, reason: { kind: 'variable', name, entry } } : skipped(entry, rules)
}

const NONE_SET: ProxyChoice = { proxy: null, reason: { kind: 'unset', isEnvironmentAsked: true } }

function skipped(entry: string, { origins }: ProxyRules): ProxyChoice {
  return { proxy: null, reason: { kind: 'exception', entry, origin: originOf(origins, 'noProxy') } }
}

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

const NO_RULES: ReadonlyMap<string, Found> = new Map()

function ownRules(url: ProxiedUrl, { proxies, origins }: ProxyRules): ReadonlyMap<string, Found> {
  const rules = Object.entries(proxies)
  if (rules.length === 0) return NO_RULES
  const own = new Map<string, Found>()
  const keys = keysOf(url)
  for (const [name, value] of rules) {
    const key = name.trim().toLowerCase()
    if (!keys.includes(key)) continue
    const reason = { kind: 'rule', name: key, origin: originOf(origins, `proxies.${name}`) } as const
    own.set(key, { url: value, reason, rule: name })
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
  return name === null || !value ? null : { url: value, reason: { kind: 'variable', name, entry: null }, rule: name }
}

function parsedChoice({ url, reason, rule }: Found): ProxyChoice {
  if (url === null || url.trim() === '') return { proxy: null, reason }
  try {
    return { proxy: parseProxyUrl(url), reason }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    const isOwn = reason.kind === 'rule'
    const message = isOwn ? error.message : `${rule} of the environment: ${error.message}`
    throw new CoreError(error.kind, error.stage, message, {
      ...error.parts,
      where: { section: 'options', field: isOwn ? `proxies.${rule}` : 'trustEnv' },
      cause: error,
    })
  }
}
