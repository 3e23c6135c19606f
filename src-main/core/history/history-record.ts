/** From a finished exchange to the entry that is kept of it: its facts, its whole as JSON, and the words it is found by. */
import { z } from 'zod'
import { ExchangeSchema, type Exchange, type HeaderList, type SentRequest } from '#contract/model/exchange.ts'
import { CollectionIdSchema, NodeIdSchema, type DraftId, type NodeId } from '#contract/model/ids.ts'
import { RequestDocumentSchema, type RequestDocument } from '#contract/model/request.ts'
import { withMaskedParams } from '#contract/model/secret-params.ts'
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import { bodyText, type TextBodies } from './body-text.ts'
import type { HistoryRow } from './history-row.ts'
import { indexable } from './history-search.ts'
import { MASK, masked, type Mask } from './mask.ts'
import { SENT_KEPT_BYTES, withMaskedBodies, type SentBodies } from './masked-body.ts'

const PlaceSchema = z
  .union([z.object({ nodeId: NodeIdSchema }), z.object({ collectionId: CollectionIdSchema }), z.object({ file: z.string() })])
  .nullable()

/** One send, ended. */
export interface SentRecord {
  readonly exchange: Exchange
  /** As it was in the form. */
  readonly document: RequestDocument
  /** What its multipart boundary was derived from. */
  readonly seed: string
  /** Absolute folder that its relative file paths were relative to. */
  readonly root: string | null
  /** Where it stood: what was around it followed from that. */
  readonly place: z.infer<typeof PlaceSchema>
  readonly nodeId: NodeId | null
  readonly draftId: DraftId | null
  readonly session: string | null
  readonly environment: string | null
  /** How many hops led to the request itself: those that got its access token. */
  readonly hopsBefore: number
  /** Null: there is nothing to mask. */
  readonly mask: Mask | null
}

/** What is kept of an entry beside its facts. */
export const StoredDetailsSchema = z.object({
  document: RequestDocumentSchema,
  exchange: ExchangeSchema,
  seed: z.string(),
  root: z.string().nullable(),
  place: PlaceSchema,
  hopsBefore: z.number().int(),
})
export type StoredDetails = z.infer<typeof StoredDetailsSchema>

/** The request that was sent first, of those that are its own; null where nothing left. */
export function firstRequest({ exchange, hopsBefore }: Pick<StoredDetails, 'exchange' | 'hopsBefore'>): SentRequest | null {
  // What was asked of a proxy, to get there, is no request of the user's.
  return exchange.history.slice(hopsBefore).find(({ request }) => request.method !== 'CONNECT')?.request ?? exchange.request
}

/** In what older versions recorded, hops that got the access token are called challenges. */
export function withTokenHops(details: StoredDetails): StoredDetails {
  const { exchange, hopsBefore } = details
  const history = exchange.history.map((hop, index) => (index < hopsBefore ? { ...hop, kind: 'token' as const } : hop))
  return { ...details, exchange: { ...exchange, history } }
}

/** @param bodies where the words of bodies are read from, and copies without secrets are put */
export async function rowOf(sent: SentRecord, bodies: SentBodies): Promise<HistoryRow> {
  const { mask } = sent
  const exchange = masked(await withMaskedBodies(sent.exchange, bodies, mask), mask)
  const details: StoredDetails = {
    document: masked(sent.document, mask),
    exchange,
    seed: sent.seed,
    root: sent.root,
    place: sent.place,
    hopsBefore: sent.hopsBefore,
  }
  const first = firstRequest(details)
  // The entry's URL is shown in lists and searched; what is needed to send it again is in the details.
  const url = shownUrl(first) ?? details.document.url
  return {
    entry: {
      id: exchange.id,
      startedAt: exchange.startedAt,
      totalMs: exchange.timings.total,
      method: first?.method ?? details.document.method,
      url,
      host: hostOf(url),
      status: exchange.response?.status ?? null,
      error: exchange.error?.kind ?? null,
      requestBytes: exchange.request?.bodyBytes ?? 0,
      responseBytes: exchange.response?.bodyBytes ?? 0,
      nodeId: sent.nodeId,
      session: sent.session,
      environment: sent.environment,
    },
    draftId: sent.draftId,
    details: JSON.stringify(details),
    bodies: bodiesOf(exchange),
    words: { url: urlWords(exchange, url), head: headWords(exchange), ...(await bodyWords(sent.exchange, first, bodies, mask)) },
  }
}

/** A URL without the credentials that stand in its query. */
function shownUrl(request: SentRequest | null): string | null {
  return request && withMaskedParams(request.url, request.secretParams ?? [], MASK)
}

/** Host and port of a URL as it stands, which need not be one. */
function hostOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? ''
  return authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
}

/** Every body of every hop and attempt, with its length. */
function bodiesOf(exchange: Exchange): HistoryRow['bodies'] {
  const found = new Map<string, number>()
  for (const part of [...exchange.history, ...exchange.attempts, exchange]) {
    const { request, response } = part
    if (request?.bodyId) found.set(request.bodyId, Math.min(request.bodyBytes, SENT_KEPT_BYTES))
    if (response?.bodyId) found.set(response.bodyId, response.bodyBytes)
    if (response?.arrivalsId) found.set(response.arrivalsId, 0)
  }
  return [...found].map(([id, bytes]) => ({ id, bytes }))
}

function urlWords(exchange: Exchange, first: string): string {
  const urls = new Set([first, ...[...exchange.history, exchange].map(({ request }) => shownUrl(request) ?? '')])
  return [...urls].map((url) => indexable(`${url} ${decoded(url)}`)).join(' ')
}

function decoded(url: string): string {
  if (!/[%+]/.test(url)) return ''
  try {
    return decodeURIComponent(url.replaceAll('+', ' '))
  } catch {
    return '' // not UTF-8: it is found as it stands
  }
}

/** Header lines of every hop, without the values of those that hold secrets. */
function headWords(exchange: Exchange): string {
  const lists: HeaderList[] = []
  for (const { request, response } of [...exchange.history, exchange]) {
    if (request) lists.push(request.headers)
    if (response) lists.push(response.headers, response.trailers)
  }
  const lines = lists.flat().map(([name, value]) => (holdsSecret(name) ? name : `${name}: ${value}`))
  return indexable([...new Set(lines), exchange.error?.message ?? ''].join('\n'))
}

function holdsSecret(name: string): boolean {
  return isSecretHeaderName(name) || /^set-cookie$/i.test(name)
}

async function bodyWords(
  exchange: Exchange,
  first: SentRequest | null,
  bodies: TextBodies,
  mask: Mask | null,
): Promise<{ request: string; response: string }> {
  const { response } = exchange
  const [sent, received] = await Promise.all([
    first === null ? '' : bodyText(bodies, first.bodyId, first.headers, null),
    response === null ? '' : bodyText(bodies, response.bodyId, response.headers, response.encoding),
  ])
  const words = (text: string): string => indexable(mask === null ? text : mask(text))
  return { request: words(sent), response: words(received) }
}
