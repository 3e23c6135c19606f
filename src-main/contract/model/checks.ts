/**
 * What became of an answer's checks: assertions, captures, messages by status, and what scripts tested and printed.
 * Texts are as shown: values of secrets are masked in them.
 */
import { z } from 'zod'
import { NodeIdSchema } from './ids.ts'

/** Longest text of an actual value, of a message or of a printed line, in UTF-16 units. */
export const SHOWN_VALUE = 10_000

export const AssertionResultSchema = z.object({
  expression: z.string(),
  operator: z.string(),
  /** What it was compared with, references filled in. */
  value: z.string(),
  /** What the answer has: a text bare, anything else as JSON; null: nothing. Cut at {@link SHOWN_VALUE}. */
  actual: z.string().nullable(),
  passed: z.boolean(),
  /** Why it could not be told; absent: it could. */
  problem: z.string().optional(),
  /** Its row among the request's assertions; absent: it is the gate `raiseForStatus`. */
  row: z.number().int().optional(),
})
export type AssertionResult = z.infer<typeof AssertionResultSchema>

export const CaptureResultSchema = z.object({
  name: z.string(),
  scope: z.string(),
  /** As kept, and masked where it is a secret's; null: nothing was kept. */
  value: z.string().nullable(),
  /** Why nothing was kept. */
  problem: z.string().optional(),
  row: z.number().int(),
})
export type CaptureResult = z.infer<typeof CaptureResultSchema>

/** Where a script stands: of the request itself, or of a folder or the collection around it. */
export const ScriptPlaceSchema = z.object({
  /** One of `SCRIPT_TYPES`. */
  type: z.string(),
  /** Name of the folder or collection; absent: the request's own. */
  of: z.string().optional(),
  /** Which folder that is; null: the collection. Absent with the name. */
  folderId: NodeIdSchema.nullable().optional(),
})
export type ScriptPlace = z.infer<typeof ScriptPlaceSchema>

/** What a script said with `test(name, …)`. */
export const TestResultSchema = z.object({
  name: z.string(),
  passed: z.boolean(),
  /** Of `test.skip`: it was not run, and counts neither way. */
  skipped: z.literal(true).optional(),
  /** What it threw. */
  message: z.string().optional(),
  from: ScriptPlaceSchema,
})
export type TestResult = z.infer<typeof TestResultSchema>

export const ConsoleLineSchema = z.object({
  level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
  text: z.string(),
  from: ScriptPlaceSchema,
  /** Of the script, from 1; null: not known. */
  line: z.number().int().nullable(),
})
export type ConsoleLine = z.infer<typeof ConsoleLineSchema>

/** A script that did not end well: it threw, took too long or too much. */
export const ScriptFaultSchema = z.object({
  message: z.string(),
  from: ScriptPlaceSchema,
  /** Of the script, from 1; null: not known. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
})
export type ScriptFault = z.infer<typeof ScriptFaultSchema>

/** What scripts ask of whoever sends: a run follows it, a single send knows `isSkipped` alone. */
export const ScriptFlowSchema = z.object({
  /** A before-request script had the request left out; nothing was sent. */
  isSkipped: z.literal(true).optional(),
  /** Name of the request to go on with; null: the iteration ends after this one. */
  next: z.string().nullable().optional(),
  /** The run ends here. */
  stops: z.literal(true).optional(),
})
export type ScriptFlow = z.infer<typeof ScriptFlowSchema>

export const ChecksSchema = z.object({
  assertions: z.array(AssertionResultSchema),
  captured: z.array(CaptureResultSchema),
  /** What the request wants shown for the status that came. */
  messages: z.array(z.string()),
  tests: z.array(TestResultSchema),
  console: z.array(ConsoleLineSchema),
  faults: z.array(ScriptFaultSchema),
  /** Absent: scripts ask for nothing. */
  flow: ScriptFlowSchema.optional(),
})
export type Checks = z.infer<typeof ChecksSchema>
