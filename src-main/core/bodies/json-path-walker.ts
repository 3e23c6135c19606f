/**
 * Follows a planned JSONPath query through JSON that streams by. Keeps the lists and objects that are open and of interest,
 * the bytes of a value that a filter is asked of, and nothing else. Of a name that stands twice in an object both match.
 *
 * @see RFC 9535 §2.3-§2.5
 */
import { JSONPathNode } from 'json-p3'
import {
  keyOf,
  locationOf,
  newChild,
  type Child,
  type Frame,
  type Order,
  type Pending,
  type Place,
  type Visit,
} from './json-path-frames.ts'
import { mayBeOneOf, pushed, selects, trimmed } from './json-path-names.ts'
import type { PathPlan, Step } from './json-path-plan.ts'
import { JsonScanner, OPEN_LIST, type ScanProblem } from './json-scanner.ts'
import { parseLosslessJson, type LosslessJson } from './lossless-json.ts'
import { NotStreamable } from './query-types.ts'

/** Longest value that a filter is asked of, and longest name, in bytes. */
export const HELD_BYTES = 4 * 1024 * 1024
/** Ways in which one value can match at the same time. */
const MOST_VISITS = 4096
/** Instead of an index: the value at the top. */
const TOP_KEY = -1

export interface WalkedMatch {
  /** Offsets in bytes, white space around it included; of the value that a filter took where `inner` leads on from it. */
  readonly start: number
  readonly end: number
  /** Of the value at the offsets; null: the top. */
  readonly place: Place | null
  /** From there to the match. */
  readonly inner: readonly (string | number)[]
  /** Null where matches come in the order of the text. */
  readonly order: Order | null
  /** Its bytes, where they were to be held and are not too many. */
  readonly bytes: Buffer | null
}

export interface WalkOptions {
  /** Several values at the top, which are a list then. */
  readonly several: boolean
  /** Most matches that are handed on; the others are counted. */
  readonly keep: number
  readonly onMatch: (match: WalkedMatch) => void
  /** Whether the bytes of matches are kept, up to `HELD_BYTES` each. */
  readonly holdsMatches?: boolean
}

export class PathWalker {
  total = 0
  /** Values at the top so far. */
  tops = 0
  readonly #plan: PathPlan
  readonly #options: WalkOptions
  readonly #scanner: JsonScanner
  readonly #frames: Frame[]
  /** Depth of the deepest frame: what is below it is of no interest. */
  #live = 0
  #offset = 0
  #bytes: Buffer = Buffer.alloc(0)
  /** Earlier pieces that are still needed, and where they begin. */
  #held: Buffer[] = []
  #heldFrom = 0

