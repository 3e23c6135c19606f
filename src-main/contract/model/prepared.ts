/** What will be sent, as far as it can be known before sending: the preview of a prepared request. */
import { z } from 'zod'
import { WireErrorSchema } from '../errors.ts'

/** Where a header comes from. Only `user` rows are the user's own; the others can be overridden by typing one. */
export const HeaderSourceSchema = z.enum(['user', 'engine', 'body', 'auth', 'cookies', 'url', 'proxy', 'netrc'])
export type HeaderSource = z.infer<typeof HeaderSourceSchema>

export const PreparedHeaderSchema = z.object({
  name: z.string(),
  value: z.string(),
  source: HeaderSourceSchema,
  /** What to know of the value, in a sentence: where it is from, how long it holds. */
  note: z.string().optional(),
  /** Index of the row in the document's headers, where it is the user's. */
  row: z.number().int().optional(),
})
export type PreparedHeader = z.infer<typeof PreparedHeaderSchema>

/** The way to the server, and why it is this one. */
export const RouteSchema = z.object({
  /** URL of the proxy, its password masked; null: none. */
  proxy: z.string().nullable(),
  /** What decided on the proxy, or on none: `HTTP_PROXY of the environment`, `NO_PROXY matches .corp`. */
  why: z.string(),
  /** What is connected to in place of the host (or the proxy's): an address, or the path of a Unix socket; null: nothing. */
  instead: z.string().nullable(),
})
export type Route = z.infer<typeof RouteSchema>

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
  /** What is waited before each retry, in milliseconds, where nothing else is asked for by the server; null: no retries. */
  retries: z.object({ waitsMs: z.array(z.number()) }).nullable(),
  /** How many requests it takes: more than one where a file is sent in parts. The preview is that of the first. */
  requests: z.number().int(),
  warnings: z.array(z.string()),
  /** What keeps the request from being sent, each beside its field. Empty: it can be sent. */
  problems: z.array(WireErrorSchema),
})
export type Preview = z.infer<typeof PreviewSchema>
