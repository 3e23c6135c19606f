/**
 * Makes a request of the history ready to be sent exactly as it was: the very method, URL, header lines and body, under
 * the options that its form has. Preparing the form anew gives what is not written down: the way to the server, what
 * answers a challenge, the values of secret variables, and the bytes of a body too large to be kept.
 */
import { hash } from 'node:crypto'
import type { JarKey } from '#contract/model/cookie.ts'
import type { SentRequest } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { firstRequest, type StoredDetails } from '../history/history-record.ts'
import { MASK, maskFor, type Mask } from '../history/mask.ts'
import { maskedBody, SENT_KEPT_BYTES } from '../history/masked-body.ts'
import { CoreError } from '../lib/core-error.ts'
import type { BodySource, Preparation, PreparedRequest } from '../prepare/prepared-request.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { parseTargetUrl } from '../prepare/target-url.ts'
import { prepareFor, type Prepared, type PrepareSubject, type Surroundings } from './prepare-for.ts'

export interface Again {
  readonly request: PreparedRequest
  /** Of the secrets that the request has now. */
  readonly mask: Mask | null
  /** Whose cookies it goes with from there on. */
  readonly jar: JarKey
  /** What its form comes to now, with what is around it. */
  readonly prepared: Prepared
}

/**
 * @throws {CoreError} `NotFound` where nothing was sent or the body is gone; `InvalidHeader` and `InvalidBody` where what was
 * sent can no longer be made; the first problem of the options where they can no longer be used
 */
export async function prepareAgain(
  stored: StoredDetails,
  subject: PrepareSubject,
  around: Surroundings & { readonly bodies: BodyStore },
): Promise<Again> {
  const first = firstRequest(stored)
  if (!first) throw new CoreError('NotFound', 'send', 'Nothing of this entry left the machine, so there is nothing to send again.', OPEN_IT)
  if (stored.exchange.history.some(({ kind }) => kind === 'part')) {
    throw new CoreError('InvalidBody', 'send', 'This was sent in several parts, of which no single request is a copy.', OPEN_IT)
  }
  const whole = await prepareFor(subject, around)
  const basis = whole.request ?? (await bareRequest(subject, first, around))
  const mask = maskFor(whole.preview.layers.secrets)
  const { flow } = basis
  return {
    mask,
    jar: whole.jar,
    prepared: whole,
    request: {
      ...basis,
      method: first.method,
      url: urlOf(first, basis, whole, mask),
      headers: linesOf(first).map(([name, value]) => ({ name, value: unmasked(name, value, whole, mask), source: 'user' as const })),
      body: await bodyOf(first, whole, around.bodies, mask),
      // What was signed stays as it was signed; challenges are answered.
      flow: flow && { respond: (request, response) => flow.respond(request, response) },
      parts: null,
      warnings: [],
    },
  }
}

const OPEN_IT = { hint: 'Open it as a new request and send that.' }

/** Where the form cannot be prepared any more, its options alone decide on the way to the server. */
async function bareRequest(subject: PrepareSubject, first: SentRequest, around: Surroundings): Promise<PreparedRequest> {
  const document = { ...emptyRequest(), method: first.method, url: first.url, options: subject.document.options }
  const { request, problems } = await prepareFor({ ...subject, document }, around)
  if (request) return request
  const [problem] = problems
  if (!problem) throw new Error('A request that was not prepared has no problem.')
  throw new CoreError(problem.kind, problem.stage, problem.message, {
    ...(problem.hint !== undefined && { hint: problem.hint }),
  })
}

/** The URL with the very request-target that was sent. */
function urlOf(first: SentRequest, basis: PreparedRequest, whole: Preparation, mask: Mask | null): TargetUrl {
  if (!first.url.includes(MASK)) return { ...parseTargetUrl(first.url, basis.policy.rules.url), ...sentTarget(first) }
  const now = whole.request?.url
  if (now && mask?.(now.href) === first.url) return now
  throw notKept('The URL')
}

