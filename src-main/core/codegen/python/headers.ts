/** The headers of a call: what is typed, what is taken away, and what requests would not send by itself. */
import { createProblems } from '../../prepare/problems.ts'
import { typedHeaders } from '../../prepare/headers.ts'
import type { BehaviourRules } from '../../prepare/behaviour-rules.ts'
import type { CodeSource } from '../code-source.ts'
import { dict, type Python } from './python-layout.ts'
import type { Script } from './script.ts'
import type { Pair } from './url.ts'

export interface PythonHeaders {
  /** For the session. */
  readonly session: Python | null
  readonly own: Python | null
}

interface Given {
  readonly source: CodeSource
  readonly rules: BehaviourRules
  /** Whether there is a session, for the inherited headers. */
  readonly hasSession: boolean
  /** Credentials that are plain headers, and the body's type where requests would not send it; values are code. */
  readonly added: readonly (readonly [name: string, value: Python])[]
  /** Whether a typed Content-Type is left to requests. */
  readonly withoutContentType: boolean
}

/** Removed by `None`, or by urllib3's mark where it would put in its own. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['user-agent', 'User-Agent'],
  ['accept-encoding', 'Accept-Encoding'],
  ['accept', 'Accept'],
  ['connection', 'Connection'],
])
const OF_URLLIB3: ReadonlySet<string> = new Set(['user-agent', 'accept-encoding'])
/** Of what a client adds by itself, what servers tell clients by. */
const OF_A_CLIENT: ReadonlySet<string> = new Set(['user-agent', 'accept-language'])

/** `headers=` and a session's headers. */
export function headersOf(given: Given, script: Script): PythonHeaders {
  const { source, hasSession, added } = given
  const { inherited, own } = typedOf(given, script)
  const taken = new Set([...inherited, ...own, ...added].map(([name]) => name.toLowerCase()))
  const rows: (readonly [string, Python])[] = [
    ...(hasSession ? own : [...inherited, ...own]).map(([name, value]) => [name, script.text(value)] as const),
    ...added,
    ...clientsOwn(given, taken).map(([name, value]) => [name, script.text(value)] as const),
    ...omittedOf(source, given.rules, taken, script),
  ]
  const session = hasSession ? inherited.map(([name, value]) => [name, script.text(value)] as const) : []
  return { session: headerDict(session, script), own: headerDict(rows, script) }
}

/** Whether a header of a name, in lower case, is typed in the request or around it. */
export function isTypedHeader({ request }: CodeSource, name: string): boolean {
  return request.headers.some((header) => header.name.toLowerCase() === name && (header.source === 'user' || header.source === 'inherited'))
}

function headerDict(rows: readonly (readonly [string, Python])[], script: Script): Python | null {
  return rows.length === 0 ? null : dict(rows.map(([name, value]) => [script.text(name), value]))
}

function typedOf(given: Given, script: Script): { readonly inherited: readonly Pair[]; readonly own: readonly Pair[] } {
  const { source, rules } = given
  const around = source.inherited.headers.map(({ name, value }): Pair => [name, value.replace(/^[ \t]+|[ \t]+$/g, '')])
  const typed = typedHeaders(source.form.headers, rules, createProblems(), []).map(({ name, value }): Pair => [name, value])
  const kept = ([name]: Pair): boolean => isKept(name.toLowerCase(), given)
  return { inherited: joined(around.filter(kept), source, script), own: joined(typed.filter(kept), source, script) }
}

function isKept(name: string, { source, rules, withoutContentType }: Given): boolean {
  if (name === 'content-type') return !withoutContentType
  if (name !== 'content-length') return true
  // It is requests that counts; a typed one has a place at most, and holds the server up where there is nothing to count.
  const slot = rules.head.slots.find(({ kind }) => kind === 'length')
  return slot?.kind === 'length' && slot.typed === 'row' && (source.request.body?.bytes ?? 0) > 0
}

/** A dictionary has a name once: several values of a name are one list (RFC 9110 §5.3), but of what is sent once, the last. */
function joined(rows: readonly Pair[], { request }: CodeSource, script: Script): Pair[] {
  const byName = new Map<string, Pair>()
  for (const [name, value] of rows) {
    const key = name.toLowerCase()
    const before = byName.get(key)
    const isSentOnce = request.headers.filter((line) => line.name.toLowerCase() === key).length < 2
    if (before === undefined || isSentOnce) byName.set(key, [before?.[0] ?? name, value])
    else {
      script.note('changed', `requests sends a header once: the values of ${name} are in one line, with commas between them.`)
      byName.set(key, [before[0], `${before[1].replace(/[ \t]+$/, '')}${key === 'cookie' ? '; ' : ', '}${value}`])
    }
  }
  return [...byName.values()]
}

/** The name and the language of another client, where it is to behave as one. */
function clientsOwn({ source, rules }: Given, taken: ReadonlySet<string>): Pair[] {
  if (rules.head.userAgent === null || rules.url === 'urllib3') return []
  return source.request.headers.flatMap(({ name, value, source: from }): Pair[] => {
    const key = name.toLowerCase()
    return from === 'engine' && OF_A_CLIENT.has(key) && !taken.has(key) ? [[name, value]] : []
  })
}

function omittedOf(
  { form, omitted }: CodeSource,
  rules: BehaviourRules,
  taken: ReadonlySet<string>,
  script: Script,
): (readonly [string, Python])[] {
  const isAll = rules.head.onOmit.takes === 'all'
  const spelt = [
    ...form.headers.filter(({ enabled, omit }) => enabled && omit === true).map(({ name }) => name),
    ...(form.options.omitHeaders ?? []),
  ]
  const names = new Map([...DEFAULTS, ...spelt.map((name) => [name.toLowerCase(), name] as const)])
  return [...omitted].flatMap((key): (readonly [string, Python])[] => {
    const name = names.get(key)
    if (name === undefined || taken.has(key) || (isAll && !DEFAULTS.has(key))) return []
    return [[name, isAll && OF_URLLIB3.has(key) ? script.from('urllib3.util', 'SKIP_HEADER') : 'None']]
  })
}
