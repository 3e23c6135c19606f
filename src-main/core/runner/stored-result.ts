/** One result as it is kept: numbers in the index, the rest as a line of JSON; and as it is shown, put together again. */
import { ChecksSchema } from '#contract/model/checks.ts'
import { RunFailureSchema, type RunResult, type RunRow } from '#contract/model/run.ts'
import { WireErrorSchema } from '#contract/errors.ts'
import { z } from 'zod'
import type { IndexRecord } from './run-index.ts'

/** What is not in the index. What there is none of is left out. */
const LineSchema = z.object({
  url: z.string(),
  reason: z.string().optional(),
  retries: z.number().optional(),
  problem: z.string().optional(),
  checks: ChecksSchema.optional(),
  error: WireErrorSchema.optional(),
  warnings: z.array(z.string()).optional(),
  data: z.record(z.string(), z.string()).optional(),
  failure: RunFailureSchema.optional(),
})
export type StoredLine = z.infer<typeof LineSchema>

/** What the run knows of each of its requests. */
export interface RequestName {
  readonly name: string
  readonly method: string
}

/** @throws where the line is not what was written */
export function parseLine(text: string): StoredLine {
  return LineSchema.parse(JSON.parse(text))
}

export function rowOf(index: number, record: IndexRecord, line: StoredLine, { name, method }: RequestName): RunRow {
  return {
    index,
    item: record.item,
    iteration: record.iteration,
    name,
    method,
    url: line.url,
    status: record.status === 0 ? null : record.status,
    reason: line.reason ?? '',
    startedAt: record.startedAt,
    durationMs: record.durationMs,
    bytes: record.bytes,
    outcome: record.isSkipped ? 'skipped' : record.isFailed ? 'failed' : 'passed',
    checksPassed: record.checksPassed,
    checksFailed: record.checksFailed,
    retries: line.retries ?? 0,
    problem: line.problem ?? null,
  }
}

export function resultOf(row: RunRow, line: StoredLine): RunResult {
  return {
    ...row,
    checks: line.checks ?? null,
    error: line.error ?? null,
    warnings: line.warnings ?? [],
    data: line.data ?? {},
    failure: line.failure ?? null,
  }
}
