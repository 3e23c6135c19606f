/** `Invoke-WebRequest` and `Invoke-RestMethod` of PowerShell, as browsers copy them and as people write them. */
import type { Auth, Options, Part } from '#contract/model/request.ts'
import { importedRequest, type ImportedRequest } from '../imported.ts'
import type { Notes } from '../notes.ts'
import { documentOf, type RawBody, type RawRequest } from '../request-parts/raw-request.ts'
import { encodePair, joinUrl, splitUrl } from '#contract/model/url-query.ts'
import type { PsCommand } from '../shell-words/powershell.ts'
import { textOf, type PsValue } from '../shell-words/ps-value.ts'

const PROGRAM = /^(?:invoke-webrequest|invoke-restmethod|iwr|irm)$/i
const SWITCHES =
  /^-(?:usebasicparsing|skip\w+|disablekeepalive|allow\w+|noproxy|passthru|resume|preserve\w+|use\w+|proxyuse\w+|followrellink)$/i
const SILENT =
  /^-(?:outfile|outvariable|responseheadersvariable|statuscodevariable|sessionvariable|erroraction|ea|verbose|debug|usebasicparsing|disablekeepalive|passthru|skiphttperrorcheck|skipheadervalidation|resume|allow\w+|maximumfollowrellink|followrellink)$/i
const FORM = 'application/x-www-form-urlencoded'
const PSEUDO = new Set(['authority', 'method', 'path', 'scheme', ':authority', ':method', ':path', ':scheme'])

interface Given {
  readonly parameters: ReadonlyMap<string, PsValue>
  readonly objects: PsCommand['objects']
  readonly line: number
  readonly notes: Notes
}

export function webRequests(command: PsCommand, notes: Notes): ImportedRequest[] {
  return callsIn(command).map((words) => importedRequest(documentOf(requestOf(words, command, notes), notes)))
}

/** The command itself, one whose result is given to a variable, or those in brackets: `(iwr …).Content`. */
function callsIn({ words }: Pick<PsCommand, 'words'>): (readonly PsValue[])[] {
  const at = words.findIndex((word) => PROGRAM.test(textOf(word) ?? ''))
  return at < 0 ? words.flatMap((word) => (word.kind === 'command' ? callsIn(word) : [])) : [words.slice(at + 1)]
}

