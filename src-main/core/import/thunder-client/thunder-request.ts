/** Requests of Thunder Client: rows with `isDisabled`, credentials by their `type`, tests as rows. */
import type { Assertion } from '#contract/model/assertion.ts'
import type { Capture } from '#contract/model/capture.ts'
import type { Auth, Body, Options, Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import { splitUrl } from '#contract/model/url-query.ts'
import { importedRequest, plainRequest, type ImportedRequest } from '../imported.ts'
import { at, firstText, flagOf, isRecord, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { bearerAuth, flowOf, oauth2, unknownGrant, unknownKind } from '../collection-parts/credentials.ts'
import { jsonBody, row, urlWithParams } from '../collection-parts/model.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

export interface Around {
  readonly silentAuth: 'inherit' | 'none'
  /** Put in front of URLs that are but a path; empty: none is said. */
  readonly baseUrl: string
}

export function readThunderRequest(request: Loose, name: string, around: Around, notes: NotesHere): ImportedRequest {
  const params = recordsOf(at(request, 'params'))
  const names = params.filter((param) => flagOf(at(param, 'isPath')) === true).map((param) => textOf(at(param, 'name')))
  const auth = readThunderAuth(at(request, 'auth'), notes)
  const { assertions, captures, rest } = readTests(at(request, 'tests'), notes)
  const scripts = readThunderScripts(request, notes)
  if (rest > 0) notes.lost(`Tests of other kinds were left out: ${rest}.`)
  const document: Partial<RequestDocument> = {
    method: textOf(at(request, 'method')).trim().toUpperCase() || 'GET',
    ...urlWithParams(
      withPathNames(withBase(textOf(at(request, 'url')).trim(), around.baseUrl), names, notes),
      params.map((param) => ({ ...thunderRow(param), kind: flagOf(at(param, 'isPath')) === true ? 'path' : 'query' })),
      notes,
    ),
    headers: thunderRows(at(request, 'headers')),
    body: readBody(at(request, 'body'), notes),
    auth: auth === null || auth.kind === 'inherit' ? { kind: around.silentAuth } : auth,
    options: readThunderOptions(at(request, 'options') ?? at(at(request, 'settings'), 'options')),
    ...(assertions.length > 0 && { assertions }),
    ...(captures.length > 0 && { captures }),
    ...(scripts.length > 0 && { scripts }),
    docs: textOf(at(request, 'docs')) || textOf(at(request, 'description')),
  }
  return importedRequest(plainRequest(name, document))
}

function withBase(url: string, base: string): string {
  return base === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{')
    ? url
    : `${base.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`
}

/** `{name}` in the path, which a row fills, is `:name` here; where it is but a part of a segment it becomes a reference. */
function withPathNames(url: string, names: readonly string[], notes: NotesHere): string {
  const { base } = splitUrl(url)
  let path = base
  for (const name of names.filter((one) => one !== '')) {
    const whole = `/{${name}}`
    path = path
      .split(whole)
      .map((part, index) => (index === 0 ? part : part === '' || part.startsWith('/') ? `/:${name}${part}` : `${whole}${part}`))
      .join('')
    if (path.includes(`{${name}}`) && !path.includes(`{{${name}}}`)) {
      notes.lost(`{${name}} is but a part of a segment of the path, which a parameter cannot fill here: write it as a variable.`)
    }
  }
  return path + url.slice(base.length)
}

function thunderRow(entry: Loose): Row {
  return row(
    textOf(at(entry, 'name')),
    textOf(at(entry, 'value')),
    flagOf(at(entry, 'isDisabled')) !== true,
    textOf(at(entry, 'description')),
  )
}

/** Rows that are empty are those that the editor shows for typing. */
export function thunderRows(value: unknown): Row[] {
  return recordsOf(value)
    .map(thunderRow)
    .filter(({ name, value: text }) => name !== '' || text !== '')
}

function readBody(value: unknown, notes: NotesHere): Body {
  const type = textOf(at(value, 'type'))
  const text = textOf(at(value, 'raw'))
  switch (type) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'json':
      return text === '' ? { kind: 'none' } : jsonBody(text)
    case 'xml':
      return text === '' ? { kind: 'none' } : { kind: 'xml', text }
    case 'text':
      return text === '' ? { kind: 'none' } : { kind: 'text', text }
    case 'formencoded':
      return { kind: 'form', rows: thunderRows(at(value, 'form')) }
    case 'formdata':
      return { kind: 'multipart', parts: partsOf(value) }
    case 'graphql':
      return { kind: 'graphql', query: textOf(at(at(value, 'graphql'), 'query')), variables: textOf(at(at(value, 'graphql'), 'variables')) }
    case 'file':
    case 'binary':
      return { kind: 'file', path: firstText(value, 'binary', 'file', 'raw'), contentType: '' }
    default:
      notes.lost(`There is no body of the kind ${type} here.`)
      return { kind: 'none' }
  }
}

/** Texts and files stand in two lists, or in one with a `type`. */
function partsOf(value: unknown): Part[] {
  const part = (entry: Loose, isFile: boolean): Part => {
    const { name, value: text, enabled, description } = thunderRow(entry)
    const base = {
      name,
      enabled,
      ...(description !== undefined && { description }),
      contentType: textOf(at(entry, 'contentType')),
      headers: [],
    }
    return isFile ? { ...base, kind: 'file', files: text === '' ? [] : [text], filename: '' } : { ...base, kind: 'text', value: text }
  }
  return [
    ...recordsOf(at(value, 'form')).map((entry) => part(entry, textOf(at(entry, 'type')) === 'file')),
    ...recordsOf(at(value, 'files')).map((entry) => part(entry, true)),
  ].filter(({ name }) => name !== '')
}

/** @returns null where it says nothing */
export function readThunderAuth(value: unknown, notes: NotesHere): Auth | null {
  const type = textOf(at(value, 'type'))
  const fields = at(value, type)
  const get = (...keys: readonly string[]): string => firstText(fields, ...keys)
  switch (type) {
    case '':
      return null
    case 'none':
    case 'inherit':
      return { kind: type }
    case 'basic':
    case 'digest':
      return { kind: type, username: get('username'), password: get('password') }
    case 'bearer':
      return bearerAuth(isRecord(fields) ? get('token') : textOf(fields), textOf(at(value, 'bearerPrefix')).trim())
    case 'apikey':
      return {
        kind: 'apikey',
        key: get('key', 'name'),
        value: get('value'),
        placement: /query/i.test(get('in', 'addTo')) ? 'query' : 'header',
      }
    case 'aws':
    case 'awsv4':
      return {
        kind: 'awsv4',
        accessKeyId: get('accessKeyId', 'accessKey'),
        secretAccessKey: get('secretKey', 'secretAccessKey'),
        sessionToken: get('sessionToken'),
        service: get('service'),
        region: get('region'),
      }
    case 'oauth2':
      return readOAuth2(fields, notes)
    default:
      return unknownKind(type, notes)
  }
}

function readOAuth2(fields: unknown, notes: NotesHere): Auth {
  const get = (...keys: readonly string[]): string => firstText(fields, ...keys)
  const grant = get('grantType')
  const flow = flowOf(grant)
  if (flow === undefined) return unknownGrant(grant, notes)
  return oauth2({
    flow,
    authorizationUrl: get('authUrl'),
    accessTokenUrl: get('tokenUrl', 'accessTokenUrl'),
    callbackUrl: get('callbackUrl', 'redirectUrl'),
    clientId: get('clientId'),
    clientSecret: get('clientSecret'),
    clientAuth: /body/i.test(get('clientAuth')) ? 'body' : 'basic',
    username: get('username'),
    password: get('password'),
    scope: get('scope'),
    state: get('state'),
    pkce: grant.endsWith('pkce') || flagOf(at(fields, 'pkce')) === true,
    ...(get('tokenPrefix') !== '' && { tokenPrefix: get('tokenPrefix') }),
  })
}

export function readThunderOptions(value: unknown): Options {
  const follow = flagOf(at(value, 'followRedirect')) ?? flagOf(at(value, 'followRedirects'))
  const verify = flagOf(at(value, 'sslVerification')) ?? flagOf(at(value, 'sslCheck'))
  return { ...(follow !== undefined && { followRedirects: follow }), ...(verify !== undefined && { verify }) }
}

const ACTIONS: Readonly<Record<string, string>> = {
  equal: 'eq',
  notequal: 'neq',
  contains: 'contains',
  notcontains: 'notContains',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  regex: 'matches',
  istype: '',
  isjson: 'isJson',
  count: 'length',
  length: 'length',
}

/** Tests are rows that say what is looked at, how, and with what it is compared: assertions, where there is such a one. */
function readTests(
  value: unknown,
  notes: NotesHere,
): { readonly assertions: Assertion[]; readonly captures: Capture[]; readonly rest: number } {
  const assertions: Assertion[] = []
  const captures: Capture[] = []
  let rest = 0
  for (const test of recordsOf(value)) {
    const action = textOf(at(test, 'action')).toLowerCase()
    const expression = expressionOf(textOf(at(test, 'type')), textOf(at(test, 'custom')))
    const operator = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
    if (action === 'setto') {
      const name = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(textOf(at(test, 'value')))?.[1] ?? textOf(at(test, 'value'))
      const enabled = flagOf(at(test, 'isDisabled')) !== true
      if (expression !== null && name !== '') captures.push({ name, expression, scope: 'runtime', enabled })
      else notes.lost(`${name} was set from the answer: capture it there.`)
    } else if (expression === null || operator === undefined || operator === '') rest += 1
    else assertions.push({ expression, operator, value: textOf(at(test, 'value')), enabled: flagOf(at(test, 'isDisabled')) !== true })
  }
  return { assertions, captures, rest }
}

function expressionOf(type: string, custom: string): string | null {
  switch (type) {
    case 'res-code':
      return 'res.status'
    case 'res-body':
      return 'res.body'
    case 'res-time':
      return 'res.responseTime'
    case 'Content-Type':
    case 'content-type':
      return "res.headers['content-type']"
    case 'header':
      return `res.headers['${custom.toLowerCase().replaceAll("'", '')}']`
    case 'json-query':
      return custom === '' ? null : `res.jsonpath('${jsonPathOf(custom).replaceAll("'", '"')}')`
    default:
      return null
  }
}

/** Thunder Client looks into `json.a.b`. */
function jsonPathOf(query: string): string {
  return `$${query.replace(/^(?:json|\$)/, '').replace(/^(?=[^.[])/, '.')}`
}

/** Filters that are run, by name, and code before and after the request. */
export function readThunderScripts(place: Loose, notes: NotesHere): Script[] {
  const scripts = [
    { type: 'before-request', code: codeOf(at(place, 'preReq')) },
    { type: 'after-response', code: codeOf(at(place, 'postReq')) },
  ].filter(({ code }) => code.trim() !== '')
  noteScripts(scripts, notes)
  const filters = listOf(at(at(place, 'preReq'), 'runFilters'))
    .map(textOf)
    .filter((name) => name !== '')
  if (filters.length > 0) notes.lost(`Filters are not run here: ${filters.join(', ')}.`)
  return scripts
}

function codeOf(value: unknown): string {
  return typeof value === 'string' ? value : firstText(value, 'script', 'code', 'inlineScript')
}
