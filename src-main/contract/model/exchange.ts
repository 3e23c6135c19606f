/**
 * What happened on the wire: every hop of one send, oldest first. Times are milliseconds, sizes are bytes,
 * header lists keep wire order, wire case and duplicates. Bodies are named by id, never carried.
 */
import { z } from 'zod'
import { WireErrorSchema } from '../errors.ts'
import { ChecksSchema } from './checks.ts'
import { BodyIdSchema, DraftIdSchema, ExchangeIdSchema } from './ids.ts'
import { InstantSchema } from './instant.ts'

export const HeaderListSchema = z.array(z.tuple([z.string(), z.string()]))
export type HeaderList = z.infer<typeof HeaderListSchema>

export const SentRequestSchema = z.object({
  method: z.string(),
  url: z.string(),
  httpVersion: z.string(),
  headers: HeaderListSchema,
  /**
   * Request line and header block, exactly as written to the socket, without the empty line; in HTTP/2, where there is no
   * such line, the fields of the head, the pseudo-headers first.
   */
  head: z.string(),
  bodyBytes: z.number(),
  /** The first MiB of the body as written to the socket; null where none was. */
  bodyId: BodyIdSchema.nullable(),
  /** The values of secrets were taken out of the kept body: it is not what was sent. */
  isBodyMasked: z.literal(true).optional(),
  /** Names of the params of its URL that hold credentials; absent: none does. */
  secretParams: z.array(z.string()).optional(),
})
export type SentRequest = z.infer<typeof SentRequestSchema>

export const ResponseCookieSchema = z.object({
  name: z.string(),
  value: z.string(),
  domain: z.string().nullable(),
  path: z.string().nullable(),
  /** ISO 8601, or null for a session cookie. */
  expires: z.string().nullable(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.string().nullable(),
})
export type ResponseCookie = z.infer<typeof ResponseCookieSchema>

/** What became of one Set-Cookie line. */
export const CookieOutcomeSchema = z.object({
  name: z.string(),
  /** Its place in `cookies`; null where the line is no cookie. */
  index: z.number().int().nullable(),
  /** `deleted`: it had expired when it came, so one of its name is forgotten. */
  kind: z.enum(['kept', 'deleted', 'refused']),
  /** Why it was refused, in words; null where it was not. */
  reason: z.string().nullable(),
})
export type CookieOutcome = z.infer<typeof CookieOutcomeSchema>

/**
 * What says that a body is in its encoding: the request, the file that an example was saved in, its own first bytes (a byte order mark, an XML declaration, the
 * `<meta>` of a page, `@charset` of a style sheet), its Content-Type, the rules of JSON, those of whom the request behaves like, or its bytes
 * at large.
 */
export const EncodingFromSchema = z.enum(['override', 'file', 'bom', 'header', 'json', 'xml', 'meta', 'css', 'rules', 'guess', 'default'])
export type EncodingFrom = z.infer<typeof EncodingFromSchema>

export const ReceivedResponseSchema = z.object({
  url: z.string(),
  status: z.number().int(),
  reason: z.string(),
  httpVersion: z.string(),
  headers: HeaderListSchema,
  /** Interim responses before this one (RFC 9110 §15.2), with the milliseconds from the start of the request. */
  informational: z.array(z.object({ status: z.number().int(), headers: HeaderListSchema, at: z.number() })),
  /** Fields that came after a chunked body (RFC 9110 §6.5). */
  trailers: HeaderListSchema,
  cookies: z.array(ResponseCookieSchema),
  /** What became of each Set-Cookie line, in their order; absent where none was offered to a jar, or an older version recorded it. */
  cookieOutcomes: z.array(CookieOutcomeSchema).optional(),
  /** Label of the text encoding, such as `utf-8`; null where there is no body. */
  encoding: z.string().nullable(),
  encodingFrom: EncodingFromSchema.nullable(),
  /** After Content-Encoding is undone. */
  bodyBytes: z.number(),
  /** As received, after Transfer-Encoding is undone. */
  wireBytes: z.number(),
  bodyId: BodyIdSchema.nullable(),
  /** Of a stream of records: when its bytes came, for `records.open`. */
  arrivalsId: BodyIdSchema.nullable().optional(),
  /** The body was gone on with from this byte: what is before it had come with an earlier answer. */
  resumedFrom: z.number().optional(),
})
export type ReceivedResponse = z.infer<typeof ReceivedResponseSchema>

/** Of one hop: the phases, one after the other, add up to `total`. */
export const TimingsSchema = z.object({
  /** Before there was a connection to open or to use: waiting for a free one, opening the files of the body. */
  queued: z.number(),
  dns: z.number(),
  connect: z.number(),
  tls: z.number(),
  send: z.number(),
  wait: z.number(),
  download: z.number(),
  total: z.number(),
  reusedConnection: z.boolean(),
})
export type Timings = z.infer<typeof TimingsSchema>

/** Of a whole exchange: the phases of its last hop and `other` add up to `total`. */
export const ExchangeTimingsSchema = TimingsSchema.extend({
  /** What all besides the last hop took: hops and tries before it, and waits. Absent in what older versions recorded. */
  other: z.number().optional(),
})
export type ExchangeTimings = z.infer<typeof ExchangeTimingsSchema>

export const CertificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  fingerprint256: z.string(),
  altNames: z.string().nullable(),
})
export const ConnectionProxySchema = z.object({
  /** With its password masked. */
  url: z.string(),
  /** `forward`: the proxy was sent the request itself; `tunnel`: it passed bytes on, by CONNECT or SOCKS. */
  mode: z.enum(['forward', 'tunnel']),
  /** What decided on it, such as `HTTP_PROXY of the environment`. */
  why: z.string(),
})
export const ConnectionSchema = z.object({
  remoteAddress: z.string().nullable(),
  remotePort: z.number().nullable(),
  localPort: z.number().nullable(),
  tls: z
    .object({
      protocol: z.string().nullable(),
      cipher: z.string().nullable(),
      /** What the server chose of the protocols it was offered; null where it chose none. */
      alpn: z.string().nullable(),
      authorized: z.boolean(),
      certificates: z.array(CertificateSchema),
    })
    .nullable(),
  /** The proxy it went through; null: none. */
  proxy: ConnectionProxySchema.nullable(),
  /** The host that an option (`resolve`) gave the remote address for, in place of looking it up; absent: none did. */
  resolvedHost: z.string().optional(),
})
export type Connection = z.infer<typeof ConnectionSchema>

