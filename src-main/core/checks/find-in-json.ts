/**
 * Finds values in JSON that streams by, each by the names and indexes that lead to it, so that one value of a body of any
 * size costs no more memory than itself. Of a name that stands twice in an object the first counts here.
 */
import { JsonScanner, OPEN_LIST, type JsonEvents, type ScanProblem } from '../bodies/json-scanner.ts'
import type { Step } from './expression.ts'

/** Longer values are measured, not held, in bytes. */
export const HELD_BYTES = 4 * 1024 * 1024
/** Longer names are none that a path has. */
const NAME_BYTES = 64 * 1024

export type FoundJson =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'large'; readonly type: 'string' | 'array' | 'object'; readonly length: number | null; readonly bytes: number }

export interface JsonFinder {
  /** Takes the next bytes of valid UTF-8. @returns whether more are needed */
  readonly write: (bytes: Buffer) => boolean
  /** What each path led to, in their order. */
  readonly finish: () => readonly FoundJson[]
  readonly problem: () => ScanProblem | null
}

export function findInJson(paths: readonly (readonly Step[])[]): JsonFinder {
  const targets = paths.map((steps) => new Target(steps))
  let offset = 0
  const scanner = new JsonScanner(eventsFor(targets), 0)
  return {
    write: (bytes) => {
      for (const target of targets) target.begin(bytes, offset)
      scanner.write(bytes)
      offset += bytes.length
      for (const target of targets) target.keep()
      return scanner.problem === null && targets.some(({ found }) => found === null)
    },
    finish: () => targets.map((target) => target.finish(offset)),
    problem: () => {
      if (scanner.problem === null && targets.some(({ found }) => found === null)) scanner.finish()
      return scanner.problem
    },
  }
}

/** Nearly every event of a large body is deeper than any path has come: those cost one comparison. */
function eventsFor(targets: readonly Target[]): JsonEvents {
  let deepest = 1
  const told = (): void => {
    deepest = -1
    for (const { watch } of targets) if (watch > deepest) deepest = watch
  }
  return {
    top: (at) => {
      for (const target of targets) if (target.found === null) target.top(at)
      told()
    },
    open: (at, byte, depth) => {
      if (depth > deepest) return
      for (const target of targets) if (depth <= target.watch) target.open(at, byte, depth)
      told()
    },
    close: (at, depth, isEmpty) => {
      if (depth > deepest) return
      for (const target of targets) if (depth <= target.watch) target.close(at, depth, isEmpty)
      told()
    },
    comma: (at, depth) => {
      if (depth > deepest) return
      for (const target of targets) if (depth <= target.watch) target.comma(at, depth)
      told()
    },
    colon: (at, depth) => {
      if (depth > deepest) return
      for (const target of targets) if (depth <= target.watch) target.colon(at, depth)
      told()
    },
  }
}

/** One path, as far as it has been followed. */
class Target {
  found: FoundJson | null = null
  readonly #steps: readonly Step[]
  /** How many of the steps are behind us. */
  #matched = 0
  /** The value that begins is the one that the matched steps lead to. */
  #isAtValue = true
  #isList = false
  #index = 0
  #isCapturing = false
  /** Children of the container that is captured. */
  #children = 0
  /** From where bytes are wanted: of a name, or of the value. */
  #from: number | null = null
  #limit = NAME_BYTES
  #pieces: Buffer[] = []
  #held = 0
  #first = 0
  #bytes: Buffer = Buffer.alloc(0)
  #base = 0

  constructor(steps: readonly Step[]) {
    this.#steps = steps
  }

  /** The deepest level whose events matter now; none any more: -1. */
  get watch(): number {
    return this.found !== null ? -1 : this.#matched + 1
  }

  begin(bytes: Buffer, base: number): void {
    this.#bytes = bytes
    this.#base = base
  }

