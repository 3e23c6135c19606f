/**
 * Two texts side by side, line by line: which lines both have and which only one. Stretches that both have are cut to
 * a few lines around each change.
 */

import { t } from './t.ts'

export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'gap'
  /** Null where the other side has a line more; of a gap: how many lines are left out, in words. */
  readonly left: string | null
  readonly right: string | null
}

const CONTEXT = 3
/** Cells of the comparison; above it the differing middle is shown as one change. It takes some 20 ms. */
const MAX_CELLS = 2_000_000

export function lineDiff(left: string, right: string): readonly DiffRow[] {
  const [a, b] = [linesOf(left), linesOf(right)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const head = a.slice(0, start).map(same)
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const tail = a.slice(a.length - end).map(same)
  return withGaps([...head, ...middle, ...tail])
}

/** Lines without the empty one after a last line break. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

function same(line: string): DiffRow {
  return { kind: 'same', left: line, right: line }
}

function compare(a: readonly string[], b: readonly string[]): readonly DiffRow[] {
  if (a.length * b.length > MAX_CELLS) return changed(a, b)
  const lengths = commonLengths(a, b)
  const width = b.length + 1
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  const rows: DiffRow[] = []
  let [onlyA, onlyB]: [string[], string[]] = [[], []]
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [lineA, lineB] = [a[i], b[j]]
    if (lineA !== undefined && lineA === lineB) {
      rows.push(...changed(onlyA, onlyB), same(lineA))
      ;[onlyA, onlyB] = [[], []]
      i += 1
      j += 1
    } else if (lineA !== undefined && (lineB === undefined || at(i + 1, j) >= at(i, j + 1))) {
      onlyA.push(lineA)
      i += 1
    } else if (lineB !== undefined) {
      onlyB.push(lineB)
      j += 1
    }
  }
  return [...rows, ...changed(onlyA, onlyB)]
}

/** Length of the longest common run of lines from every pair of places on (Wagner and Fischer). */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const below = (i + 1) * width + j
      lengths[i * width + j] =
        a[i] === b[j] ? (lengths[below + 1] ?? 0) + 1 : Math.max(lengths[below] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  return lengths
}

function changed(a: readonly string[], b: readonly string[]): readonly DiffRow[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => ({
    kind: 'changed',
    left: a[index] ?? null,
    right: b[index] ?? null,
  }))
}

function withGaps(rows: readonly DiffRow[]): readonly DiffRow[] {
  const near = new Uint8Array(rows.length)
  rows.forEach((row, index) => {
    if (row.kind === 'changed') near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1)
  })
  const result: DiffRow[] = []
  let skipped = 0
  const closeGap = (): void => {
    const words = skipped === 1 ? t`1 line that is the same` : t`${skipped} lines that are the same`
    if (skipped > 0) result.push({ kind: 'gap', left: words, right: words })
    skipped = 0
  }
  rows.forEach((row, index) => {
    if (near[index] === 1) {
      closeGap()
      result.push(row)
    } else skipped += 1
  })
  closeGap()
  return result
}
