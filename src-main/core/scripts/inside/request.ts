/**
 * `req`: the request as typed, which a before-request script may change, or as it was sent. Its calls are those of Bruno;
 * its properties can be assigned. Whatever is changed is told at once, so that it holds though the script breaks later.
 */
import type { RequestEdit, ScriptBody, ScriptHeader, ScriptRequest, ScriptRow } from '../script-job.ts'
import { skipRequest } from './flow.ts'
import { ask, asText, isObject } from './host.ts'
import { beginning } from './state.ts'
import { filled } from './variables.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

let request: Mutable<ScriptRequest> | null = null

export function setRequest(of: ScriptRequest): void {
  request = { ...of }
}

export function current(): ScriptRequest {
  if (request === null) throw new Error('No script runs.')
  return request
}

/** @throws {Error} where the request is sent already */
export function change(edit: RequestEdit): void {
  if (beginning().response !== null) throw new Error('The request has been sent: only a before-request script can change it.')
  request = { ...current(), ...edit }
  ask('edit', edit)
}

const same = (a: string, b: unknown): boolean => a.toLowerCase() === String(b).toLowerCase()

/** The nearest of the name: an own one wins over an inherited one. */
export function headerOf(name: unknown): string | undefined {
  const found = current().headers.filter((header) => header.enabled && same(header.name, name))
  return (found.find(({ inherited }) => inherited !== true) ?? found.at(-1))?.value
}

export function headersShown(): ScriptHeader[] {
  const enabled = current().headers.filter((header) => header.enabled)
  return enabled.filter((one) => one.inherited !== true || headerOwn(one.name) === undefined)
}

function headerOwn(name: string): ScriptHeader | undefined {
  return current().headers.find((header) => header.enabled && header.inherited !== true && same(header.name, name))
}

/** Puts a header in the place of those of its name. */
export function putHeader(name: unknown, value: unknown): void {
  const header: ScriptHeader = { name: String(name), value: asText(value), enabled: true }
  const headers = current().headers
  const at = headers.findIndex((one) => one.inherited !== true && one.enabled && same(one.name, name))
  const rest = headers.filter((one, index) => index === at || one.inherited === true || !one.enabled || !same(one.name, name))
  change({
    headers: at < 0 ? [...rest, header] : rest.map((one) => (same(one.name, name) && one.enabled && one.inherited !== true ? header : one)),
  })
}

export function addHeader(name: unknown, value: unknown): void {
  change({ headers: [...current().headers, { name: String(name), value: asText(value), enabled: true }] })
}

export function removeHeader(name: unknown): void {
  change({ headers: current().headers.filter((one) => !same(one.name, name)) })
}

/** An object that reads and writes headers, by their names in any case. */
function headerObject(): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_target, name) => (typeof name === 'string' ? headerOf(name) : undefined),
      has: (_target, name) => typeof name === 'string' && headerOf(name) !== undefined,
      set: (_target, name, value) => (putHeader(name, value), true),
      deleteProperty: (_target, name) => (removeHeader(name), true),
      ownKeys: () => [...new Set(headersShown().map(({ name }) => name))],
      getOwnPropertyDescriptor: (_target, name) => {
        const value = typeof name === 'string' ? headerOf(name) : undefined
        return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true }
      },
    },
  )
}

function isJson(): boolean {
  return current().body.kind === 'json' || (headerOf('Content-Type') ?? '').includes('json')
}

