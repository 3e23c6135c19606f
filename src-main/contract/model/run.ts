/**
 * A run: requests gone through in order, as often as there are rows of data or as asked for, by the engine that the window
 * and the command line share. Its results are kept by the thousand in the private data folder and asked for in windows;
 * what is shown of them has the values of secrets masked. Times are milliseconds, sizes are bytes.
 */
import { z } from 'zod'
import { WireErrorSchema } from '../errors.ts'
import { ChecksSchema } from './checks.ts'
import { HeaderListSchema } from './exchange.ts'
import { BodyIdSchema, CollectionIdSchema, NodeIdSchema } from './ids.ts'
import { MOST_PARALLEL, RUN_REPORT_FORMATS, RUN_STATES } from './run-facts.ts'
import { ParentRefSchema } from './workspace.ts'

export const RunIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{6,64}$/)
  .brand<'RunId'>()
export type RunId = z.infer<typeof RunIdSchema>

/** Of a failed answer, how much of its body is kept. */
export const KEPT_BODY_BYTES = 64 * 1024
/** Runs that are kept; the oldest go first. */
export const KEPT_RUNS = 50

const count = z.number().int().min(0)
const name = z.string().max(500)

/** Something that could be run, or stands in its way. */
export const RunItemSchema = z.object({
  nodeId: NodeIdSchema,
  /** `broken`: a file that cannot be read; it is told of, and left out. */
  kind: z.enum(['folder', 'request', 'broken']),
  name: z.string(),
  /** Below what was asked for, from 0. */
  depth: count,
  /** Of a request; the URL is as typed. */
  method: z.string().optional(),
  url: z.string().optional(),
  /** Why it is broken. */
  error: z.string().optional(),
})
export type RunItem = z.infer<typeof RunItemSchema>

/** What each run of the requests takes its variables from: the rows of a file. */
export const RunDataPreviewSchema = z.object({
  /** Absolute path that was read. */
  path: z.string(),
  format: z.enum(['csv', 'json']),
  columns: z.array(z.string()),
  rowCount: count,
  /** The first 50; a column that a row does not have is absent in it. */
  rows: z.array(z.record(z.string(), z.string())),
  /** What is odd about the file, such as rows without a column; one sentence each. */
  warnings: z.array(z.string()),
})
export type RunDataPreview = z.infer<typeof RunDataPreviewSchema>

/** A file, absolute or relative to the collection's folder; of a window without paths of its own, that of its upload. */
const dataFile = { path: z.string().min(1).max(4096), collectionId: CollectionIdSchema.nullable() }

export const RunOptionsSchema = z.object({
  /** Shown in the list of runs; empty: named after what is run. */
  name: name.default(''),
  /** Null: none. */
  environment: name.nullable().default(null),
  /** Null: the default one. A request that names a session goes with that one. */
  session: name.nullable().default(null),
  /** Values for this run alone; they win over the data and every other. */
  given: z.record(z.string(), z.string()).default({}),
  /** Null: no data. */
  data: z.object({ path: dataFile.path }).nullable().default(null),
  /** How often; absent: once, or once for each row of the data. With more than there are rows, the rows begin again. */
  iterations: z.number().int().min(1).max(10_000_000).optional(),
  /** Iterations that go on beside each other, each with variables captured of its own. */
  parallel: z.number().int().min(1).max(MOST_PARALLEL).default(1),
  /** Before each request but an iteration's first. */
  delayMs: z.number().min(0).max(3_600_000).default(0),
  /** Ends the run at the first request that fails. */
  bail: z.boolean().default(false),
  /** An answer with a status of 400 or more is a failure. */
  failOnStatus: z.boolean().default(false),
})
export type RunOptions = z.infer<typeof RunOptionsSchema>

/** `interrupted`: the program ended before the run did; `failed`: it could not go on, `error` says why. */
export const RunStateSchema = z.enum(RUN_STATES)

/** How far a run is, and how it went. */
export const RunCountsSchema = z.object({
  /** Requests of all iterations. */
  planned: count,
  /** With a result: those that were skipped are among them. */
  done: count,
  passed: count,
  /** An assertion or test did not hold, the status is a failure, or there was no answer. */
  failed: count,
  /** Of the failed: those without an answer. */
  errors: count,
  skipped: count,
  iterations: count,
  iterationsDone: count,
  checksPassed: count,
  checksFailed: count,
  /** Of the bodies of answers, decoded. */
  bytes: z.number(),
})
export type RunCounts = z.infer<typeof RunCountsSchema>

