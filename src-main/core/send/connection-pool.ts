/**
 * Open connections, kept for the next request to the same place. One connection serves one request at a time; at most
 * ten are open to one place, and who comes then waits for one to be free. How a connection is opened and what goes over
 * it is for others.
 */
import type { Connection, ExchangeStep } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Policy, TargetUrl } from '../prepare/prepared-request.ts'
import { openSocket, type ConnectClock } from './open-socket.ts'
import { trustFor, type TlsTrust } from './tls-trust.ts'
import { openLenientWire } from './lenient-transport.ts'
import { loadTransport, openWire } from './undici-transport.ts'
import type { Wire } from './wire.ts'

const MAX_PER_PLACE = 10

export interface PooledConnection {
  readonly wire: Wire
  readonly facts: Connection
  /** To be said of every exchange that goes over it. */
  readonly warnings: readonly string[]
}

export interface Lease {
  readonly connection: PooledConnection
  readonly isReused: boolean
  /** Give it back once its exchange is over, in whatever state it is. */
  readonly release: () => void
}

export interface LeaseRequest {
  readonly url: TargetUrl
  readonly verify: Policy['verify']
  readonly isLenient: boolean
  readonly connectTimeoutMs: number | null
  /** Its reason is the `CoreError` to fail with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  /** Filled in, `queued` too. */
  readonly clock: ConnectClock & { queued: number }
  /** Never one that was used before. */
  readonly isFresh: boolean
}

export interface ConnectionPool {
  /** @throws {CoreError} what `openSocket` throws, and `Cancelled` when the pool closes */
  readonly acquire: (request: LeaseRequest) => Promise<Lease>
  /** Ends every connection. Requests under way fail. */
  readonly close: () => Promise<void>
}

/** A connection to take over, or null: there is room to open one, and it is already counted. */
type Turn = PooledConnection | null

interface Place {
  readonly key: string
  readonly idle: PooledConnection[]
  readonly waiting: ((turn: Turn) => void)[]
  open: number
}

export function createConnectionPool(): ConnectionPool {
  const pool = new Pool()
  return { acquire: (request) => pool.acquire(request), close: () => pool.close() }
}

class Pool {
  readonly #places = new Map<string, Place>()
  readonly #all = new Set<PooledConnection>()
  readonly #closing = new AbortController()

  async acquire(request: LeaseRequest): Promise<Lease> {
    this.#closing.signal.throwIfAborted()
    const trust = request.url.scheme === 'https' ? trustFor(request.verify) : null
    const place = placeOf(this.#places, request, trust)
    let turn: Turn = takeIdle(place, request.isFresh)
    if (!turn && place.open >= MAX_PER_PLACE) turn = await waitForTurn(place, request, this.#closing.signal)
    else if (!turn) place.open += 1
    if (turn) request.onStep({ kind: 'connected', reused: true })
    return this.#lease(place, turn ?? (await this.#open(place, request, trust)), turn !== null)
  }

  async close(): Promise<void> {
    const reason = new CoreError('Cancelled', 'connect', 'The connections were closed.')
    this.#closing.abort(reason)
    const closed = [...this.#all].map((connection) => new Promise<void>((resolve) => connection.wire.onceClosed(resolve)))
    for (const connection of this.#all) connection.wire.destroy(reason)
    await Promise.all(closed)
  }

  async #open(place: Place, request: LeaseRequest, trust: TlsTrust | null): Promise<PooledConnection> {
    try {
      // `openWire` reports a failure; here it only starts while the connection is opened.
      if (!request.isLenient) loadTransport().catch(() => undefined)
      const { url, onStep, clock, connectTimeoutMs: timeoutMs } = request
      const signal = AbortSignal.any([request.signal, this.#closing.signal])
      const { socket, facts, warnings } = await openSocket({ url, trust, timeoutMs, signal, onStep, clock })
      const wire = request.isLenient ? openLenientWire(socket) : await openWire(socket)
      const connection: PooledConnection = { wire, facts, warnings }
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

  #lease(place: Place, connection: PooledConnection, isReused: boolean): Lease {
    return {
      connection,
      isReused,
      release: () => {
        if (!connection.wire.isAlive()) return // its closing makes room
        const next = place.waiting.shift()
        if (next) next(connection)
        else place.idle.push(connection)
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

function placeOf(places: Map<string, Place>, { url, isLenient }: LeaseRequest, trust: TlsTrust | null): Place {
  const key = `${url.scheme} ${url.host} ${url.port} ${isLenient ? 'lenient' : 'strict'} ${trust?.key ?? ''}`
  const known = places.get(key)
  if (known) return known
  const place: Place = { key, idle: [], waiting: [], open: 0 }
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
  for (;;) {
    const connection = place.idle.pop()
    if (!connection || connection.wire.isAlive()) return connection ?? null
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
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    place.waiting.push(turn)
  })
}