  /** Keeps what is wanted of the bytes at hand, which are gone afterwards. */
  keep(): void {
    if (this.found !== null || this.#from === null) return
    this.#take(this.#base + this.#bytes.length)
  }

  top(at: number): void {
    if (this.#steps.length === 0 && !this.#isCapturing) this.#capture(at)
  }

  open(at: number, byte: number, depth: number): void {
    if (this.#isCapturing) return
    if (!this.#isAtValue || depth !== this.#matched + 1) return
    this.#isAtValue = false
    this.#isList = byte === OPEN_LIST
    this.#index = 0
    if (this.#isList) this.#item(at + 1)
    else this.#want(at + 1, NAME_BYTES)
  }

  colon(at: number, depth: number): void {
    if (this.#isCapturing || depth !== this.#matched + 1 || this.#isList || this.#from === null) return
    const name = this.#taken(at)
    this.#from = null
    if (name !== null && nameOf(name) === String(this.#steps[this.#matched])) this.#enter(at + 1)
  }

  comma(at: number, depth: number): void {
    if (this.#isCapturing) {
      if (depth === this.#steps.length) this.#captured(at)
      else if (depth === this.#steps.length + 1) this.#children += 1
      return
    }
    // The value that the matched steps lead to is over, and what is looked for was not in it.
    if (depth === this.#matched) this.found = { kind: 'none' }
    if (depth !== this.#matched + 1 || this.#isAtValue) return
    this.#index += 1
    if (this.#isList) this.#item(at + 1)
    else this.#want(at + 1, NAME_BYTES)
  }

  close(at: number, depth: number, isEmpty: boolean): void {
    if (this.#isCapturing) {
      if (depth === this.#steps.length) this.#captured(at)
      else if (depth === this.#steps.length + 1) {
        if (!isEmpty) this.#children += 1
        this.#captured(at + 1)
      }
      return
    }
    if (depth === this.#matched || (depth === this.#matched + 1 && !this.#isAtValue)) this.found = { kind: 'none' }
  }

  finish(end: number): FoundJson {
    if (this.found === null && this.#isCapturing && this.#steps.length === 0) {
      this.#bytes = Buffer.alloc(0)
      this.#base = end
      this.#captured(end)
    }
    return this.found ?? { kind: 'none' }
  }

  #item(at: number): void {
    if (this.#index === this.#steps[this.#matched]) this.#enter(at)
  }

  #enter(at: number): void {
    this.#matched += 1
    this.#isAtValue = true
    if (this.#matched === this.#steps.length) this.#capture(at)
  }

  #capture(at: number): void {
    this.#isCapturing = true
    this.#want(at, HELD_BYTES)
  }

  #want(from: number, limit: number): void {
    this.#from = from
    this.#limit = limit
    this.#pieces = []
    this.#held = 0
  }

  /** Adds the bytes up to an offset, as far as they are at hand and not too many. */
  #take(end: number): void {
    const from = this.#from
    if (from === null || end <= from) return
    const piece = this.#bytes.subarray(Math.max(0, from - this.#base), end - this.#base)
    if (this.#held === 0) this.#first = firstOf(piece)
    this.#held += piece.length
    if (this.#held > this.#limit) this.#pieces = []
    else this.#pieces.push(Buffer.from(piece))
    this.#from = end
  }

  #taken(end: number): Buffer | null {
    this.#take(end)
    return this.#held > this.#limit ? null : Buffer.concat(this.#pieces)
  }

  #captured(end: number): void {
    const bytes = this.#taken(end)
    this.#pieces = []
    if (bytes === null) {
      const type = this.#first === OPEN_LIST ? 'array' : this.#first === 0x7b ? 'object' : 'string'
      this.found = { kind: 'large', type, length: type === 'string' ? null : this.#children, bytes: this.#held }
      return
    }
    const text = bytes.toString('utf8').trim()
    this.found = text === '' ? { kind: 'none' } : { kind: 'text', text }
  }
}

/** The first byte that is no space. */
function firstOf(bytes: Buffer): number {
  return bytes.find((byte) => byte > 0x20) ?? 0
}

function nameOf(quoted: Buffer): string | null {
  try {
    const name: unknown = JSON.parse(quoted.toString('utf8'))
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}
