/** A JSONPath query of a text that can be read but once at a time and is never held: for assertions on bodies of any size. */
import { JSONPathError } from 'json-p3'
import { compareOrders, locationOf, numbersOf } from './json-path-frames.ts'
import { planPath } from './json-path-plan.ts'
import { pathOf, PathWalker, type WalkedMatch } from './json-path-walker.ts'
import { pathEnvironment } from './query-json.ts'
import { NotStreamable } from './query-types.ts'
import { parseLosslessJson } from './lossless-json.ts'

export interface StreamedMatch {
  readonly path: string
  /** As it stands in the text; null where it is longer than 4 MiB, or there are too many long ones before it. */
  readonly source: string | null
}

export type StreamedAnswer = { readonly kind: 'matches'; readonly total: number } | { readonly kind: 'problem'; readonly message: string }

/** Sources of matches held until all are known, in bytes. */
const ALL_HELD = 64 * 1024 * 1024

/**
 * Goes through a text of JSON, twice where it turns out to be several values.
 *
 * @param open    begins the text anew: valid UTF-8 without byte order mark
 * @param onMatch is told the first matches, in the order of RFC 9535, once the text has ended
 * @param keep    how many of them
 */
export async function streamJsonPath(
  open: () => AsyncIterable<Uint8Array>,
  expression: string,
  onMatch: (match: StreamedMatch) => void,
  keep = 1000,
): Promise<StreamedAnswer> {
  try {
    const plan = planPath(
      pathEnvironment(() => undefined),
      expression.trim(),
    )
    if (plan.kind === 'refused') return { kind: 'problem', message: `${plan.message}.` }
    const walked =
      (await walk(open, (onFound) => new PathWalker(plan, { several: false, keep, onMatch: onFound, holdsMatches: true }))) ??
      (await walk(open, (onFound) => new PathWalker(plan, { several: true, keep, onMatch: onFound, holdsMatches: true })))
    if (!walked) throw new Error('A list of values went by as something else.')
    const { found, walker } = walked
    const { problem } = walker
    if (problem) return { kind: 'problem', message: `Not valid JSON at line ${problem.line}: ${problem.reason}.` }
    const placed = found.map((match) => ({ match, numbers: numbersOf(match.order) }))
    placed.sort((a, b) => compareOrders(a.numbers, b.numbers))
    for (const { match } of placed) onMatch({ path: pathOf([...locationOf(match.place), ...match.inner]), source: sourceOf(match) })
    return { kind: 'matches', total: walker.total }
  } catch (error) {
    if (error instanceof JSONPathError || error instanceof NotStreamable) return { kind: 'problem', message: error.message }
    throw error
  }
}

/** @returns null where several values turned up */
async function walk(open: () => AsyncIterable<Uint8Array>, begin: (onFound: (match: WalkedMatch) => void) => PathWalker) {
  const found: WalkedMatch[] = []
  let bytes = 0
  const walker = begin((match) => {
    bytes += match.bytes?.length ?? 0
    found.push(bytes > ALL_HELD ? { ...match, bytes: null } : match)
  })
  for await (const piece of open()) {
    walker.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    if (walker.problem !== null) break
    if (!walker.isSeveral && walker.tops > 1) return null
  }
  if (walker.problem === null) walker.finish()
  return { found, walker }
}

function sourceOf({ bytes, inner }: WalkedMatch): string | null {
  if (bytes === null) return null
  const text = bytes.toString('utf8').trim()
  if (inner.length === 0) return text
  const json = parseLosslessJson(text)
  return json.kind === 'fault' ? null : json.sourceAt(inner)
}
