/** The options that an adapter can have, apart from where it is mounted and its pool. Pure. */
import type { Adapter } from '#contract/model/session.ts'
import type { Options } from '#contract/model/request.ts'
import { timeoutWords } from '../../lib/timeout-words.ts'
import { t } from '../../lib/t.ts'

const KEYS = ['retry', 'timeout', 'tls', 'http2', 'verify', 'cert', 'proxies'] as const satisfies readonly (keyof Adapter & keyof Options)[]
const OFFERED: ReadonlySet<keyof Options> = new Set<keyof Options>(KEYS)

/** Whether an adapter can have an option. */
export function isOfAdapter(key: keyof Options): boolean {
  return OFFERED.has(key)
}

export function adapterOptions({ prefix: _prefix, pool: _pool, ...options }: Adapter): Options {
  return options
}

/** The adapter with other options; those that it cannot have are left out. */
export function withAdapterOptions({ prefix, pool }: Adapter, options: Options): Adapter {
  const { retry, timeout, tls, http2, verify, cert, proxies } = options
  return {
    prefix,
    ...(pool && { pool }),
    ...(retry && { retry }),
    ...(timeout && { timeout }),
    ...(tls && { tls }),
    ...(http2 !== undefined && { http2 }),
    ...(verify !== undefined && { verify }),
    ...(cert && { cert }),
    ...(proxies && { proxies }),
  }
}

/** What an adapter changes, in a line; empty where it changes nothing. */
export function adapterWords({ pool = {}, retry, timeout, tls, http2, verify, cert, proxies }: Adapter): string {
  const words = [
    retry && (retry.total === 0 ? t`no retries` : t`retries: ${retry.total ?? 10}`),
    timeout && t`timeouts: ${timeoutWords(timeout)}`,
    pool.maxConnections !== undefined && t`at most ${pool.maxConnections} connections`,
    pool.keepAlive !== undefined && t`kept ${pool.keepAlive} s`,
    http2 !== undefined && (http2 ? 'HTTP/2' : t`no HTTP/2`),
    verify === false ? t`not verified` : typeof verify === 'string' && t`a CA file`,
    cert && t`a client certificate`,
    tls && t`TLS versions`,
    proxies && t`proxies`,
  ]
  return words.filter((word) => typeof word === 'string').join(' · ')
}
