/** Calls of requests: its functions, the methods of a session, and requests that are prepared first and sent later. */
import { argumentsByName, type Args } from './args.ts'
import { makeRequest } from './make-request.ts'
import { note, puzzled, unknown, type Machine } from './machine.ts'
import { pairsOf } from './operators.ts'
import type { Span } from './syntax.ts'
import { NONE, dict, int, plainText, setItem, str, type RequestValue, type SessionValue, type Value } from './values.ts'

/** Positional parameters of each function, in order. @see requests 2.34 `api.py`, `sessions.py` */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  get: ['url', 'params'],
  options: ['url'],
  head: ['url'],
  post: ['url', 'data', 'json'],
  put: ['url', 'data'],
  patch: ['url', 'data'],
  delete: ['url'],
}
const REQUEST = 'method url params data headers cookies files auth timeout allow_redirects proxies hooks stream verify cert json'.split(' ')
const PREPARED = 'method url headers files data params auth cookies hooks json'.split(' ')

/** A call of `requests.<name>` or `session.<name>`; null where there is no such function. */
export function verbCall(name: string, args: Args, session: SessionValue | null, at: Span, machine: Machine): Value | null {
  const verb = Object.hasOwn(VERBS, name) || name === 'request' ? name : mended(name, at, machine)
  if (verb === null) return null
  const names = VERBS[verb]
  if (names) {
    const given = argumentsByName(args, names)
    if (args.hasUnknown) noteUnknown(at, machine)
    return makeRequest({ method: str(verb.toUpperCase()), given, session, isByVerb: true }, at, machine)
  }
  const given = argumentsByName(args, REQUEST)
  if (args.hasUnknown) noteUnknown(at, machine)
  return makeRequest({ method: given.get('method') ?? str('GET'), given, session, isByVerb: false }, at, machine)
}

function noteUnknown(at: Span, machine: Machine): void {
  note(machine, 'lost', machine.lineOf(at.from), 'Arguments that are not known before the script runs are left out.')
}

/** `requests.GET`, `requests.Post` and `requests.requests`. */
function mended(name: string, at: Span, machine: Machine): string | null {
  const lower = name.toLowerCase()
  const likely = lower === 'requests' ? 'request' : lower
  if (likely === name || !(Object.hasOwn(VERBS, likely) || likely === 'request')) return null
  note(machine, 'changed', machine.lineOf(at.from), `\`${name}\` is read as \`${likely}\`, as requests has it.`)
  return likely
}

export function sessionMethod(session: SessionValue, name: string, args: Args, at: Span, machine: Machine): Value {
  const made = verbCall(name, args, session, at, machine)
  if (made) return made
  const [first, second] = args.positional
  switch (name) {
    case 'mount':
      return mounted(session, plainText(first), second, at, machine)
    case 'prepare_request':
      return first?.kind === 'request' ? prepared(first, session) : puzzled(machine, name, at)
    case 'send':
      return first?.kind === 'request' ? sent(session, first, args, at, machine) : puzzled(machine, name, at)
    case 'merge_environment_settings':
      return dict()
    case 'close':
    case '__init__':
    case '__enter__':
      return NONE
    default:
      return puzzled(machine, name, at)
  }
}

function mounted(session: SessionValue, prefix: string | null, adapter: Value | undefined, at: Span, machine: Machine): Value {
  const base = adapter?.kind === 'instance' ? adapter.attributes.get('(base)') : adapter
  if (prefix === null || base?.kind !== 'adapter') {
    note(
      machine,
      'lost',
      machine.lineOf(at.from),
      'What is mounted is no HTTPAdapter that is known before the script runs, and is left out.',
    )
    return NONE
  }
  const seconds = adapter?.kind === 'instance' ? adapter.attributes.get('timeout') : undefined
  const timeout = seconds?.kind === 'int' || seconds?.kind === 'float' ? Number(seconds.value) : undefined
  if (adapter?.kind === 'instance' && timeout === undefined) {
    note(machine, 'lost', machine.lineOf(at.from), `What the class ${adapter.type.name} adds to an HTTPAdapter is not carried over.`)
  }
  if (session.made)
    note(machine, 'changed', machine.lineOf(at.from), 'It is mounted after a first request; here it holds for all requests of the session.')
  const at1 = session.adapters.findIndex((one) => one.prefix === prefix)
  const made = { prefix, ...base.adapter, ...(timeout !== undefined && { timeout: { connect: timeout, read: timeout } }) }
  session.adapters.splice(at1 < 0 ? session.adapters.length : at1, at1 < 0 ? 0 : 1, made)
  return NONE
}

/** `requests.Request(…)`. */
export function newRequest(args: Args): RequestValue {
  const attributes = argumentsByName(args, PREPARED)
  const headers = attributes.get('headers')
  attributes.set('headers', dict((headers ? pairsOf(headers) : null) ?? [], true))
  return { kind: 'request', attributes, session: null, isPrepared: false }
}

function prepared(request: RequestValue, session: SessionValue | null): RequestValue {
  const attributes = new Map(request.attributes)
  const headers = attributes.get('headers')
  if (headers?.kind === 'dict') attributes.set('headers', dict(headers.entries.values(), true))
  return { kind: 'request', attributes, session, isPrepared: true }
}

export function requestMethod(request: RequestValue, name: string, args: Args, at: Span, machine: Machine): Value {
  const [first] = args.positional
  switch (name) {
    case 'prepare':
      for (const [key, value] of argumentsByName(args, PREPARED)) request.attributes.set(key, value)
      return request.isPrepared ? NONE : prepared(request, null)
    case 'copy':
      return prepared(request, request.session)
    case 'prepare_headers':
    case 'prepare_auth':
    case 'prepare_cookies':
      if (first) request.attributes.set(name.slice('prepare_'.length), first)
      return NONE
    case 'prepare_url':
      if (first) request.attributes.set('url', first)
      if (args.positional[1]) request.attributes.set('params', args.positional[1])
      return NONE
    case 'register_hook':
      request.attributes.set('hooks', dict([[str('response'), args.positional[1] ?? int(0)]]))
      return NONE
    default:
      return unknown(machine, name, at, 'computed')
  }
}

function sent(session: SessionValue, request: RequestValue, args: Args, at: Span, machine: Machine): Value {
  const given = new Map([...request.attributes].filter(([, value]) => value.kind !== 'none'))
  for (const [name, value] of args.named) given.set(name, value)
  const headers = given.get('headers')
  if (headers?.kind === 'dict') given.set('headers', sentHeaders(headers.entries.values()))
  if (request.session === null && hasOwn(session)) {
    note(
      machine,
      'changed',
      machine.lineOf(at.from),
      'A request that is prepared by itself has no headers, cookies and credentials of the session; here it has them.',
    )
  }
  return makeRequest(
    { method: given.get('method') ?? str('GET'), given, session: request.session ?? session, isByVerb: false },
    at,
    machine,
  )
}

function sentHeaders(pairs: Iterable<readonly [Value, Value]>): Value {
  const made = dict([], true)
  for (const [key, value] of pairs) setItem(made, key, value)
  return made
}

/** Whether a session has anything to give to a request. */
function hasOwn(session: SessionValue): boolean {
  return (
    ['headers', 'params', 'cookies'].some((name) => {
      const value = session.attributes.get(name)
      return value?.kind === 'dict' && value.entries.size > 0
    }) || session.attributes.get('auth')?.kind !== 'none'
  )
}
