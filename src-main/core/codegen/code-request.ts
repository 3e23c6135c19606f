/**
 * A request as most languages write it: method, URL, header lines, a body, and the few options that clients have in common.
 * What a client adds by itself (Host, lengths, its name) is left to it. Made once, from what was prepared, so that
 * every language sends the same.
 */
import { isAbsolute, win32 } from 'node:path'
import { lookup } from 'mime-types'
import type { Options, Part, RequestDocument } from '#contract/model/request.ts'
import { followsByDefault } from '#contract/model/request-defaults.ts'
import type { MultipartRules } from '../prepare/behaviour-rules.ts'
import { fileType, sentName } from '../prepare/multipart.ts'
import { isTyped } from '../prepare/prepared-request.ts'
import { isHttpProxy, parseProxyUrl } from '../prepare/proxy-url.ts'
import type { CodeNote, CodeSource } from './code-source.ts'
import type { Placeholders } from './placeholders.ts'

export type CodeHeader = readonly [name: string, value: string]

export type CodeBody =
  | { readonly kind: 'none' }
  /** Exactly these characters, as UTF-8. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** `text`: all of it, boundaries and line breaks included, where no file is in it; it goes with `contentType`. */
  | { readonly kind: 'multipart'; readonly parts: readonly Part[]; readonly text: string | null; readonly contentType: string }

export interface Login {
  readonly scheme: 'basic' | 'digest'
  readonly username: string
  readonly password: string
}

export interface CodeRequest {
  readonly method: string
  /** Absolute, without a fragment. */
  readonly url: string
  /** In the order of the wire; Basic credentials are among them. */
  readonly headers: readonly CodeHeader[]
  readonly body: CodeBody
  /** The name and password that the request is sent with, for clients that have a way of their own for it. */
  readonly login: Login | null
  readonly follows: boolean
  readonly options: Options
  readonly placeholders: Placeholders
  /** As in the source. */
  readonly saveTo: string | null
  readonly jar: string | null
  readonly isFile: boolean
  /** What no language says. */
  readonly notes: readonly CodeNote[]
  /** What is lost where the client has no way of its own for the login; Basic, being a header too, is not. */
  readonly withoutOwnLogin: readonly CodeNote[]
}

/** Names of lines that every client writes by itself. */
const OWN_LINES = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

export function codeRequestOf(source: CodeSource): CodeRequest {
  const { form, request, placeholders } = source
  const { method, url } = request
  const login = loginOf(source)
  const body = bodyOf(source)
  const notes: CodeNote[] = []
  const headers = request.headers.flatMap(({ name, value, source: from }): CodeHeader[] => {
    const line = { name, source: from }
    const lower = name.toLowerCase()
    if (from === 'engine' || from === 'url' || (OWN_LINES.has(lower) && !isTyped(line))) return []
    if (lower === 'content-length' || lower === 'transfer-encoding') return []
    if (lower === 'content-type' && body.kind === 'multipart') return []
    if (from !== 'auth' || login?.scheme !== 'basic' || !placeholders.isIn(login.username + login.password)) return [[name, value]]
    return [[name, `Basic ${placeholders.base64Of(`${login.username}:${login.password}`)}`]]
  })
  if (request.flow !== null && login === null) notes.push({ severity: 'lost', message: signedNote(form) })
  if (hasRelativeFiles(body, form.options)) notes.push(RELATIVE_PATHS)
  return {
    method,
    url: url.href.slice(0, url.href.length - url.fragment.length),
    headers,
    body,
    login,
    follows: form.options.followRedirects ?? followsByDefault(form.options, method),
    options: form.options,
    placeholders,
    saveTo: source.saveTo,
    jar: source.jar,
    isFile: source.isFile,
    notes,
    withoutOwnLogin: login?.scheme === 'digest' ? [DIGEST_LOST] : [],
  }
}

/** None where a header that was typed stands in its place. */
function loginOf({ form: { auth }, request }: CodeSource): Login | null {
  if (auth.kind !== 'basic' && auth.kind !== 'digest') return null
  const { kind, username, password } = auth
  const isSent = kind === 'digest' ? request.flow !== null : request.headers.some(({ source }) => source === 'auth')
  return isSent && (username !== '' || password !== '') ? { scheme: kind, username, password } : null
}

