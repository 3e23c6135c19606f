/**
 * JSONPath over a JSON text of any size, which goes by once for each query: what is kept are the places of the matches,
 * whose texts are read from the file when they are asked for. What cannot be answered so is refused in words.
 */
import { JSONPathError } from 'json-p3'
import type { MatchType } from '#contract/model/body-query.ts'
import { compareOrders, locationOf, numbersOf } from './json-path-frames.ts'
import { planPath, type PathPlan } from './json-path-plan.ts'
import { pathOf, PathWalker, type WalkedMatch } from './json-path-walker.ts'
import { decodedString } from './json-string.ts'
import { parseLosslessJson, type LosslessJson } from './lossless-json.ts'
import { membersOf, pathEnvironment, pathProblem, roundedNote, severalNote } from './query-json.ts'
import {
  bodyProblem,
  KEPT_MATCHES,
  matchesOf,
  NotStreamable,
  type Match,
  type Matches,
  type QueriedText,
  type QueryOptions,
  type QueryProblem,
} from './query-types.ts'
import { piecesOf, type Utf8File } from './utf8-file.ts'
import { tellShare } from './work-shares.ts'

/** Of a longer match only the beginning is read where it is shown. */
const SHOWN_WHOLE = 1024 * 1024
/** Objects up to this size have columns in a table. */
const MEMBERS_BYTES = 16 * 1024 * 1024
/** About the longest text that a process can hold. */
const LONGEST = 400 * 1024 * 1024

/** @param pieceBytes how much goes by at a time */
export function streamedJson(file: Utf8File, pieceBytes?: number): QueriedText {
  return {
    kind: 'text',
    query: (_kind, expression, options) => {
      try {
        return queryStream({ file, pieceBytes }, expression, options)
      } catch (error) {
        if (error instanceof JSONPathError) return pathProblem(error, expression)
        if (error instanceof NotStreamable) return tooLarge(error.message, null)
        throw error
      }
    },
    close: file.close,
  }
}

interface Source {
  readonly file: Utf8File
  readonly pieceBytes: number | undefined
}

function queryStream(source: Source, expression: string, options: QueryOptions = {}): Matches | QueryProblem {
  const { keep = KEPT_MATCHES, check = () => undefined, share = null } = options
  const plan = planPath(pathEnvironment(check), expression.trim())
  const lead = expression.length - expression.trimStart().length
  if (plan.kind === 'refused') return tooLarge(`${plan.message}.`, plan.position + lead)
  const steps = { keep, check, share }
  const walked = walk(source, plan, steps, false) ?? walk(source, plan, steps, true)
  if (!walked) throw new Error('A list of values went by as something else.')
  const { found, walker, problem } = walked
  const place = problem && `line ${problem.line.toLocaleString('en-US')}: ${problem.reason}`
  if (place !== null && walker.total === 0) return bodyProblem(`Not valid JSON at ${place}.`)
  const notes = [
    walker.tops > 1 ? severalNote(walker.tops) : null,
    roundedNote(expression),
    place === null ? null : `The body is no valid JSON from ${place}; these matches stand before that.`,
  ].filter((note) => note !== null)
  const reader = matchReader(source.file)
  return { ...matchesOf(inOrder(found), reader, keep, notes.length === 0 ? null : notes.join(' ')), total: walker.total }
}

/** @returns null where it is several values, which `several` has to say beforehand */
function walk({ file, pieceBytes }: Source, plan: PathPlan, { keep, check, share }: Required<QueryOptions>, several: boolean) {
  const found: WalkedMatch[] = []
  const walker = new PathWalker(plan, { several, keep, onMatch: (match) => found.push(match) })
  let done = 0
  for (const piece of piecesOf(file, pieceBytes)) {
    check()
    walker.write(piece)
    tellShare(share, (done += piece.length), file.bytes)
    if (walker.problem !== null) break
    if (!several && walker.tops > 1) return null
  }
  return { found, walker, problem: walker.problem ?? walker.finish() }
}

function inOrder(found: readonly WalkedMatch[]): readonly WalkedMatch[] {
  if (found.every(({ order }) => order === null)) return found
  const placed = found.map((match) => ({ match, numbers: numbersOf(match.order) }))
  placed.sort((a, b) => compareOrders(a.numbers, b.numbers))
  return placed.map(({ match }) => ({ ...match, order: null }))
}

function matchReader(file: Utf8File): (found: WalkedMatch) => Match {
  // Matches within one value come after each other: it is read once for all of them.
  let last: { readonly start: number; readonly json: LosslessJson } | null = null
  const within = ({ start, end, inner }: WalkedMatch): string => {
    if (last?.start !== start) {
      const json = parseLosslessJson(file.read(start, end).toString('utf8'))
      if (json.kind === 'fault') throw new Error(json.message)
      last = { start, json }
    }
    return last.json.sourceAt(inner)
  }
  return (found) => {
    const [start, end] = bounds(file, found)
    const source = (): string => (found.inner.length > 0 ? within(found) : textBetween(file, start, end))
    const [first = 0] = found.inner.length > 0 ? Buffer.from(source().slice(0, 1)) : file.read(start, start + 1)
    const type = TYPES[String.fromCharCode(first)] ?? 'number'
    return {
      type,
      path: () => pathOf([...locationOf(found.place), ...found.inner]),
      source,
      text: () => (type === 'string' ? decodedString(Buffer.from(source(), 'utf8')) : source()),
      ...(end - start > SHOWN_WHOLE && found.inner.length === 0 && { beginning: (length: number) => beginning(file, start, end, length) }),
      ...(type === 'object' && end - start <= MEMBERS_BYTES && { members: () => membersIn(source()) }),
    }
  }
}

const TYPES: Readonly<Record<string, MatchType>> = { '{': 'object', '[': 'array', '"': 'string', t: 'boolean', f: 'boolean', n: 'null' }

/** Without the white space around. */
function bounds(file: Utf8File, { start, end }: WalkedMatch): readonly [number, number] {
  let [from, to] = [start, end]
  while (from < to) {
    const piece = file.read(from, Math.min(from + 256, to))
    const skip = piece.findIndex((byte) => byte > 0x20)
    from += skip === -1 ? piece.length : skip
    if (skip !== -1) break
  }
  while (to > from) {
    const piece = file.read(Math.max(from, to - 256), to)
    const last = piece.findLastIndex((byte) => byte > 0x20)
    to -= last === -1 ? piece.length : piece.length - 1 - last
    if (last !== -1) break
  }
  return [from, to]
}

function textBetween(file: Utf8File, start: number, end: number): string {
  if (end - start > LONGEST) throw new NotStreamable('A match is longer than a text can be here: save the body instead.')
  return file.read(start, end).toString('utf8')
}

/** The beginning of a long value as it is written, and about how long it is as a text. */
function beginning(file: Utf8File, start: number, end: number, length: number): { readonly text: string; readonly length: number } {
  const isString = file.read(start, start + 1).toString() === '"'
  const text = file.read(start, Math.min(end, start + length * 4)).toString('utf8')
  return { text: text.slice(isString ? 1 : 0, length), length: end - start }
}

function membersIn(source: string): ReadonlyMap<string, string> {
  const json = parseLosslessJson(source)
  return json.kind === 'fault' ? new Map<string, string>() : membersOf(json)
}

function tooLarge(message: string, position: number | null): QueryProblem {
  return { kind: 'problem', of: 'limit', message: `In a body of this size: ${message}`, position }
}
