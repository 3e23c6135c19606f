/** Commands of HTTPie, `http` and `https`, and of xh, which takes the same. */
import type { Auth, Body, Options, Part, Row } from '#contract/model/request.ts'
import type { TlsVersion } from '#contract/model/wire-options.ts'
import { encodePair, joinUrl, splitUrl } from '#contract/model/url-query.ts'
import { pythonJson } from '../../prepare/python-json.ts'
import { importedRequest, type ImportedRequest } from '../imported.ts'
import type { Importer } from '../importer.ts'
import { shown, type Notes } from '../notes.ts'
import { readOptions } from '../request-parts/option-words.ts'
import { documentOf, type RawBody, type RawRequest } from '../request-parts/raw-request.ts'
import { detectsCommand, readCommands, type CommandCall } from '../request-parts/read-commands.ts'
import { dotSegments } from '../request-parts/url-parts.ts'
import { HTTPIE_LOST, HTTPIE_OPTIONS } from './httpie-options.ts'
import { itemOf, type Item } from './items.ts'
import { nestedJson, pythonString } from './nested-json.ts'

const PROGRAMS = new Set(['http', 'https', 'xh', 'xhs'])
const FORM_TYPE = 'application/x-www-form-urlencoded; charset=utf-8'

export const httpieImporter: Importer = {
  format: 'httpie',
  detect: (file) =>
    detectsCommand(
      file,
      '(?:https?|xhs?)[ \\t]+(?:-\\S|(?:get|head|post|put|patch|delete|options)[ \\t]+\\S|[^\\s:=]*[.:/]\\S|localhost|\'|"|\\{\\{|\\$)',
    ),
  read: (files, tools) => readCommands(files, tools, { format: 'httpie', programs: PROGRAMS, read: requestsOf }),
}

interface Call {
  readonly options: ReadonlyMap<string, string>
  readonly proxies: readonly string[]
  readonly method: string | null
  readonly url: string
  readonly items: readonly Item[]
  readonly stdin: CommandCall['stdin']
  readonly scheme: string
  readonly line: number
  readonly say: (severity: 'lost' | 'changed', message: string) => void
}

function requestsOf({ program, words, stdin, line }: CommandCall, notes: Notes): ImportedRequest[] {
  const read = readOptions(words, HTTPIE_OPTIONS)
  const say: Call['say'] = (severity, message) => notes.add(severity, message, line)
  for (const one of read) {
    if (one.kind === 'unknown') notes.add('lost', `HTTPie has no option ${shown(one.name)}.`, one.line)
    if (one.kind === 'option' && HTTPIE_LOST.has(one.name))
      notes.add('lost', `HTTPie’s option --${one.name} is not carried over.`, one.line)
  }
  const given = read.filter((one) => one.kind === 'option')
  const options = new Map(given.map(({ name, value }) => [name, value]))
  const [first, ...rest] = read.filter((one) => one.kind === 'word')
  if (!first) {
    say('lost', 'A command has no URL.')
    return []
  }
  const hasMethod = rest.length > 0 && /^[A-Za-z]+$/.test(first.text)
  const [url, ...others] = hasMethod ? rest : [first, ...rest]
  const items = others.flatMap(({ text, line: at }) => {
    const item = itemOf(text, at)
    if (item === null) notes.add('lost', `What begins with "${shown(text.slice(0, 3))}" is no item of HTTPie.`, at)
    return item === null ? [] : [item]
  })
  const isSecure = program === 'https' || program === 'xhs' || options.has('https')
  const call: Call = {
    options,
    proxies: given.filter(({ name }) => name === 'proxy').map(({ value }) => value),
    method: hasMethod ? first.text.toUpperCase() : null,
    url: url?.text ?? '',
    items,
    stdin: options.has('ignore-stdin') ? null : stdin,
    scheme: options.get('default-scheme') ?? (isSecure ? 'https' : 'http'),
    line,
    say,
  }
  return [importedRequest(documentOf(requestOf(call), notes))]
}

function requestOf(call: Call): RawRequest {
  const { items, line } = call
  const data = bodyOf(call)
  const url = withQuery(fullUrl(call), items)
  if (call.options.has('path-as-is') && dotSegments(url))
    call.say('lost', 'Dots in the path are resolved, though --path-as-is says otherwise.')
  const typed = headersOf(call)
  const has = (name: string): boolean =>
    typed.some(([one]) => one.toLowerCase() === name) || omitted(items).some((one) => one.toLowerCase() === name)
  const added = data.headers.filter(([name]) => !has(name.toLowerCase()))
  return {
    name: '',
    method: call.method ?? (data.body.kind === 'none' ? 'GET' : 'POST'),
    url,
    headers: [...typed, ...added],
    body: data.body,
    defaultType: null,
    auth: authOf(call),
    options: optionsOf(call),
    line,
  }
}

