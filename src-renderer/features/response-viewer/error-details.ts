/**
 * What an error carries besides its sentence, made readable: bytes that a server sent in place of an HTTP answer as text
 * and as hex, a chain of certificates, and everything else as it is.
 */
import type { Connection } from '#contract/model/exchange.ts'
import { t } from '../../lib/t.ts'
import { hexDump } from './hex-rows.ts'

export interface ReceivedBytes {
  readonly text: string
  readonly hex: string
  /** How many came; what is shown may be the first of them. */
  readonly total: number
  readonly shown: number
}

type Certificates = NonNullable<Connection['tls']>['certificates']
type Certificate = Certificates[number]

export interface ErrorDetails {
  /** Null where the error has none. */
  readonly received: ReceivedBytes | null
  readonly certificates: Certificates
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** Keys that are shown in their own way, or not for reading. */
const NO_FACTS = new Set([
  'received',
  'receivedBase64',
  'receivedBytes',
  'certificates',
  'problems',
  'theirs',
  'mine',
  'mayBeLenient',
  'part',
  'of',
  'resumeFrom',
  'partsOf',
  'option',
  'origin',
])

/** What facts are called; any other by its key. */
const FACT_NAMES: Readonly<Record<string, string>> = {
  code: t`Error code`,
  phase: t`Phase`,
  status: t`Status`,
  reason: t`Reason`,
  attempts: t`Attempts`,
  limit: t`Limit`,
  location: 'Location',
  body: t`Body`,
  path: t`Path`,
}

/** What had begun, and was not over. */
const PHASE_WORDS: Readonly<Record<string, string>> = {
  queue: t`Waiting for a connection that is free`,
  dns: t`DNS look-up`,
  proxyDns: t`DNS look-up of the proxy`,
  tcp: t`TCP connection`,
  proxyTls: t`TLS handshake with the proxy`,
  tunnel: t`Way through the proxy`,
  tls: t`TLS handshake`,
  send: t`Sending`,
  wait: t`Waiting for the answer`,
  body: t`Download`,
  retry: t`Waiting to try again`,
}

/** @param details of a `WireError`, as `docs/errors.md` has them */
export function readDetails(details: Readonly<Record<string, unknown>> | undefined): ErrorDetails {
  const facts = Object.entries(details ?? {})
    .filter(([name, value]) => !NO_FACTS.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => [FACT_NAMES[name] ?? name, factText(name, value)] as const)
  return { received: receivedBytes(details ?? {}), certificates: certificatesIn(details?.['certificates']), facts }
}

function factText(name: string, value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return name === 'phase' ? (PHASE_WORDS[value] ?? value) : value
}

/** Text with every byte visible: line feeds and tabs as they are, all else that has no glyph as an escape. */
export function visibleText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    if (byte === 0x0a || byte === 0x09 || (byte >= 0x20 && byte < 0x7f)) text += String.fromCharCode(byte)
    else text += byte === 0x0d ? '\\r' : `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return text
}

function receivedBytes(details: Readonly<Record<string, unknown>>): ReceivedBytes | null {
  const { receivedBase64, receivedBytes: total } = details
  if (typeof receivedBase64 !== 'string' || receivedBase64 === '') return null
  const bytes = Uint8Array.from(atob(receivedBase64), (character) => character.charCodeAt(0))
  return { text: visibleText(bytes), hex: hexDump(bytes), total: typeof total === 'number' ? total : bytes.length, shown: bytes.length }
}

/** By hand, because a schema library for this one check would be a third of the window's code. */
function certificatesIn(value: unknown): Certificates {
  return Array.isArray(value) ? value.filter(isCertificate) : []
}

function isCertificate(value: unknown): value is Certificate {
  if (typeof value !== 'object' || value === null) return false
  const fields: Partial<Record<keyof Certificate, unknown>> = value
  const texts = [fields.subject, fields.issuer, fields.validFrom, fields.validTo, fields.fingerprint256]
  return texts.every((text) => typeof text === 'string') && (fields.altNames === null || typeof fields.altNames === 'string')
}

/** The part of an upload that it can be gone on from, as `details` of its failure say; null where they say none. */
export function resumeOf(
  details: Readonly<Record<string, unknown>> | undefined,
): { readonly from: number; readonly of: number; readonly partsOf?: string } | null {
  const { resumeFrom: from, of, partsOf } = details ?? {}
  if (typeof from !== 'number' || typeof of !== 'number') return null
  return { from, of, ...(typeof partsOf === 'string' && { partsOf }) }
}