/** A header of a request that the next one, after a redirect, did not have. */
const DroppedHeaderSchema = z.object({ name: z.string(), why: z.string() })
export type DroppedHeader = z.infer<typeof DroppedHeaderSchema>

/**
 * An answer that another hop followed: a redirect, a challenge that was answered, one of several parts of an upload, or that
 * of an authorization server, which was asked for the access token (`token`; in what older versions recorded, a `challenge`).
 */
export const HopSchema = z.object({
  kind: z.enum(['redirect', 'challenge', 'part', 'token']),
  /** Milliseconds from Send to its beginning; what a person took to decide does not count. */
  at: z.number(),
  request: SentRequestSchema,
  response: ReceivedResponseSchema,
  timings: TimingsSchema,
  connection: ConnectionSchema,
  /** Why another hop followed, in words: `302 to https://…`. */
  because: z.string(),
  dropped: z.array(DroppedHeaderSchema),
})
export type Hop = z.infer<typeof HopSchema>

/** A try that did not do, and that was made again: what it was, why another followed, and how long that one waited. */
export const AttemptSchema = z.object({
  /** Of the retry, from 1, through the whole exchange. */
  number: z.number().int(),
  reason: z.string(),
  /** Milliseconds before the retry. */
  waited: z.number(),
  at: z.number(),
  request: SentRequestSchema.nullable(),
  response: ReceivedResponseSchema.nullable(),
  timings: TimingsSchema,
  connection: ConnectionSchema.nullable(),
  error: WireErrorSchema.nullable(),
})
export type Attempt = z.infer<typeof AttemptSchema>

export const ExchangeSchema = z.object({
  id: ExchangeIdSchema,
  startedAt: InstantSchema,
  ok: z.boolean(),
  /** The last request sent; null where nothing left. */
  request: SentRequestSchema.nullable(),
  /** The last response; kept as far as it came when the body broke off. */
  response: ReceivedResponseSchema.nullable(),
  history: z.array(HopSchema),
  /** One for each retry, oldest first. */
  attempts: z.array(AttemptSchema),
  timings: ExchangeTimingsSchema,
  connection: ConnectionSchema.nullable(),
  warnings: z.array(z.string()),
  error: WireErrorSchema.nullable(),
  /** Absent: the request asks for none, or they are not made yet. */
  checks: ChecksSchema.optional(),
})
export type Exchange = z.infer<typeof ExchangeSchema>

