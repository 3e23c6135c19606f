/**
 * Open connections, kept for the next request of the same session to the same place. One connection serves one request
 * at a time; only so many are open to one place, and who comes then waits for one to be free. How a connection is opened and what goes over
 * it is for others.
 */
import { hash } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Connection, ExchangeStep } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Policy, ProxyAuth } from '../prepare/prepared-request.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { forwardingProxy, routeTo, type Route } from '../prepare/route-policy.ts'
import { tooLateAt } from './deadline.ts'
import { idleMsOf } from './idle-time.ts'
import { openSocket } from './open-socket.ts'
import type { ConnectClock, RefusedTunnel } from './open-request.ts'
import { trustFor, type TlsTrust } from './tls-trust.ts'
import { loadTransport, openWire } from './undici-transport.ts'
import type { Wire } from './wire.ts'

export interface PooledConnection {
  readonly wire: Wire
  readonly facts: Connection
  /** To be said of every exchange that goes over it. */
  readonly warnings: readonly string[]
  /** By `performance.now()`. */
  idleUntil: number
  hasTimer: boolean
}

export interface Lease {
  readonly connection: PooledConnection
  readonly isReused: boolean
  /** Give it back once its exchange is over, in whatever state it is. */
  readonly release: () => void
}

export interface LeaseRequest {
  readonly url: TargetUrl
  readonly policy: Pick<Policy, 'tls' | 'route' | 'isLenient' | 'http2' | 'pool'>
  /** The typed Proxy-Authorization, said to a proxy that is asked for a tunnel; null: none. */
  readonly proxyAuthorization: string | null
  readonly proxyAuth: ProxyAuth
  readonly connectTimeoutMs: number | null
  /** Its reason is the `CoreError` to fail with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  /** Filled in, `queued` too. */
  readonly clock: ConnectClock & { queued: number }
  /** CONNECTs that a proxy refused are put here. */
  readonly refused: RefusedTunnel[]
  /** Never one that was used before. */
  readonly isFresh: boolean
}

export interface ConnectionPool {
  /** @throws {CoreError} what `openSocket` throws, and `Cancelled` when the pool closes */
  readonly acquire: (request: LeaseRequest) => Promise<Lease>
  /** Ends the connections of an owner that are not in use, and says how many; those in use end with their request. */
  readonly closeOf: (owner: string) => number
  /** The machine was asleep: servers have given up what was open meanwhile, so what is not in use is ended. */
  readonly wake: () => void
  /** Ends every connection. Requests under way fail. */
  readonly close: () => Promise<void>
}

const KEPT_ENOUGH = new Error('The connection was kept long enough.')

/** A clock that was set by less is no sleep. */
const SLEPT_MS = 5000

/** The clock on the wall goes on while the machine sleeps, the one that durations are taken by stands still. */
function clockLead(): number {
  return Date.now() - performance.now()
}

/** A connection to take over, or null: there is room to open one, and it is already counted. */
type Turn = PooledConnection | null

interface Place {
  readonly key: string
  readonly owner: string
  /** Counts the times its owner was closed: connections from before are not kept. */
  era: number
  readonly idle: PooledConnection[]
  readonly waiting: ((turn: Turn) => void)[]
  open: number
}

export function createConnectionPool(): ConnectionPool {
  const pool = new Pool()
  return {
    acquire: (request) => pool.acquire(request),
    closeOf: (owner) => pool.closeOf(owner),
    wake: () => pool.wake(),
    close: () => pool.close(),
  }
}

class Pool {
  readonly #places = new Map<string, Place>()
  readonly #all = new Set<PooledConnection>()
  readonly #closing = new AbortController()
  #clockLead = clockLead()

