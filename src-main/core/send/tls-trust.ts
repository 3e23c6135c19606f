/**
 * Whom to trust in TLS, and what a certificate says: the authorities of a request's Verify option, the name check, the
 * chain for the certificate viewer. The handshake itself is in `open-socket.ts`.
 */
import { createHash, X509Certificate } from 'node:crypto'
import {
  checkServerIdentity,
  createSecureContext,
  getCACertificates,
  type Certificate,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { Connection } from '#contract/model/exchange.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { Policy } from '../prepare/prepared-request.ts'

export interface TlsTrust {
  /** Connections with the same key may serve the same requests. */
  readonly key: string
  /** Whether an unverified certificate ends the connection. */
  readonly isRequired: boolean
  readonly context: () => SecureContext
}

const MAX_REMEMBERED = 16
/** By the text of the PEM, so that a large bundle is parsed once and not at every send. */
const fromFiles = new Map<string, TlsTrust>()
let system: SecureContext | null = null

const TRUST_SYSTEM: TlsTrust = { key: 'system', isRequired: true, context: () => (system ??= systemContext()) }
const TRUST_ALL: TlsTrust = { key: 'any', isRequired: false, context: () => (system ??= systemContext()) }

/** @throws {CoreError} `SSLError` where a CA file holds no certificate, or one that cannot be read */
export function trustFor(verify: Policy['verify']): TlsTrust {
  if (verify === true) return TRUST_SYSTEM
  if (verify === false) return TRUST_ALL
  const known = fromFiles.get(verify.ca)
  if (known) return known
  const certificates = certificatesOf(verify.ca, verify.path)
  let context: SecureContext | null = null
  const trust: TlsTrust = {
    key: `ca:${createHash('sha256').update(verify.ca).digest('hex')}`,
    isRequired: true,
    context: () => (context ??= createSecureContext({ ca: certificates })),
  }
  if (fromFiles.size >= MAX_REMEMBERED) fromFiles.clear()
  fromFiles.set(verify.ca, trust)
  return trust
}

/** Node's own authorities and those of the machine, so that a company's own authority works as it does in a browser. */
function systemContext(): SecureContext {
  try {
    return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])] })
  } catch {
    return createSecureContext() // a store that cannot be read must not keep the bundled authorities from being used
  }
}

/** OpenSSL passes over what it cannot read in silence, which would look like an untrusted server; so it is read here. */
function certificatesOf(pem: string, path: string): string[] {
  const fault = (message: string, cause?: unknown): CoreError =>
    new CoreError('SSLError', 'tls', message, {
      hint: 'Choose a file of certificates in PEM form.',
      where: { section: 'options', field: 'verify' },
      cause,
    })
  const blocks = pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? []
  const begun = pem.split('-----BEGIN').length - 1
  if (begun === 0) throw fault(`The CA file ${path} holds no certificate.`)
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block)
    } catch (error) {
      throw fault(`Certificate ${index + 1} in the CA file ${path} cannot be read: ${messageOf(error)}.`, error)
    }
  }
  if (blocks.length === 0) throw fault(`The CA file ${path} holds no whole certificate.`)
  return [...blocks]
}

/** A certificate that names other hosts; `names` are those. */
export interface NameMismatch extends Error {
  readonly code: 'ERR_TLS_CERT_ALTNAME_INVALID'
  readonly names: string
}

/**
 * Whether a certificate is for a host, by its alternative names only: a common name says nothing (RFC 9525 §2).
 *
 * @returns the fault; undefined where there is none
 */
export function nameFault(host: string, certificate: PeerCertificate): NameMismatch | undefined {
  const withoutCommonName = { ...certificate, subject: {} } as PeerCertificate // the check reads the names and the CN only
  if (checkServerIdentity(host, withoutCommonName) === undefined) return undefined
  const names = (certificate.subjectaltname ?? '').replace(/(?:DNS|IP Address):/g, '')
  return Object.assign(new Error('The certificate is for other names.'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' as const, names })
}

/** What a TLS connection turned out to be, with its chain: the server's own certificate first, up to the root if known. */
export function tlsFacts(socket: TLSSocket): NonNullable<Connection['tls']> {
  const certificates: NonNullable<Connection['tls']>['certificates'] = []
  let certificate: DetailedPeerCertificate | null = socket.getPeerCertificate(true)
  // A root is its own issuer; the limit keeps a strange chain from going on for ever.
  while (certificate?.fingerprint256 && certificates.length < 20) {
    certificates.push({
      subject: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      validFrom: isoDate(certificate.valid_from),
      validTo: isoDate(certificate.valid_to),
      fingerprint256: certificate.fingerprint256,
      altNames: certificate.subjectaltname ?? null,
    })
    // Node's types say it is always there; it is missing where the server does not send it and it is not known here.
    const issuer = certificate.issuerCertificate as DetailedPeerCertificate | undefined
    certificate = issuer && issuer.fingerprint256 !== certificate.fingerprint256 ? issuer : null
  }
  return { protocol: socket.getProtocol(), cipher: socket.getCipher().name, authorized: socket.authorized, certificates }
}

/** `CN=…, O=…`, the most particular part first. */
function nameText(name: Certificate): string {
  return Object.entries(name)
    .flatMap(([key, value]: [string, string | string[] | undefined]) => [value ?? []].flat().map((part) => `${key}=${part}`))
    .toReversed()
    .join(', ')
}

function isoDate(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}