/** The lines but for that of the login, for clients that are given name and password. */
export function withoutLogin({ headers, login }: Pick<CodeRequest, 'headers' | 'login'>): readonly CodeHeader[] {
  return login === null ? headers : headers.filter(([name]) => name.toLowerCase() !== 'authorization')
}

const DIGEST_LOST: CodeNote = {
  severity: 'lost',
  message: 'The client answers no Digest challenge: name and password are not in the code.',
}

export const RELATIVE_PATHS: CodeNote = {
  severity: 'changed',
  message: 'The code has to run in the folder of the collection: its file paths are relative to that.',
}

/** Whether a file that is sent, or that TLS needs, is named from where the code runs. */
function hasRelativeFiles(body: CodeBody, { verify, cert }: Options): boolean {
  const sent =
    body.kind === 'file'
      ? [body.path]
      : body.kind === 'multipart'
        ? body.parts.flatMap((part) => (part.kind === 'file' ? part.files : []))
        : []
  const ofTls = [verify, cert?.cert, cert?.key, cert?.pfx].filter((path) => typeof path === 'string' && path !== '')
  return [...sent, ...ofTls].some((path) => typeof path === 'string' && !isAbsolute(path) && !win32.isAbsolute(path))
}

function signedNote({ auth }: RequestDocument): string {
  const how = auth.kind === 'awsv4' ? 'AWS Signature' : auth.kind === 'oauth1' ? 'OAuth 1.0' : 'netrc'
  return `The credentials of ${how} are made when it is sent: they are not in the code.`
}

function bodyOf({ form: { body }, request }: CodeSource): CodeBody {
  if (request.body === null) return { kind: 'none' }
  if (body.kind === 'file') return { kind: 'file', path: body.path }
  // All of it: what is too large is a file by now (large-body.ts).
  const whole = (): string => request.body?.describe(Infinity).text ?? ''
  if (body.kind !== 'multipart') return { kind: 'text', text: whole() }
  const parts = body.parts.filter(({ enabled }) => enabled).flatMap((part) => typedParts(part, request.policy.rules.body.multipart))
  const contentType = request.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return { kind: 'multipart', parts, text: parts.some(({ kind }) => kind === 'file') ? null : whole(), contentType }
}

/** A file goes with the type that it is sent with, which clients do not find by themselves; several files are a part each. */
function typedParts(part: Part, rules: Pick<MultipartRules, 'fileType'>): Part[] {
  if (part.kind === 'text' || part.contentType !== '') return [part]
  return part.files.map((path) => ({ ...part, files: [path], contentType: fileType(sentName(part, path), path, rules, lookup) }))
}

/** Options that a client may have a word for, with what is said where it has none. */
const OPTION_WORDS = {
  verify: 'whether certificates are checked',
  cert: 'the client certificate',
  timeout: 'the timeouts',
  maxRedirects: 'the most redirects to follow',
  proxies: 'the proxies',
  noProxy: 'the hosts without a proxy',
  retry: 'the retries',
  http2: 'HTTP/2',
  tls: 'the TLS versions',
  unixSocket: 'the Unix socket',
  resolve: 'the addresses of hosts',
  chunkedUpload: 'sending in parts',
} as const satisfies Partial<Record<keyof Options, string>>
/** `proxyDigest`: whether it answers a proxy that asks for Digest, where it is told of proxies at all. */
export type CodeOption = keyof typeof OPTION_WORDS | 'proxyDigest'

/** Notes of the options that are set and that a client is not told of. @param told those it is told of */
export function untoldOptions(request: Pick<CodeRequest, 'options' | 'url'>, told: readonly CodeOption[] = []): CodeNote[] {
  const { options } = request
  const isSet = (name: keyof typeof OPTION_WORDS): boolean => options[name] !== undefined && !(name === 'verify' && options.verify === true)
  const untold = Object.entries(OPTION_WORDS).flatMap(([name, words]): CodeNote[] => {
    const option = name as keyof typeof OPTION_WORDS // the keys of the table
    return !isSet(option) || told.includes(option) ? [] : [{ severity: 'lost', message: `The code does not set ${words}.` }]
  })
  const isLost = told.includes('proxies') && !told.includes('proxyDigest') && proxyLoginOf(request) !== null
  return isLost ? [...untold, PROXY_DIGEST_LOST] : untold
}

