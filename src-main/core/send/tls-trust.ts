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
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls'
import type { Connection } from '#contract/model/exchange.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { Authorities, TlsPolicy } from '../prepare/prepared-request.ts'

export interface TlsTrust {
  /** Connections with the same key may serve the same requests. */
  readonly key: string
  /** Whether an unverified certificate ends the connection. */
  readonly isRequired: boolean
  /** Where the authorities come from, where that may surprise: a variable of the environment. Null: elsewhere. */
  readonly source: string | null
  readonly hasClientCertificate: boolean
  /** The versions that are offered, where the request bounds them: `TLSv1.3 and newer`. Null: those of the library. */
  readonly versions: string | null
  readonly context: () => SecureContext
}

const MAX_REMEMBERED = 16
/** By key, so that a large bundle is parsed once and not at every send. */
const contexts = new Map<string, SecureContext>()
const checked = new Map<string, readonly string[]>()
let system: readonly string[] | null = null

/**
 * What a request's TLS options come to.
 *
 * @param toProxy for TLS to a proxy, which is not shown the certificate that is meant for the server
 * @throws {CoreError} `SSLError` where a CA file holds no certificate, or one that cannot be read; `FileNotFound` where
 * the file that the environment names cannot be
 */
export function trustFor(tls: TlsPolicy, { toProxy = false } = {}): TlsTrust {
  const { verify, minVersion, maxVersion } = tls
  const client = toProxy ? null : tls.client
  const authorities = typeof verify === 'boolean' ? null : certificatesOf(verify)
  const anchor = authorities === null ? 'system' : `ca:${hashOf(authorities)}`
  const identity =
    client === null
      ? ''
      : hashOf(client.kind === 'pfx' ? [client.pfx, client.passphrase ?? ''] : [client.cert, client.key, client.passphrase ?? ''])
  const content = [anchor, identity, minVersion ?? '', maxVersion ?? ''].join(' ')
  return {
    key: `${verify === false ? 'any' : 'verified'} ${content}`,
    isRequired: verify !== false,
    source: typeof verify === 'boolean' || verify.variable === null ? null : `${verify.path} (${verify.variable} of the environment)`,
    hasClientCertificate: client !== null,
    versions: versionsOffered(minVersion, maxVersion),
    context: () => remembered(contexts, content, () => newContext({ authorities, client, minVersion, maxVersion })),
  }
}

function versionsOffered(lowest: TlsPolicy['minVersion'], highest: TlsPolicy['maxVersion']): string | null {
  if (lowest === null) return highest === null ? null : `${highest} and older`
  if (lowest === highest) return lowest
  return highest === null ? `${lowest} and newer` : `${lowest} to ${highest}`
}

interface ContextParts extends Pick<TlsPolicy, 'client' | 'minVersion' | 'maxVersion'> {
  readonly authorities: readonly string[] | null
}

function newContext({ authorities, client, minVersion, maxVersion }: ContextParts): SecureContext {
  const options: SecureContextOptions = {
    ca: [...(authorities ?? systemAuthorities())],
    ...(client?.kind === 'pem' && { cert: client.cert, key: client.key }),
    ...(client?.kind === 'pfx' && { pfx: client.pfx }),
    ...(client && client.passphrase !== null && { passphrase: client.passphrase }),
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
  }
  const isOld = [minVersion, maxVersion].some((version) => version === 'TLSv1' || version === 'TLSv1.1')
  if (!isOld) return createSecureContext(options)
  // A Node that may speak so old a version asks for the lower of the two as the floor; OpenSSL also wants its level lowered.
  const floor = { ...options, minVersion: minVersion ?? 'TLSv1' } as const
  try {
    return createSecureContext({ ...floor, ciphers: 'DEFAULT@SECLEVEL=0' })
  } catch {
    return createSecureContext(floor) // BoringSSL knows no levels
  }
}

function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make()
  if (memory.size >= MAX_REMEMBERED) memory.clear()
  memory.set(key, made)
  return made
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** Node's own authorities and those of the machine, so that a company's own authority works as it does in a browser. */
function systemAuthorities(): readonly string[] {
  return (system ??= allSystemAuthorities())
}

function allSystemAuthorities(): readonly string[] {
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  } catch {
    return getCACertificates('bundled') // a store that cannot be read must not keep the bundled authorities from being used
  }
}

/** OpenSSL passes over what it cannot read in silence, which would look like an untrusted server; so it is read here. */
function certificatesOf({ pems, path, variable }: Authorities): readonly string[] {
  const named = variable === null ? path : `${path} (${variable} of the environment)`
  if (pems === null) throw unusable('FileNotFound', `The CA file ${named} could not be read.`)
  if (pems.length === 0) throw unusable('SSLError', `The CA folder ${named} holds no certificate.`)
  return remembered(checked, hashOf([named, ...pems]), () => pems.flatMap((pem) => certificatesIn(pem, named)))
}

function certificatesIn(pem: string, path: string): readonly string[] {
  const blocks = pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? []
  if (!pem.includes('-----BEGIN')) throw unusable('SSLError', `The CA file ${path} holds no certificate.`)
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block)
    } catch (error) {
      throw unusable('SSLError', `Certificate ${index + 1} in the CA file ${path} cannot be read: ${messageOf(error)}.`, error)
    }
  }
  if (blocks.length === 0) throw unusable('SSLError', `The CA file ${path} holds no whole certificate.`)
  return blocks
}

function unusable(kind: 'SSLError' | 'FileNotFound', message: string, cause?: unknown): CoreError {
  return new CoreError(kind, 'tls', message, {
    hint: 'Choose a file of certificates in PEM form.',
    where: { section: 'options', field: 'verify' },
    cause,
  })
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
  const alpn = typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null
  return { protocol: socket.getProtocol(), cipher: socket.getCipher().name, alpn, authorized: socket.authorized, certificates }
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
