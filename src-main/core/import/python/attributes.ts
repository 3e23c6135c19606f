/** `value.name` and `value[name]`: what each kind of value has, and what can be set on it. */
import { NO_ARGS } from './args.ts'
import { environmentValue, puzzled, unknown, type Machine } from './machine.ts'
import { canonical } from './library-names.ts'
import { statusOf } from './status-codes.ts'
import type { Span } from './syntax.ts'
import { plain } from './text.ts'
import {
  BASE,
  NONE,
  bool,
  dict,
  getItem,
  int,
  list,
  setItem,
  str,
  type ClassValue,
  type DictValue,
  type InstanceValue,
  type SessionValue,
  type UnknownValue,
  type Value,
} from './values.ts'

/** What requests sends by itself, and what a script takes away where it replaces a session's headers. */
export const DEFAULT_HEADERS = ['User-Agent', 'Accept-Encoding', 'Accept', 'Connection'] as const

/** Attributes of an answer, by the expression that asserts something of them. */
const ANSWER: Readonly<Record<string, string>> = {
  status_code: 'res.status',
  text: 'res.body',
  content: 'res.body',
  headers: 'res.headers',
  reason: 'res.statusText',
  url: 'res.url',
  elapsed: '',
  encoding: '',
  cookies: 'res.cookies',
  history: '',
  request: '',
  raw: '',
  links: '',
  next: '',
  apparent_encoding: '',
  is_redirect: '',
  ok: 'res.ok',
}

/** Names that are methods, on whatever is not known. */
const METHODS = new Set(
  'start result submit map imap apply apply_async spawn get json items keys values strip lstrip rstrip lower upper split join format encode decode replace read write close append extend update pop copy isoformat strftime hexdigest total_seconds startswith endswith iter_content iter_lines raise_for_status timestamp'.split(
    ' ',
  ),
)

/** @param isItem it stands in brackets */
export function memberOf(value: Value, name: string, at: Span, machine: Machine, isItem = false): Value {
  switch (value.kind) {
    case 'name':
      return libraryMember(value.path, name, at, machine, isItem)
    case 'answer':
      return answerMember(value.request, name, at, machine)
    case 'unknown':
      return unknownMember(value, name, at, machine, isItem)
    case 'session':
      return value.attributes.get(name) ?? { kind: 'method', object: value, name }
    case 'request':
      return value.attributes.get(name === 'body' ? 'data' : name) ?? { kind: 'method', object: value, name }
    case 'instance':
      return instanceMember(value, name, at, machine)
    case 'class':
      return classMember(value, name) ?? unknown(machine, name, at, 'open')
    case 'encoder':
      return name === 'content_type' ? str([{ kind: 'multipart-type' }]) : { kind: 'method', object: value, name }
    case 'str':
      return pathMember(value, name) ?? { kind: 'method', object: value, name }
    case 'file':
      return name === 'name' ? str(value.path) : { kind: 'method', object: value, name }
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return isItem ? unknown(machine, name, at, 'open') : { kind: 'method', object: value, name }
    default:
      return { kind: 'method', object: value, name }
  }
}

/** pathlib's attributes: a path is its text here. */
function pathMember(value: Extract<Value, { kind: 'str' }>, name: string): Value | null {
  const known = plain(value.text)
  if (known === null || !['name', 'stem', 'suffix', 'parent'].includes(name)) return null
  const file = known.slice(known.lastIndexOf('/') + 1)
  const dot = file.lastIndexOf('.')
  if (name === 'parent') return str(known.includes('/') ? known.slice(0, known.lastIndexOf('/')) : '.')
  if (name === 'stem') return str(dot > 0 ? file.slice(0, dot) : file)
  return str(name === 'suffix' ? (dot > 0 ? file.slice(dot) : '') : file)
}

function libraryMember(path: string, name: string, at: Span, machine: Machine, isItem: boolean): Value {
  const known = canonical(path)
  if (known === 'os.environ' && isItem) return environmentValue(machine, name, undefined, at)
  if (known === 'sys.argv' && isItem) return unknown(machine, `argument_${name}`, at, 'asked')
  if (isItem) return unknown(machine, `${path.slice(path.lastIndexOf('.') + 1)}_${name}`, at, 'open')
  if (known === 'requests.codes' || known === 'requests.status_codes.codes' || known === 'http.HTTPStatus') {
    const status = statusOf(name)
    if (status !== null) return int(status)
  }
  if (/^(?:http\.HTTPStatus)\./.test(known) && name === 'value') return { kind: 'name', path: known }
  if (known === 'requests' && name === '__version__') return str('2.34.2')
  return { kind: 'name', path: `${path}.${name}` }
}

