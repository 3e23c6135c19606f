/** A request of Bruno, from its JSON, which the reader of `.bru` files makes the same of. */
import type { Assertion } from '#contract/model/assertion.ts'
import { ASSERTION_OPERATORS } from '#contract/model/assertion.ts'
import type { Capture } from '#contract/model/capture.ts'
import type { Options, RequestDocument, Row } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import { importedRequest, plainRequest, type ImportedExample, type ImportedRequest } from '../imported.ts'
import { at, firstText, flagOf, isRecord, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { rawQueryRow, readVariable, row, urlWithParams, variablesOf, type ReadVariable } from '../collection-parts/model.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { noteDynamics } from '../collection-parts/references.ts'
import { readBrunoAuth } from './bruno-auth.ts'
import { bodyText, readBrunoBody } from './bruno-body.ts'

export function readBrunoRequest(item: Loose, name: string, notes: NotesHere): ImportedRequest {
  const request = recordOf(at(item, 'request'))
  const scripts = readScripts(request, [], notes)
  const type = textOf(at(item, 'type')) || textOf(at(request, 'kind'))
  const url = textOf(at(request, 'url')).trim()
  noteDynamics([url, at(request, 'headers'), at(request, 'body'), at(request, 'params'), at(request, 'auth')], notes)
  const tags = [at(item, 'tags')]
    .flat()
    .map(textOf)
    .filter((tag) => tag !== '')
  if (tags.length > 0) notes.lost(`Its tags are not carried over: ${tags.join(', ')}.`)
  notePrompts([url, at(request, 'headers'), at(request, 'body'), at(request, 'auth')], notes)
  const document: Partial<RequestDocument> = {
    method: textOf(at(request, 'method')).trim().toUpperCase() || 'GET',
    ...urlWithParams(
      url,
      recordsOf(at(request, 'params')).map((param) =>
        textOf(at(param, 'type')) === 'path' ? { ...brunoRow(param), kind: 'path' } : rawQueryRow(brunoRow(param)),
      ),
      notes,
    ),
    headers: recordsOf(at(request, 'headers')).map(brunoRow),
    body: readBrunoBody(at(request, 'body'), type, notes),
    auth: readBrunoAuth(at(request, 'auth'), notes),
    options: readSettings(at(item, 'settings'), notes),
    variables: readBrunoVariables(at(at(request, 'vars'), 'req')).variables,
    ...withSome('assertions', recordsOf(at(request, 'assertions')).map(readAssertion)),
    ...withSome('captures', recordsOf(at(at(request, 'vars'), 'res')).map(readCapture)),
    ...withSome('scripts', scripts),
    docs: textOf(at(request, 'docs')),
  }
  return importedRequest(
    plainRequest(name, document),
    recordsOf(at(item, 'examples')).map((example) => readExample(example, document)),
  )
}

function withSome<K extends string, T>(key: K, list: readonly T[]): { readonly [P in K]?: T[] } {
  const some: { [P in K]?: T[] } = {}
  if (list.length > 0) some[key] = [...list]
  return some
}

export function brunoRow(entry: Loose): Row {
  return row(
    textOf(at(entry, 'name')),
    textOf(at(entry, 'value')),
    flagOf(at(entry, 'enabled')) !== false,
    textOf(at(entry, 'description')),
  )
}

/** Variables of a request, a folder or a collection. */
export function readBrunoVariables(value: unknown): ReturnType<typeof variablesOf> {
  return variablesOf(recordsOf(value).map(readBrunoVariable))
}

export function readBrunoVariable(entry: Loose): ReadVariable {
  return readVariable({ ...brunoRow(entry), secret: flagOf(at(entry, 'secret')) === true })
}

/** A variable that is set from the answer (vars:post-response): Bruno keeps it for all requests that follow. */
function readCapture(entry: Loose): Capture {
  const { name, value, enabled, description } = brunoRow(entry)
  return { name, expression: value.trim(), scope: 'runtime', enabled, ...(description !== undefined && { description }) }
}

/** Scripts of a folder or a collection, where variables that are taken from answers become lines of a script. */
export function readBrunoScripts(request: Loose, notes: NotesHere): Script[] {
  const taken = recordsOf(at(at(request, 'vars'), 'res')).filter((entry) => flagOf(at(entry, 'enabled')) !== false)
  const setters = taken.map((entry) => `bru.setVar(${JSON.stringify(textOf(at(entry, 'name')))}, ${textOf(at(entry, 'value'))})`)
  if (setters.length > 0) notes.changed(`Variables that are set from the answer (vars:post-response) became a script: ${setters.length}.`)
  return readScripts(request, setters, notes)
}

/** Scripts of a place: before the request, after the answer, tests. @param setters lines that come before the second */
function readScripts(request: Loose, setters: readonly string[], notes: NotesHere): Script[] {
  const scripts = [
    { type: 'before-request', code: textOf(at(at(request, 'script'), 'req')) },
    { type: 'after-response', code: [...setters, textOf(at(at(request, 'script'), 'res'))].filter((code) => code !== '').join('\n') },
    { type: 'tests', code: textOf(at(request, 'tests')) },
  ].filter(({ code }) => code.trim() !== '')
  noteScripts(scripts, notes)
  return scripts
}

const OPERATORS = new Set(ASSERTION_OPERATORS.map(({ name }) => name))

/** `eq 200` is an operator and what it compares with; without an operator the text itself is compared with. */
function readAssertion(entry: Loose): Assertion {
  const { name, value, enabled, description } = brunoRow(entry)
  const text = value.trim()
  const word = /^\S+/.exec(text)?.[0] ?? ''
  const isOperator = OPERATORS.has(word)
  return {
    expression: name,
    operator: isOperator ? word : 'eq',
    value: isOperator ? text.slice(word.length).trim() : text,
    enabled,
    ...(description !== undefined && { description }),
  }
}

/** @see https://docs.usebruno.com/send-requests/settings: the timeout is in milliseconds, and 0 is none */
function readSettings(value: unknown, notes: NotesHere): Options {
  if (!isRecord(value)) return {}
  const timeout = numberOf(at(value, 'timeout'))
  const followRedirects = flagOf(at(value, 'followRedirects'))
  const maxRedirects = numberOf(at(value, 'maxRedirects'))
  if (flagOf(at(value, 'encodeUrl')) === false) notes.lost('The URL is encoded where it has to be; there is no switch for that here.')
  return {
    ...(timeout !== undefined && timeout > 0 && { timeout: { total: timeout / 1000 } }),
    ...(followRedirects !== undefined && { followRedirects }),
    ...(maxRedirects !== undefined && { maxRedirects: Math.max(0, Math.trunc(maxRedirects)) }),
  }
}

function readExample(example: Loose, { method = 'GET', url = '' }: Partial<RequestDocument>): ImportedExample {
  const [request, response] = [recordOf(at(example, 'request')), recordOf(at(example, 'response'))]
  const body = at(response, 'body')
  const headersOf = (of: Loose): [string, string][] =>
    recordsOf(at(of, 'headers'))
      .map(brunoRow)
      .filter(({ enabled, name }) => enabled && name !== '')
      .map((header) => [header.name, header.value])
  return {
    name: firstText(example, 'name') || 'Untitled example',
    description: textOf(at(example, 'description')),
    method: textOf(at(request, 'method')).toUpperCase() || method,
    url: textOf(at(request, 'url')) || url,
    requestHeaders: headersOf(request),
    requestBody: bodyText(at(request, 'body')),
    status: numberOf(at(response, 'status')) ?? null,
    statusText: textOf(at(response, 'statusText')),
    headers: headersOf(response),
    body: isRecord(body) && 'content' in body ? textOf(at(body, 'content')) : textOf(body),
  }
}

/** `{{?question}}` is asked for at each send. */
function notePrompts(value: unknown, notes: NotesHere): void {
  if (JSON.stringify(value).includes('{{?')) notes.lost('Values that are asked for, {{?…}}, have to be variables that are asked for here.')
}