/** Durations of answers, from the first byte of work to the last byte read; null where there was none. */
export const RunStatsSchema = z.object({
  count,
  failed: count,
  min: z.number().nullable(),
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
})
export type RunStats = z.infer<typeof RunStatsSchema>

export const RunRequestSchema = RunStatsSchema.extend({
  /** Its place in the run's order, from 0. */
  item: count,
  /** Null: it is no saved request of an open collection. */
  nodeId: NodeIdSchema.nullable(),
  name: z.string(),
  /** Names of the folders it is in, the outermost first. */
  folders: z.array(z.string()),
  method: z.string(),
  /** As typed. */
  url: z.string(),
  skipped: count,
  checksPassed: count,
  checksFailed: count,
})
export type RunRequest = z.infer<typeof RunRequestSchema>

/** At most 200 spans of equal length, one after the other from the run's start. */
export const RunBucketSchema = z.object({
  /** Start of the span, from the run's start. */
  at: z.number(),
  /** Requests that ended in it. */
  done: count,
  failed: count,
  /** Null where none was answered. */
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  max: z.number().nullable(),
})
export type RunBucket = z.infer<typeof RunBucketSchema>

export const RunChartsSchema = z.object({
  /** Length of a bucket. */
  bucketMs: z.number(),
  /** Latency over time, and throughput: `done` in `bucketMs`. */
  buckets: z.array(RunBucketSchema),
  /** How many took how long: at most 40 ranges, each from the end of the one before; the last takes in the slowest. */
  distribution: z.array(z.object({ from: z.number(), to: z.number(), count })),
  /** By number; null: no answer. */
  statuses: z.array(z.object({ status: z.number().int().nullable(), count })),
})
export type RunCharts = z.infer<typeof RunChartsSchema>

/** A run in the list. */
export const RunHeadSchema = z.object({
  id: RunIdSchema,
  name: z.string(),
  /** Null: of what is in no open collection. */
  collectionId: CollectionIdSchema.nullable(),
  /** Of the collection, or of what was run. */
  place: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Without the time it was paused. */
  elapsedMs: z.number(),
  state: RunStateSchema,
  environment: z.string().nullable(),
  session: z.string().nullable(),
  /** File name of the data; null: none. */
  data: z.string().nullable(),
  parallel: count,
  counts: RunCountsSchema,
  /** Of `failed`. */
  error: WireErrorSchema.nullable(),
})
export type RunHead = z.infer<typeof RunHeadSchema>

export const RunSummarySchema = RunHeadSchema.extend({
  /** What it was started with; the values given by hand are not kept. */
  options: RunOptionsSchema.omit({ given: true }),
  /** Of the values given by hand. */
  givenNames: z.array(z.string()),
  totals: RunStatsSchema,
  requestsPerSecond: z.number(),
  requests: z.array(RunRequestSchema),
  charts: RunChartsSchema,
  /** What went other than one might think, one sentence each: files that were left out, say. */
  notes: z.array(z.string()),
})
export type RunSummary = z.infer<typeof RunSummarySchema>