  async acquire(request: LeaseRequest): Promise<Lease> {
    this.#closing.signal.throwIfAborted()
    this.#noticeSleep()
    const way = wayOf(request)
    const { owner, maxConnections } = request.policy.pool
    const place = placeOf(this.#places, way.key, owner)
    let turn: Turn = takeIdle(place, request.isFresh)
    if (!turn && place.open >= maxConnections) turn = await waitForTurn(place, request, this.#closing.signal)
    else if (!turn) place.open += 1
    if (turn) request.onStep({ kind: 'connected', reused: true })
    return this.#lease(place, turn ?? (await this.#open(place, request, way)), turn !== null, request.policy.pool.keepAliveMs)
  }

  closeOf(owner: string): number {
    const reason = new Error('The connections of the session were closed.')
    let closed = 0
    for (const place of this.#places.values()) {
      if (place.owner !== owner) continue
      place.era += 1
      for (const connection of place.idle.splice(0)) {
        connection.wire.destroy(reason)
        closed += 1
      }
    }
    return closed
  }

  wake(): void {
    const reason = new Error('The machine was asleep.')
    for (const place of this.#places.values()) for (const { wire } of place.idle.splice(0)) wire.destroy(reason)
  }

  /** Not every host is told of sleep. What a server let go meanwhile would take a request and never answer it. */
  #noticeSleep(): void {
    const lead = clockLead()
    if (lead - this.#clockLead > SLEPT_MS) this.wake()
    this.#clockLead = lead
  }

  async close(): Promise<void> {
    const reason = new CoreError('Cancelled', 'connect', 'The connections were closed.')
    this.#closing.abort(reason)
    const closed = [...this.#all].map((connection) => new Promise<void>((resolve) => connection.wire.onceClosed(resolve)))
    for (const connection of this.#all) connection.wire.destroy(reason)
    await Promise.all(closed)
  }

  async #open(place: Place, request: LeaseRequest, way: Way): Promise<PooledConnection> {
    try {
      const { isLenient } = request.policy
      // `openWire` reports a failure; here it only starts while the connection is opened.
      if (!isLenient) loadTransport().catch(() => undefined)
      const { url, proxyAuthorization, proxyAuth, onStep, clock, refused, connectTimeoutMs: timeoutMs } = request
      const signal = AbortSignal.any([request.signal, this.#closing.signal])
      const { socket, facts, warnings } = await openSocket({
        url,
        ...way,
        proxyAuthorization,
        proxyAuth,
        timeoutMs,
        signal,
        onStep,
        clock,
        refused,
      })
      const wire = await wireOver(socket, request)
      const connection: PooledConnection = { wire, facts, warnings, idleUntil: Infinity, hasTimer: false }
      if (signal.aborted) connection.wire.destroy(signal.reason as Error)
      signal.throwIfAborted()
      this.#all.add(connection)
      connection.wire.onceClosed(() => {
        this.#all.delete(connection)
        const at = place.idle.indexOf(connection)
        if (at >= 0) place.idle.splice(at, 1)
        this.#makeRoom(place)
      })
      return connection
    } catch (error) {
      this.#makeRoom(place)
      throw error
    }
  }

  #lease(place: Place, connection: PooledConnection, isReused: boolean, keepAliveMs: number | null): Lease {
    const { era } = place
    return {
      connection,
      isReused,
      release: () => {
        if (!connection.wire.isAlive()) return // its closing makes room
        if (era !== place.era) {
          connection.wire.destroy(new Error('The connections of the session were closed.'))
          return
        }
        const next = place.waiting.shift()
        if (next) next(connection)
        else keepIdle(place, connection, idleMsOf(connection.wire, keepAliveMs))
      },
    }
  }

  /** One connection less: whoever waits longest may open another. */
  #makeRoom(place: Place): void {
    place.open -= 1
    const next = place.waiting.shift()
    if (next) {
      place.open += 1
      next(null)
    } else if (place.open === 0) this.#places.delete(place.key)
  }
}

/** What the server chose by ALPN decides first. */
async function wireOver(socket: Socket, { url, policy }: LeaseRequest): Promise<Wire> {
  if (socket instanceof TLSSocket && socket.alpnProtocol === 'h2')
    return (await import('./http2-transport.ts')).openHttp2Wire(socket, url.scheme)
  // Loaded here, not above: node:http takes some 40 ms, and few requests are lenient.
  return policy.isLenient ? (await import('./lenient-transport.ts')).openLenientWire(socket) : openWire(socket)
}

/** The way to a server, and all that a connection over it depends on. */
interface Way {
  readonly key: string
  readonly route: Route
  readonly trust: TlsTrust | null
  readonly proxyTrust: TlsTrust | null
  readonly offersHttp2: boolean
}

/** @throws {CoreError} `InvalidProxyURL`, `SSLError`, `FileNotFound`: what the policy names cannot be used */
function wayOf({ url, policy, proxyAuthorization }: LeaseRequest): Way {
  const route = routeTo(url, policy.route)
  const { proxy, unixSocket, addressOf } = route
  const trust = url.scheme === 'https' ? trustFor(policy.tls) : null
  const proxyTrust = proxy?.scheme === 'https' ? trustFor(policy.tls, { toProxy: true }) : null
  const offersHttp2 = policy.http2 && trust !== null
  // A proxy that is sent the requests themselves serves all hosts over one connection.
  const ends = forwardingProxy(url, route) ? '' : `${url.scheme} ${url.host} ${url.port} ${trust?.key ?? ''}`
  const { host, port } = proxy ?? url
  const instead = unixSocket ?? addressOf(host, port) ?? ''
  const credentials = (): string => hash('sha256', JSON.stringify([proxy?.credentials ?? null, proxyAuthorization]), 'base64')
  const via = proxy ? [proxy.scheme, host, port, credentials(), proxyTrust?.key ?? '', addressOf(url.host, url.port) ?? ''].join(' ') : ''
  return {
    key: `${policy.pool.owner} ${policy.isLenient ? 'lenient' : 'strict'} ${offersHttp2 ? 'h2' : ''} ${ends} ${via} ${instead}`,
    route,
    trust,
    proxyTrust,
    offersHttp2,
  }
}

/** @param ms how long; null: until the server closes it */
function keepIdle(place: Place, connection: PooledConnection, ms: number | null): void {
  place.idle.push(connection)
  connection.idleUntil = ms === null ? Infinity : performance.now() + ms
  if (ms !== null && !connection.hasTimer) endAfter(place, connection, ms)
}

/** One timer at a time, whatever number of requests goes over the connection meanwhile. */
function endAfter(place: Place, connection: PooledConnection, ms: number): void {
  connection.hasTimer = true
  setTimeout(() => {
    connection.hasTimer = false
    const at = place.idle.indexOf(connection)
    const left = connection.idleUntil - performance.now()
    if (at < 0 || left === Infinity) return
    if (left > 0) {
      endAfter(place, connection, left)
      return
    }
    place.idle.splice(at, 1)
    connection.wire.destroy(KEPT_ENOUGH)
  }, ms).unref()
}

function placeOf(places: Map<string, Place>, key: string, owner: string): Place {
  const known = places.get(key)
  if (known) return known
  const place: Place = { key, owner, era: 0, idle: [], waiting: [], open: 0 }
  places.set(key, place)
  return place
}

/** The one used last: it is the least likely to have been closed by the server. */
function takeIdle(place: Place, isFresh: boolean): PooledConnection | null {
  if (isFresh) {
    // One kept connection turned out to be dead, so the others to that place are no better.
    for (const connection of place.idle.splice(0)) connection.wire.destroy(new Error('The connection is not used any more.'))
    return null
  }
  const now = performance.now()
  for (;;) {
    const connection = place.idle.pop()
    if (!connection) return null
    // Its timer may be late, and the server just then.
    if (connection.idleUntil <= now) connection.wire.destroy(KEPT_ENOUGH)
    else if (connection.wire.isAlive()) return connection
  }
}

function waitForTurn(place: Place, request: LeaseRequest, closing: AbortSignal): Promise<Turn> {
  request.onStep({ kind: 'queued' })
  const signal = AbortSignal.any([request.signal, closing])
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const turn = (given: Turn): void => {
      signal.removeEventListener('abort', onAbort)
      request.clock.queued = performance.now() - started
      resolve(given)
    }
    const onAbort = (): void => {
      const at = place.waiting.indexOf(turn)
      if (at >= 0) place.waiting.splice(at, 1)
      request.clock.queued = performance.now() - started
      const reason: unknown = signal.reason
      const words = 'All connections that may be open to it at once were in use.'
      reject(reason instanceof CoreError ? tooLateAt(reason, 'connect', 'queue', words) : (reason as Error))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    place.waiting.push(turn)
  })
}
