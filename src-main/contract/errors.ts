/**
 * Every failure a person can meet, by kind. Where Python requests has an exception for it, the kind carries
 * that name, so that what is learnt in one place holds in the other. `docs/errors.md` explains each.
 */
import { z } from 'zod'

/** Failures of a request: before it leaves, on the way, or in the answer. */
export const REQUEST_ERROR_KINDS = [
  'MissingSchema',
  'InvalidSchema',
  'InvalidURL',
  'InvalidHeader',
  'InvalidProxyURL',
  'InvalidBody',
  'InvalidOption',
  'UnsupportedAuth',
  'TokenError',
  'UndefinedVariable',
  'InvalidVariable',
  'FileNotFound',
  'ConnectionError',
  'ConnectTimeout',
  'ReadTimeout',
  'TotalTimeout',
  'SSLError',
  'ProxyError',
  'TooManyRedirects',
  'ChunkedEncodingError',
  'ContentDecodingError',
  'RetryError',
  'HTTPError',
  'TooLarge',
  'ScriptError',
  'Cancelled',
] as const

/** Failures of keeping things, and of calling the core wrongly. */
export const APP_ERROR_KINDS = [
  'NotFound',
  'Conflict',
  'InvalidName',
  'Unreadable',
  'StorageError',
  'SecretInFile',
  'InvalidCall',
  'Unavailable',
  'Bug',
] as const

export const ErrorKindSchema = z.enum([...REQUEST_ERROR_KINDS, ...APP_ERROR_KINDS])
export type ErrorKind = z.infer<typeof ErrorKindSchema>

/** Where in the request's life it went wrong. */
export const StageSchema = z.enum(['resolve', 'prepare', 'connect', 'tls', 'send', 'receive', 'decode', 'store', 'call'])
export type Stage = z.infer<typeof StageSchema>

/** The field a problem stands beside: a section of the editor, and in a table its row and cell. */
export const FieldRefSchema = z.object({
  section: z.enum(['method', 'url', 'params', 'headers', 'body', 'auth', 'cookies', 'options', 'variables', 'tests']),
  /** Zero-based index into the section's rows. */
  row: z.number().int().optional(),
  /** The property of the row, of the body, of the auth or of the options, such as `name` or `timeout.read`. */
  field: z.string().optional(),
})
export type FieldRef = z.infer<typeof FieldRefSchema>

export const WireErrorSchema = z.object({
  kind: ErrorKindSchema,
  stage: StageSchema,
  /** One sentence that names the host, file, header or variable. Never holds a secret. */
  message: z.string(),
  /** What to do about it. */
  hint: z.string().optional(),
  where: FieldRefSchema.optional(),
  /** Plain data for code and for the curious: error codes, raw bytes received, both sides of a conflict. */
  details: z.record(z.string(), z.unknown()).optional(),
})
export type WireError = z.infer<typeof WireErrorSchema>

const OtherProblemsSchema = z.array(WireErrorSchema.pick({ kind: true, message: true, hint: true }))

/** What else kept a request from being sent, as `details.problems` of the first reason have it. */
export function otherProblems({ details }: Pick<WireError, 'details'>): z.infer<typeof OtherProblemsSchema> {
  const { data = [] } = OtherProblemsSchema.safeParse(details?.['problems'])
  return data
}
