/** A request of Insomnia, from the fields that its export of version 4 has; version 5 is brought into that shape before. */
import type { Capture } from '#contract/model/capture.ts'
import type { Body, Options, Param, Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { SocketMessage } from '#contract/model/websocket.ts'
import { importedRequest, plainRequest, type ImportedItem, type ImportedRequest } from '../imported.ts'
import { at, firstText, flagOf, isRecord, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { bareType, bodyOfType, row, urlWithParams, withContentType } from '../collection-parts/model.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { mapTexts, noteDynamics } from '../collection-parts/references.ts'
import { readInsomniaAuth } from './insomnia-auth.ts'
import { convertTemplate, type TemplateContext } from './insomnia-template.ts'

/** Texts that are no templates. */
const NO_TEMPLATES: ReadonlySet<string> = new Set([
  'description',
  'name',
  '_id',
  'parentId',
  'preRequestScript',
  'afterResponseScript',
  'type',
])
/** Names of headers and parameters are templates, too. */
const NAMED: readonly string[] = ['headers', 'parameters', 'pathParameters', 'body']

/** What is around a request. */
export interface Around {
  readonly requests: TemplateContext['requests']
  /** What is captured from the answer of each request that was made. */
  readonly captures: Map<ImportedItem, readonly Capture[]>
  /** Of a request that says nothing: `none` below a folder that says there are no credentials, which ours cannot say. */
  readonly silentAuth: 'inherit' | 'none'
}

/** @param messages that a WebSocket request keeps; null for any other */
export function readInsomniaRequest(
  raw: Loose,
  name: string,
  messages: readonly Loose[] | null,
  around: Around,
  notes: NotesHere,
): ImportedRequest {
  const context: TemplateContext = { notes, requests: around.requests, asked: new Map() }
  const request = recordOf(converted(raw, context))
  noteDynamics([at(request, 'url'), ...NAMED.map((key) => at(request, key)), at(request, 'authentication')], notes)
  const typed = readHeaders(at(request, 'headers'))
  const { auth, cookies } = readInsomniaAuth(at(request, 'authentication'), notes)
  const { body, headers } =
    messages === null ? readBody(at(request, 'body'), typed, notes) : { body: socketBody(messages, context), headers: typed }
  const scripts = readInsomniaScripts(request, notes)
  const document: Partial<RequestDocument> = {
    method: textOf(at(request, 'method')).trim().toUpperCase() || 'GET',
    ...urlWithParams(textOf(at(request, 'url')).trim(), paramsOf(request), notes),
    headers: [...headers],
    body,
    auth: auth.kind === 'inherit' ? { kind: around.silentAuth } : auth,
    cookies: [...cookies],
    options: readOptions(request, notes),
    variables: [...context.asked.values()],
    ...(scripts.length > 0 && { scripts }),
    docs: textOf(at(request, 'description')),
  }
  const made = importedRequest(plainRequest(name, document))
  around.captures.set(made, around.requests.get(textOf(at(raw, '_id')))?.captures ?? [])
  return made
}

/** All templates of a request, names in its tables included. */
function converted(raw: Loose, context: TemplateContext): unknown {
  const change = (text: string): string => convertTemplate(text, context)
  const plain = mapTexts(raw, change, new Set([...NO_TEMPLATES, ...NAMED]))
  const tables = NAMED.map((key) => [key, mapTexts(at(raw, key), change, new Set(['description', 'type']))] as const)
  return isRecord(plain) ? { ...plain, ...Object.fromEntries(tables) } : plain
}

export function readHeaders(value: unknown): Row[] {
  return recordsOf(value).flatMap((entry) => (textOf(at(entry, 'name')) === '' && textOf(at(entry, 'value')) === '' ? [] : rowOf(entry)))
}

function rowOf(entry: Loose): Row {
  return row(
    textOf(at(entry, 'name')),
    textOf(at(entry, 'value')),
    flagOf(at(entry, 'disabled')) !== true,
    textOf(at(entry, 'description')),
  )
}

function paramsOf(request: Loose): Param[] {
  return [
    ...readHeaders(at(request, 'parameters')).map((param) => ({ ...param, kind: 'query' as const })),
    ...recordsOf(at(request, 'pathParameters')).map((param) => ({ ...rowOf(param), kind: 'path' as const })),
  ]
}

interface ReadBody {
  readonly body: Body
  readonly headers: readonly Row[]
}

function readBody(value: unknown, headers: readonly Row[], notes: NotesHere): ReadBody {
  const mimeType = textOf(at(value, 'mimeType'))
  const text = textOf(at(value, 'text'))
  const type = bareType(mimeType)
  if (type === 'application/x-www-form-urlencoded' && Array.isArray(at(value, 'params'))) {
    return { body: { kind: 'form', rows: readHeaders(at(value, 'params')) }, headers }
  }
  if (type === 'multipart/form-data') return { body: { kind: 'multipart', parts: recordsOf(at(value, 'params')).map(partOf) }, headers }
  if (type === 'application/graphql') return { body: graphqlBody(text, notes), headers: headers.filter(isNotJsonType) }
  const fileName = textOf(at(value, 'fileName'))
  if (fileName !== '') return { body: { kind: 'file', path: fileName, contentType: '' }, headers: withContentType(headers, mimeType) }
  if (text === '') return { body: { kind: 'none' }, headers }
  const body = bodyOfType(
    text,
    mimeType ||
      firstText(
        headers.find(({ name }) => name.toLowerCase() === 'content-type'),
        'value',
      ),
  )
  return { body, headers: body.kind === 'text' && type !== 'text/plain' ? withContentType(headers, mimeType) : headers }
}

/** Insomnia types the header of a GraphQL request itself; here the body brings it. */
function isNotJsonType({ name, value }: Row): boolean {
  return name.toLowerCase() !== 'content-type' || bareType(value) !== 'application/json'
}

function partOf(entry: Loose): Part {
  const description = textOf(at(entry, 'description'))
  const base = {
    name: textOf(at(entry, 'name')),
    enabled: flagOf(at(entry, 'disabled')) !== true,
    ...(description !== '' && { description }),
    // Insomnia says in `multiline` which language a long text is in.
    contentType: /\//.test(textOf(at(entry, 'multiline'))) ? textOf(at(entry, 'multiline')) : '',
    headers: [],
  }
  if (textOf(at(entry, 'type')) !== 'file') return { ...base, kind: 'text', value: textOf(at(entry, 'value')) }
  const file = textOf(at(entry, 'fileName'))
  return { ...base, kind: 'file', files: file === '' ? [] : [file], filename: '' }
}

/** The text is the JSON that is sent. */
function graphqlBody(text: string, notes: NotesHere): Body {
  const value = parsed(text)
  if (!isRecord(value)) return { kind: 'graphql', query: text, variables: '' }
  const operation = textOf(at(value, 'operationName'))
  if (operation !== '' && hasSeveral(textOf(at(value, 'query'))))
    notes.lost(`The operation ${operation} is not named in what is sent: leave one operation in the query.`)
  const variables = at(value, 'variables')
  return {
    kind: 'graphql',
    query: textOf(at(value, 'query')),
    variables: isRecord(variables) ? JSON.stringify(variables, null, 2) : textOf(variables),
  }
}

/** Whether a GraphQL document has more than one operation. */
function hasSeveral(query: string): boolean {
  return (query.match(/\b(?:query|mutation|subscription)\b/g) ?? []).length > 1
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function socketBody(messages: readonly Loose[], context: TemplateContext): Body {
  return {
    kind: 'websocket',
    messages: messages.map((message): SocketMessage => ({
      title: textOf(at(message, 'name')),
      type: textOf(at(message, 'mode')).includes('json') ? 'json' : 'text',
      data: convertTemplate(textOf(at(message, 'value')), context),
    })),
  }
}

export function readInsomniaScripts(place: Loose, notes: NotesHere): Script[] {
  const scripts = [
    { type: 'before-request', code: textOf(at(place, 'preRequestScript')) },
    { type: 'after-response', code: textOf(at(place, 'afterResponseScript')) },
  ].filter(({ code }) => code.trim() !== '')
  noteScripts(scripts, notes)
  return scripts
}

function readOptions(request: Loose, notes: NotesHere): Options {
  const follow = textOf(at(request, 'settingFollowRedirects'))
  if (flagOf(at(request, 'settingSendCookies')) === false || flagOf(at(request, 'settingStoreCookies')) === false) {
    notes.lost('There is no switch here for cookies of the jar: send it with a session that has none.')
  }
  if (flagOf(at(request, 'settingEncodeUrl')) === false)
    notes.lost('The URL is encoded where it has to be; there is no switch for that here.')
  if (flagOf(at(request, 'settingDisableRenderRequestBody')) === true && JSON.stringify(at(request, 'body') ?? '').includes('{{')) {
    notes.lost('References in its body were to stay as they are: here they are filled in.')
  }
  return follow === 'on' || follow === 'off' ? { followRedirects: follow === 'on' } : {}
}
