/**
 * Opens the connection that a request goes over: name lookup, TCP on whichever address answers first (or a Unix socket),
 * the proxy's tunnel, TLS. One timer of our own covers all of it (a library's would start anew for each address). What
 * is said to a proxy is in `proxy-connect.ts` and `proxy-socks.ts`, what TLS asks in `tls-handshake.ts`.
 */
import { lookup as lookUp } from 'node:dns'
import { lookup as lookUpOnce } from 'node:dns/promises'
import { createConnection, isIP, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Connection } from '#contract/model/exchange.ts'
import { reasonWords } from '#contract/model/route-reason.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { proxyCredentials } from '../prepare/proxy-head.ts'
import { isHttpProxy, type ProxyUrl } from '../prepare/proxy-url.ts'
import { forwardingProxy } from '../prepare/route-policy.ts'
import { happened } from './happened.ts'
import { openingError, timedOut, type Phase } from './opening-errors.ts'
import { peerName } from './peer-name.ts'
import { askForTunnel, refusedTunnel, type TunnelAnswer } from './proxy-connect.ts'
import { askSocks, needsAddress } from './proxy-socks.ts'
import { shakenHands, verdict, wrapInTls, type TlsPeer } from './tls-handshake.ts'
import { tlsFacts, type TlsTrust } from './tls-trust.ts'
import type { ConnectClock, OpenRequest } from './open-request.ts'

const PROBE_AFTER_MS = 60_000

export interface OpenedSocket {
  readonly socket: Socket
  readonly facts: Connection
  readonly warnings: readonly string[]
}

