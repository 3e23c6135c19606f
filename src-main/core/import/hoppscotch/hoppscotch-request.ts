/** Requests of Hoppscotch, REST and GraphQL, of every version that its files say in `v`. */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { Auth, Body, Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Variable } from '#contract/model/variable.ts'
import { encodePair } from '#contract/model/url-query.ts'
import { importedRequest, plainRequest, type ImportedExample, type ImportedRequest } from '../imported.ts'
import { at, firstText, flagOf, isRecord, listOf, numberOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import {
  bareType,
  bodyOfType,
  readVariable,
  row,
  urlWithParams,
  variablesOf,
  withContentType,
  type ReadVariable,
} from '../collection-parts/model.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import { createNotesHere, type NotesHere } from '../collection-parts/notes-here.ts'
import { readHoppscotchAuth } from './hoppscotch-auth.ts'

/** @param silentAuth of a request that says nothing */
export function readHoppscotchRequest(request: Loose, silentAuth: 'inherit' | 'none', notes: NotesHere): ImportedRequest {
  const isGraphql = 'query' in request && !('endpoint' in request)
  const typed = readRows(at(request, 'headers'))
  const { body, headers } = isGraphql ? { body: graphqlBody(request), headers: typed } : readBody(at(request, 'body'), typed, notes)
  const auth = readHoppscotchAuth(at(request, 'auth'), notes) ?? oldAuth(request)
  const scripts = readHoppscotchScripts(request, notes)
  const url = firstText(request, 'endpoint') || textOf(at(request, 'url')) + textOf(at(request, 'path'))
  const document: Partial<RequestDocument> = {
    method: isGraphql ? 'POST' : textOf(at(request, 'method')).trim().toUpperCase() || 'GET',
    ...urlWithParams(
      url.trim(),
      readRows(at(request, 'params')).map((param) => ({ ...param, kind: 'query' })),
      notes,
    ),
    headers: [...headers],
    body,
    auth: auth.kind === 'inherit' ? { kind: silentAuth } : auth,
    variables: firstOfEach(variablesOf(readVariables(at(request, 'requestVariables'))).variables),
    ...(scripts.length > 0 && { scripts }),
    docs: textOf(at(request, 'description')),
  }
  const responses = at(request, 'responses')
  const examples = isRecord(responses) ? Object.entries(responses).flatMap(([name, response]) => readExample(name, response, document)) : []
  return importedRequest(plainRequest(nameOf(request), document), examples)
}

/** Of variables of one name the first holds there. */
function firstOfEach(variables: readonly Variable[]): Variable[] {
  return variables.filter(({ name }, index) => variables.findIndex((one) => one.name === name) === index)
}

/** Before there were versions, the kind was a text and the rest stood beside it. */
function oldAuth(request: Loose): Auth {
  const type = textOf(at(request, 'auth'))
  if (type === 'Basic Auth')
    return { kind: 'basic', username: textOf(at(request, 'httpUser')), password: textOf(at(request, 'httpPassword')) }
  return type === 'Bearer Token' ? { kind: 'bearer', token: textOf(at(request, 'bearerToken')) } : { kind: 'none' }
}

export function nameOf(request: Loose): string {
  return firstText(request, 'name') || 'Untitled'
}

/** Rows whose name and value are empty are those that the editor shows for typing. */
export function readRows(value: unknown): Row[] {
  return recordsOf(value).flatMap((entry) => {
    const [name, text] = [textOf(at(entry, 'key')), textOf(at(entry, 'value'))]
    return name === '' && text === '' ? [] : row(name, text, flagOf(at(entry, 'active')) !== false, textOf(at(entry, 'description')))
  })
}

/** Variables of a request, a collection or an environment; older ones have one value, newer ones an initial and a current one. */
export function readVariables(value: unknown): ReadVariable[] {
  return recordsOf(value).flatMap((entry) => {
    const name = textOf(at(entry, 'key'))
    if (name === '') return []
    return readVariable({
      name,
      value: firstText(entry, 'currentValue', 'initialValue', 'value'),
      enabled: flagOf(at(entry, 'active')) !== false,
      secret: flagOf(at(entry, 'secret')) === true,
      description: textOf(at(entry, 'description')),
    })
  })
}

export function readHoppscotchScripts(place: Loose, notes: NotesHere): Script[] {
  const scripts = [
    { type: 'before-request', code: textOf(at(place, 'preRequestScript')) },
    { type: 'tests', code: textOf(at(place, 'testScript')) },
  ].filter(({ code }) => code.replace(/^export \{\};?\s*/, '').trim() !== '')
  noteScripts(scripts, notes)
  return scripts
}

function graphqlBody(request: Loose): Body {
  return { kind: 'graphql', query: textOf(at(request, 'query')), variables: textOf(at(request, 'variables')) }
}

function readBody(value: unknown, headers: readonly Row[], notes: NotesHere): { readonly body: Body; readonly headers: readonly Row[] } {
  const contentType = textOf(at(value, 'contentType'))
  const content = at(value, 'body')
  const type = bareType(contentType)
  if (type === 'multipart/form-data')
    return { body: { kind: 'multipart', parts: recordsOf(content).map((entry) => partOf(entry, notes)) }, headers }
  if (type === 'application/x-www-form-urlencoded') {
    return { body: { kind: 'form', rows: Array.isArray(content) ? readRows(content) : rawRows(textOf(content)) }, headers }
  }
  if (type === 'application/octet-stream' || type === 'binary') {
    notes.lost('The file of its body is not in the export: choose it.')
    return { body: { kind: 'file', path: '', contentType: '' }, headers }
  }
  const body = bodyOfType(textOf(content), contentType)
  return { body, headers: body.kind !== 'none' && !isOwnType(type) ? withContentType(headers, contentType) : headers }
}

/** Types that the kinds of bodies bring themselves. */
function isOwnType(type: string): boolean {
  return type === 'application/json' || type === 'application/xml' || type === 'text/plain' || type === ''
}

function partOf(entry: Loose, notes: NotesHere): Part {
  const base = {
    name: textOf(at(entry, 'key')),
    enabled: flagOf(at(entry, 'active')) !== false,
    contentType: textOf(at(entry, 'contentType')),
    headers: [],
  }
  if (flagOf(at(entry, 'isFile')) !== true) return { ...base, kind: 'text', value: textOf(at(entry, 'value')) }
  if (listOf(at(entry, 'value')).length > 0) notes.lost(`The files of ${base.name} are not in the export: choose them.`)
  return { ...base, kind: 'file', files: [], filename: '' }
}

/** Rows as Hoppscotch writes them into a text: `name: value`, `#` in front of those that are off, quotes as in JSON. */
function rawRows(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const isOff = line.trimStart().startsWith('#')
    const plain = isOff ? line.trimStart().slice(1).trim() : line.trim()
    const [name, rest] = quotedHead(plain)
    if (plain === '' || name === '') return []
    return row(name, quotedHead(rest, true)[0], !isOff)
  })
}

