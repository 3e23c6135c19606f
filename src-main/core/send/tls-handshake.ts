/**
 * TLS over an open connection, to a server or to a proxy, and the verdict on its certificate. Whom to trust is in
 * `tls-trust.ts`.
 */
import { isIP, type Socket } from 'node:net'
import { connect as startTls, type TLSSocket } from 'node:tls'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { verdictError } from './blamed-certificate.ts'
import { happened } from './happened.ts'
import { peerName } from './peer-name.ts'
import { nameFault, tlsFacts, type NameMismatch, type TlsTrust } from './tls-trust.ts'
import type { FailureContext } from './failure-entry.ts'
import { certificateFault, failureOf } from './transport-errors.ts'

export interface TlsPeer {
  readonly host: string
  readonly port: number
  /** How it is called in messages; else `host:port`. */
  readonly name?: string
  /** Whether HTTP/2 may be chosen, by ALPN (RFC 7301). */
  readonly offersHttp2?: boolean
}

/**
 * The verdict on the certificate is taken in `verdict`, right after the handshake and before a byte of the request is
 * written: Node would otherwise destroy the connection before the certificate can be shown. Host, server name and
 * certificate check come from the URL, never from a typed Host header.
 */
export function wrapInTls(socket: Socket, { host, offersHttp2 }: TlsPeer, trust: TlsTrust): TLSSocket {
  const secure: TLSSocket = startTls({
    socket,
    ...(isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
    secureContext: trust.context(),
    rejectUnauthorized: false,
    checkServerIdentity: (_name, certificate) => nameFault(host, certificate),
    ALPNProtocols: offersHttp2 === true ? ['h2', 'http/1.1'] : ['http/1.1'],
  }).on('error', (error: Error) => {
    if (systemCode(error)?.startsWith('ERR_SSL_') === true) faults.set(secure, error)
  })
  return secure
}

/** What the other side complained of; undefined where it did not. */
const faults = new WeakMap<Socket, Error>()

/**
 * The alert that ended a connection, which may come when nobody else listens: a server of TLS 1.3 that misses a client
 * certificate says so after the handshake, before or while the request is written.
 */
export function tlsFaultOf(socket: Socket): Error | null {
  return faults.get(socket) ?? null
}

/** Resolves when the handshake is done. */
export function shakenHands(socket: TLSSocket): Promise<void> {
  return happened(socket, 'secureConnect')
}

/**
 * @returns what to warn of where certificates are not insisted on
 * @throws {CoreError} `SSLError` where they are, and this one is not good; `details.certificates` holds the chain
 */
export function verdict(socket: TLSSocket, peer: TlsPeer, trust: TlsTrust): string[] {
  const context = tlsContext(peer, trust)
  const fault = socket.authorized ? null : certificateError(socket, peer.host)
  if (fault && trust.isRequired) {
    const { kind, stage, message, parts } = failureOf(fault, context)
    throw new CoreError(kind, stage, message, {
      ...parts,
      ...(trust.source !== null && { hint: `${parts.hint ?? ''} Trusted are the authorities of ${trust.source}.`.trim() }),
      details: { ...parts.details, certificates: tlsFacts(socket).certificates },
    })
  }
  if (trust.isRequired) return []
  return fault
    ? [`Verify is off: ${certificateFault(fault, context)}`]
    : [`Verify is off: the certificate of ${context.peer} would have been accepted, but was not asked for.`]
}

/** What to say of a handshake that fails. */
export function tlsContext(peer: TlsPeer, { hasClientCertificate, versions }: TlsTrust): FailureContext {
  return {
    peer: peer.name ?? peerName(peer),
    host: peer.host,
    scheme: 'https',
    stage: 'tls',
    hasHead: false,
    received: Buffer.alloc(0),
    bodyBytes: 0,
    expectedBytes: null,
    isStrict: false,
    hasClientCertificate,
    versions,
  }
}

function certificateError(socket: TLSSocket, host: string): Error | NameMismatch {
  // Node's types say Error, but it is the error's code.
  const code = String(socket.authorizationError)
  const mismatch = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? nameFault(host, socket.getPeerCertificate()) : undefined
  return mismatch ?? verdictError(code, socket, tlsFacts(socket).certificates)
}
