/** How to send: timeouts, redirects, TLS and the way to the server, checked and with their defaults. */
import { defaultsOf, followsByDefault } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import { encodingName } from '../lib/encoding-names.ts'
import { rulesOf } from './behaviour.ts'
import type { Policy } from './prepared-request.ts'
import type { Problems } from './problems.ts'
import { retryPolicyOf } from './retry-policy.ts'
import { routePolicyOf, type RouteSurroundings } from './route-policy.ts'
import { tlsPolicyOf, type TlsSurroundings } from './tls-policy.ts'

/** Longest time a timer of Node can run, in seconds. */
const MAX_TIMEOUT_SECONDS = 2_147_483

/** Connections to one place at a time, where nothing else is said: urllib3's and Chromium's are 10 and 6. */
export const DEFAULT_CONNECTIONS = 10

export interface PolicySurroundings extends RouteSurroundings, TlsSurroundings {
  readonly owner?: string
  readonly pool?: Adapter['pool']
}

/** The policy of a request's options; values that make no sense become problems beside their field. */
export async function policyOf(options: Options, method: string, around: PolicySurroundings, problems: Problems): Promise<Policy> {
  const defaults = defaultsOf(options)
  const timeout = options.timeout ?? {}
  const ms = (field: 'connect' | 'read' | 'total'): number | null => {
    const seconds = timeout[field] === undefined ? defaults.timeout[field] : timeout[field]
    if (seconds === null) return null
    if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return Math.max(1, Math.round(seconds * 1000))
    problems.add(
      'InvalidOption',
      { section: 'options', field: `timeout.${field}` },
      `The ${field} timeout is ${seconds} s; it must be more than 0.`,
      'Give seconds, or choose no limit.',
    )
    return null
  }
  return {
    origins: around.origins,
    timeouts: { connect: ms('connect'), read: ms('read'), total: ms('total') },
    rules: rulesOf(options),
    followRedirects: options.followRedirects ?? followsByDefault(options, method),
    maxRedirects: maxRedirects(options.maxRedirects ?? defaults.maxRedirects, problems),
    stepRedirects: options.stepRedirects ?? false,
    retry: retryPolicyOf(options.retry, rulesOf(options).retries, problems),
    http2: options.http2 ?? false,
    isLenient: options.lenient ?? false,
    encoding: responseEncoding(options.encoding, problems),
    tls: await tlsPolicyOf(options, around, problems),
    route: routePolicyOf(options, around, problems),
    pool: poolPolicyOf(around),
  }
}

function poolPolicyOf({ owner = '', pool = {} }: PolicySurroundings): Policy['pool'] {
  const { maxConnections = DEFAULT_CONNECTIONS, keepAlive } = pool
  return { owner, maxConnections: Math.max(1, maxConnections), keepAliveMs: keepAlive === undefined ? null : Math.max(0, keepAlive * 1000) }
}

function responseEncoding(label: string | undefined, problems: Problems): string | null {
  if (label === undefined || label.trim() === '') return null
  const name = encodingName(label)
  if (name === null) {
    problems.add(
      'InvalidOption',
      { section: 'options', field: 'encoding' },
      `There is no text encoding named “${label.slice(0, 60)}”.`,
      'Choose one such as utf-8, windows-1252 or shift_jis, or leave it empty to find it out.',
    )
  }
  return name
}

function maxRedirects(limit: number, problems: Problems): number {
  if (limit >= 0) return limit
  problems.add('InvalidOption', { section: 'options', field: 'maxRedirects' }, 'The maximum of redirects cannot be less than 0.')
  return 0
}