/** One step of an exchange as it happens. Byte counts are cumulative within the hop. */
export const ExchangeStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('connecting'), host: z.string(), port: z.number() }),
  z.object({ kind: z.literal('dns'), address: z.string() }),
  z.object({ kind: z.literal('connected'), reused: z.boolean() }),
  /** The proxy has opened the way to the server. */
  z.object({ kind: z.literal('tunnel'), proxy: z.string(), host: z.string(), port: z.number() }),
  z.object({ kind: z.literal('tls') }),
  z.object({
    kind: z.literal('requestHead'),
    hop: z.number().int(),
    method: z.string(),
    url: z.string(),
    bodyBytes: z.number().nullable(),
  }),
  z.object({ kind: z.literal('bodySent'), bytes: z.number(), total: z.number().nullable() }),
  z.object({
    kind: z.literal('responseHead'),
    status: z.number().int(),
    reason: z.string(),
    url: z.string(),
    bodyBytes: z.number().nullable(),
    httpVersion: z.string(),
    headers: HeaderListSchema,
    /** Under this id the body can be read as far as it has come; once it is whole, the id leads on to it. */
    arrivingId: BodyIdSchema,
    /** What ends the answer: milliseconds of silence, and in all; null: nothing does. */
    limits: z.object({ read: z.number().nullable(), total: z.number().nullable() }),
  }),
  z.object({ kind: z.literal('bodyReceived'), bytes: z.number(), total: z.number().nullable() }),
  z.object({ kind: z.literal('redirect'), status: z.number().int(), url: z.string() }),
  z.object({ kind: z.literal('challenge'), status: z.number().int(), url: z.string() }),
  /** An access token is asked for at this address. */
  z.object({ kind: z.literal('token'), url: z.string() }),
  /** The user has to sign in at this address, in a browser. */
  z.object({ kind: z.literal('authorize'), url: z.string() }),
  /** The same request is sent again after a wait, which `exchange.continue` cuts short. */
  z.object({
    kind: z.literal('retryWait'),
    number: z.number().int(),
    /** The attempt to come at this hop, from 2, and how many there may be. */
    attempt: z.number().int(),
    of: z.number().int(),
    waitMs: z.number(),
    reason: z.string(),
  }),
  /** Stands at a redirect until `exchange.continue`, or `exchange.cancel`, which lets the redirect stand as the answer. */
  z.object({
    kind: z.literal('paused'),
    status: z.number().int(),
    /** The address that answered. */
    url: z.string(),
    next: z.object({ method: z.string(), url: z.string(), headers: HeaderListSchema, bodyBytes: z.number().nullable() }),
  }),
  /** One of several parts of an upload begins. Bytes are those of the bodies: before it, and of all parts to be sent. */
  z.object({
    kind: z.literal('part'),
    number: z.number().int(),
    of: z.number().int(),
    sentBefore: z.number(),
    totalBytes: z.number(),
    /** Which file it is of, for an upload that goes on from there. */
    partsOf: z.string(),
  }),
  /** A WebSocket is open: messages can be sent until the exchange is over. */
  z.object({ kind: z.literal('opened'), protocol: z.string().nullable(), isCompressed: z.boolean() }),
  /** The answer is whole; its assertions, captures and scripts are under way. */
  z.object({ kind: z.literal('checking') }),
  /** `secrets`: texts to mask wherever it is shown, an access token that it was sent with too. Absent: those known before it was sent. */
  z.object({ kind: z.literal('done'), exchange: ExchangeSchema, secrets: z.array(z.string()).optional() }),
])
export type ExchangeStep = z.infer<typeof ExchangeStepSchema>

export const ExchangeProgressSchema = z.object({
  exchangeId: ExchangeIdSchema,
  draftId: DraftIdSchema.nullable(),
  /** Milliseconds since Send. */
  at: z.number(),
  step: ExchangeStepSchema,
})
export type ExchangeProgress = z.infer<typeof ExchangeProgressSchema>