/** One request of one iteration, in short. */
export const RunRowSchema = z.object({
  /** In the order in which they ended, from 0. */
  index: count,
  /** From 0: place among the run's requests. */
  item: count,
  /** From 1. */
  iteration: count,
  name: z.string(),
  method: z.string(),
  /** As sent, without fragment. */
  url: z.string(),
  /** Null: no answer. */
  status: z.number().int().nullable(),
  reason: z.string(),
  /** From the run's start. */
  startedAt: z.number(),
  durationMs: z.number(),
  bytes: z.number(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  checksPassed: count,
  checksFailed: count,
  /** Retries that were made. */
  retries: count,
  /** What failed first, in one line; null: nothing. */
  problem: z.string().nullable(),
})
export type RunRow = z.infer<typeof RunRowSchema>

/** Of a failed request: what went over the wire. */
export const RunFailureSchema = z.object({
  /** Request line and headers as sent; empty where nothing was. */
  requestHead: z.string(),
  responseHeaders: HeaderListSchema,
  /** The first {@link KEPT_BODY_BYTES} as text; null where it is none, or there was no answer. */
  body: z.string().nullable(),
  bodyBytes: z.number(),
})
export type RunFailure = z.infer<typeof RunFailureSchema>

export const RunResultSchema = RunRowSchema.extend({
  checks: ChecksSchema.nullable(),
  error: WireErrorSchema.nullable(),
  warnings: z.array(z.string()),
  /** Values of the data that it was sent with. */
  data: z.record(z.string(), z.string()),
  failure: RunFailureSchema.nullable(),
})
export type RunResult = z.infer<typeof RunResultSchema>

export const RunRowFilterSchema = z.object({
  outcome: z.enum(['all', 'failed']).default('all'),
  /** In the name, URL, status or problem, whatever its case; empty: all. */
  text: z.string().max(500).default(''),
  /** Of one request of the run only. */
  item: count.optional(),
})

/** One request as two runs have it, found by its name, folders and method. */
export const RunComparisonRowSchema = z.object({
  name: z.string(),
  folders: z.array(z.string()),
  method: z.string(),
  /** Null: not in that run. */
  before: RunStatsSchema.nullable(),
  after: RunStatsSchema.nullable(),
})
export const RunComparisonSchema = z.object({
  before: RunHeadSchema,
  after: RunHeadSchema,
  totals: z.object({ before: RunStatsSchema, after: RunStatsSchema }),
  requests: z.array(RunComparisonRowSchema),
})
export type RunComparison = z.infer<typeof RunComparisonSchema>

export const RunReportFormatSchema = z.enum(RUN_REPORT_FORMATS)

const run = z.object({ runId: RunIdSchema })
const nothing = z.object({})

export const RUN_COMMANDS = {
  /** What is in a place, or the requests and folders named with what is in them: by seq, then name, folders included. */
  'run.items': {
    input: z.object({
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('place'), parent: ParentRefSchema }),
        z.object({ kind: z.literal('nodes'), nodeIds: z.array(NodeIdSchema).min(1).max(10_000) }),
      ]),
    }),
    output: z.object({ items: z.array(RunItemSchema) }),
  },
  /** Fails with `FileNotFound`, and with `Unreadable` (`details.line` where known) for a file that is no data. */
  'run.data': { input: z.object(dataFile), output: RunDataPreviewSchema },
  /** Answers as soon as the run has begun. All requests are of one collection; `nodeIds` are requests in the order to send them. */
  'run.start': {
    input: RunOptionsSchema.extend({ nodeIds: z.array(NodeIdSchema).min(1).max(10_000) }),
    output: run,
  },
  /** What is under way is finished, and nothing else begun. No failure where it is paused already, or over. */
  'run.pause': { input: run, output: nothing },
  'run.resume': { input: run, output: nothing },
  /** What is under way is cancelled, and told of as no result; what has come is kept. No failure where it is over. */
  'run.stop': { input: run, output: nothing },
  /** Those kept, the newest first, with those under way. */
  'run.list': { input: nothing, output: z.object({ runs: z.array(RunHeadSchema) }) },
  /** Fails with `NotFound`, as all below. */
  'run.read': { input: run, output: RunSummarySchema },
  'run.rows': {
    input: run.extend({
      offset: count,
      limit: z.number().int().min(1).max(500),
      filter: RunRowFilterSchema.prefault({}),
    }),
    /** `total`: how many fit the filter by now. */
    output: z.object({ rows: z.array(RunRowSchema), total: count }),
  },
  /** `index` is that of a row. */
  'run.row': { input: run.extend({ index: count }), output: RunResultSchema },
  'run.compare': { input: z.object({ before: RunIdSchema, after: RunIdSchema }), output: RunComparisonSchema },
  /** Fails with `Unavailable` while it is under way. */
  'run.remove': { input: run, output: nothing },
  /** A report, as a body to be saved like any other. */
  'run.export': {
    input: run.extend({ format: RunReportFormatSchema }),
    output: z.object({
      bodyId: BodyIdSchema,
      bytes: z.number(),
      /** Suggested name, with its ending. */
      fileName: z.string(),
      contentType: z.string(),
    }),
  },
} as const

/** At most ten a second of each run; the last one has a state that is over. */
export const RunProgressSchema = z.object({
  runId: RunIdSchema,
  state: RunStateSchema,
  counts: RunCountsSchema,
  elapsedMs: z.number(),
  /** In the last second. */
  requestsPerSecond: z.number(),
  /** What is under way. */
  active: count,
})
export type RunProgress = z.infer<typeof RunProgressSchema>
