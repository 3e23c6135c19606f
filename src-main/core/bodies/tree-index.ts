/**
 * What is kept of a body's structure so that any part of its tree can be opened at once: for each container of some size
 * where it ends, how many children it has and, every 64 KiB, where one of them begins. Smaller ones are read when they
 * are opened. So the index grows with the bytes of the body, not with its values: some 100 KB for 100 MiB.
 */

/** Containers of at least this many bytes are in the index. */
const LARGE_BYTES = 65_536
/** Between two children that are noted, at least. */
const STRIDE_BYTES = 65_536
/** Deeper than this nothing is noted: what is nested a million deep would fill the memory, and nobody opens it. */
const NOTED_DEPTH = 256

/** The list of top-level values, in place of a container's offset. */
export const TOP_NODE = -1

export interface LargeContainer {
  /** Behind its last byte. */
  readonly end: number
  readonly count: number
  /** Pairs of a child's index and where its text begins (white space before it included), rising. */
  readonly points: Float64Array
}

export interface TreeIndex {
  /** Where the text that could be read ends, in bytes. */
  readonly end: number
  /** By the offset of the first byte; {@link TOP_NODE} is always there. */
  readonly large: ReadonlyMap<number, LargeContainer>
  readonly problem: TreeProblem | null
}

export interface TreeProblem {
  /** Both from 1, the column in UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly reason: string
}

/** Builds the index while a scanner goes through the text. */
export class TreeIndexer {
  readonly #large = new Map<number, LargeContainer>()
  #starts = new Float64Array(64)
  #counts = new Float64Array(64)
  /** For each open container where its last noted child begins. */
  #lastPoints = new Float64Array(64)
  readonly #points: number[][] = []
  #depth = 0

  /** @param start where the text begins */
  constructor(start: number) {
    this.open(TOP_NODE, start)
  }

  /** Of the container that is open: how many children were counted. */
  get count(): number {
    return this.#counts[this.#depth - 1] ?? 0
  }

  /** @param inside where its content begins */
  open(start: number, inside: number): void {
    const depth = this.#depth
    if (depth === this.#starts.length) this.#grow()
    this.#starts[depth] = start
    this.#counts[depth] = 0
    this.#lastPoints[depth] = inside
    this.#depth += 1
    const points = this.#points[depth]
    if (points !== undefined && points.length > 0) this.#points[depth] = []
  }

  /** Counts a child of the container that is open; null: where the next begins is not to be noted. */
  child(next: number | null): void {
    const depth = this.#depth - 1
    const count = (this.#counts[depth] ?? 0) + 1
    this.#counts[depth] = count
    if (next === null) return
    if (depth >= NOTED_DEPTH || next - (this.#lastPoints[depth] ?? 0) < STRIDE_BYTES) return
    this.#lastPoints[depth] = next
    ;(this.#points[depth] ??= []).push(count, next)
  }

  /** @param end behind the last byte of the container that is open */
  close(end: number): void {
    this.#depth -= 1
    const depth = this.#depth
    const start = this.#starts[depth] ?? 0
    if (start !== TOP_NODE && (end - start < LARGE_BYTES || depth >= NOTED_DEPTH)) return
    this.#large.set(start, { end, count: this.#counts[depth] ?? 0, points: Float64Array.from(this.#points[depth] ?? []) })
  }

  /** Closes what is open, which ends with what could be read: each of them is a child of the one around it. */
  finish(end: number, problem: TreeProblem | null): TreeIndex {
    for (;;) {
      this.close(end)
      if (this.#depth === 0) return { end, large: this.#large, problem }
      this.child(end)
    }
  }

  #grow(): void {
    const size = this.#starts.length * 2
    const grown = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(size)
      larger.set(from)
      return larger
    }
    this.#starts = grown(this.#starts)
    this.#counts = grown(this.#counts)
    this.#lastPoints = grown(this.#lastPoints)
  }
}

/** The last noted child at or before the one of that index; null: begin at the first. */
export function pointBefore({ points }: LargeContainer, index: number): { readonly index: number; readonly offset: number } | null {
  let low = 0
  let high = points.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle * 2] ?? 0) <= index) low = middle + 1
    else high = middle
  }
  const found = points[low * 2 - 2]
  return found === undefined ? null : { index: found, offset: points[low * 2 - 1] ?? 0 }
}