function requestOf(words: readonly PsValue[], { objects, line }: PsCommand, notes: Notes): RawRequest {
  const given: Given = { parameters: parametersOf(words, notes, line), objects, line, notes }
  const method = (text(given, 'custommethod') ?? text(given, 'method') ?? 'GET').toUpperCase()
  const url = text(given, 'uri') ?? ''
  const body = bodyOf(given, method)
  const contentType = text(given, 'contenttype')
  const session = sessionOf(given)
  const userAgent = text(given, 'useragent') ?? textOf(session?.properties.get('UserAgent'))
  return {
    name: '',
    method,
    url: body.query === null ? withScheme(url) : withQuery(withScheme(url), body.query),
    headers: [
      ...(userAgent === null ? [] : [['User-Agent', userAgent] as const]),
      ...headersOf(given),
      ...(contentType === null ? [] : [['Content-Type', contentType] as const]),
    ],
    cookies: session && session.cookies.length > 0 ? [session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')] : [],
    body: body.raw,
    defaultType: FORM,
    auth: authOf(given),
    options: optionsOf(given),
    line,
  }
}

function parametersOf(words: readonly PsValue[], notes: Notes, line: number): Map<string, PsValue> {
  const found = new Map<string, PsValue>()
  const rest = [...words]
  for (let word = rest.shift(); word; word = rest.shift()) {
    const name = word.kind === 'text' && word.isQuoted !== true && /^-[A-Za-z]/.test(word.text) ? word.text : null
    if (name === null) {
      if (word.kind === 'hash') for (const [key, value] of word.entries) found.set(fullName(key.toLowerCase()), value)
      else if (!found.has('uri')) found.set('uri', word)
      else if (textOf(word) === '>' || textOf(word) === '|') break
    } else {
      const [plain = '', glued] = name.split(/:(.*)/s, 2)
      const isSwitch = SWITCHES.test(plain)
      const value: PsValue | undefined =
        glued !== undefined && glued !== ''
          ? { kind: 'text', text: glued, line }
          : isSwitch
            ? { kind: 'text', text: 'true', line }
            : rest.shift()
      if (value) found.set(fullName(plain.slice(1).toLowerCase()), value)
      if (!SILENT.test(plain) && !KNOWN.includes(fullName(plain.slice(1).toLowerCase())))
        notes.add('lost', `The parameter ${plain} is not carried over.`, line)
    }
  }
  return found
}

const KNOWN = [
  ...['uri', 'method', 'custommethod', 'headers', 'body', 'contenttype', 'websession', 'useragent', 'timeoutsec', 'infile', 'form'],
  ...['maximumredirection', 'proxy', 'credential', 'authentication', 'token', 'skipcertificatecheck', 'maximumretrycount'],
  ...['retryintervalsec', 'connectiontimeoutseconds', 'operationtimeoutseconds', 'httpversion', 'unixsocket', 'noproxy'],
]

/** A parameter may be written by its beginning. */
function fullName(name: string): string {
  const likely = KNOWN.filter((one) => one.startsWith(name))
  return KNOWN.includes(name) || likely.length !== 1 ? name : (likely[0] ?? name)
}

function text({ parameters, notes, line }: Given, name: string): string | null {
  const value = parameters.get(name)
  if (!value) return null
  return plainText(value, notes, line)
}

/** The text that a value comes to; a variable that has none becomes a reference. */
function plainText(value: PsValue, notes: Notes, line: number): string {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'variable':
      notes.add('changed', `The variable $${value.name} stands as {{${value.name}}}: give it a value.`, line)
      return `{{${value.name}}}`
    case 'list':
      return value.items.map((item) => plainText(item, notes, line)).join(',')
    case 'call': {
      const [first] = value.args
      if (first && /(?:GetBytes|UrlEncode|EscapeDataString|ToString)$/i.test(value.name)) return plainText(first, notes, line)
      break
    }
    case 'command': {
      const json = jsonOfCommand(value.words, notes, line)
      if (json !== null) return json
      break
    }
    case 'hash':
      break
  }
  notes.add('lost', 'What an expression of the script comes to is not known: give the variable {{expression}} a value.', line)
  return '{{expression}}'
}

/** `@{…} | ConvertTo-Json`, read as that program with its input as the first word. */
function jsonOfCommand(words: readonly PsValue[], notes: Notes, line: number): string | null {
  const [program, input] = words
  if (!/^convertto-json$/i.test(textOf(program) ?? '') || !input) return null
  const isCompressed = words.some((word) => /^-compress$/i.test(textOf(word) ?? ''))
  if (!isCompressed) notes.add('changed', 'The JSON of ConvertTo-Json is written with other spaces.', line)
  return JSON.stringify(jsonValue(input, notes, line), null, isCompressed ? 0 : 2)
}

function jsonValue(value: PsValue, notes: Notes, line: number): unknown {
  switch (value.kind) {
    case 'text':
      return value.literal === true ? (JSON.parse(value.text) as unknown) : value.text // a literal is JSON
    case 'hash':
      return Object.fromEntries(value.entries.map(([key, inner]) => [key, jsonValue(inner, notes, line)]))
    case 'list':
      return value.items.map((item) => jsonValue(item, notes, line))
    default:
      return plainText(value, notes, line)
  }
}

function entriesOf({ parameters, objects, notes, line }: Given, name: string): (readonly [string, string])[] | null {
  const value = parameters.get(name)
  const object = value?.kind === 'variable' ? objects.get(value.name.toLowerCase()) : undefined
  if (object) return [...object.properties].map(([key, inner]) => [key, plainText(inner, notes, line)] as const)
  return value?.kind === 'hash' ? value.entries.map(([key, inner]) => [key, plainText(inner, notes, line)] as const) : null
}

/** Browsers write the pseudo headers of HTTP/2 among the others. */
function headersOf(given: Given): (readonly [string, string])[] {
  const entries = entriesOf(given, 'headers')
  if (entries === null) {
    if (given.parameters.has('headers')) given.notes.add('lost', 'The headers are not known: they are made by the script.', given.line)
    return []
  }
  const isHttp2 = entries.some(([name]) => /^:?authority$/i.test(name))
  return entries.filter(([name]) => !(isHttp2 && PSEUDO.has(name.toLowerCase())))
}

