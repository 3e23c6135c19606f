/** Reading a body by its records: events of a stream, lines of a text, also while they come. */
import type { Input, Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { ViewId } from '#contract/model/ids.ts'
import type { RecordStatus, StreamRecord } from '#contract/model/record.ts'
import { ok, type Result } from '#contract/result.ts'
import { platform } from './platform-ref.ts'

export type WholeRecord = Output<'records.read'>

/** The caller closes the view when done with it. */
export async function openRecords(input: Input<'records.open'>): Promise<Result<ViewId, WireError>> {
  const opened = await platform().call('records.open', input)
  return opened.ok ? ok(opened.value.viewId) : opened
}

/** How many there are by now. Core takes a moment for it and says whether there is more to look at. */
export function recordStatus(viewId: ViewId, filter: string, until: number | null): Promise<Result<RecordStatus, WireError>> {
  return platform().call('records.status', { viewId, filter, until })
}

/** Records by their place among those that are shown. */
export async function readRecords(viewId: ViewId, from: number, count: number): Promise<Result<readonly StreamRecord[], WireError>> {
  const read = await platform().call('records.rows', { viewId, from, count })
  return read.ok ? ok(read.value.rows) : read
}

/** One record whole. */
export function readRecord(viewId: ViewId, number: number): Promise<Result<WholeRecord, WireError>> {
  return platform().call('records.read', { viewId, number })
}

export function closeRecords(viewId: ViewId): void {
  void platform().call('records.close', { viewId })
}
