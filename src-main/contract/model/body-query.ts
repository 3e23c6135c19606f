/**
 * Querying stored bodies: JSONPath, XPath and CSS selectors. The window never gets the answer whole: it asks for a query,
 * then for windows of its matches by the query's id, and for an export of them as a body of its own.
 */
import { z } from 'zod'
import { BodyIdSchema, WorkIdSchema } from './ids.ts'

export const QueryKindSchema = z.enum(['jsonpath', 'xpath', 'css'])
export type QueryKind = z.infer<typeof QueryKindSchema>

/** What is done with the matches' texts before they are shown, copied or exported. */
export const MatchFilterSchema = z.object({
  /** `text`: strings without quotes, elements by their text; `source`: as it stands in the body. */
  as: z.enum(['text', 'source']),
  /** White space at both ends goes. */
  trim: z.boolean(),
  /** Shorter ones are left out; in UTF-16 units, after trimming. */
  minLength: z.number().int().min(0).max(1_000_000),
  /** Of equal ones the first stays. */
  unique: z.boolean(),
  /** Put before and after each. */
  prefix: z.string().max(1000),
  suffix: z.string().max(1000),
})
export type MatchFilter = z.infer<typeof MatchFilterSchema>

export const MatchTypeSchema = z.enum(['string', 'number', 'boolean', 'null', 'object', 'array', 'element', 'attribute', 'text', 'value'])
export type MatchType = z.infer<typeof MatchTypeSchema>

const MatchSchema = z.object({
  /** A query of the same kind that leads to this match alone; empty for a computed value, which stands nowhere. */
  path: z.string(),
  type: MatchTypeSchema,
  /** Cut to what was asked for. */
  text: z.string(),
  /** Of the whole text, in UTF-16 units. */
  length: z.number().int(),
})
export type QueryMatch = z.infer<typeof MatchSchema>

const queryId = z.string().min(1).max(64)

/** A query or a text that cannot be understood is an answer, not a failure: it stands beside the field while typing. */
const QueryAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('matches'),
    queryId,
    /** All that match. */
    total: z.number().int(),
    /** Those that can be listed, after the filter. */
    listed: z.number().int(),
    /** What should be known of them, such as that not all are listed. */
    note: z.string().nullable(),
    /** The first of them. */
    first: z.array(MatchSchema),
  }),
  z.object({
    kind: z.literal('problem'),
    /** What is at fault: the expression, the body, or that it took too much. */
    of: z.enum(['expression', 'body', 'limit']),
    message: z.string(),
    /** Index in the expression, in UTF-16 units. */
    position: z.number().int().nullable(),
  }),
])

export const EXPORT_FORMATS = ['text', 'json', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const BODY_QUERY_COMMANDS = {
  /** Aborting the call stops the query. */
  'body.query': {
    input: z.object({
      id: BodyIdSchema,
      contentType: z.string(),
      /** Null: find out. */
      encoding: z.string().nullable(),
      kind: QueryKindSchema,
      expression: z.string().max(20_000),
      filter: MatchFilterSchema,
      workId: WorkIdSchema.optional(),
    }),
    output: QueryAnswerSchema,
  },
  /** How far `body.query` of a large body, or `tree.open`, has come: from 0 to 1; null where it is not under way. */
  'body.share': { input: z.object({ workId: WorkIdSchema }), output: z.object({ share: z.number().nullable() }) },
  'body.matches': {
    input: z.object({
      queryId,
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(500),
      /** Longest text wanted of each, in UTF-16 units. */
      length: z.number().int().min(1).max(33_554_432).default(400),
      /** Texts as they are found, neither trimmed nor wrapped: what an assertion or a variable is to hold. */
      bare: z.boolean().default(false),
    }),
    output: z.object({ matches: z.array(MatchSchema) }),
  },
  /** Keeps the matches, as text, as a JSON list or as CSV, as a body that can be copied and saved like any other. */
  'body.exportMatches': {
    input: z.object({ queryId, format: z.enum(EXPORT_FORMATS) }),
    output: z.object({ id: BodyIdSchema, bytes: z.number().int() }),
  },
  'body.closeQuery': { input: z.object({ queryId }), output: z.object({}) },
} as const