function sessionOf({
  parameters,
  objects,
}: Given): { properties: Map<string, PsValue>; cookies: readonly { name: string; value: string }[] } | null {
  const value = parameters.get('websession')
  const name = value?.kind === 'variable' ? value.name : null
  return name === null ? null : (objects.get(name.toLowerCase()) ?? null)
}

function bodyOf(given: Given, method: string): { readonly raw: RawBody; readonly query: string | null } {
  const { parameters, line, notes } = given
  const fields = entriesOf(given, 'body')
  const pairs = fields?.map(([name, value]) => encodePair({ name, value })).join('&') ?? null
  if (pairs !== null && (method === 'GET' || method === 'HEAD')) return { raw: { kind: 'none' }, query: pairs }
  if (pairs !== null) return { raw: { kind: 'text', text: pairs }, query: null }
  const form = parameters.get('form')
  if (form?.kind === 'hash')
    return {
      raw: { kind: 'made', body: { kind: 'multipart', parts: form.entries.map((entry) => partOf(entry, notes, line)) } },
      query: null,
    }
  const file = text(given, 'infile')
  if (file !== null)
    return {
      raw: { kind: 'made', body: { kind: 'file', path: file, contentType: parameters.has('contenttype') ? '' : FORM } },
      query: null,
    }
  const typed = text(given, 'body')
  return { raw: typed === null ? { kind: 'none' } : { kind: 'text', text: typed }, query: null }
}

/** `Get-Item path` is a file. */
function partOf([name, value]: readonly [string, PsValue], notes: Notes, line: number): Part {
  const base = { name, enabled: true, contentType: '', headers: [] }
  const path = value.kind === 'command' && /^(?:get-item|gi)$/i.test(textOf(value.words[0]) ?? '') ? textOf(value.words.at(-1)) : null
  return path === null
    ? { ...base, kind: 'text', value: plainText(value, notes, line) }
    : { ...base, kind: 'file', files: [path], filename: '' }
}

function authOf(given: Given): Auth | null {
  const scheme = text(given, 'authentication')?.toLowerCase()
  const { parameters, notes, line } = given
  if ((scheme === 'bearer' || scheme === 'oauth') && parameters.has('token')) return { kind: 'bearer', token: text(given, 'token') ?? '' }
  if (!parameters.has('credential')) return null
  notes.add('lost', 'The user and password of -Credential are not in the script: type them in Auth.', line)
  return { kind: 'basic', username: '', password: '' }
}

function optionsOf(given: Given): Options {
  const redirects = Number(text(given, 'maximumredirection') ?? NaN)
  const total = Number(text(given, 'timeoutsec') ?? text(given, 'operationtimeoutseconds') ?? 0)
  const connect = Number(text(given, 'connectiontimeoutseconds') ?? 0)
  const retries = Number(text(given, 'maximumretrycount') ?? 0)
  const proxy = text(given, 'proxy')
  const socket = text(given, 'unixsocket')
  return {
    ...(redirects === 0 && { followRedirects: false }),
    ...(redirects > 0 && { maxRedirects: Math.trunc(redirects) }),
    ...((total > 0 || connect > 0) && { timeout: { ...(connect > 0 && { connect }), ...(total > 0 && { total }) } }),
    ...(text(given, 'skipcertificatecheck') === 'true' && { verify: false }),
    ...(proxy !== null && { proxies: { all: proxy } }),
    ...(given.parameters.has('noproxy') && { proxies: { all: null } }),
    ...(socket !== null && { unixSocket: socket }),
    ...(text(given, 'httpversion')?.startsWith('2') === true && { http2: true }),
    ...(retries > 0 && { retry: { total: Math.trunc(retries), backoffFactor: Number(text(given, 'retryintervalsec') ?? 5) || 5 } }),
  }
}

function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{') || url === '' ? url : `http://${url.replace(/^\/\//, '')}`
}

function withQuery(url: string, query: string): string {
  const parts = splitUrl(url)
  return joinUrl({ ...parts, query: [...(parts.query ? [parts.query] : []), query].join('&') })
}
