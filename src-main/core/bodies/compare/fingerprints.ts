/**
 * A fingerprint of every value of a JSON text: values have the same one where they are the same, whatever the order of
 * members and however a string is escaped. Numbers count as they are written. With 64 bits, two different values with
 * one fingerprint are not to be expected in any answer.
 */
import type { IgnoredPaths, Progress } from './ignored-paths.ts'
import { unescaped, type JsonTree } from './json-tree.ts'

export interface Fingerprints {
  /** Whether two values, each by its index in its own text, are the same. */
  readonly isSame: (node: number, other: Fingerprints, otherNode: number) => boolean
  /** Not to be compared. */
  readonly isIgnored: (node: number) => boolean
  /** The fingerprint as a text, to look it up by. */
  readonly key: (node: number) => string
  readonly low: Int32Array
  readonly high: Int32Array
}

const BACKSLASH = 0x5c

export function fingerprintsOf(tree: JsonTree, ignored: IgnoredPaths): Fingerprints {
  const left = new Uint8Array(tree.size)
  if (ignored.start.length > 0) mark(tree, 0, ignored, ignored.start, left)
  const low = new Int32Array(tree.size)
  const high = new Int32Array(tree.size)
  // What is inside stands behind: from the end on, every value's inside is known before it.
  for (let node = tree.size - 1; node >= 0; node -= 1) {
    const [a, b] = fingerprint(tree, node, left, low, high)
    low[node] = a
    high[node] = b
  }
  return {
    low,
    high,
    isIgnored: (node) => left[node] === 1,
    isSame: (node, other, otherNode) => low[node] === other.low[otherNode] && high[node] === other.high[otherNode],
    key: (node) => `${low[node] ?? 0}.${high[node] ?? 0}`,
  }
}

function mark(tree: JsonTree, node: number, ignored: IgnoredPaths, progress: Progress, left: Uint8Array): void {
  tree.children(node).forEach((child, index) => {
    const next = ignored.step(progress, tree.hasName(child) ? tree.name(child) : index)
    if (ignored.isIgnored(next)) left[child] = 1
    else if (next.length > 0) mark(tree, child, ignored, next, left)
  })
}

function fingerprint(tree: JsonTree, node: number, left: Uint8Array, low: Int32Array, high: Int32Array): readonly [number, number] {
  const kind = tree.kindOf(node)
  if (kind === 'string' || kind === 'word') return ofScalar(tree, node, kind === 'string' ? 3 : 5)
  let [a, b] = kind === 'object' ? [0x1234567, 0x7654321] : [0x2468ace, 0x13579bd]
  for (let child = node + 1, end = tree.endOf(node); child < end; child = tree.endOf(child)) {
    if (left[child] === 1) continue
    const [childLow, childHigh] = [low[child] ?? 0, high[child] ?? 0]
    if (kind === 'array') {
      a = mix(a, childLow)
      b = mix(b, childHigh ^ 0x55)
      continue
    }
    // A sum does not depend on the order; mixing the name with the value first keeps them together.
    const [nameLow, nameHigh] = ofName(tree, child)
    a = (a + mix(nameLow, childLow)) | 0
    b = (b + mix(nameHigh, childHigh ^ 0x33)) | 0
  }
  return [mix(a, 11), mix(b, 13)]
}

function ofName(tree: JsonTree, node: number): readonly [number, number] {
  const [from, to] = tree.nameRange(node) ?? [0, 0]
  return ofText(tree.bytes, from, to, 7) ?? ofWhole(tree.name(node), 7)
}

function ofScalar(tree: JsonTree, node: number, seed: number): readonly [number, number] {
  const [from, to] = tree.range(node)
  if (seed !== 3) return ofText(tree.bytes, from, to, seed) ?? [0, 0]
  return ofText(tree.bytes, from + 1, to - 1, seed) ?? ofWhole(unescaped(tree.text(node)), seed)
}

/** What an escaped text says: it may hold a backslash of its own. */
function ofWhole(text: string, seed: number): readonly [number, number] {
  const bytes = Buffer.from(text, 'utf8')
  return ofBytes(bytes, 0, bytes.length, seed)
}

/** @returns null where there is an escape in it */
function ofText(bytes: Uint8Array, from: number, to: number, seed: number): readonly [number, number] | null {
  for (let at = from; at < to; at += 1) if (bytes[at] === BACKSLASH) return null
  return ofBytes(bytes, from, to, seed)
}

function ofBytes(bytes: Uint8Array, from: number, to: number, seed: number): readonly [number, number] {
  let a = 0x811c9dc5 ^ seed
  let b = 0x9e3779b9 ^ seed
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    a = Math.imul(a ^ byte, 0x01000193)
    b = Math.imul(b ^ byte, 0x85ebca6b)
    b ^= b >>> 13
  }
  return [mix(a, to - from), mix(b, to - from)]
}

function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0xcc9e2d51) + Math.imul(value, 0x1b873593) + 0x27d4eb2f
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return mixed ^ (mixed >>> 12)
}
