/**
 * What the user typed: the request as the form shows it and the file keeps it. Nothing in here is encoded,
 * resolved or filled in; `core/prepare` does that, and only it.
 */
import { z } from 'zod'
import { AssertionSchema } from './assertion.ts'
import { CaptureSchema, StatusMessageSchema } from './capture.ts'
import { AwsSchema, BasicCharsetSchema, OAuth1Schema, OAuth2Schema } from './auth.ts'
import { VariableSchema } from './variable.ts'
import { ScriptSchema } from './script.ts'
import { SocketMessageSchema } from './websocket.ts'
import { WIRE_OPTIONS } from './wire-options.ts'

/** One row of a table. Order and duplicates are kept; a disabled row is kept but not sent. */
export const RowSchema = z.object({
  name: z.string(),
  value: z.string(),
  enabled: z.boolean(),
  description: z.string().optional(),
  /** The row takes its name away from what is inherited or added, as `None` does in requests; its value is then empty. */
  omit: z.boolean().optional(),
})
export type Row = z.infer<typeof RowSchema>

/**
 * A row of Params. Enabled query rows mirror the query in the URL, in order; disabled ones live only here.
 * A path row fills `:name` in the URL's path.
 */
export const ParamSchema = RowSchema.extend({
  kind: z.enum(['query', 'path']),
  /**
   * How a query row that is off stood in the URL, where that is not its plain encoding: its stretch, with an `&` in front
   * for each empty stretch before it. See `params-edit`.
   */
  raw: z.string().optional(),
})
export type Param = z.infer<typeof ParamSchema>

const partBase = {
  name: z.string(),
  enabled: z.boolean(),
  description: z.string().optional(),
  /** Media type of the part; empty: none for text, found from the file name for a file. */
  contentType: z.string(),
  /** Further headers of the part, sent after Content-Disposition and Content-Type. */
  headers: z.array(RowSchema),
}
export const TextPartSchema = z.object({ kind: z.literal('text'), ...partBase, value: z.string() })
export const FilePartSchema = z.object({
  kind: z.literal('file'),
  ...partBase,
  /** Paths, absolute or relative to the collection's root. Several make several parts under one name. */
  files: z.array(z.string()),
  /** Name to send instead of the file's own; only where the row has one file. Empty: the file's own. */
  filename: z.string(),
})
export const PartSchema = z.discriminatedUnion('kind', [TextPartSchema, FilePartSchema])
export type TextPart = z.infer<typeof TextPartSchema>
export type FilePart = z.infer<typeof FilePartSchema>
export type Part = z.infer<typeof PartSchema>

export const BodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('json'),
    text: z.string(),
    /** Send the text although it is not valid JSON. The text itself is never changed in either case. */
    asTyped: z.boolean(),
  }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('xml'), text: z.string() }),
  z.object({ kind: z.literal('graphql'), query: z.string(), variables: z.string() }),
  z.object({ kind: z.literal('form'), rows: z.array(RowSchema) }),
  z.object({ kind: z.literal('multipart'), parts: z.array(PartSchema) }),
  z.object({ kind: z.literal('file'), path: z.string(), contentType: z.string() }),
  /** Makes the request a WebSocket one: it has no body, and these are sent once it is open. */
  z.object({ kind: z.literal('websocket'), messages: z.array(SocketMessageSchema) }),
])
export type Body = z.infer<typeof BodySchema>
export type BodyKind = Body['kind']

export const AuthSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('inherit') }),
  z.object({ kind: z.literal('basic'), username: z.string(), password: z.string(), charset: BasicCharsetSchema.optional() }),
  /** Answers a challenge; nothing is sent before the server has asked once. */
  z.object({ kind: z.literal('digest'), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal('bearer'), token: z.string() }),
  z.object({ kind: z.literal('apikey'), key: z.string(), value: z.string(), placement: z.enum(['header', 'query']) }),
  /** requests' custom AuthBase: any header, with an optional prefix such as `Token `. */
  z.object({ kind: z.literal('header'), name: z.string(), prefix: z.string(), value: z.string() }),
  OAuth2Schema,
  OAuth1Schema,
  AwsSchema,
  /** A kind that this version cannot do: kept in the file as it is, shown by its type, refused on Send. */
  z.object({ kind: z.literal('unsupported'), type: z.string() }),
])
export type Auth = z.infer<typeof AuthSchema>
export type AuthKind = Auth['kind']

/** An absent option means the default; null means "no limit". */
export const OptionsSchema = z.object({
  /** Seconds, as requests counts them. */
  timeout: z
    .object({
      connect: z.number().nullable().optional(),
      /** Longest silence between two reads. */
      read: z.number().nullable().optional(),
      /** The whole exchange, redirects included. */
      total: z.number().nullable().optional(),
    })
    .optional(),
  followRedirects: z.boolean().optional(),
  maxRedirects: z.number().int().optional(),
  /** True: the system's and Node's certificate authorities; false: no check; a text: path of a CA file or folder. */
  verify: z.union([z.boolean(), z.string()]).optional(),
  /** Names of headers that are not sent, whoever would add them: inherited ones and those of the engine. */
  omitHeaders: z.array(z.string()).optional(),
  ...WIRE_OPTIONS,
})
export type Options = z.infer<typeof OptionsSchema>

export const RequestDocumentSchema = z.object({
  name: z.string(),
  method: z.string(),
  /** As typed, with its query and fragment. */
  url: z.string(),
  params: z.array(ParamSchema),
  headers: z.array(RowSchema),
  body: BodySchema,
  auth: AuthSchema,
  cookies: z.array(RowSchema),
  options: OptionsSchema,
  /** Variables of this request alone. */
  variables: z.array(VariableSchema).default([]),
  /** What the answer must be; absent: nothing is asserted. */
  assertions: z.array(AssertionSchema).optional(),
  /** A status of 400 or more fails the request's checks, and nothing is captured: `raise_for_status()` of requests. */
  raiseForStatus: z.literal(true).optional(),
  /** What is taken out of the answer; absent: nothing. */
  captures: z.array(CaptureSchema).optional(),
  /** What is shown for a status; absent: nothing. */
  statusMessages: z.array(StatusMessageSchema).optional(),
  /** Absent: none. */
  scripts: z.array(ScriptSchema).optional(),
  docs: z.string(),
})
export type RequestDocument = z.infer<typeof RequestDocumentSchema>
