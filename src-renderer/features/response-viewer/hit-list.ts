/**
 * The hits of a search, in the order of the text, as they come in: packed, because there may be a million. It knows which
 * lines have one, and finds a hit by its place.
 */
import type { TextPoint } from './text-selection.ts'

export interface Hit {
  readonly line: number
  readonly start: number
  /** Behind its last unit. */
  readonly end: number
}

/** More are not kept: 12 bytes each. */
export const MOST_HITS = 1_000_000

export class HitList {
  #hits = new Uint32Array(3 * 1024)
  #lines = new Uint32Array(1024)
  #count = 0
  #lineCount = 0

  get count(): number {
    return this.#count
  }

  /** Lines that have a hit. */
  get lineCount(): number {
    return this.#lineCount
  }

  get isFull(): boolean {
    return this.#count >= MOST_HITS
  }

  /** Takes in hits behind those that are here: line, start and end of each. Those beyond {@link MOST_HITS} are left out. */
  add(hits: readonly number[]): void {
    const count = Math.min(hits.length / 3, MOST_HITS - this.#count)
    this.#hits = withRoom(this.#hits, (this.#count + count) * 3)
    this.#lines = withRoom(this.#lines, this.#lineCount + count)
    this.#hits.set(hits.length === count * 3 ? hits : hits.slice(0, count * 3), this.#count * 3)
    for (let at = this.#count; at < this.#count + count; at += 1) {
      const line = this.#hits[at * 3] ?? 0
      if (this.#lineCount > 0 && this.#lines[this.#lineCount - 1] === line) continue
      this.#lines[this.#lineCount] = line
      this.#lineCount += 1
    }
    this.#count += count
  }

  /** Undefined where there is no such. */
  at(index: number): Hit | undefined {
    if (index < 0 || index >= this.#count) return undefined
    const field = (offset: number): number => this.#hits[index * 3 + offset] ?? 0
    return { line: field(0), start: field(1), end: field(2) }
  }

  /** Index of the first hit that ends behind a place; the count where there is none. */
  indexFrom({ line, column }: TextPoint): number {
    return firstIndex(this.#count, (index) => {
      const at = this.#hits[index * 3] ?? 0
      return at > line || (at === line && (this.#hits[index * 3 + 2] ?? 0) > column)
    })
  }

  /** Number of a line that has a hit, by its index among those. */
  lineAt(index: number): number | undefined {
    return index < this.#lineCount ? this.#lines[index] : undefined
  }

  /** Numbers of such lines. */
  linesFrom(first: number, count: number): readonly number[] {
    return [...this.#lines.subarray(first, Math.min(this.#lineCount, first + count))]
  }

  /** Index of the first line at or behind this one that has a hit; their count where there is none. */
  lineIndexFrom(line: number): number {
    return firstIndex(this.#lineCount, (index) => (this.#lines[index] ?? 0) >= line)
  }

  /** The hits of a line that stand in these columns, those that touch each other as one, and at most so many. */
  spansIn(line: number, from: number, to: number, most: number): readonly Omit<Hit, 'line'>[] {
    const spans: { start: number; end: number }[] = []
    for (let index = this.indexFrom({ line, column: from }); index < this.#count && spans.length < most; index += 1) {
      const hit = this.at(index)
      if (hit === undefined || hit.line !== line || hit.start >= to) break
      const last = spans.at(-1)
      if (last?.end === hit.start) last.end = hit.end
      else spans.push({ start: hit.start, end: hit.end })
    }
    return spans
  }
}

function withRoom(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (array.length >= length) return array
  const larger = new Uint32Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}

/** By halving: the first index for which it holds; it holds for all behind that. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
