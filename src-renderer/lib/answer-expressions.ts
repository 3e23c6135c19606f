/** The words by which checks and captures name a value of an answer, and those that an answer at hand offers. Pure. */
import type { QueryKind } from '#contract/model/body-query.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'

/** What every answer has. */
export const COMMON_EXPRESSIONS: readonly string[] = [
  'res.status',
  'res.responseTime',
  'res.body',
  'res.headers.location',
  "res.headers['content-type']",
  'res.size',
  'res.statusText',
  'res.url',
  'res.text',
  'res.history.length',
  "res.jsonpath('$..id')",
  "res.xpath('//h1')",
  "res.css('h1')",
  "res.regex('id=(\\\\d+)')",
  'res.schema({ "type": "object" })',
]

/** Of a body: deeper, and more, is found by typing a path. */
const MAX_DEPTH = 6
const MAX_PATHS = 300
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

/** A text in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** The expression that looks at what a query of a body finds. */
export function queryExpression(kind: QueryKind, query: string): string {
  return `res.${kind}(${quoted(query)})`
}

/** Of a header, whose name is looked up in any case. */
export function headerExpression(name: string): string {
  return `res.headers${memberOf(name.toLowerCase())}`
}

/** Of a cookie that the answer sets. */
export function cookieExpression(name: string): string {
  return `res.cookies${memberOf(name)}`
}

/**
 * A text as an assertion compares with it: in quotes where it would be taken for something else, such as a number. Only the
 * outermost quotes are taken off again.
 */
export function expectedText(text: string): string {
  const isSomethingElse = /^(?:true|false|null|undefined|[+-]?[\d.][\d.eExX+-]*|[[{].*|(["']).*\1)$/s.test(text)
  return isSomethingElse || text !== text.trim() ? `"${text}"` : text
}

/** Everything that completion offers for an answer, the commonest first. */
export function expressionsOf(response: Pick<ReceivedResponse, 'headers' | 'cookies'> | null, paths: readonly string[]): readonly string[] {
  const headers = response?.headers.map(([name]) => headerExpression(name)) ?? []
  const cookies = response?.cookies.map(({ name }) => cookieExpression(name)) ?? []
  const [first = '', ...rest] = COMMON_EXPRESSIONS
  return [...new Set([first, ...paths, ...rest, ...headers, ...cookies])]
}

/** Paths to the values of a JSON body, those near the top first; of a list its first item stands for all. */
export function bodyPaths(body: unknown): readonly string[] {
  const found: string[] = []
  let level: readonly (readonly [path: string, value: unknown])[] = [['res.body', body]]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.length < MAX_PATHS; depth += 1) {
    level = level.flatMap(([path, value]) => membersOf(path, value)).slice(0, MAX_PATHS)
    found.push(...level.map(([path]) => path))
  }
  return found.slice(0, MAX_PATHS)
}

/** A name for a variable, from that of a header or a cookie: `X-Request-Id` → `request_id`. */
export function variableName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^x-(?=.)/, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}

function membersOf(path: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return [[`${path}.length`, null], ...(value.length > 0 ? [[`${path}[0]`, value[0]] as const] : [])]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([name, member]) => [path + memberOf(name), member] as const)
}

function memberOf(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${quoted(name)}]`
}