const PROXY_DIGEST_LOST: CodeNote = { severity: 'lost', message: 'The client does not answer a proxy that asks for Digest.' }

/** The proxy that is set for a URL, as far as one address says; null: none is set. */
export function proxyOf({ options, url }: Pick<CodeRequest, 'options' | 'url'>): string | null {
  const scheme = url.slice(0, url.indexOf(':'))
  return options.proxies?.[scheme] ?? options.proxies?.['all'] ?? null
}

/** Who an HTTP proxy is told that we are, and its address without that; null where its URL does not say. */
export function proxyLoginOf(
  request: Pick<CodeRequest, 'options' | 'url'>,
): { readonly address: string; readonly username: string; readonly password: string } | null {
  const text = proxyOf(request)?.trim() ?? ''
  if (!text.includes('@')) return null
  const proxy = parseProxyUrl(text)
  if (proxy.credentials === null || !isHttpProxy(proxy)) return null
  return { address: `${proxy.scheme}://${text.slice(text.lastIndexOf('@') + 1)}`, ...proxy.credentials }
}

/** Lines of one name made one, as HTTP allows, for clients that have one value a name. */
export function joinedHeaders(headers: readonly CodeHeader[], notes: CodeNote[]): CodeHeader[] {
  const joined = new Map<string, CodeHeader>()
  for (const [name, value] of headers) {
    const before = joined.get(name.toLowerCase())
    joined.set(name.toLowerCase(), before ? [before[0], `${before[1]}, ${value}`] : [name, value])
    if (before) notes.push({ severity: 'changed', message: `The lines ${name} are sent as one.` })
  }
  return [...joined.values()]
}

/** The request with a form without files written out, for clients that have no forms, or none that keep repeated names. */
export function formAsText(request: CodeRequest): CodeRequest {
  const { body, headers } = request
  if (body.kind !== 'multipart' || body.text === null) return request
  return { ...request, headers: [...headers, ['Content-Type', body.contentType]], body: { kind: 'text', text: body.text } }
}

/** What to do where values from the environment stand in the URL, and the code cannot encode them for it. */
export function rawInUrl({ url, placeholders }: Pick<CodeRequest, 'url' | 'placeholders'>): CodeNote[] {
  const read = new Map(
    placeholders.parts(url).flatMap((part) => (typeof part === 'object' && 'env' in part ? [[part.env, part.isOwn === true]] : [])),
  )
  return [...read].map(([name, isOwn]) => ({
    severity: 'changed' as const,
    message: `${name} stands in the URL as ${isOwn ? 'the answer has it, which is not encoded' : 'it is: give it percent-encoded'}.`,
  }))
}

/** What parts of a form may have besides name and content, with what is said where a client has no word for it. */
const PART_WORDS = {
  textType: 'the type of its text',
  fileType: 'the type of its file',
  filename: 'the file name that is given',
  headers: 'its headers',
} as const
type PartField = keyof typeof PART_WORDS

/** Notes of what parts of a form have and a client is not told of. @param told what it is told of */
export function untoldParts({ body }: Pick<CodeRequest, 'body'>, told: readonly PartField[]): CodeNote[] {
  if (body.kind !== 'multipart') return []
  const notes = new Map<string, CodeNote>()
  for (const part of body.parts) {
    const has: Readonly<Record<PartField, boolean>> = {
      textType: part.kind === 'text' && part.contentType !== '',
      fileType: part.kind === 'file' && part.contentType !== '' && part.contentType !== 'application/octet-stream',
      filename: part.kind === 'file' && part.filename !== '',
      headers: part.headers.some(({ enabled }) => enabled),
    }
    for (const [field, words] of Object.entries(PART_WORDS)) {
      const name = field as PartField // the keys of the table
      if (!has[name] || told.includes(name)) continue
      const message = `The part ${part.name.slice(0, 60)} is sent without ${words}.`
      notes.set(message, { severity: 'lost', message })
    }
  }
  return [...notes.values()]
}

/** That a client cannot send files in a form. */
export const NO_MULTIPART: CodeNote = { severity: 'lost', message: 'The client has no forms with files: the body is not in the code.' }