  constructor(plan: PathPlan, options: WalkOptions) {
    this.#plan = plan
    this.#options = options
    const top: Frame = { isList: true, place: null, visits: [], wanted: null, names: null, owner: null, index: -1, from: null, child: null }
    this.#frames = [options.several && plan.steps.length > 0 ? { ...top, visits: [{ step: 0, order: null }] } : top]
    this.#scanner = new JsonScanner(
      {
        top: (at) => this.#top(at),
        open: (at, byte, depth) => this.#open(at, byte, depth),
        close: (at, depth, isEmpty) => this.#close(at, depth, isEmpty),
        comma: (at, depth) => this.#comma(at, depth),
        colon: (at, depth) => this.#colon(at, depth),
      },
      0,
    )
  }

  get isSeveral(): boolean {
    return this.#options.several
  }

  get problem(): ScanProblem | null {
    return this.#scanner.problem
  }

  /** Takes the next bytes of valid UTF-8; they are the caller's again afterwards. @throws {NotStreamable} */
  write(bytes: Buffer): void {
    this.#bytes = bytes
    this.#scanner.write(bytes)
    this.#offset += bytes.length
    this.#hold()
  }

  /** @returns why the text is no JSON; null where it is */
  finish(): ScanProblem | null {
    const problem = this.#scanner.finish()
    this.#bytes = Buffer.alloc(0)
    const [top] = this.#frames
    if (problem === null && top) this.#endChild(top, this.#offset)
    if (problem === null && this.#options.several && this.#plan.steps.length === 0) this.#emit(null, 0, this.#offset, null)
    return problem
  }

  #top(at: number): void {
    const top = this.#frames[0]
    if (!top) return
    this.tops += 1
    if (this.#options.several) {
      this.#endChild(top, at)
      top.index += 1
      if (top.visits.length > 0) top.child = this.#begun(top, at, top.index)
      return
    }
    if (this.tops > 1) return this.#scanner.halt()
    const child = newChild(at, TOP_KEY)
    if (this.#plan.steps.length === 0) child.matches = [null]
    else child.visits = [{ step: 0, order: null }]
    child.isHeld = this.#options.holdsMatches === true && child.matches.length > 0
    top.child = child
  }

  #open(at: number, byte: number, depth: number): void {
    if (depth > this.#live + 1) return
    const above = this.#frames[depth - 1]
    if (!above) return
    if (above.isList && above.child === null && depth > 1) this.#item(above)
    const { child } = above
    if (!child) return
    child.isScalar = false
    const isList = byte === OPEN_LIST
    this.#askOfContainer(child, isList)
    if (child.visits.length === 0 && child.members === null) return
    const place = placeOf(above, child)
    const wanted = child.members === null ? null : wantedOf(child.pending)
    const names = isList || wanted !== null ? null : this.#namesIn(child.visits)
    this.#frames[depth] = { isList, place, visits: child.visits, wanted, names, owner: child, index: 0, from: at + 1, child: null }
    this.#live = depth
  }

  /** The names that steps look for, where they look for nothing else. */
  #namesIn(visits: readonly Visit[]): readonly Buffer[] | null {
    const names: Buffer[] = []
    for (const { step: at } of visits) {
      const step = this.#plan.steps[at]
      if (!step || step.descends) return null
      for (const selector of step.selectors) {
        if (selector.kind === 'name') names.push(selector.quoted)
        else if (selector.kind !== 'slice') return null
      }
    }
    return names
  }

  #colon(at: number, depth: number): void {
    if (depth !== this.#live) return
    const frame = this.#frames[depth]
    if (!frame || frame.from === null) return
    const bytes = this.#slice(frame.from, at)
    frame.from = null
    // Most members of most objects are passed over: nothing is made of them.
    if (frame.names === null || mayBeOneOf(bytes, frame.names)) frame.child = this.#begun(frame, at + 1, trimmed(bytes))
  }

  #comma(at: number, depth: number): void {
    if (depth !== this.#live) return
    const frame = this.#frames[depth]
    if (!frame) return
    if (frame.isList && frame.child === null) this.#item(frame)
    this.#endChild(frame, at)
    frame.index += 1
    frame.from = at + 1
  }

  #close(at: number, depth: number, isEmpty: boolean): void {
    if (depth !== this.#live) return
    const frame = this.#frames[depth]
    if (!frame) return
    if (!isEmpty) {
      if (frame.isList && frame.child === null) this.#item(frame)
      this.#endChild(frame, at)
    }
    this.#frames.length = depth
    this.#live = depth - 1
  }

  /** An item of a list that is met only now. */
  #item(frame: Frame): void {
    if (frame.from === null) return
    frame.child = this.#begun(frame, frame.from, frame.index)
    frame.from = null
  }

  /** A child that begins, with what the steps make of it. */
  #begun(frame: Frame, start: number, key: number | Buffer): Child {
    const child = newChild(start, key)
    for (const { step: at, order } of frame.visits) {
      const step = this.#plan.steps[at]
      if (!step) continue
      const here = step.descends ? this.#then(order, -1) : order
      for (let which = 0; which < step.selectors.length; which += 1) {
        const selector = step.selectors[which]
        if (!selector || (selector.kind !== 'filter' && !selects(selector, key))) continue
        const next = this.#then(this.#then(here, which), frame.index)
        if (selector.kind === 'filter') child.pending = [...child.pending, { filter: selector, step: at, order: next }]
        else this.#goOn(child, at, next)
      }
      if (step.descends) child.visits = pushed(child.visits, { step: at, order: this.#then(order, frame.index) })
    }
    if (child.visits.length > MOST_VISITS) throw new NotStreamable('Its “..” match each other in too many ways.')
    child.isWanted = isWanted(frame.wanted, key)
    child.isHeld = child.isWanted || child.pending.length > 0 || (this.#options.holdsMatches === true && child.matches.length > 0)
    return child
  }

  #goOn(child: Child, step: number, order: Order | null): void {
    if (step + 1 === this.#plan.steps.length) child.matches = pushed(child.matches, order)
    else child.visits = pushed(child.visits, { step: step + 1, order })
  }

  #then(order: Order | null, at: number): Order | null {
    return this.#plan.isReordered ? { before: order, at } : null
  }

  /** Asks the filters that can tell already, and decides what of the value is kept for the others. */
  #askOfContainer(child: Child, isList: boolean): void {
    const left: Pending[] = []
    for (const pending of child.pending) {
      const verdict = isList ? pending.filter.verdicts.list : pending.filter.verdicts.object
      if (verdict === null) left.push(pending)
      else if (verdict) this.#goOn(child, pending.step, pending.order)
    }
    if (child.pending.length === 0) return
    child.pending = left
    const isLast = ({ step }: Pending): boolean => step + 1 === this.#plan.steps.length
    const byMembers = !isList && left.length > 0 && left.every((one) => one.filter.members !== null && isLast(one))
    if (byMembers) child.members = new Map()
    child.isHeld =
      child.isWanted || (left.length > 0 && !byMembers) || (this.#options.holdsMatches === true && (byMembers || child.matches.length > 0))
  }

  #endChild(frame: Frame, end: number): void {
    const { child } = frame
    frame.child = null
    if (child === null) return
    if (child.pending.length > 0) this.#ask(frame, child, end)
    for (const order of child.matches) this.#emit({ frame, child }, child.start, end, order)
    if (child.isWanted) frame.owner?.members?.set(String(keyOf(child.key)), this.#textOf(child, frame, end))
  }

  /** Asks the filters of a value that is whole now. */
  #ask(frame: Frame, child: Child, end: number): void {
    let json: LosslessJson | null = null
    const read = (): LosslessJson => (json ??= this.#read(child, frame, end))
    for (const { filter, step, order } of child.pending) {
      const known = child.isScalar ? filter.verdicts.scalar : null
      const key = keyOf(child.key)
      const accepted = known ?? filter.accepts(read().root, key, (location) => read().sourceAt(location))
      if (!accepted) continue
      const rest = this.#plan.steps.slice(step + 1)
      if (rest.length === 0) this.#emit({ frame, child }, child.start, end, order)
      else if (!child.isScalar) this.#within(frame, child, end, order, read(), rest)
    }
  }

  /** What further steps find in a value that a filter took. */
  #within(frame: Frame, child: Child, end: number, order: Order | null, { root }: LosslessJson, rest: readonly Step[]): void {
    let nodes: Iterable<JSONPathNode> = [new JSONPathNode(root, [], root)]
    for (const { segment } of rest) nodes = segment.lazyResolve(nodes)
    let index = 0
    for (const { location } of nodes) {
      this.#emit({ frame, child }, child.start, end, this.#then(order, index), location)
      index += 1
    }
  }

  #read(child: Child, frame: Frame, end: number): LosslessJson {
    const text = child.members === null ? this.#textOf(child, frame, end) : objectOf(child.members)
    const json = parseLosslessJson(text)
    if (json.kind === 'fault')
      throw new NotStreamable(`The value at ${pathTo(frame, child)} could not be read for the filter: ${json.message}`)
    return json
  }

  #textOf(child: Child, frame: Frame, end: number): string {
    if (end - child.start > HELD_BYTES) throw tooLong(frame, child)
    return this.#slice(child.start, end).toString('utf8')
  }

  #emit(
    from: { readonly frame: Frame; readonly child: Child } | null,
    start: number,
    end: number,
    order: Order | null,
    inner: readonly (string | number)[] = [],
  ): void {
    this.total += 1
    const { keep, onMatch, holdsMatches } = this.#options
    if (this.total > keep) return
    const place = from === null ? null : placeOf(from.frame, from.child)
    const isHeld = holdsMatches === true && from !== null && end - start <= HELD_BYTES
    onMatch({ start, end, place, inner, order, bytes: isHeld ? Buffer.from(this.#slice(start, end)) : null })
  }

  /** Bytes that are at hand still, from one offset to another. */
  #slice(from: number, to: number): Buffer {
    const base = this.#offset
    if (from >= base) return this.#bytes.subarray(from - base, to - base)
    const all = Buffer.concat([...this.#held, this.#bytes.subarray(0, Math.max(0, to - base))])
    return all.subarray(from - this.#heldFrom, to - this.#heldFrom)
  }

  /** Keeps the pieces that a name or a value that is not whole yet began in. */
  #hold(): void {
    let from = Infinity
    for (const frame of this.#frames) {
      // What is so far from its bracket is an item, not space.
      if (frame.isList && frame.from !== null && this.#offset - frame.from > HELD_BYTES / 2) this.#item(frame)
      const { child } = frame
      if (child !== null && typeof child.key !== 'number') child.key = Buffer.from(child.key)
      if (child === null && frame.from !== null) from = Math.min(from, frame.from)
      if (child?.isHeld !== true) continue
      if (this.#offset - child.start <= HELD_BYTES) from = Math.min(from, child.start)
      else if (needsWhole(child)) throw tooLong(frame, child)
      else child.isHeld = false
    }
    const start = this.#offset - this.#bytes.length
    while (this.#held[0] && this.#heldFrom + this.#held[0].length <= from) this.#heldFrom += this.#held.shift()?.length ?? 0
    if (from < this.#offset) {
      if (this.#held.length === 0) this.#heldFrom = Math.max(start, from)
      this.#held.push(Buffer.from(this.#bytes.subarray(this.#held.length === 0 ? this.#heldFrom - start : 0)))
    }
    this.#bytes = Buffer.alloc(0)
    if (this.#offset - from > HELD_BYTES) throw new NotStreamable('A name in it, or the space before a value, is longer than 4 MiB.')
  }
}

/** Whether it can be no more than a part of what filters have to see. */
function needsWhole({ isWanted: isMember, isScalar, members, pending }: Child): boolean {
  if (isMember) return true
  return members === null && pending.some(({ filter }) => !isScalar || filter.verdicts.scalar === null)
}

function isWanted(wanted: ReadonlySet<string> | null, key: number | Buffer): boolean {
  return wanted !== null && typeof key !== 'number' && wanted.has(String(keyOf(key)))
}

function wantedOf(pending: readonly Pending[]): ReadonlySet<string> {
  return new Set(pending.flatMap(({ filter }) => [...(filter.members ?? [])]))
}

function objectOf(members: ReadonlyMap<string, string>): string {
  return `{${Array.from(members, ([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}

function placeOf(frame: Frame, child: Child): Place | null {
  return child.key === TOP_KEY ? null : { above: frame.place, key: keyOf(child.key) }
}

function pathTo(frame: Frame, child: Child): string {
  return pathOf(locationOf(placeOf(frame, child)))
}

/** A place as a query that leads to it alone. */
export function pathOf(location: readonly (string | number)[]): string {
  return new JSONPathNode(null, [...location], null).getPath({ form: 'pretty' })
}

function tooLong(frame: Frame, child: Child): NotStreamable {
  const path = pathTo(frame, child)
  return new NotStreamable(`The filter would have to look at the value at ${path} as a whole, which is longer than 4 MiB.`)
}
