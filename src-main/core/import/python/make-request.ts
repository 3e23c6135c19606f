/** Makes the document of a request from the arguments of its call, at the moment of the call: lists and dictionaries may change later. */
import type { ImportNote } from '#contract/model/import.ts'
import type { Options, RequestDocument, Row } from '#contract/model/request.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import { plainRequest } from '../imported.ts'
import { bodyOf } from './call-body.ts'
import { basicHeaderOf, credentialsOf, withProxyCredentials } from './call-credentials.ts'
import { optionsOf } from './call-options.ts'
import { addressOf, cookieRows, headerRows, urlWith } from './call-rows.ts'
import { createWriter, type FormWriter } from './form-writer.ts'
import { checkRequests, note, type Machine } from './machine.ts'
import { pairsOf } from './operators.ts'
import { isStreamed } from './saved-answers.ts'
import { changesSince, madeSession } from './sessions.ts'
import type { Span } from './syntax.ts'
import { dict, getItem, setItem, type SessionValue, type Value } from './values.ts'

interface Call {
  readonly method: Value
  /** Arguments by requests' names. */
  readonly given: ReadonlyMap<string, Value>
  readonly session: SessionValue | null
  /** `head()` does not follow redirects, `request('HEAD')` does. */
  readonly isByVerb: boolean
}

const ARGUMENTS = new Set(
  'method url params data headers cookies files auth timeout allow_redirects proxies hooks stream verify cert json'.split(' '),
)
const MISSPELT: Readonly<Record<string, string>> = {
  header: 'headers',
  param: 'params',
  cookie: 'cookies',
  file: 'files',
  proxy: 'proxies',
  follow_redirects: 'allow_redirects',
  allow_redirect: 'allow_redirects',
  certs: 'cert',
  body: 'data',
  payload: 'data',
  content: 'data',
  query: 'params',
  timeouts: 'timeout',
}

/** Adds a request to those that the script makes, and gives its answer. */
export function makeRequest(call: Call, at: Span, machine: Machine): Value {
  checkRequests(machine)
  const notes: ImportNote[] = []
  const writer = createWriter(machine, at, notes)
  const given = checkedArguments(call.given, writer)
  const document = documentOf({ ...call, given }, writer)
  const frame = machine.frames.findLast(({ name }) => !isGeneric(name))
  machine.requests.push({
    from: at.from,
    to: at.to,
    line: machine.lineOf(at.from),
    document,
    caller: frame?.name ?? '',
    callerDocs: (frame ?? machine.frames.at(-1))?.docs ?? '',
    conditions: [...machine.conditions],
    session: call.session,
    isStreamed: isStreamed(given.get('stream'), call.session),
    savedTo: new Set(),
    assertions: [],
    raisesForStatus: false,
    notes,
  })
  return { kind: 'answer', request: machine.requests.length - 1 }
}

/** Names of functions that say nothing of what is sent. */
function isGeneric(name: string): boolean {
  return /^_*(?:main|run|test|tests|start|go|execute|send|call|fetch|do|request|requests|make_request|send_request|do_request|call_api|api_call|api_request|get|post|put|patch|delete|head|options|lambda|wrapper|inner|helper|retry|__init__|__call__|\w*_with_retr\w*)_*$/.test(
    name,
  )
}

function checkedArguments(given: ReadonlyMap<string, Value>, writer: FormWriter): Map<string, Value> {
  const known = new Map<string, Value>()
  for (const [name, value] of given) {
    const right = Object.hasOwn(MISSPELT, name) ? MISSPELT[name] : undefined
    if (ARGUMENTS.has(name)) known.set(name, value)
    else if (right !== undefined && !given.has(right)) {
      writer.note('changed', `requests has no argument ${name}=; it is read as ${right}=.`)
      known.set(right, value)
    } else writer.note('lost', `requests has no argument ${name}=; it is left out.`)
  }
  return known
}

function documentOf(call: Call, writer: FormWriter): RequestDocument {
  const { given, session } = call
  const { machine } = writer
  const isNew = session !== null && session.made === null
  const made = session ? madeSession(session, createWriter(machine, writer.at, machine.notes), machine) : null
  const changes = session && made && !isNew ? changesSince(session, made, createWriter(machine, writer.at, [])) : null
  const basic = basicHeaderOf(given.get('headers'), writer)
  const own = headerRows(basic.headers, writer)
  const credentials = credentialsOf(given.get('auth'), writer)
  const options = optionsOf(given, writer)
  const { proxies, headers: proxyHeaders } = withProxyCredentials(credentials, options.proxies ?? made?.options.proxies, writer)
  const method = writer.field(call.method, 'The method') ?? 'GET'
  const headers = [...later(changes?.headers ?? [], own), ...own, ...credentials.headers, ...proxyHeaders]
  const bodyHeaders = [...(made?.headers ?? []), ...headers]
  const url = urlWith(
    addressOf(given.get('url'), session?.base ?? null, writer),
    paramsWith(given.get('params'), changes?.params ?? []),
    writer,
  )
  noteHooks(given.get('hooks'), writer)
  const all: Options = {
    behaviour: 'requests',
    ...(made && { session: made.name }),
    ...changes?.options,
    ...options,
    ...(credentials.forProxy && proxies && { proxies }),
    ...(!call.isByVerb && method.toUpperCase() === 'HEAD' && options.followRedirects === undefined && { followRedirects: true }),
  }
  return plainRequest('', {
    method: method.toUpperCase(),
    url,
    params: paramsFromUrl(url, []),
    headers,
    body: bodyOf({ data: given.get('data'), json: given.get('json'), files: given.get('files'), headers: bodyHeaders }, writer),
    auth: credentials.auth.kind !== 'none' ? credentials.auth : (basic.auth ?? changes?.auth ?? credentials.auth),
    cookies: [...later(changes?.cookies ?? [], cookieRows(given.get('cookies'), writer)), ...cookieRows(given.get('cookies'), writer)],
    options: all,
  })
}

/** Rows of the session of now, without those that the call itself has. */
function later(rows: readonly Row[], own: readonly Row[]): Row[] {
  return rows.filter((row) => !own.some((one) => one.name.toLowerCase() === row.name.toLowerCase()))
}

/** Params that the session has by now, before those of the call. */
function paramsWith(params: Value | undefined, rows: readonly Row[]): Value | undefined {
  if (rows.length === 0) return params
  const merged = dict(
    rows.map(
      (row) =>
        [
          { kind: 'str', text: [row.name] },
          { kind: 'str', text: [row.value] },
        ] as const,
    ),
  )
  const pairs = params ? pairsOf(params) : []
  if (pairs === null) return params
  for (const [key, value] of pairs) setItem(merged, key, value)
  return merged
}

function noteHooks(hooks: Value | undefined, writer: FormWriter): void {
  if (!hooks || hooks.kind === 'none') return
  const response = hooks.kind === 'dict' ? getItem(hooks, { kind: 'str', text: ['response'] }) : undefined
  const name = response?.kind === 'function' ? ` ${response.name}` : ''
  writer.note('kept', `What the hook${name} does with the answer is not carried over.`)
}

/** Says once that the requests follow the rules of requests. */
export function noteBehaviour(machine: Machine): void {
  note(machine, 'changed', null, 'The requests follow the rules of Python requests (behaviour: requests), as the script does.')
}
