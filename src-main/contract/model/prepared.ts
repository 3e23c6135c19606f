/** What will be sent, as far as it can be known before sending: the preview of a prepared request. */
import { z } from 'zod'
import { WireErrorSchema } from '../errors.ts'
import { JarKeySchema } from './cookie.ts'
import { AuthSchema, OptionsSchema, RowSchema } from './request.ts'
import { OriginSchema } from './origin.ts'
import { AskedVariableSchema, FoundVariableSchema } from './variable.ts'

/**
 * Where a header comes from. Only `user` rows are the user's own; the others can be overridden by typing one. `inherited`
 * ones are of a folder, the session or the collection.
 */
export const HeaderSourceSchema = z.enum(['user', 'inherited', 'engine', 'body', 'auth', 'cookies', 'url', 'proxy', 'netrc'])
export type HeaderSource = z.infer<typeof HeaderSourceSchema>

export const PreparedHeaderSchema = z.object({
  name: z.string(),
  value: z.string(),
  source: HeaderSourceSchema,
  /** What to know of the value, in a sentence: where it is from, how long it holds. */
  note: z.string().optional(),
  /** Index of the row in the document's headers, where it is the user's. */
  row: z.number().int().optional(),
  /** Of an inherited one. */
  origin: OriginSchema.optional(),
})
export type PreparedHeader = z.infer<typeof PreparedHeaderSchema>

/** What becomes of a header row that is typed but not simply sent, in a sentence. */
export const HeaderNoteSchema = z.object({
  /** Index of the row in the document's headers. */
  row: z.number().int(),
  message: z.string(),
})
export type HeaderNote = z.infer<typeof HeaderNoteSchema>

/** What decided on the way to a server: which rule, and whose. */
export const RouteReasonSchema = z.discriminatedUnion('kind', [
  /** An entry of the option `proxies`. */
  z.object({ kind: z.literal('rule'), name: z.string(), origin: OriginSchema }),
  /** An entry of the option “No proxy for”. */
  z.object({ kind: z.literal('exception'), entry: z.string(), origin: OriginSchema }),
  z.object({ kind: z.literal('socket'), origin: OriginSchema }),
  /** Such as HTTP_PROXY; `entry`: what of NO_PROXY matches. */
  z.object({ kind: z.literal('variable'), name: z.string(), entry: z.string().nullable() }),
  /** Nothing did. */
  z.object({ kind: z.literal('unset'), isEnvironmentAsked: z.boolean() }),
])
export type RouteReason = z.infer<typeof RouteReasonSchema>

/** The way to the server, and why it is this one. */
export const RouteSchema = z.object({
  /** URL of the proxy, its password masked; null: none. */
  proxy: z.string().nullable(),
  /** What decided on the proxy, or on none. */
  reason: RouteReasonSchema,
  /** What is connected to in place of the host (or the proxy's): an address, or the path of a Unix socket; null: nothing. */
  instead: z.string().nullable(),
})
export type Route = z.infer<typeof RouteSchema>

/** A row that a request has from elsewhere. `hidden`: it is not sent, since something nearer has its name or omits it. */
export const InheritedRowSchema = z.object({
  row: RowSchema,
  origin: OriginSchema,
  hidden: z.boolean(),
  /** The nearest layer that hides it, and whether it takes the name away rather than having it too; absent: the request does. */
  hiddenBy: z.object({ origin: OriginSchema, omits: z.boolean() }).optional(),
})
export type InheritedRow = z.infer<typeof InheritedRowSchema>

const InheritedOptionSchema = z.object({ key: OptionsSchema.keyof(), value: z.unknown(), origin: OriginSchema })

/** What a request is made of beside its own fields, and where each of it is from. */
export const LayersSchema = z.object({
  /** The session it goes with, and whether the request itself names it. */
  session: z.object({ name: z.string(), isPinned: z.boolean() }),
  environment: z.string().nullable(),
  /** Prefix of the session's adapter that the URL picks; null: none. */
  adapter: z.string().nullable(),
  headers: z.array(InheritedRowSchema),
  params: z.array(InheritedRowSchema),
  cookies: z.array(InheritedRowSchema),
  /** Credentials that are used in place of the request's own, as they are written; null: none. */
  auth: z.object({ auth: AuthSchema, origin: OriginSchema }).nullable(),
  /** Options that are not the request's own, by their key, with the value that holds. */
  options: z.array(InheritedOptionSchema),
  /** What each layer around says of options, the nearest first, also where the request says otherwise. */
  outerOptions: z.array(InheritedOptionSchema),
  /** The variables that the request refers to and that have a value. */
  variables: z.array(FoundVariableSchema),
  /** Those to ask for before it is sent. */
  asks: z.array(AskedVariableSchema),
  /** Texts to mask wherever the request is shown: the values of its secret variables. */
  secrets: z.array(z.string()),
})
export type Layers = z.infer<typeof LayersSchema>

export const PreviewSchema = z.object({
  method: z.string(),
  /** The whole URL as it will be requested, with its fragment, without credentials. */
  url: z.string(),
  /** The request-target of the request line (RFC 9112 §3.2). */
  target: z.string(),
  /** Exactly the header lines of the wire, in their order. */
  headers: z.array(PreparedHeaderSchema),
  /** Null where the URL, or what says the way to it, cannot be understood. */
  route: RouteSchema.nullable(),
  /** Null where there is no body at all. */
  bodyBytes: z.number().nullable(),
  /** The first part of the body as text, files named in place of their content. */
  bodyText: z.string(),
  bodyTruncated: z.boolean(),
  /**
   * What is waited before each retry, in milliseconds, where nothing else is asked for by the server; null: no retries.
   * `hasLowerLimits`: some cause may end them sooner, by a limit of its own.
   * `coversMethod`: false where only a request that did not leave is tried again, as its method is none of those to retry.
   */
  retries: z
    .object({ waitsMs: z.array(z.number()), jitterMs: z.number(), coversMethod: z.boolean(), hasLowerLimits: z.boolean() })
    .nullable(),
  /** How many requests it takes: more than one where a file is sent in parts. The preview is that of the first. */
  requests: z.number().int(),
  layers: LayersSchema,
  /** Whose cookies go with it. */
  jar: JarKeySchema,
  /** Beside their rows: those left out, and those that stand for something else. */
  headerNotes: z.array(HeaderNoteSchema),
  warnings: z.array(z.string()),
  /** What keeps the request from being sent, each beside its field. Empty: it can be sent. */
  problems: z.array(WireErrorSchema),
})
export type Preview = z.infer<typeof PreviewSchema>
