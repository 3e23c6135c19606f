/**
 * What makes a request ask for a WebSocket: its address, and the lines of the opening handshake. All else about it is
 * prepared as for any GET.
 *
 * @see RFC 6455 §4.1 (the client's part), §3 (URIs); RFC 7692 (compression)
 */
import { hash } from 'node:crypto'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { SocketMessage } from '#contract/model/websocket.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Policy, PreparedRequest } from './prepared-request.ts'
import type { TargetUrl } from './url-parts.ts'

/** Appended to the key by the server, which proves that it understood (RFC 6455 §1.3). */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const SCHEME = /^(\s*)(?:ws|http)(s?:)/i

export function isSocket({ body }: RequestDocument): boolean {
  return body.kind === 'websocket'
}

/** The address with the scheme that its connection has: `wss:` is opened as `https:` is. */
export function connectionUrl(text: string): string {
  return text.replace(SCHEME, '$1http$2')
}

/** The target under the name that it has as a WebSocket's. */
export function socketUrl(url: TargetUrl): TargetUrl {
  return { ...url, href: url.href.replace(SCHEME, '$1ws$2') }
}

/** A policy for what only HTTP/1.1 carries, read by the parser that knows upgrades. */
export function socketPolicies({ policy, policyFor }: Pick<PreparedRequest, 'policy' | 'policyFor'>): typeof policies {
  const of = (one: Policy): Policy => ({ ...one, http2: false, isLenient: false })
  const policies = { policy: of(policy), policyFor: policyFor && ((target: TargetUrl): Policy => of(policyFor(target))) }
  return policies
}

/** The lines of a GET with those of the handshake; a typed one of a name stands in the place of ours. */
export function withHandshake(lines: readonly PreparedHeader[], seed: string): PreparedHeader[] {
  const isOfHttp = ({ name }: PreparedHeader): boolean => name.toLowerCase() === 'connection'
  const kept = lines.filter((line) => !isOfHttp(line))
  const names = new Set(kept.map(({ name }) => name.toLowerCase()))
  const at = Math.max(1, lines.findIndex(isOfHttp))
  const added = HANDSHAKE(keyFrom(seed)).filter(([name]) => !names.has(name.toLowerCase()))
  const made = [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ...added] as const
  return kept.toSpliced(at, 0, ...made.map(([name, value]): PreparedHeader => ({ name, value, source: 'engine' })))
}

const HANDSHAKE = (key: string): readonly (readonly [name: string, value: string])[] => [
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', key],
  ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
]

/** Sixteen bytes in Base64: from the seed, so that the preview shows what is sent. */
function keyFrom(seed: string): string {
  return hash('sha256', `websocket key ${seed}`, 'buffer').subarray(0, 16).toString('base64')
}

/** What a server answers to a key. */
export function acceptOf(key: string): string {
  return hash('sha1', key + GUID, 'base64')
}

/**
 * What is sent of a message whose variables are filled in.
 *
 * @throws {CoreError} `InvalidBody`: a binary one that is not Base64
 */
export function payloadOf(type: SocketMessage['type'], text: string): string | Buffer {
  if (type !== 'binary') return text
  const base64 = text.replaceAll(/\s/g, '')
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(base64)) return Buffer.from(base64, 'base64')
  throw new CoreError('InvalidBody', 'prepare', 'The binary message is not Base64.', {
    where: { section: 'body' },
    hint: 'Write its bytes as Base64, or send it as text.',
  })
}
