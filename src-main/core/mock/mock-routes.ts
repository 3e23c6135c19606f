/**
 * What a mock can answer, and how well each example fits a call. A route is the path of a saved request's URL: what is
 * written counts as it is, `:name` and `{{name}}` stand for anything in their segment, and a variable at the URL's
 * beginning for the server and whatever path it may bring along.
 */
import type { HeaderList } from '#contract/model/exchange.ts'

export interface MockExample {
  /** Of the request it belongs to. */
  readonly request: string
  readonly name: string
  /** Upper case. */
  readonly method: string
  /** Of the saved request, and of the example's own. */
  readonly routes: readonly MockRoute[]
  /** Of the request that it answers: the better they fit a call, the better it does. */
  readonly headers: HeaderList
  readonly status: number
  readonly statusText: string
  readonly answer: { readonly headers: HeaderList; readonly type: string | null; readonly body: string }
}

export interface MockRoute {
  /** As shown in a list, such as `/users/:id`. */
  readonly path: string
  readonly segments: readonly Segment[]
  /** Whether any segments may stand before the first. */
  readonly isOpen: boolean
  readonly query: readonly (readonly [name: string, value: string])[]
}

type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'pattern'; readonly pattern: RegExp }

export interface MockCall {
  /** Upper case. */
  readonly method: string
  /** As it came, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Value of a header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  /** The example that is asked for by name, and the status; null: any. */
  readonly wanted: { readonly name: string | null; readonly status: number | null }
}

const VARIABLE = /\{\{[^{}]*\}\}/g

/** The route of a URL as it is typed in a request. */
export function routeOf(url: string): MockRoute {
  const [address = '', query = ''] = (url.split('#', 1)[0] ?? '').split(/\?(.*)/s)
  const path = pathOf(address)
  const segments = path.path.split('/').filter((segment) => segment !== '')
  return {
    path: `/${segments.join('/')}`,
    segments: segments.map(segmentOf),
    isOpen: path.isOpen,
    query: [...new URLSearchParams(query)],
  }
}

function pathOf(address: string): { readonly path: string; readonly isOpen: boolean } {
  const scheme = /^[^/?]*:\/\//.exec(address)?.[0]
  if (scheme !== undefined) return { path: address.slice(scheme.length).replace(/^(?:\{\{[^{}]*\}\}|[^/])*/, ''), isOpen: false }
  const variable = /^\s*\{\{[^{}]*\}\}/.exec(address)?.[0]
  if (variable !== undefined) return { path: address.slice(variable.length).replace(/^[^/]*/, ''), isOpen: true }
  return { path: address.startsWith('/') ? address : address.replace(/^[^/]*/, ''), isOpen: false }
}

function segmentOf(segment: string): Segment {
  if (segment.startsWith(':') && segment.length > 1) return { kind: 'pattern', pattern: /^/ }
  const parts = segment.split(VARIABLE)
  if (parts.length === 1) return { kind: 'text', text: decoded(segment) }
  return { kind: 'pattern', pattern: new RegExp(`^${parts.map((part) => escaped(decoded(part))).join('.+')}$`, 's') }
}

/** The example that answers a call best; null where none does. Of equal ones a success comes first, then the order of the files. */
export function bestExample(examples: readonly MockExample[], call: MockCall): MockExample | null {
  let best: { readonly example: MockExample; readonly score: readonly number[] } | null = null
  for (const example of examples) {
    const score = scoreOf(example, call)
    if (score !== null && (best === null || isBetter(score, best.score))) best = { example, score }
  }
  return best?.example ?? null
}

function scoreOf(example: MockExample, call: MockCall): readonly number[] | null {
  const { method, wanted } = call
  if (example.method !== method && !(method === 'HEAD' && example.method === 'GET')) return null
  if (wanted.name !== null && wanted.name.toLowerCase() !== example.name.trim().toLowerCase()) return null
  if (wanted.status !== null && wanted.status !== example.status) return null
  const paths = example.routes.flatMap((route) => {
    const score = pathScore(route, call.path)
    return score === null ? [] : [[...score, queryScore(route, call.query)]]
  })
  const [path] = paths.toSorted((a, b) => (isBetter(a, b) ? -1 : 1))
  if (!path) return null
  const isMethod = example.method === method ? 1 : 0
  const isSuccess = example.status >= 200 && example.status < 300 ? 1 : 0
  return [isMethod, ...path, headerScore(example.headers, call), isSuccess]
}

/** @returns null where the path is another; else fewer skipped segments, then more that are the same as written */
function pathScore({ segments, isOpen }: MockRoute, path: string): readonly number[] | null {
  const given = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded)
  const skipped = given.length - segments.length
  if (skipped < 0 || (skipped > 0 && !isOpen)) return null
  let written = 0
  for (const [index, segment] of segments.entries()) {
    const text = given[skipped + index] ?? ''
    if (segment.kind === 'text' ? segment.text !== text : !segment.pattern.test(text)) return null
    if (segment.kind === 'text') written += 1
  }
  return [-skipped, written]
}

function queryScore({ query }: MockRoute, given: URLSearchParams): number {
  return query.reduce((sum, [name, value]) => sum + (given.getAll(name).some((one) => fits(value, one)) ? 2 : -1), 0)
}

function headerScore(headers: HeaderList, { header }: MockCall): number {
  return headers.filter(([name, value]) => fits(value, header(name.toLowerCase()) ?? '')).length
}

/** Whether a value is the one that is written, in which a variable may be anything. */
function fits(written: string, given: string): boolean {
  const parts = written.split(VARIABLE)
  return parts.length === 1 ? written === given : new RegExp(`^${parts.map(escaped).join('.*')}$`, 's').test(given)
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
