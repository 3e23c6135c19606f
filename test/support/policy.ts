/** A policy of defaults, for requests that are made by hand. */
import { RULES } from '#core/prepare/behaviour.ts'
import type { Policy } from '#core/prepare/prepared-request.ts'

export const PLAIN_POLICY: Policy = {
  rules: RULES.posthaste,
  origins: new Map(),
  timeouts: { connect: null, read: null, total: null },
  followRedirects: true,
  maxRedirects: 30,
  stepRedirects: false,
  retry: null,
  encoding: null,
  http2: false,
  isLenient: false,
  tls: { verify: true, client: null, minVersion: null, maxVersion: null },
  route: {
    rules: { proxies: {}, noProxy: null, env: null, precedence: 'nearest', origins: new Map() },
    unixSocket: null,
    resolve: new Map(),
    last: null,
  },
  pool: { owner: '', maxConnections: 10, keepAliveMs: null },
}
