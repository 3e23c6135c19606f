/**
 * Digest: answers a 401 by proving that the password is known without sending it, and from then on proves it ahead. The strongest algorithm offered is
 * taken, `auth-int` where the server insists on it. Unlike requests, a challenge that cannot be answered is never
 * answered by sending the request a second time without credentials.
 *
 * @see RFC 7616; RFC 2617 for challenges without a qop
 */
import { createHash, randomBytes } from 'node:crypto'
import { withCredentials } from '../prepare/head.ts'
import type { AuthAnswer, AuthFlow, PreparedRequest } from '../prepare/prepared-request.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { parseChallenges, type Challenge } from './challenges.ts'
import type { DigestMemory, DigestOffer } from './digest-memory.ts'

/** Strongest first; the name that Node's crypto has for each. */
const ALGORITHMS: readonly (readonly [name: string, hash: string])[] = [
  ['SHA-512-256', 'sha512-256'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
  ['SHA', 'sha1'],
  ['MD5', 'md5'],
]

/** A server may call a nonce stale that it has just given, where others used it meanwhile; one that always does is left at that. */
const MOST_STALE = 3

export interface DigestSecrets {
  readonly username: string
  readonly password: string
}

/** Who asks: a server, or a proxy on the way to it (RFC 9110 §11.6, §11.7). */
export interface Asker {
  readonly status: number
  /** In lower case. */
  readonly challengeHeader: string
  readonly infoHeader: string
  readonly answerHeader: string
  readonly name: string
  /** What the memory knows it by, kept even where it refuses: it still asks for Digest. Absent: as RFC 7616 has it for servers. */
  readonly space?: string
}

const SERVER: Asker = {
  status: 401,
  challengeHeader: 'www-authenticate',
  infoHeader: 'authentication-info',
  answerHeader: 'Authorization',
  name: 'The server',
}
export const PROXY: Asker = {
  status: 407,
  challengeHeader: 'proxy-authenticate',
  infoHeader: 'proxy-authentication-info',
  answerHeader: 'Proxy-Authorization',
  name: 'The proxy',
}

/** What an answer is made from: a request, or the CONNECT of a tunnel. */
type Challenged = Pick<PreparedRequest, 'method' | 'body'> & {
  /** A tunnel has none. */
  readonly policy?: Pick<PreparedRequest['policy'], 'rules'>
  readonly url: Pick<TargetUrl, 'target'> & Partial<Pick<TargetUrl, 'scheme' | 'host' | 'port'>>
}

export interface DigestFlow extends AuthFlow {
  /** The credentials that go out unasked; null where nothing was learnt. */
  readonly ahead: (request: Challenged, use: 'show' | 'send') => Promise<{ readonly value: string; readonly note: string } | null>
  readonly sign: NonNullable<AuthFlow['sign']>
  readonly respond: (request: Challenged, response: Parameters<AuthFlow['respond']>[1]) => Promise<AuthAnswer | null>
}

/**
 * @param memory what earlier exchanges learnt: a later request to the same server goes out with its credentials at once
 * @param makeNonce random text for the client's nonce
 */
export function digestFlow(
  secrets: DigestSecrets,
  memory: DigestMemory,
  makeNonce: () => string = () => randomBytes(8).toString('hex'),
  asker: Asker = SERVER,
): DigestFlow {
  let answeredNonce: string | null = null
  let stale = 0
  const spaceOf = ({ url }: Challenged): string => asker.space ?? protectionSpace(url, secrets)
  const ahead: DigestFlow['ahead'] = async (request, use) => {
    // Another address may ask anew, and is then answered once, too.
    answeredNonce = null
    stale = 0
    const known = memory.find(spaceOf(request))
    if (!known) return null
    const count = use === 'send' ? known.take() : known.next()
    const { value, realm } = await credentials(request, known.offer, { ...secrets, cnonce: known.cnonce, count })
    return { value, note: `Sent ahead with the nonce of "${realm}", for the ${ordinal(count)} time.` }
  }
  return {
    ahead,
    sign: async (request, use) => {
      const made = await ahead(request, use)
      if (!made) return request
      return {
        ...request,
        headers: withCredentials(request.headers, [{ name: asker.answerHeader, ...made, source: 'auth' }], request.policy.rules),
      }
    },
    respond: async (request, { status, header }) => {
      if (status !== asker.status) {
        const next = nextNonce(header(asker.infoHeader))
        if (next !== null) memory.renew(spaceOf(request), next, makeNonce())
        return null
      }
      const challenges = parseChallenges(header(asker.challengeHeader))
      const offer = strongest(challenges)
      if (!offer) return { kind: 'refused', warning: unanswerable(challenges, asker) }
      const nonce = offer.challenge.params.get('nonce') ?? ''
      const isStale = !isAsRequests(request) && offer.challenge.params.get('stale')?.toLowerCase() === 'true'
      const isAnother = isStale && nonce !== answeredNonce
      if (answeredNonce !== null && (!isAnother || stale >= MOST_STALE)) {
        if (asker.space === undefined) memory.forget(spaceOf(request))
        return {
          kind: 'refused',
          warning: isAnother ? onlyStale(asker) : `${asker.name} did not accept the user name and password (Digest).`,
        }
      }
      if (answeredNonce !== null) stale += 1
      answeredNonce = nonce
      const known = memory.learn(spaceOf(request), offer, makeNonce())
      const { value, realm } = await credentials(request, offer, { ...secrets, cnonce: known.cnonce, count: known.take() })
      const because = `${asker.status}: answered the Digest challenge of "${realm}"`
      return { kind: 'again', header: { name: asker.answerHeader, value }, because }
    },
  }
}

function onlyStale({ name }: Asker): string {
  return `${name} called every nonce stale that it had given (Digest), so it was not answered again.`
}

function isAsRequests({ policy }: Challenged): boolean {
  return policy?.rules.credentials.digest === 'requests'
}

/** Every address of a server, for one user (RFC 7616 §3.6 without `domain`). */
function protectionSpace(url: Challenged['url'], { username, password }: DigestSecrets): string {
  const secret = createHash('sha256').update(`${username}\n${password}`).digest('hex')
  return `${url.scheme}://${url.host}:${url.port} ${secret}`
}

/** The nonce that the server wants next (RFC 7616 §3.5). */
function nextNonce(lines: readonly string[]): string | null {
  for (const line of lines) {
    const found = /(?:^|[\s,])nextnonce\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(line)?.[1]
    if (found !== undefined) return found.replace(/\\(.)/g, '$1')
  }
  return null
}

function ordinal(count: number): string {
  const tens = count % 100
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${ending}`
}

function strongest(challenges: readonly Challenge[]): DigestOffer | null {
  const offers = challenges.flatMap((challenge) => offerOf(challenge) ?? [])
  return offers.sort((a, b) => a.rank - b.rank)[0] ?? null
}

function offerOf(challenge: Challenge): DigestOffer | null {
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

interface Use extends DigestSecrets {
  readonly cnonce: string
  /** How often the nonce has been used, this time included. */
  readonly count: number
}

async function credentials(
  request: Challenged,
  offer: DigestOffer,
  { username, password, cnonce, count: times }: Use,
): Promise<{ readonly value: string; readonly realm: string }> {
  const { challenge, hash, qop } = offer
  const digest = (text: string): string => createHash(hash).update(text, 'utf8').digest('hex')
  const realm = challenge.params.get('realm') ?? ''
  const nonce = challenge.params.get('nonce') ?? ''
  const count = times.toString(16).padStart(8, '0')
  const secret = digest(`${username}:${realm}:${password}`)
  const first = offer.isSession ? digest(`${secret}:${nonce}:${cnonce}`) : secret
  const content = qop === 'auth-int' ? `:${await bodyDigest(request, hash)}` : ''
  const second = digest(`${request.method}:${request.url.target}${content}`)
  const response = digest(qop === null ? `${first}:${nonce}:${second}` : `${first}:${nonce}:${count}:${cnonce}:${qop}:${second}`)
  const hidesName = !isAsRequests(request) && challenge.params.get('userhash')?.toLowerCase() === 'true'
  const answer: Answer = {
    username: hidesName ? digest(`${username}:${realm}`) : username,
    hidesName,
    realm,
    nonce,
    uri: request.url.target,
    response,
    algorithm: offer.algorithm,
    opaque: challenge.params.get('opaque') ?? null,
    qop: qop === null ? null : { name: qop, count, cnonce },
  }
  const isPlain = isAsRequests(request) && isLatin1(username)
  return { value: isPlain ? asRequests(answer) : asStandard(answer), realm }
}

interface Answer {
  readonly username: string
  readonly hidesName: boolean
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly response: string
  readonly algorithm: string | null
  readonly opaque: string | null
  readonly qop: { readonly name: string; readonly count: string; readonly cnonce: string } | null
}

function asStandard({ username, hidesName, realm, nonce, uri, response, algorithm, opaque, qop }: Answer): string {
  const parameters = [
    nameParameter(username),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response=${quoted(response)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop.name}`, `nc=${qop.count}`, `cnonce=${quoted(qop.cnonce)}`]),
    ...(hidesName ? ['userhash=true'] : []),
  ]
  return `Digest ${parameters.join(', ')}`
}

/** As `HTTPDigestAuth` does: its order, its quotation marks, nothing escaped. */
function asRequests({ username, realm, nonce, uri, response, algorithm, opaque, qop }: Answer): string {
  const parameters = [
    `username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(opaque === null || opaque === '' ? [] : [`opaque="${opaque}"`]),
    ...(algorithm === null || algorithm === '' ? [] : [`algorithm="${algorithm}"`]),
    ...(qop === null ? [] : [`qop="${qop.name}"`, `nc=${qop.count}`, `cnonce="${qop.cnonce}"`]),
  ]
  return `Digest ${parameters.join(', ')}`
}

function isLatin1(text: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text)
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
  const named = [...new Set(challenges.map(inWords))]
  return `${name} asks for ${named.join(', ')}, which Digest cannot answer; no credentials were sent.`
}

/** What a challenge asks for, as far as that can be why it is not answered. */
function inWords({ scheme, params }: Challenge): string {
  if (scheme === 'digest' && !params.has('nonce')) return 'digest without a nonce'
  const qop = params.get('qop')
  return [scheme, params.get('algorithm'), qop !== undefined && `qop=${qop}`].filter((part) => typeof part === 'string').join(' ')
}
