/** Two bodies read, decoded and compared; in the worker for large ones, in the core's thread for small ones. */
import { readFileSync } from 'node:fs'
import type { BodyComparison } from '#contract/model/compare.ts'
import { toUtf8 } from '../utf8-text.ts'
import { diffJson } from './json-diff.ts'

export interface ComparedSource {
  /** The body's file, or its bytes where it has none. */
  readonly from: string | Uint8Array
  readonly encoding: string
  /** Whether it is JSON by what it says and begins with. */
  readonly isJson: boolean
}

export interface CompareJob {
  readonly left: ComparedSource
  readonly right: ComparedSource
  readonly ignore: readonly string[]
}

/** Blocks while it reads and compares. @throws what reading a file throws */
export function compareSources({ left, right, ignore }: CompareJob): BodyComparison {
  const [a, b] = [bytesOf(left), bytesOf(right)]
  if (left.encoding === right.encoding && a.equals(b)) return { kind: 'same' }
  const found = diffJson(decoded(a, left.encoding), decoded(b, right.encoding), ignore)
  if (found.kind === 'none') return { kind: 'none', reason: reasonOf(found, left.isJson, right.isJson) }
  return { kind: 'json', changes: [...found.changes], counts: { ...found.counts } }
}

/** What never was meant to be JSON is not blamed for being none. */
function reasonOf({ side, reason }: { readonly side: 'left' | 'right'; readonly reason: string }, left: boolean, right: boolean): string {
  if (!left && !right) return 'Neither body is JSON: they are compared line by line.'
  const isMeant = side === 'left' ? left : right
  if (!isMeant) return `The ${side} body is no JSON: they are compared line by line.`
  return `The ${side} body cannot be compared value by value: ${reason}.`
}

function bytesOf({ from }: ComparedSource): Buffer {
  return typeof from === 'string' ? readFileSync(from) : Buffer.from(from.buffer, from.byteOffset, from.byteLength)
}

function decoded(bytes: Buffer, encoding: string): Buffer {
  const pieces: Buffer[] = []
  const stage = toUtf8(encoding, (piece) => pieces.push(Buffer.from(piece)))
  stage.write(bytes)
  stage.end()
  const [only] = pieces
  return pieces.length === 1 && only ? only : Buffer.concat(pieces)
}
