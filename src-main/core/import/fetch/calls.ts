/** Calls of `fetch` and of axios as requests. */
import type { CallExpression } from 'acorn'
import type { Body, Options, Part } from '#contract/model/request.ts'
import { encodePair, joinUrl, splitUrl } from '#contract/model/url-query.ts'
import type { Notes } from '../notes.ts'
import type { RawBody, RawRequest } from '../request-parts/raw-request.ts'
import { dottedName, type Script } from './js-program.ts'
import type { JsValue, Values } from './js-values.ts'

const ABSENT: JsValue = { kind: 'absent' }
const AXIOS_METHODS = new Set(['get', 'delete', 'head', 'options', 'post', 'put', 'patch', 'postForm', 'putForm', 'patchForm', 'request'])
const FORM = 'application/x-www-form-urlencoded;charset=UTF-8'

interface Context {
  readonly values: Values
  readonly line: number
  readonly say: (severity: 'lost' | 'changed', message: string) => void
}

/** @returns null for a call of something else */
export function requestOfCall(call: CallExpression, script: Script, values: Values, notes: Notes): RawRequest | null {
  const line = call.loc?.start.line ?? 1
  const context: Context = { values, line, say: (severity, message) => notes.add(severity, message, line) }
  const name = (dottedName(call.callee) ?? '').replace(/^(?:window|globalThis|self|global)\./, '')
  const [first, second, third] = call.arguments
  if (name === 'fetch') {
    const made = first?.type === 'NewExpression' && dottedName(first.callee) === 'Request' ? first.arguments : null
    const init = values.of(made ? made[1] : second)
    return fetchRequest(values.text(values.of(made ? made[0] : first)), init, context)
  }
  const axios = axiosOf(name, script, values)
  if (axios === null) return null
  const config = (value: JsValue): JsValue => merged(axios.defaults, value)
  if (axios.method === null || axios.method === 'request') {
    const given = values.of(first)
    return given.kind === 'object'
      ? axiosRequest(config(given), context)
      : axiosRequest(config(withFields(values.of(second), { url: given })), context)
  }
  const isForm = axios.method.endsWith('Form')
  const method: JsValue = { kind: 'text', text: axios.method.replace(/Form$/, '') }
  const hasData = /^(?:post|put|patch)/.test(axios.method)
  const fields = { url: values.of(first), method, ...(hasData && { data: asForm(values.of(second), isForm) }) }
  return axiosRequest(config(withFields(values.of(hasData ? third : second), fields)), context)
}

/** axios itself, or what `axios.create` has made. */
function axiosOf(name: string, script: Script, values: Values): { readonly method: string | null; readonly defaults: JsValue } | null {
  const [object = '', method, ...more] = name.split('.')
  if (more.length > 0 || (method !== undefined && !AXIOS_METHODS.has(method))) return null
  if (object === 'axios') return { method: method ?? null, defaults: ABSENT }
  const init = script.variables.get(object)
  if (init?.type !== 'CallExpression' || dottedName(init.callee) !== 'axios.create') return null
  return { method: method ?? null, defaults: values.of(init.arguments[0]) }
}

function entriesOf(value: JsValue): readonly (readonly [string, JsValue])[] {
  return value.kind === 'object' ? value.entries : []
}

function withFields(value: JsValue, fields: Readonly<Record<string, JsValue>>): JsValue {
  return { kind: 'object', entries: [...entriesOf(value), ...Object.entries(fields)] }
}

/** As axios merges its defaults: headers one by one, all else as a whole. */
function merged(defaults: JsValue, value: JsValue): JsValue {
  const headers = [...entriesOf(defaults), ...entriesOf(value)].filter(([key]) => key === 'headers').flatMap(([, one]) => entriesOf(one))
  const rest = [...entriesOf(defaults), ...entriesOf(value)].filter(([key]) => key !== 'headers')
  return { kind: 'object', entries: [...rest, ['headers', { kind: 'object', entries: headers }]] }
}

function asForm(value: JsValue, isForm: boolean): JsValue {
  if (!isForm || value.kind !== 'object') return value
  return { kind: 'form', fields: value.entries.map(([name, one]) => ({ name, value: one, filename: '' })) }
}

function fetchRequest(url: string, init: JsValue, context: Context): RawRequest {
  const { values, line, say } = context
  if (init.kind === 'unknown') say('lost', `The settings of the call are not known: they are in ${init.name}.`)
  const field = (key: string): JsValue => values.field(init, key)
  const referrer = values.text(field('referrer'))
  const redirect = values.text(field('redirect'))
  if (redirect === 'error') say('changed', 'A redirect is not followed; for fetch it would be an error.')
  if (values.text(field('credentials')) === 'omit') say('changed', 'Cookies of the session are sent, though the call omits credentials.')
  const headers = headersOf(field('headers'), context)
  const { body, type } = bodyOf(field('body'), context)
  return {
    name: '',
    method: methodOf(values.text(field('method'))),
    url: absolute(url, context),
    headers: referrer === '' || referrer === 'about:client' ? headers : [...headers, ['Referer', referrer]],
    body,
    defaultType: type,
    auth: null,
    options: { ...(redirect === 'manual' || redirect === 'error' ? { followRedirects: false } : {}), ...timeOf(field('signal'), values) },
    line,
  }
}

