/** What was sent before: one entry for each send, found by its text or its facts, read whole by its id. */
import { z } from 'zod'
import { ErrorKindSchema } from '../errors.ts'
import { HISTORY_DEFAULTS } from './history-defaults.ts'
import { ExchangeSchema } from './exchange.ts'
import { DraftIdSchema, ExchangeIdSchema, NodeIdSchema } from './ids.ts'
import { RequestDocumentSchema } from './request.ts'

/** What a list shows of an entry. Its id is that of the exchange. */
export const HistoryEntrySchema = z.object({
  id: ExchangeIdSchema,
  /** ISO 8601. */
  startedAt: z.string(),
  /** Milliseconds. */
  totalMs: z.number(),
  method: z.string(),
  /** The first URL that was asked for; what was typed, where nothing left. */
  url: z.string(),
  /** With its port where that is in the URL; empty where the URL is none. */
  host: z.string(),
  /** Of the last answer; null where none came. */
  status: z.number().int().nullable(),
  /** Why it failed; null where it did not. */
  error: ErrorKindSchema.nullable(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  pinned: z.boolean(),
  nodeId: NodeIdSchema.nullable(),
  session: z.string().nullable(),
  environment: z.string().nullable(),
})
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>

/** `4xx` stands for a whole class; `error` for what got no answer. */
export const HistoryStatusSchema = z.union([z.number().int(), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx', 'error'])])
export type HistoryStatus = z.infer<typeof HistoryStatusSchema>

/** All of it has to hold; what is left out asks for nothing. */
export const HistoryFilterSchema = z.object({
  /** Words of the URL, the headers or the bodies, or a part of the URL; `"in quotes"` as they stand. Any text will do. */
  text: z.string().max(1000).optional(),
  /** Upper case. One of them has to fit, as with `statuses`. */
  methods: z.array(z.string().max(100)).max(50).optional(),
  statuses: z.array(HistoryStatusSchema).max(50).optional(),
  /** A part of the host's name, whatever the case. */
  host: z.string().max(500).optional(),
  session: z.string().max(500).optional(),
  /** ISO 8601; sent at that time or later. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** ISO 8601; sent before that time. */
  until: z.iso.datetime({ offset: true }).optional(),
  pinned: z.boolean().optional(),
  /** Sends of one request: the saved one, or the tab it is open in. */
  of: z.object({ nodeId: NodeIdSchema.nullable(), draftId: DraftIdSchema.nullable() }).optional(),
})
export type HistoryFilter = z.infer<typeof HistoryFilterSchema>

export const HistoryPageSchema = z.object({
  /** Newest first. */
  entries: z.array(HistoryEntrySchema),
  /** Hand it back for what follows; null: that was all. */
  next: z.string().nullable(),
  /** How many there are, on the first page; counted as far as it is quick. */
  total: z.object({ count: z.number().int(), isExact: z.boolean() }).nullable(),
})
export type HistoryPage = z.infer<typeof HistoryPageSchema>

/** What can be chosen in filters, the most frequent first. */
export const HistoryFacetsSchema = z.object({
  methods: z.array(z.string()),
  hosts: z.array(z.string()),
  sessions: z.array(z.string()),
})
export type HistoryFacets = z.infer<typeof HistoryFacetsSchema>

export const HistoryReadSchema = z.object({
  entry: HistoryEntrySchema,
  /** The form as it was sent. */
  document: RequestDocumentSchema,
  exchange: ExchangeSchema,
  /** Texts to mask wherever it is shown: what the secret variables around its request are now. Bodies are kept as they were sent. */
  secrets: z.array(z.string()),
})
export type HistoryRead = z.infer<typeof HistoryReadSchema>

/** What was removed comes back by this for ten minutes. */
export const HistoryRemovedSchema = z.object({ removal: z.string(), count: z.number().int() })

export const HistorySettingsSchema = z.object({
  /** False: nothing more is recorded; what is there stays. */
  enabled: z.boolean().default(HISTORY_DEFAULTS.enabled),
  /** Pinned entries stay whatever the limits. Null: no limit. */
  maxAgeDays: z.number().int().min(1).max(36_500).nullable().default(HISTORY_DEFAULTS.maxAgeDays),
  maxEntries: z.number().int().min(1).max(10_000_000).nullable().default(HISTORY_DEFAULTS.maxEntries),
  /** Of the entries and the bodies they refer to. */
  maxBytes: z
    .number()
    .int()
    .min(1024 * 1024)
    .nullable()
    .default(HISTORY_DEFAULTS.maxBytes),
})
export type HistorySettings = z.infer<typeof HistorySettingsSchema>

const { enabled, maxAgeDays, maxEntries, maxBytes } = HistorySettingsSchema.shape
/** What is left out stays as it is: no default takes its place. */
export const HistorySettingsChangeSchema = z.object({
  enabled: enabled.removeDefault().optional(),
  maxAgeDays: maxAgeDays.removeDefault().optional(),
  maxEntries: maxEntries.removeDefault().optional(),
  maxBytes: maxBytes.removeDefault().optional(),
})