/** A name up to its colon and what follows, or a whole value; either may stand in quotes. */
function quotedHead(text: string, isWhole = false): readonly [string, string] {
  const quoted = text.startsWith('"') ? /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0] : undefined
  if (quoted !== undefined) return [unquoted(quoted), text.slice(quoted.length).trimStart().replace(/^:/, '').trim()]
  const colon = isWhole ? -1 : text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
}

function unquoted(text: string): string {
  try {
    return textOf(JSON.parse(text))
  } catch {
    return text
  }
}

function readExample(key: string, response: unknown, { method = 'GET', url = '' }: Partial<RequestDocument>): ImportedExample[] {
  if (!isRecord(response)) return []
  const original = at(response, 'originalRequest')
  const quiet = createNotesHere()
  const asked = isRecord(original)
    ? urlWithParams(
        textOf(at(original, 'endpoint')),
        readRows(at(original, 'params')).map((param) => ({ ...param, kind: 'query' })),
        quiet,
      ).url
    : url
  const { body } = readBody(at(original, 'body'), [], quiet)
  return [
    {
      name: firstText(response, 'name') || key,
      description: '',
      method: textOf(at(original, 'method')) || method,
      url: asked,
      requestHeaders: headerList(at(original, 'headers')),
      requestBody:
        'text' in body
          ? body.text
          : body.kind === 'form'
            ? body.rows
                .filter(({ enabled }) => enabled)
                .map(encodePair)
                .join('&')
            : null,
      status: numberOf(at(response, 'code')) ?? null,
      statusText: textOf(at(response, 'status')),
      headers: headerList(at(response, 'headers')),
      body: textOf(at(response, 'body')),
    },
  ]
}

function headerList(value: unknown): HeaderList {
  return readRows(value)
    .filter(({ enabled, name }) => enabled && name !== '')
    .map(({ name, value: text }) => [name, text])
}
