/**
 * JSONPath over a JSON text, by RFC 9535 to the letter (json-p3, strict). Numbers compare as doubles and are shown digit
 * by digit, see lossless-json.ts. Knows nothing of where the text comes from.
 */
import { JSONPathEnvironment, JSONPathError, type JSONPathNode } from 'json-p3'
import type { MatchType } from '#contract/model/body-query.ts'
import { parseLosslessJson, type LosslessJson } from './lossless-json.ts'
import {
  bodyProblem,
  expressionProblem,
  KEPT_MATCHES,
  matchesOf,
  type Match,
  type Matches,
  type QueriedText,
  type QueryOptions,
  type QueryProblem,
} from './query-types.ts'

/** One level more than the deepest text that is read. */
const DEEPEST = 2002

/** RFC 9535 to the letter; `check` is called often while a query runs. */
export function pathEnvironment(check: () => void): JSONPathEnvironment {
  return new CheckedEnvironment(check)
}

/** Looks in on the one who may want to stop at every object that is gone through. */
class CheckedEnvironment extends JSONPathEnvironment {
  private readonly check: () => void

  constructor(check: () => void) {
    super({ strict: true, maxRecursionDepth: DEEPEST })
    this.check = check
  }

  override entries(value: Parameters<JSONPathEnvironment['entries']>[0]): ReturnType<JSONPathEnvironment['entries']> {
    this.check()
    return super.entries(value)
  }
}

/** Reads a JSON text for JSONPath queries. Several values after each other, as in NDJSON, are one list. */
export function readJsonForQuery(text: string): QueriedText | QueryProblem {
  const parsed = parseLosslessJson(text)
  if (parsed.kind === 'fault') return bodyProblem(parsed.message)
  return { kind: 'text', query: (_kind, expression, options) => queryJson(parsed, expression, options) }
}

function queryJson(json: LosslessJson, expression: string, options: QueryOptions = {}): Matches | QueryProblem {
  const { keep = KEPT_MATCHES, check = () => undefined } = options
  try {
    const nodes: JSONPathNode[] = []
    let total = 0
    // One by one: the library gathers lists by spreading them into a call, which a long list overflows.
    for (const node of new CheckedEnvironment(check).lazyQuery(expression.trim(), json.root)) {
      total += 1
      if (total <= keep) nodes.push(node)
      if (total % 256 === 0) check()
    }
    const notes = [json.several === null ? null : severalNote(json.several), roundedNote(expression)].filter((note) => note !== null)
    const note = notes.length === 0 ? null : notes.join(' ')
    return { ...matchesOf(nodes, (node) => matchOf(json, node), keep, note), total }
  } catch (error) {
    if (error instanceof JSONPathError) return pathProblem(error, expression)
    throw error
  }
}

/** Numbers are compared as doubles: says so where a query names an integer that none of them is. */
export function roundedNote(expression: string): string | null {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
  const rounded = Array.from(bare.matchAll(/\d{16,}/g), ([digits]) => digits).find((digits) => BigInt(digits) !== BigInt(Number(digits)))
  if (rounded === undefined) return null
  return `Numbers are compared as doubles, so ${rounded} is the same as all that round to ${BigInt(Number(rounded)).toString()}.`
}

export function severalNote(count: number): string {
  return `The body holds ${count.toLocaleString('en-US')} values; $ is the list of them.`
}

function matchOf(json: LosslessJson, node: JSONPathNode): Match {
  const source = (): string => json.sourceAt(node.location)
  const { value } = node
  return {
    type: typeOf(value),
    path: () => node.getPath({ form: 'pretty' }),
    text: () => (typeof value === 'string' ? value : source()),
    source,
    ...(typeof value === 'object' && value !== null && !Array.isArray(value) && { members: () => membersOf(json, node) }),
  }
}

/** The texts of an object's members by their names, of the one at the top unless another is named. */
export function membersOf(
  json: LosslessJson,
  node: Pick<JSONPathNode, 'value' | 'location'> = { value: json.root, location: [] },
): ReadonlyMap<string, string> {
  const textOf = (name: string, value: unknown): string => {
    if (value === null) return ''
    return typeof value === 'string' ? value : json.sourceAt([...node.location, name])
  }
  return new Map(Object.entries(node.value ?? {}).map(([name, value]) => [name, textOf(name, value)]))
}

function typeOf(value: JSONPathNode['value']): MatchType {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

/** What the library says of an expression. */
export function pathProblem({ message, token }: JSONPathError, expression: string): QueryProblem {
  // The library ends its messages with the place, which is shown at the field.
  const words = message
    .replace(/ \('.*':\d+\)$/s, '')
    .replaceAll(/TOKEN_(\w+)/g, (_, name: string) => name.toLowerCase().replaceAll('_', ' '))
  const offset = expression.length - expression.trimStart().length
  return expressionProblem(words, Math.min(token.index + offset, expression.length))
}
