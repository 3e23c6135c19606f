/**
 * Opens the connection that a request goes over: name lookup, TCP on whichever address answers first, TLS. One timer of
 * our own covers all three (a library's would start anew for each address). Host, server name and certificate check
 * come from the URL, never from a typed Host header.
 */
import { lookup, type LookupAddress } from 'node:dns'
import { createConnection, isIP, type Socket } from 'node:net'
import { connect as startTls, type TLSSocket } from 'node:tls'
import type { Connection, ExchangeStep } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import type { TargetUrl } from '../prepare/prepared-request.ts'
import { peerName, secondsText } from './peer-name.ts'
import { nameFault, tlsFacts, type NameMismatch, type TlsTrust } from './tls-trust.ts'
import { certificateFault, failureOf, type FailureContext } from './undici-errors.ts'

const PROBE_AFTER_MS = 60_000

/** How long each part took, in milliseconds; filled in as they end. */
export interface ConnectClock {
  dns: number
  connect: number
  tls: number
}

export interface OpenRequest {
  readonly url: TargetUrl
  /** Null for plain http. */
  readonly trust: TlsTrust | null
  /** Over lookup, all addresses and TLS; null: no limit. */
  readonly timeoutMs: number | null
  /** Its reason is the `CoreError` to fail with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  readonly clock: ConnectClock
}

export interface OpenedSocket {
  readonly socket: Socket
  readonly facts: Connection
  readonly warnings: readonly string[]
}

type Phase = 'dns' | 'tcp' | 'tls'

/** @throws {CoreError} `ConnectionError`, `ConnectTimeout`, `SSLError`, or the signal's reason */
export async function openSocket(request: OpenRequest): Promise<OpenedSocket> {
  const { url, trust, clock, signal, onStep } = request
  signal.throwIfAborted()
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>()
  stopped.catch(() => undefined) // it matters only while something below waits
  const at: { phase: Phase } = { phase: isIP(url.host) ? 'tcp' : 'dns' }
  const timer = request.timeoutMs === null ? null : setTimeout(() => stop(timedOut(request, at.phase)), request.timeoutMs)
  const onAbort = (): void => stop(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  let socket: Socket | null = null
  try {
    onStep({ kind: 'connecting', host: url.host, port: url.port })
    const started = performance.now()
    socket = startTcp(url, (addresses) => {
      at.phase = 'tcp'
      clock.dns = performance.now() - started
      if (addresses[0]) onStep({ kind: 'dns', address: addresses[0].address })
    })
    await Promise.race([happened(socket, 'connect'), stopped])
    clock.connect = performance.now() - started - clock.dns
    onStep({ kind: 'connected', reused: false })
    if (!trust) return { socket, facts: factsOf(socket, null), warnings: [] }
    at.phase = 'tls'
    const secure = wrapInTls(socket, url.host, trust)
    socket = secure
    const handshakeStarted = performance.now()
    await Promise.race([happened(secure, 'secureConnect'), stopped])
    clock.tls = performance.now() - handshakeStarted
    const warnings = judge(secure, url, trust)
    onStep({ kind: 'tls' })
    return { socket: secure, facts: factsOf(secure, tlsFacts(secure)), warnings }
  } catch (error) {
    socket?.destroy()
    throw failureOf(error, contextOf(url, at.phase))
  } finally {
    if (timer) clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function startTcp(url: TargetUrl, onAddresses: (addresses: readonly LookupAddress[]) => void): Socket {
  const socket = createConnection({
    host: url.host,
    port: url.port,
    autoSelectFamily: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_AFTER_MS,
    lookup: (host, options, callback) => {
      lookup(host, { ...options, all: true }, (error, addresses) => {
        if (!error) onAddresses(addresses)
        callback(error, addresses)
      })
    },
  })
  // Whoever waits hears of a failure through `happened`; later ones, such as of an attempt given up, concern no one.
  return socket.on('error', () => undefined)
}

/**
 * The verdict on the certificate is taken in `judge`, right after the handshake and before a byte of the request is
 * written: Node would otherwise destroy the connection before the certificate can be shown.
 */
function wrapInTls(socket: Socket, host: string, trust: TlsTrust): TLSSocket {
  return startTls({
    socket,
    ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
    secureContext: trust.context(),
    rejectUnauthorized: false,
    checkServerIdentity: (_name, certificate) => nameFault(host, certificate),
    ALPNProtocols: ['http/1.1'],
  }).on('error', () => undefined)
}

/**
 * @returns what to warn of where certificates are not insisted on
 * @throws {CoreError} `SSLError` where they are, and this one is not good; `details.certificates` holds the chain
 */
function judge(socket: TLSSocket, url: TargetUrl, trust: TlsTrust): string[] {
  const fault = socket.authorized ? null : certificateError(socket, url.host)
  if (fault && trust.isRequired) {
    const error = failureOf(fault, contextOf(url, 'tls'))
    throw new CoreError(error.kind, error.stage, error.message, {
      ...error.parts,
      details: { ...error.parts.details, certificates: tlsFacts(socket).certificates },
    })
  }
  if (trust.isRequired) return []
  return fault
    ? [`Verify is off: ${certificateFault(fault, contextOf(url, 'tls'))}`]
    : [`Verify is off: the certificate of ${peerName(url)} would have been accepted, but was not asked for.`]
}

function certificateError(socket: TLSSocket, host: string): Error | NameMismatch {
  // Node's types say Error, but it is the error's code.
  const code = String(socket.authorizationError)
  const mismatch = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? nameFault(host, socket.getPeerCertificate()) : undefined
  return mismatch ?? Object.assign(new Error(code), { code })
}

function happened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose)
    }
    const onEvent = (): void => {
      settle()
      resolve()
    }
    const onError = (error: Error): void => {
      settle()
      reject(error)
    }
    const onClose = (): void => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    socket.on(event, onEvent).on('error', onError).on('close', onClose)
  })
}

function timedOut(request: OpenRequest, phase: Phase): CoreError {
  const hints: Record<Phase, string> = {
    dns: 'The host name could not be looked up in that time. Check the network.',
    tcp: 'Nothing answered at that address. Check it, and whether a firewall drops the packets.',
    tls: 'The server took the connection but did not complete the TLS handshake. It may not speak TLS on this port.',
  }
  const message = `Connect timed out after ${secondsText(request.timeoutMs ?? 0)}: ${peerName(request.url)}.`
  return new CoreError('ConnectTimeout', phase === 'tls' ? 'tls' : 'connect', message, { hint: hints[phase], details: { phase } })
}

function contextOf(url: TargetUrl, phase: Phase): FailureContext {
  return {
    peer: peerName(url),
    host: url.host,
    scheme: url.scheme,
    stage: phase === 'tls' ? 'tls' : 'connect',
    hasHead: false,
    received: Buffer.alloc(0),
    bodyBytes: 0,
    expectedBytes: null,
    isStrict: false,
  }
}

function factsOf(socket: Socket, tls: Connection['tls']): Connection {
  return {
    remoteAddress: socket.remoteAddress ?? null,
    remotePort: socket.remotePort ?? null,
    localPort: socket.localPort ?? null,
    tls,
  }
}