/** From the request line, or from `:path`; a proxy was sent the whole URL, of which this is the part. */
function sentTarget({ head, httpVersion }: SentRequest): Pick<TargetUrl, 'target'> | null {
  const text = httpVersion === '2' ? /^:path: (.*)$/m.exec(head)?.[1] : /^\S+ (\S+) HTTP\//.exec(head)?.[1]
  const target = text?.replace(/^https?:\/\/[^/?#]*/i, '')
  return target?.startsWith('/') === true ? { target } : null
}

/** The lines as HTTP/1.1 has them; HTTP/2 makes its own of them again. */
function linesOf({ headers, httpVersion }: SentRequest): SentRequest['headers'] {
  if (httpVersion !== '2') return headers
  const authority = headers.find(([name]) => name === ':authority')?.[1]
  const fields = headers.filter(([name]) => !name.startsWith(':'))
  return authority === undefined ? fields : [['Host', authority], ...fields]
}

/** A line in which the value of a secret was masked has it again, where the form still gives the same. */
function unmasked(name: string, value: string, whole: Preparation, mask: Mask | null): string {
  if (!value.includes(MASK)) return value
  const same = whole.request?.headers.find((line) => line.name.toLowerCase() === name.toLowerCase() && mask?.(line.value) === value)
  if (same) return same.value
  throw notKept(`The header ${name}`)
}

function notKept(what: string, kind: 'InvalidHeader' | 'InvalidBody' = 'InvalidHeader'): CoreError {
  return new CoreError(kind, 'send', `${what} held a secret, which is not kept, and it would be another now.`, OPEN_IT)
}

async function bodyOf(first: SentRequest, whole: Preparation, bodies: BodyStore, mask: Mask | null): Promise<BodySource | null> {
  const announced = Number(first.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? first.bodyBytes)
  if (announced === 0) return null
  if (first.isBodyMasked) return unmaskedBody(first, announced, whole, mask)
  if (announced <= SENT_KEPT_BYTES && first.bodyBytes === announced) return keptBody(first, bodies)
  return sameBody(first, announced, whole)
}

/** A body of which secrets were masked is made anew, and has to come to the same masked bytes. */
async function unmaskedBody(first: SentRequest, announced: number, whole: Preparation, mask: Mask | null): Promise<BodySource> {
  const body = whole.request?.body
  if (body?.bytes === announced && mask !== null) {
    const masked = maskedBody(await startOf(body, Math.min(first.bodyBytes, SENT_KEPT_BYTES)), mask)
    if (masked && hash('sha256', masked) === first.bodyId) return body
  }
  throw notKept('The body', 'InvalidBody')
}

async function keptBody({ bodyId, bodyBytes }: SentRequest, bodies: BodyStore): Promise<BodySource> {
  if (bodyId === null || (await bodies.stat(bodyId)) === null) {
    throw new CoreError('NotFound', 'store', 'The body that was sent is no longer kept.', OPEN_IT)
  }
  return { bytes: bodyBytes, open: () => bodies.stream(bodyId), describe: () => ({ text: '', truncated: true }) }
}

/** A large body is made anew, and has to be as long and begin as the one that was sent. */
async function sameBody(first: SentRequest, announced: number, whole: Preparation): Promise<BodySource> {
  const body = whole.request?.body
  if (body?.bytes === announced && hash('sha256', await startOf(body, Math.min(first.bodyBytes, SENT_KEPT_BYTES))) === first.bodyId)
    return body
  throw new CoreError(
    'InvalidBody',
    'send',
    `The body of ${announced} bytes was not kept whole, and what it was made of has changed.`,
    OPEN_IT,
  )
}

async function startOf(body: BodySource, bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let left = bytes
  const stream = body.open()
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    // A chunk may be a view of a buffer that its owner uses again.
    chunks.push(Buffer.from(chunk.subarray(0, left)))
    left -= chunk.byteLength
    if (left <= 0) break
  }
  return Buffer.concat(chunks)
}
