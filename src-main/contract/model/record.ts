/**
 * Looking at a body as records, also while it is on its way: events of an event stream, values of a JSON stream, lines of
 * a text. Only what is asked for is read; no answer is large.
 */
import { z } from 'zod'
import { BodyIdSchema, ViewIdSchema } from './ids.ts'
import { SOCKET_LOG_TYPE } from './websocket.ts'

/**
 * `sse`: Server-Sent Events; `ndjson`: a JSON value in each line; `seq`: JSON text sequences (RFC 7464); `socket`: messages of
 * a WebSocket, as its log has them; `lines`: any text.
 */
export const RecordKindSchema = z.enum(['sse', 'ndjson', 'seq', 'socket', 'lines'])
export type RecordKind = z.infer<typeof RecordKindSchema>
/** Those whose records come one by one, each at its time. */
export type StreamKind = Exclude<RecordKind, 'lines'>

const STREAM_TYPES: ReadonlyMap<string, StreamKind> = new Map([
  ['text/event-stream', 'sse'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['application/x-jsonl', 'ndjson'],
  ['application/jsonlines', 'ndjson'],
  ['application/x-jsonlines', 'ndjson'],
  ['application/x-json-stream', 'ndjson'],
  ['application/stream+json', 'ndjson'],
  ['application/json-seq', 'seq'],
  [SOCKET_LOG_TYPE, 'socket'],
])

/** The kind of stream that a Content-Type names; null where it is none. */
export function streamKindOf(contentType: string): StreamKind | null {
  const essence = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
  return STREAM_TYPES.get(essence) ?? (essence.endsWith('+json-seq') ? 'seq' : null)
}

const RecordSchema = z.object({
  /** Its number, from 0, among all. */
  number: z.number().int(),
  /** Milliseconds from the beginning of the request until it was whole; null where that is not known. */
  at: z.number().nullable(),
  /** `comment`: lines of an event stream that make no event; `cut`: the stream ended within it. */
  kind: z.enum(['whole', 'comment', 'cut']),
  /** Of an event; empty where it has none. */
  event: z.string(),
  id: z.string(),
  /** Its data or its line, cut at 600 characters (a line of text: at 4,000). */
  text: z.string(),
  /** Length of all of it; of a WebSocket message, of its payload. */
  bytes: z.number().int(),
})
export type StreamRecord = z.infer<typeof RecordSchema>

/** How far a view has come. */
const RecordStatusSchema = z.object({
  /** Records so far, whatever the filter. */
  total: z.number().int(),
  /** Records before `until` that the filter lets through. */
  matched: z.number().int(),
  /** Bytes of the body that have come. */
  bytes: z.number(),
  /** Everything that has come is counted, and filtered. */
  isCaughtUp: z.boolean(),
  /** Nothing more will come. */
  isOver: z.boolean(),
})
export type RecordStatus = z.infer<typeof RecordStatusSchema>

export const RECORD_COMMANDS = {
  'records.open': {
    input: z.object({
      /** A body, or the id that one is arriving under. */
      bodyId: BodyIdSchema,
      kind: RecordKindSchema,
      /** Of lines; streams are UTF-8. */
      encoding: z.string().nullable().default(null),
      /** `arrivalsId` of the response. */
      arrivalsId: BodyIdSchema.nullable().default(null),
    }),
    output: z.object({ viewId: ViewIdSchema }),
  },
  /** Looks at what has come since; it takes a moment at most, and says whether there is more to look at. */
  'records.status': {
    input: z.object({
      viewId: ViewIdSchema,
      /** Text that event, id or data must have, whatever the case; empty: all. */
      filter: z.string().max(1000).default(''),
      /** Counts only records before this number; null: all. */
      until: z.number().int().min(0).nullable().default(null),
    }),
    output: RecordStatusSchema,
  },
  /** Records by their place among those that the filter of the last status lets through. */
  'records.rows': {
    input: z.object({ viewId: ViewIdSchema, from: z.number().int().min(0), count: z.number().int().min(1).max(500) }),
    output: z.object({ rows: z.array(RecordSchema) }),
  },
  /** One record whole, by its number. */
  'records.read': {
    input: z.object({ viewId: ViewIdSchema, number: z.number().int().min(0) }),
    output: z.object({
      /** The data, or the line, up to 1 MiB of it. */
      text: z.string(),
      /** Laid out, where it is JSON. */
      pretty: z.string().nullable(),
      isCut: z.boolean(),
      bytes: z.number().int(),
    }),
  },
  'records.close': { input: z.object({ viewId: ViewIdSchema }), output: z.object({}) },
} as const