export function bodyText(): string | undefined {
  const { body } = current()
  switch (body.kind) {
    case 'json':
    case 'text':
    case 'xml':
      return body.text
    case 'graphql':
      return JSON.stringify({ query: body.query, variables: parsed(body.variables) ?? {} })
    default:
      return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function getBody(options?: unknown): unknown {
  const { body } = current()
  if (body.kind === 'form' || body.kind === 'multipart') return body.rows.map((row) => ({ ...row }))
  if (body.kind === 'graphql') return { query: body.query, variables: body.variables }
  const text = bodyText()
  if (text === undefined || (isObject(options) && options.raw === true) || !isJson()) return text
  return parsed(text) ?? text
}

/** A body as a script gives it: a text stays what the body is, an object becomes JSON or the rows of a form. */
function setBody(data: unknown): void {
  change({ body: bodyOf(data, current().body) })
}

export function bodyOf(data: unknown, before: ScriptBody): ScriptBody {
  if (data === null || data === undefined) return { kind: 'none' }
  if (before.kind === 'form' || before.kind === 'multipart') {
    if (isObject(data)) return { kind: before.kind, rows: rowsOf(data) }
    return { kind: 'text', text: asText(data) }
  }
  if (before.kind === 'graphql' && isObject(data) && typeof data.query === 'string') {
    return { kind: 'graphql', query: data.query, variables: asText(data.variables ?? '') }
  }
  if (isObject(data)) return { kind: 'json', text: JSON.stringify(data) }
  const text = asText(data)
  if (before.kind === 'json' || before.kind === 'xml') return { kind: before.kind, text }
  return { kind: isJson() ? 'json' : 'text', text }
}

/** Rows from a list of them, or from an object of names and values. */
export function rowsOf(data: Record<string, unknown>): ScriptRow[] {
  if (!Array.isArray(data)) return Object.entries(data).map(([name, value]) => ({ name, value: asText(value), enabled: true }))
  return data.filter(isObject).map((row) => ({
    name: asText(row.name ?? row.key ?? ''),
    value: asText(row.value ?? ''),
    enabled: row.enabled !== false && row.disabled !== true,
    ...(Array.isArray(row.files) && { files: row.files.map(String) }),
  }))
}

function parts(): URL | null {
  try {
    return new URL(String(filled(current().url)))
  } catch {
    return null
  }
}

const methods = {
  getUrl: () => current().url,
  setUrl: (url: unknown) => change({ url: String(url) }),
  getHost: () => parts()?.host ?? '',
  getPath: () => parts()?.pathname ?? '',
  getQueryString: () => parts()?.search.slice(1) ?? '',
  getPathParams: () => current().pathParams.map((param) => ({ ...param })),
  getMethod: () => current().method,
  setMethod: (method: unknown) => change({ method: String(method) }),
  getAuthMode: () => current().authKind,
  getHeader: headerOf,
  getHeaders: () => headerObject(),
  setHeader: putHeader,
  setHeaders: (headers: unknown) => {
    const rows = Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => ({ name, value: asText(value), enabled: true }))
    change({ headers: [...current().headers.filter(({ inherited }) => inherited === true), ...rows] })
  },
  deleteHeader: removeHeader,
  deleteHeaders: (names: unknown) => {
    if (Array.isArray(names)) names.forEach(removeHeader)
  },
  getBody,
  setBody,
  getTimeout: () => current().timeout ?? undefined,
  setTimeout: (ms: unknown) => change({ timeout: ms === null || ms === 0 ? null : positive(ms, 'setTimeout') }),
  setMaxRedirects: (count: unknown) => {
    const redirects = Number(count)
    if (!Number.isSafeInteger(redirects) || redirects < 0) throw new Error('setMaxRedirects: how many redirects, as a whole number.')
    change(redirects === 0 ? { followRedirects: false } : { followRedirects: true, maxRedirects: redirects })
  },
  getName: () => current().name,
  getTags: () => [],
  getExecutionMode: () => 'standalone',
  disableParsingResponseJson: () => undefined,
  skip: skipRequest,
  onFail: () => {
    throw new Error('req.onFail is not there: an after-response script runs where there is an answer, and tests can tell the rest.')
  },
}

function positive(value: unknown, call: string): number {
  const number = Number(value)
  if (Number.isFinite(number) && number > 0) return number
  throw new Error(`${call}: a number greater than 0.`)
}

export const req = Object.defineProperties(
  { ...methods },
  {
    url: { get: methods.getUrl, set: methods.setUrl, enumerable: true },
    method: { get: methods.getMethod, set: methods.setMethod, enumerable: true },
    headers: { get: headerObject, set: methods.setHeaders, enumerable: true },
    body: { get: () => getBody(), set: setBody, enumerable: true },
    timeout: { get: methods.getTimeout, set: methods.setTimeout, enumerable: true },
    maxRedirects: { get: () => current().maxRedirects, set: methods.setMaxRedirects, enumerable: true },
    name: { get: methods.getName, enumerable: true },
    auth: { get: () => current().authKind, enumerable: true },
    pathParams: { get: methods.getPathParams, enumerable: true },
  },
)
