/**
 * Digest: answers a 401 by proving that the password is known without sending it. The strongest algorithm offered is
 * taken, `auth-int` where the server insists on it. Unlike requests, a challenge that cannot be answered is never
 * answered by sending the request a second time without credentials.
 *
 * @see RFC 7616; RFC 2617 for challenges without a qop
 */
import { createHash, randomBytes } from 'node:crypto'
import type { AuthAnswer, AuthFlow, PreparedRequest } from '../prepare/prepared-request.ts'
import { parseChallenges, type Challenge } from './challenges.ts'

/** Strongest first; the name that Node's crypto has for each. */
const ALGORITHMS: readonly (readonly [name: string, hash: string])[] = [
  ['SHA-512-256', 'sha512-256'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
  ['SHA', 'sha1'],
  ['MD5', 'md5'],
]

interface Offer {
  readonly challenge: Challenge
  /** As the server wrote it; null where it named none, which means MD5. */
  readonly algorithm: string | null
  readonly hash: string
  readonly isSession: boolean
  readonly qop: 'auth' | 'auth-int' | null
  readonly rank: number
}

/** Who asks: a server, or a proxy on the way to it (RFC 9110 §11.6, §11.7). */
export interface Asker {
  readonly status: number
  /** In lower case. */
  readonly challengeHeader: string
  readonly answerHeader: string
  readonly name: string
}

const SERVER: Asker = { status: 401, challengeHeader: 'www-authenticate', answerHeader: 'Authorization', name: 'The server' }
export const PROXY: Asker = { status: 407, challengeHeader: 'proxy-authenticate', answerHeader: 'Proxy-Authorization', name: 'The proxy' }

/** What an answer is made from. */
type Challenged = Pick<PreparedRequest, 'method' | 'body'> & { readonly url: Pick<PreparedRequest['url'], 'target'> }

export interface DigestFlow extends AuthFlow {
  readonly respond: (request: Challenged, response: Parameters<AuthFlow['respond']>[1]) => Promise<AuthAnswer | null>
}

/** @param makeNonce random text for the client's nonce */
export function digestFlow(
  username: string,
  password: string,
  makeNonce: () => string = () => randomBytes(8).toString('hex'),
  asker: Asker = SERVER,
): DigestFlow {
  let answeredNonce: string | null = null
  return {
    respond: async (request, { status, header }) => {
      if (status !== asker.status) return null
      const challenges = parseChallenges(header(asker.challengeHeader))
      const offer = strongest(challenges)
      if (!offer) return { kind: 'refused', warning: unanswerable(challenges, asker) }
      const nonce = offer.challenge.params.get('nonce') ?? ''
      const isStale = offer.challenge.params.get('stale')?.toLowerCase() === 'true'
      if (answeredNonce !== null && !(isStale && nonce !== answeredNonce)) {
        return { kind: 'refused', warning: `${asker.name} did not accept the user name and password (Digest).` }
      }
      answeredNonce = nonce
      return answer(request, offer, { username, password, cnonce: makeNonce() }, asker)
    },
  }
}

function strongest(challenges: readonly Challenge[]): Offer | null {
  const offers = challenges.flatMap((challenge) => offerOf(challenge) ?? [])
  return offers.sort((a, b) => a.rank - b.rank)[0] ?? null
}

function offerOf(challenge: Challenge): Offer | null {
  if (challenge.scheme !== 'digest' || !challenge.params.has('nonce')) return null
  const algorithm = challenge.params.get('algorithm') ?? null
  const isSession = /-sess$/i.test(algorithm ?? '')
  const plain = (algorithm ?? 'MD5').replace(/-sess$/i, '').toUpperCase()
  const rank = ALGORITHMS.findIndex(([name]) => name === plain)
  const hash = ALGORITHMS[rank]?.[1]
  if (hash === undefined) return null
  const offered = challenge.params.get('qop')
  const qops = offered?.split(',').map((qop) => qop.trim().toLowerCase()) ?? null
  const qop = qops === null ? null : qops.includes('auth') ? 'auth' : qops.includes('auth-int') ? 'auth-int' : undefined
  return qop === undefined ? null : { challenge, algorithm, hash, isSession, qop, rank }
}

interface Secrets {
  readonly username: string
  readonly password: string
  readonly cnonce: string
}

async function answer(request: Challenged, offer: Offer, { username, password, cnonce }: Secrets, asker: Asker): Promise<AuthAnswer> {
  const { challenge, hash, qop } = offer
  const digest = (text: string): string => createHash(hash).update(text, 'utf8').digest('hex')
  const realm = challenge.params.get('realm') ?? ''
  const nonce = challenge.params.get('nonce') ?? ''
  const count = '00000001'
  const secret = digest(`${username}:${realm}:${password}`)
  const first = offer.isSession ? digest(`${secret}:${nonce}:${cnonce}`) : secret
  const content = qop === 'auth-int' ? `:${await bodyDigest(request, hash)}` : ''
  const second = digest(`${request.method}:${request.url.target}${content}`)
  const response = digest(qop === null ? `${first}:${nonce}:${second}` : `${first}:${nonce}:${count}:${cnonce}:${qop}:${second}`)
  const opaque = challenge.params.get('opaque')
  const hidesName = challenge.params.get('userhash')?.toLowerCase() === 'true'
  const value = [
    hidesName ? `username=${quoted(digest(`${username}:${realm}`))}` : nameParameter(username),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.url.target)}`,
    `response=${quoted(response)}`,
    ...(offer.algorithm === null ? [] : [`algorithm=${offer.algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${count}`, `cnonce=${quoted(cnonce)}`]),
    ...(hidesName ? ['userhash=true'] : []),
  ].join(', ')
  return {
    kind: 'again',
    header: { name: asker.answerHeader, value: `Digest ${value}` },
    because: `${asker.status}: answered the Digest challenge of "${realm}"`,
  }
}

/** A name beyond ASCII goes in its extended form (RFC 7616 §3.4, RFC 5987). */
function nameParameter(username: string): string {
  if (/^[\x20-\x7e]*$/.test(username)) return `username=${quoted(username)}`
  const encoded = encodeURIComponent(username.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `username*=UTF-8''${encoded}`
}

function quoted(text: string): string {
  return `"${text.replace(/(["\\])/g, '\\$1')}"`
}

async function bodyDigest(request: Challenged, hash: string): Promise<string> {
  const digest = createHash(hash)
  if (request.body) for await (const chunk of request.body.open() as AsyncIterable<Buffer>) digest.update(chunk)
  return digest.digest('hex')
}

function unanswerable(challenges: readonly Challenge[], { name, status }: Asker): string {
  if (challenges.length === 0) return `${name} answered ${status} without a challenge, so no credentials were sent.`
  const named = [
    ...new Set(challenges.map(({ scheme, params }) => (params.has('algorithm') ? `${scheme} ${params.get('algorithm')}` : scheme))),
  ]
  return `${name} asks for ${named.join(', ')}, which Digest cannot answer; no credentials were sent.`
}