/** Of `AbortSignal.timeout(3000)`, in milliseconds. */
function timeOf(signal: JsValue, values: Values): Options {
  const time = signal.kind === 'literal' ? Number(values.text(signal)) : 0
  return time > 0 ? { timeout: { total: time / 1000 } } : {}
}

/** The names that the Fetch Standard writes in capitals. */
function methodOf(text: string): string {
  return /^(?:get|post|put|delete|head|options)$/i.test(text) ? text.toUpperCase() : text || 'GET'
}

/** A page's script may name a path alone. */
function absolute(url: string, { say }: Context): string {
  if (url.startsWith('//')) return `https:${url}`
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('{{')) return url
  say('changed', 'The URL is a path of the page that the script is in: give the variable {{baseUrl}} that page’s address.')
  return `{{baseUrl}}${url.startsWith('/') ? '' : '/'}${url}`
}

function headersOf(value: JsValue, { values, say }: Context): (readonly [string, string])[] {
  if (value.kind === 'unknown') say('lost', `The headers are not known: they are in ${value.name}.`)
  return values.entries(value).filter(([name]) => !name.startsWith(':'))
}

function bodyOf(value: JsValue, context: Context): { readonly body: RawBody; readonly type: string | null } {
  const { values } = context
  switch (value.kind) {
    case 'absent':
      return { body: { kind: 'none' }, type: null }
    case 'params':
      return { body: { kind: 'text', text: values.text(value) }, type: FORM }
    case 'form':
      return { body: { kind: 'made', body: multipart(value.fields, context) }, type: null }
    case 'file':
      context.say('lost', 'The file of the body is not in the script: choose it.')
      return { body: { kind: 'made', body: { kind: 'file', path: '', contentType: '' } }, type: null }
    case 'literal':
      return value.text === 'null'
        ? { body: { kind: 'none' }, type: null }
        : { body: { kind: 'text', text: value.text }, type: 'text/plain;charset=UTF-8' }
    default:
      return { body: { kind: 'text', text: values.text(value) }, type: 'text/plain;charset=UTF-8' }
  }
}

function multipart(
  fields: readonly { readonly name: string; readonly value: JsValue; readonly filename: string }[],
  { values, say }: Context,
): Body {
  const parts = fields.map(({ name, value, filename }): Part => {
    const base = { name, enabled: true, contentType: '', headers: [] }
    if (value.kind !== 'file') return { ...base, kind: 'text', value: values.text(value) }
    say('lost', `The file of ${name} is not in the script: choose it.`)
    return { ...base, kind: 'file', files: [], filename }
  })
  return { kind: 'multipart', parts }
}

function axiosRequest(config: JsValue, context: Context): RawRequest {
  const { values, line } = context
  const field = (key: string): JsValue => values.field(config, key)
  const base = values.text(field('baseURL'))
  const url = values.text(field('url'))
  const joined =
    base === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
      ? url
      : `${base.replace(/\/+$/, '')}${url === '' ? '' : `/${url.replace(/^\/+/, '')}`}`
  const pairs = values.entries(field('params'))
  const parts = splitUrl(absolute(joined, context))
  const query = [...(parts.query ? [parts.query] : []), ...pairs.map(([name, value]) => encodePair({ name, value }))]
  const headers = headersOf(field('headers'), context)
  const auth = field('auth')
  return {
    name: '',
    method: (values.text(field('method')) || 'GET').toUpperCase(),
    url: joinUrl({ ...parts, query: query.length === 0 ? parts.query : query.join('&') }),
    headers,
    ...axiosBody(field('data'), headers, context),
    auth:
      auth.kind === 'object'
        ? { kind: 'basic', username: values.text(values.field(auth, 'username')), password: values.text(values.field(auth, 'password')) }
        : null,
    options: axiosOptions(field, values),
    line,
  }
}

/** axios makes JSON of an object, unless the type says that it is a form. */
function axiosBody(data: JsValue, headers: RawRequest['headers'], context: Context): Pick<RawRequest, 'body' | 'defaultType'> {
  const { values } = context
  const type = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (data.kind === 'object' && /^multipart\/form-data/i.test(type)) {
    return {
      body: {
        kind: 'made',
        body: multipart(
          data.entries.map(([name, value]) => ({ name, value, filename: '' })),
          context,
        ),
      },
      defaultType: null,
    }
  }
  if (data.kind === 'object' && /^application\/x-www-form-urlencoded/i.test(type)) {
    return {
      body: {
        kind: 'text',
        text: values
          .entries(data)
          .map(([name, value]) => encodePair({ name, value }))
          .join('&'),
      },
      defaultType: null,
    }
  }
  if (data.kind === 'object' || data.kind === 'list')
    return { body: { kind: 'text', text: values.json(data, '') }, defaultType: 'application/json' }
  const { body, type: found } = bodyOf(data, context)
  return { body, defaultType: found?.startsWith('text/') ? 'application/x-www-form-urlencoded' : found }
}

/** Milliseconds in the script, seconds here. */
function axiosOptions(field: (key: string) => JsValue, values: Values): Options {
  const timeout = Number(values.text(field('timeout')) || 0)
  const redirects = Number(values.text(field('maxRedirects')) || NaN)
  return {
    ...(timeout > 0 && { timeout: { total: timeout / 1000 } }),
    ...(redirects === 0 ? { followRedirects: false } : redirects > 0 ? { maxRedirects: Math.trunc(redirects) } : {}),
  }
}