function answerMember(request: number, name: string, at: Span, machine: Machine): Value {
  if (!Object.hasOwn(ANSWER, name)) return { kind: 'method', object: { kind: 'answer', request }, name }
  const expression = ANSWER[name] ?? ''
  const path = expression === '' ? undefined : { request, expression }
  const isBytes = name === 'content' || name === 'text' || name === 'raw'
  return unknown(machine, name, at, 'answer', {
    ...(path && { path }),
    ...(isBytes && { ofAnswer: request }),
    ...(name === 'status_code' && { isNumber: true }),
  })
}

function unknownMember(value: UnknownValue, name: string, at: Span, machine: Machine, isItem: boolean): Value {
  if (!isItem && METHODS.has(name)) return { kind: 'method', object: value, name }
  const isPlain = /^(?:data|json|response|res|resp|r|result|body|payload|value|item|content|text|headers|cookies|\d+)(?:_\d+)*$/i.test(
    value.name,
  )
  const hint = /^\d+$/.test(name) ? value.name : isPlain ? name : `${value.name}_${name}`
  const path = value.path ? { ...value.path, expression: extended(value.path.expression, name, isItem) } : undefined
  return unknown(machine, hint, at, value.from === 'asked' || value.from === 'secret' ? 'open' : value.from, path ? { path } : {})
}

/** `res.headers["X"]` and `res.body.items[0].id`, as assertions are written. */
function extended(expression: string, name: string, isItem: boolean): string {
  if (expression === 'res.headers') return `res.headers['${name.toLowerCase()}']`
  if (isItem && /^\d+$/.test(name)) return `${expression}[${name}]`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${expression}.${name}` : `${expression}[${JSON.stringify(name)}]`
}

function instanceMember(value: InstanceValue, name: string, at: Span, machine: Machine): Value {
  const own = value.attributes.get(name)
  if (own) return own
  const found = classMember(value.type, name)
  if (found?.kind === 'function') {
    const decorators = found.definition?.decorators ?? []
    if (decorators.includes('staticmethod')) return found
    const bound: Value = { ...found, self: decorators.includes('classmethod') ? value.type : value }
    return decorators.includes('property') ? machine.call(bound, NO_ARGS, at, found.scope) : bound
  }
  if (found) return found
  const base = value.attributes.get(BASE)
  if (base) return memberOf(base, name, at, machine)
  return name === '__init__' ? { kind: 'method', object: value, name } : unknown(machine, name, at, 'open')
}

/** What a class has, or the first of its bases that has it. */
export function classMember(type: ClassValue, name: string, depth = 0): Value | undefined {
  const own = type.attributes.get(name)
  if (own || depth > 20) return own
  for (const base of type.bases) {
    const found = base.kind === 'class' ? classMember(base, name, depth + 1) : undefined
    if (found) return found
  }
  return undefined
}

export function setMember(object: Value, name: string, value: Value, at: Span, machine: Machine): void {
  if (object.kind === 'session') setOfSession(object, name, value)
  else if (object.kind === 'request') object.attributes.set(name === 'body' ? 'data' : name, value)
  else if (object.kind === 'instance') {
    const base = object.attributes.get(BASE)
    if (base?.kind === 'session' && SESSION_NAMES.has(name)) setOfSession(base, name, value)
    else object.attributes.set(name, value)
  } else if (object.kind === 'class') object.attributes.set(name, value)
  else if (object.kind !== 'unknown' && object.kind !== 'answer') puzzled(machine, name, at)
}

const SESSION_NAMES = new Set([
  'headers',
  'params',
  'cookies',
  'auth',
  'proxies',
  'verify',
  'cert',
  'trust_env',
  'max_redirects',
  'stream',
  'hooks',
])

function setOfSession(session: SessionValue, name: string, value: Value): void {
  session.attributes.set(name, name === 'headers' && value.kind === 'dict' ? replacedHeaders(value) : value)
}

/** A session whose headers are replaced has none of its own any more. */
function replacedHeaders(given: DictValue): DictValue {
  const headers = dict(given.entries.values(), true)
  for (const name of DEFAULT_HEADERS) if (!getItem(headers, str(name))) setItem(headers, str(name), NONE)
  return headers
}

export function newSession(): SessionValue {
  const attributes = new Map<string, Value>([
    ['headers', dict([], true)],
    ['params', dict()],
    ['cookies', dict()],
    ['auth', NONE],
    ['proxies', dict()],
    ['hooks', dict([[str('response'), list([])]])],
    ['verify', bool(true)],
    ['cert', NONE],
    ['trust_env', bool(true)],
  ])
  return { kind: 'session', attributes, adapters: [], name: '', base: null, made: null }
}
