/** Finding in the open view of a body, and reading it by line numbers or in rows: all of it happens in core. */
import type { WireError } from '#contract/errors.ts'
import type { Output } from '#contract/commands.ts'
import type { TextQuery } from '#contract/model/body-search.ts'
import type { ViewId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { platform } from './platform-ref.ts'

/** The next hits: `cursor` is `next` of the page before, null for the first. */
export function findInView(
  viewId: ViewId,
  query: TextQuery,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Result<Output<'body.find'>, WireError>> {
  return platform().call('body.find', { viewId, query, cursor }, signal)
}

/** Lines by their rising numbers, at most 1000; null where they cannot be had. */
export async function readLinesAt(viewId: ViewId, lines: readonly number[], signal?: AbortSignal): Promise<readonly string[] | null> {
  const read = await platform().call('body.linesAt', { viewId, lines: [...lines] }, signal)
  return read.ok ? read.value.lines : null
}

/** How many rows the view has at so many columns; null where that cannot be told. */
export async function layOutRows(viewId: ViewId, columns: number, signal?: AbortSignal): Promise<number | null> {
  const laidOut = await platform().call('body.wrap', { viewId, columns }, signal)
  return laidOut.ok ? laidOut.value.rows : null
}

/** Rows, at most 2000, and line and column at which each begins; null where they cannot be had. */
export async function readRows(
  viewId: ViewId,
  columns: number,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Output<'body.rows'> | null> {
  const read = await platform().call('body.rows', { viewId, columns, from, count }, signal)
  return read.ok ? read.value : null
}

/** The row in which a place of the text stands, and its column there. */
export async function rowOfPlace(
  viewId: ViewId,
  columns: number,
  line: number,
  column: number,
): Promise<{ readonly row: number; readonly column: number } | null> {
  const found = await platform().call('body.rowOf', { viewId, columns, line, column })
  return found.ok ? found.value : null
}