/** @throws {CoreError} `ConnectionError`, `ConnectTimeout`, `ProxyError`, `SSLError`, or the signal's reason */
export async function openSocket(request: OpenRequest): Promise<OpenedSocket> {
  const { signal, timeoutMs } = request
  signal.throwIfAborted()
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>()
  stopped.catch(() => undefined) // it matters only while something below waits
  const opening = new Opening(request, stopped)
  const started = performance.now()
  const timer = timeoutMs === null ? null : setTimeout(() => stop(timedOut(request, opening.phase, timeoutMs)), timeoutMs)
  const onAbort = (): void => stop(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await opening.run()
  } catch (error) {
    opening.destroy()
    addUnended(request.clock, opening.phase, performance.now() - started - opening.refusedMs)
    throw openingError(error, request, opening.phase)
  } finally {
    if (timer) clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** What a failure broke off took its time too. */
function addUnended(clock: ConnectClock, phase: Phase, spentMs: number): void {
  const part = phase === 'tls' ? 'tls' : phase === 'dns' || phase === 'proxyDns' ? 'dns' : 'connect'
  clock[part] += Math.max(0, spentMs - clock.dns - clock.connect - clock.tls)
}

class Opening {
  readonly #request: OpenRequest
  readonly #stopped: Promise<never>
  readonly #warnings: string[] = []
  /** The outermost: closing it closes what is below. */
  #socket: Socket | null = null
  #tcp: Socket | null = null
  /** Whose address was given by an option. */
  #resolvedHost: string | null = null
  /** What was spent on tunnels that were refused. */
  refusedMs = 0
  /** What is going on, for the words of a failure. */
  phase: Phase = 'dns'

  constructor(request: OpenRequest, stopped: Promise<never>) {
    this.#request = request
    this.#stopped = stopped
  }

  async run(): Promise<OpenedSocket> {
    const { url, route, trust, offersHttp2, clock, onStep } = this.#request
    const socket = route.proxy === null ? await this.#connect(url) : await this.#throughProxy(route.proxy)
    if (!trust) return { socket, facts: this.#facts(null), warnings: this.#warnings }
    this.phase = 'tls'
    const started = performance.now()
    const secure = await this.#secure(socket, { host: url.host, port: url.port, offersHttp2 }, trust)
    clock.tls = performance.now() - started
    onStep({ kind: 'tls' })
    return { socket: secure, facts: this.#facts(tlsFacts(secure)), warnings: this.#warnings }
  }

  destroy(): void {
    this.#socket?.destroy()
    this.#tcp?.destroy()
  }

  async #throughProxy(proxy: ProxyUrl): Promise<Socket> {
    const { url, route, clock, onStep } = this.#request
    if (forwardingProxy(url, route)) return this.#reachProxy(proxy)
    const before = performance.now()
    const dnsBefore = clock.dns
    const socket = isHttpProxy(proxy) ? await this.#connectTunnel(proxy) : await this.#socksTunnel(proxy)
    clock.connect = performance.now() - before - this.refusedMs - (clock.dns - dnsBefore)
    onStep({ kind: 'tunnel', proxy: proxy.shown, host: url.host, port: url.port })
    return socket
  }

  async #reachProxy(proxy: ProxyUrl): Promise<Socket> {
    const socket = await this.#connect(proxy)
    if (proxy.scheme !== 'https' || !this.#request.proxyTrust) return socket
    this.phase = 'proxyTls'
    return this.#secure(socket, { host: proxy.host, port: proxy.port, name: `The proxy ${proxy.shown}` }, this.#request.proxyTrust)
  }

  /** A proxy may close the connection with its 407, so the answer to that goes over a new one. */
  async #connectTunnel(proxy: ProxyUrl): Promise<Socket> {
    const { url, proxyAuthorization, proxyAuth } = this.#request
    const target = peerName(url)
    const flow = proxyAuthorization === null ? proxyAuth.tunnel(proxy, target) : null
    let authorization = proxyAuthorization ?? (await flow?.ahead()) ?? proxyCredentials(proxy)
    for (;;) {
      const started = performance.now()
      const socket = await this.#reachProxy(proxy)
      const reached = performance.now()
      this.phase = 'tunnel'
      const answer = await this.#until(askForTunnel(socket, target, authorization, proxy.shown))
      if (answer.status < 300) {
        await flow?.respond(answer)
        return socket
      }
      const connection = this.#facts(null)
      this.destroy()
      const next = await flow?.respond(answer)
      this.#keepRefused(answer, { started, reached }, connection, next?.kind === 'again' ? next.because : null)
      if (next?.kind !== 'again') throw refusedTunnel(answer, target, proxy.shown, tunnelHint(answer.status, authorization, proxy))
      authorization = next.header.value
    }
  }

  /** Its time is its own: what comes after it begins anew. */
  #keepRefused(answer: TunnelAnswer, at: { started: number; reached: number }, connection: Connection, because: string | null): void {
    const { clock, refused } = this.#request
    const total = performance.now() - at.started
    const reachedMs = at.reached - at.started
    const dns = Math.min(clock.dns, reachedMs)
    const [connect, wait] = [reachedMs - dns, total - reachedMs]
    refused.push({
      answer,
      timings: { queued: 0, dns, connect, tls: 0, send: 0, wait, download: 0, total, reusedConnection: false },
      connection,
      because,
    })
    this.refusedMs += total
    clock.dns = 0
    clock.connect = 0
  }

  async #socksTunnel(proxy: ProxyUrl): Promise<Socket> {
    const { url } = this.#request
    const host = needsAddress(proxy) ? await this.#addressOf(url, proxy) : url.host
    const socket = await this.#connect(proxy)
    this.phase = 'tunnel'
    await this.#until(askSocks(socket, proxy, { host, port: url.port }))
    return socket
  }

  /** The server's address, looked up here, for a proxy that is to be given no name. */
  async #addressOf(url: TargetUrl, proxy: ProxyUrl): Promise<string> {
    const given = isIP(url.host) === 0 ? this.#request.route.addressOf(url.host, url.port) : url.host
    if (given !== null) return given
    this.phase = 'dns'
    const started = performance.now()
    const { address } = await this.#until(lookUpOnce(url.host, { family: proxy.scheme === 'socks4' ? 4 : 0 }))
    this.#request.clock.dns = performance.now() - started
    return address
  }

  async #connect(peer: TlsPeer): Promise<Socket> {
    const { route, clock, onStep } = this.#request
    onStep({ kind: 'connecting', host: peer.host, port: peer.port })
    const started = performance.now()
    const dnsBefore = clock.dns
    const given = route.addressOf(peer.host, peer.port)
    const address = given ?? (isIP(peer.host) === 0 ? null : peer.host)
    this.#resolvedHost = given === null ? null : peer.host
    this.phase = route.unixSocket !== null || address !== null ? 'tcp' : route.proxy ? 'proxyDns' : 'dns'
    const onAddress = (found: string): void => {
      this.phase = 'tcp'
      clock.dns = dnsBefore + performance.now() - started
      onStep({ kind: 'dns', address: found })
    }
    const socket = startConnection(route.unixSocket, address ?? peer.host, peer.port, onAddress)
    this.#socket = this.#tcp = socket
    await this.#until(happened(socket, 'connect'))
    clock.connect = performance.now() - started - (clock.dns - dnsBefore)
    onStep({ kind: 'connected', reused: false })
    return socket
  }

  async #secure(socket: Socket, peer: TlsPeer, trust: TlsTrust): Promise<TLSSocket> {
    const secure = wrapInTls(socket, peer, trust)
    this.#socket = secure
    await this.#until(shakenHands(secure))
    this.#warnings.push(...verdict(secure, peer, trust))
    return secure
  }

  #until<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#stopped])
  }

  #facts(tls: Connection['tls']): Connection {
    const { url, route } = this.#request
    const { proxy, reason, unixSocket } = route
    return {
      remoteAddress: unixSocket ?? this.#tcp?.remoteAddress ?? null,
      remotePort: this.#tcp?.remotePort ?? null,
      localPort: this.#tcp?.localPort ?? null,
      tls,
      proxy: proxy && { url: proxy.shown, mode: forwardingProxy(url, route) ? 'forward' : 'tunnel', why: reasonWords(reason) },
      ...(this.#resolvedHost !== null && { resolvedHost: this.#resolvedHost }),
    }
  }
}

function startConnection(unixSocket: string | null, host: string, port: number, onAddress: (address: string) => void): Socket {
  const socket =
    unixSocket !== null
      ? createConnection({ path: unixSocket })
      : createConnection({
          host,
          port,
          autoSelectFamily: true,
          noDelay: true,
          keepAlive: true,
          keepAliveInitialDelay: PROBE_AFTER_MS,
          lookup: (name, options, callback) => {
            lookUp(name, { ...options, all: true }, (error, addresses) => {
              if (!error && addresses[0]) onAddress(addresses[0].address)
              callback(error, addresses)
            })
          },
        })
  // Whoever waits hears of a failure through `happened`; later ones, such as of an attempt given up, concern no one.
  return socket.on('error', () => undefined)
}

function tunnelHint(status: number, authorization: string | null, { scheme }: ProxyUrl): string {
  if (status === 407) {
    return authorization === null
      ? `It asks who you are. Give its URL a user name and password: ${scheme}://user:password@host:port.`
      : 'It did not accept the user name and password in its URL.'
  }
  if (status === 502 || status === 503 || status === 504) return 'Check the host and the port, as they are seen from the proxy.'
  return 'Its rules may not allow this host or port. Set a rule for no proxy in Options to go there directly.'
}
