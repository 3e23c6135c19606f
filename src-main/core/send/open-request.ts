import type { Connection, ExchangeStep, Timings } from '#contract/model/exchange.ts'
import type { ProxyAuth } from '../prepare/prepared-request.ts'
import type { Route } from '../prepare/route-policy.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import type { TunnelAnswer } from './proxy-connect.ts'
import type { TlsTrust } from './tls-trust.ts'

/** How long each part took, in milliseconds; filled in as they end. What a proxy takes to open a tunnel is in `connect`. */
export interface ConnectClock {
  dns: number
  connect: number
  tls: number
}

/** A CONNECT that a proxy did not open a tunnel for. */
export interface RefusedTunnel {
  readonly answer: TunnelAnswer
  readonly timings: Timings
  readonly connection: Connection
  /** Of the Digest challenge that was answered; null: nothing followed. */
  readonly because: string | null
}

/** What `openSocket` is asked for. */
export interface OpenRequest {
  readonly url: TargetUrl
  readonly route: Route
  /** Null for plain http. */
  readonly trust: TlsTrust | null
  /** Offer the server HTTP/2 beside HTTP/1.1. */
  readonly offersHttp2: boolean
  /** For TLS to the proxy itself. */
  readonly proxyTrust: TlsTrust | null
  /** Said to the proxy in place of the credentials in its URL; null: those. */
  readonly proxyAuthorization: string | null
  readonly proxyAuth: ProxyAuth
  /** Over lookup, all addresses, tunnel and TLS; null: no limit. */
  readonly timeoutMs: number | null
  /** Its reason is the `CoreError` to fail with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  /** Without what refused tunnels took. */
  readonly clock: ConnectClock
  /** Those on the way are put here. */
  readonly refused: RefusedTunnel[]
}
