/**
 * Finding a text in lines of which only some are here: page by page, from where one is, once around. Letters match
 * whatever their case. It lets the window answer in between.
 */
import type { LineSource } from './line-source.ts'
import type { TextPoint, TextSpan } from './text-selection.ts'

export interface FindOptions {
  /** Where to begin: a match that starts here counts going forward, one before here going back. */
  readonly from: TextPoint
  readonly step: 1 | -1
  readonly signal: AbortSignal
  /** Told how many lines have been gone through. */
  readonly onProgress?: (lines: number) => void
  /** Told where a line was gone through only as far as it is handed out: there may be more in its rest. */
  readonly onCut?: () => void
}

/** Characters gone through before the window may answer: a few milliseconds' worth. */
const PAUSE_AFTER = 2_000_000

/**
 * The next match of a text within a line.
 *
 * @returns null where there is none, where lines cannot be read, or once `signal` is aborted
 */
export async function findInLines(source: LineSource, query: string, options: FindOptions): Promise<TextSpan | null> {
  if (query === '' || source.count === 0) return null
  const { from, step, signal } = options
  const size = source.chunk
  const chunks = Math.ceil(source.count / size)
  const first = Math.floor(from.line / size)
  let characters = 0
  // The chunk of the start comes twice: from the start on, and at the end up to it.
  for (let turn = 0; turn <= chunks; turn += 1) {
    const chunk = (((first + turn * step) % chunks) + chunks) % chunks
    const start = chunk * size
    const lines = await source.read(start, Math.min(source.count, start + size) - 1)
    if (lines === null || signal.aborted) return null
    const found = findInChunk(lines, start, query, step, (at) =>
      turn === 0 ? isAhead(at, from, step) : turn < chunks || !isAhead(at, from, step),
    )
    if (found) return found
    if (lines.some((line) => isCut(line, source.longest))) options.onCut?.()
    options.onProgress?.(Math.min(source.count, (turn + 1) * size))
    characters += lines.reduce((sum, line) => sum + line.length, 0)
    if (characters < PAUSE_AFTER) continue
    characters = 0
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return null
  }
  return null
}

function findInChunk(
  lines: readonly string[],
  start: number,
  query: string,
  step: 1 | -1,
  counts: (at: TextPoint) => boolean,
): TextSpan | null {
  const pattern = new RegExp(query.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')
  for (let turn = 0; turn < lines.length; turn += 1) {
    const index = step === 1 ? turn : lines.length - 1 - turn
    const line = start + index
    let last: TextSpan | null = null
    for (const match of (lines[index] ?? '').matchAll(pattern)) {
      if (!counts({ line, column: match.index })) continue
      last = { start: { line, column: match.index }, end: { line, column: match.index + match[0].length } }
      if (step === 1) return last
    }
    if (last) return last
  }
  return null
}

/** A surrogate pair at the cut is left out whole. */
function isCut(line: string, longest: number | null): boolean {
  return longest !== null && line.length >= longest - 1
}

function isAhead(at: TextPoint, from: TextPoint, step: 1 | -1): boolean {
  const ahead = at.line === from.line ? at.column - from.column : at.line - from.line
  return step === 1 ? ahead >= 0 : ahead < 0
}