/** `:3000/x` and `:/x` are of localhost. */
function fullUrl({ url, scheme }: Call): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{')) return url
  const short = /^:(?!:)(\d*)(\/?.*)$/s.exec(url.replace(/^:?\/\//, ''))
  if (!short) return `${scheme}://${url.replace(/^:?\/\//, '')}`
  const [, port = '', path = ''] = short
  return `${scheme}://localhost${port === '' ? '' : `:${port}`}${path}`
}

function withQuery(url: string, items: readonly Item[]): string {
  const pairs = items.filter(({ separator }) => separator === '==').map(({ name, value }) => encodePair({ name, value }))
  if (pairs.length === 0) return url
  const parts = splitUrl(url)
  return joinUrl({ ...parts, query: [...(parts.query ? [parts.query] : []), ...pairs].join('&') })
}

function headersOf({ items, say }: Call): (readonly [string, string])[] {
  return items.flatMap(({ name, separator, value }): (readonly [string, string])[] => {
    if (separator === ':@' || separator === '==@') say('lost', `The content of ${shown(value)} is not put into ${shown(name)}.`)
    if (separator === ';') return [[name, '']]
    return separator === ':' && value !== '' ? [[name, value.trim()]] : []
  })
}

/** `Name:` takes a header away. */
function omitted(items: readonly Item[]): string[] {
  return items.filter(({ separator, value }) => separator === ':' && value === '').map(({ name }) => name)
}

interface Data {
  readonly body: RawBody
  /** What HTTPie adds where nothing is typed. */
  readonly headers: readonly (readonly [string, string])[]
}

const JSON_HEADERS: Data['headers'] = [
  ['Accept', 'application/json, */*;q=0.5'],
  ['Content-Type', 'application/json'],
]

function bodyOf(call: Call): Data {
  const { options, items, stdin } = call
  const isForm = options.has('form') || options.has('multipart')
  const fields = items.filter(
    ({ separator }) =>
      separator !== ':' &&
      separator !== ';' &&
      separator !== '==' &&
      !separator.endsWith(':@') &&
      separator !== '==@' &&
      separator !== ':@',
  )
  const [only] = fields
  if (only?.separator === '@' && only.name === '' && fields.length === 1) return fileBody(only.value)
  const raw = options.get('raw') ?? (stdin?.kind === 'text' ? stdin.text : undefined)
  if (fields.length === 0 && raw !== undefined)
    return { body: { kind: 'text', text: raw }, headers: isForm ? [['Content-Type', FORM_TYPE]] : JSON_HEADERS }
  if (fields.length === 0 && stdin?.kind === 'file')
    return { ...fileBody(stdin.path), headers: isForm ? [['Content-Type', FORM_TYPE]] : JSON_HEADERS }
  if (fields.length === 0) return { body: { kind: 'none' }, headers: options.has('json') ? JSON_HEADERS : [] }
  if (options.has('multipart') || fields.some(({ separator }) => separator === '@'))
    return { body: made({ kind: 'multipart', parts: fields.map((field) => partOf(field, call)) }), headers: [] }
  if (!isForm) return jsonData(fields, call)
  const rows = fields.map((field): Row => ({ name: field.name, value: plainValue(field, call), enabled: true }))
  return { body: made({ kind: 'form', rows }), headers: [['Content-Type', FORM_TYPE]] }
}

function made(body: Body): RawBody {
  return { kind: 'made', body }
}

function fileBody(path: string): Data {
  return {
    body: made({ kind: 'file', path: path.replace(/;type=.*$/s, ''), contentType: /;type=(.*)$/s.exec(path)?.[1] ?? '' }),
    headers: [],
  }
}

function jsonData(fields: readonly Item[], call: Call): Data {
  const texts = fields.map((field) => [field.name, jsonText(field, call)] as const)
  const text = nestedJson(texts)
  if (text === null) call.say('lost', 'The fields contradict one another as JSON: they are not carried over.')
  return { body: { kind: 'text', text: text ?? '{}' }, headers: JSON_HEADERS }
}

function jsonText({ name, separator, value }: Item, { say }: Call): string {
  if (separator === ':=') {
    try {
      return value.includes('{{') ? value : pythonJson(value)
    } catch {
      say('lost', `The value of ${shown(name)} is no JSON: it stands as a text.`)
      return pythonString(value)
    }
  }
  if (separator !== '=') say('lost', `The content of ${shown(value)} is not put into ${shown(name)}.`)
  return separator === ':=@' ? 'null' : pythonString(separator === '=' ? value : '')
}

function plainValue({ name, separator, value }: Item, { say }: Call): string {
  if (separator === '=' || separator === ':=') return value
  say('lost', `The content of ${shown(value)} is not put into ${shown(name)}.`)
  return ''
}

function partOf(field: Item, call: Call): Part {
  const base = { name: field.name, enabled: true, headers: [] }
  if (field.separator !== '@') return { ...base, kind: 'text', contentType: '', value: plainValue(field, call) }
  const [path = '', contentType = ''] = field.value.split(';type=')
  return { ...base, kind: 'file', contentType, files: [path], filename: '' }
}

function authOf({ options, say }: Call): Auth | null {
  const bearer = options.get('bearer')
  if (bearer !== undefined) return { kind: 'bearer', token: bearer }
  const text = options.get('auth')
  if (text === undefined) return null
  const type = options.get('auth-type') ?? 'basic'
  if (type === 'bearer') return { kind: 'bearer', token: text }
  const colon = text.indexOf(':')
  const username = colon < 0 ? text : text.slice(0, colon)
  if (colon < 0) say('changed', `HTTPie would ask for the password of ${shown(username)}; it is empty here.`)
  const password = colon < 0 ? '' : text.slice(colon + 1)
  if (type === 'basic' || type === 'digest') return { kind: type, username, password }
  say('lost', `Credentials of the kind ${shown(type)} cannot be done.`)
  return { kind: 'unsupported', type }
}

const TLS: Readonly<Record<string, TlsVersion>> = { tls1: 'TLSv1', 'tls1.1': 'TLSv1.1', 'tls1.2': 'TLSv1.2', 'tls1.3': 'TLSv1.3' }

function optionsOf({ options, proxies, items, say }: Call): Options {
  const seconds = Number(options.get('timeout') ?? NaN)
  const limit = seconds > 0 ? seconds : seconds === 0 ? null : undefined
  const redirects = Number(options.get('max-redirects') ?? NaN)
  const ssl = options.get('ssl')
  const version = ssl !== undefined && Object.hasOwn(TLS, ssl) ? TLS[ssl] : undefined
  const session = options.get('session') ?? options.get('session-read-only')
  if (session !== undefined) say('changed', 'The session has the name alone: the headers and cookies of its file are not read.')
  const omitHeaders = omitted(items)
  return {
    ...(!options.has('follow') && { followRedirects: false }),
    ...(redirects > 0 && { maxRedirects: Math.trunc(redirects) }),
    ...(limit !== undefined && { timeout: { connect: limit, read: limit } }),
    ...verifyOf(options),
    ...certOf(options),
    ...(version !== undefined && { tls: { minVersion: version, maxVersion: version } }),
    ...(proxies.length > 0 && { proxies: proxiesOf(proxies) }),
    ...(options.has('http2') && { http2: true }),
    ...(session !== undefined && { session: session.replace(/^.*[\\/]/s, '').replace(/\.json$/i, '') || 'default' }),
    ...(omitHeaders.length > 0 && { omitHeaders }),
  }
}

function verifyOf(options: ReadonlyMap<string, string>): Pick<Options, 'verify'> {
  const verify = options.has('no-verify') ? 'no' : options.get('verify')
  if (verify === undefined || /^(?:yes|true)$/i.test(verify)) return {}
  return { verify: /^(?:no|false)$/i.test(verify) ? false : verify }
}

function certOf(options: ReadonlyMap<string, string>): Pick<Options, 'cert'> {
  const cert = options.get('cert')
  if (cert === undefined) return {}
  const key = options.get('cert-key')
  const passphrase = options.get('cert-key-pass')
  return { cert: { cert, ...(key !== undefined && { key }), ...(passphrase !== undefined && { passphrase }) } }
}

/** `protocol:url` */
function proxiesOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, scheme = 'all', url = text] = /^(https?|all):(.+)$/is.exec(text) ?? []
      return [scheme.toLowerCase(), url]
    }),
  )
}
