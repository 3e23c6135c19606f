/** wget commands: each URL becomes a request. Options of downloading and of walking through pages shape none. */
import type { Options } from '#contract/model/request.ts'
import { importedRequest, type ImportedRequest } from '../imported.ts'
import type { Importer } from '../importer.ts'
import { shown, type Notes } from '../notes.ts'
import { readOptions, type ReadWord } from '../request-parts/option-words.ts'
import { documentOf, type RawBody, type RawRequest } from '../request-parts/raw-request.ts'
import { detectsCommand, readCommands, type CommandCall } from '../request-parts/read-commands.ts'
import { takenUrls } from '../request-parts/taken-urls.ts'
import { LOST, WGET_OPTIONS } from './wget-options.ts'

const FORM = 'application/x-www-form-urlencoded'

export const wgetImporter: Importer = {
  format: 'wget',
  detect: (file) => detectsCommand(file, '(?:[^\\s\'"]*[\\\\/])?wget2?(?:\\.exe)?\\s+\\S'),
  read: (files, tools) => readCommands(files, tools, { format: 'wget', programs: new Set(['wget', 'wget2']), read: requestsOf }),
}

interface Settings {
  readonly values: ReadonlyMap<string, string>
  readonly headers: readonly (readonly [string, string])[]
  readonly proxies: Readonly<Record<string, string | null>>
  readonly line: number
  readonly say: (severity: 'lost' | 'changed', message: string) => void
}

function requestsOf({ words, line }: CommandCall, notes: Notes): ImportedRequest[] {
  const read = readOptions(words, WGET_OPTIONS)
  const say: Settings['say'] = (severity, message) => notes.add(severity, message, line)
  for (const one of read) {
    if (one.kind === 'unknown') notes.add('lost', `wget has no option ${shown(one.name)}.`, one.line)
    if (one.kind === 'option' && LOST.has(one.name)) notes.add('lost', `wget’s option --${one.name} is not carried over.`, one.line)
  }
  const settings = settingsOf(read, line, say)
  const urls = read.filter((one) => one.kind === 'word')
  if (urls.length === 0) say('lost', 'A command has no URL.')
  return takenUrls(urls, read.length - urls.length, line, notes).map(({ text }) =>
    importedRequest(documentOf(requestOf(text, settings), notes)),
  )
}

function settingsOf(read: readonly ReadWord[], line: number, say: Settings['say']): Settings {
  const options = read.filter((one) => one.kind === 'option')
  const headers: (readonly [string, string])[] = []
  const proxies: [string, string | null][] = []
  for (const { name, value } of options) {
    if (name === 'header' && value === '') headers.length = 0
    const colon = value.indexOf(':')
    if (name === 'header' && colon > 0) headers.push([value.slice(0, colon).trim(), value.slice(colon + 1).trim()])
    const [, scheme, url] = name === 'execute' ? (/^\s*(https?)_proxy\s*=\s*(.*)$/i.exec(value) ?? []) : []
    if (scheme !== undefined && url !== undefined) proxies.push([scheme.toLowerCase(), withScheme(url.trim())])
    else if (name === 'execute' && !/^\s*(?:use_proxy|robots)\s*=/i.test(value)) say('lost', 'A command of -e is not carried over.')
    if (name === 'no-proxy') proxies.push(['all', null])
  }
  return { values: new Map(options.map(({ name, value }) => [name, value])), headers, proxies: Object.fromEntries(proxies), line, say }
}

function requestOf(text: string, settings: Settings): RawRequest {
  const { values, headers, line, say } = settings
  const body = bodyOf(settings)
  const isPost = values.has('post-data') || values.has('post-file')
  const method = (values.get('method') ?? (isPost ? 'POST' : values.has('spider') ? 'HEAD' : 'GET')).toUpperCase()
  const user = values.get('http-user') ?? values.get('user')
  const password = values.get('http-password') ?? values.get('password') ?? values.get('http-passwd')
  if (user !== undefined && !values.has('auth-no-challenge'))
    say('changed', 'The credentials are sent at once, as Basic; wget waits until it is asked for them.')
  if (values.has('load-cookies')) say('lost', 'The cookies of the file of --load-cookies are not read: import them in Cookies.')
  const agent = values.get('user-agent')
  const referer = values.get('referer')
  const start = values.get('start-pos')
  return {
    name: '',
    method,
    url: withScheme(text),
    headers: [
      ...(agent !== undefined && agent !== '' ? [['User-Agent', agent] as const] : []),
      ...(referer === undefined ? [] : [['Referer', referer] as const]),
      // From the first byte on is all of it, for which wget asks without a range.
      ...(start === undefined || Number(start) === 0 ? [] : [['Range', `bytes=${start}-`] as const]),
      ...headers,
    ],
    body,
    defaultType: FORM,
    auth: user === undefined ? null : { kind: 'basic', username: user, password: password ?? '' },
    options: { ...optionsOf(settings), ...(agent === '' && { omitHeaders: ['User-Agent'] }) },
    line,
  }
}

function bodyOf({ values, headers }: Settings): RawBody {
  const text = values.get('body-data') ?? values.get('post-data')
  if (text !== undefined) return { kind: 'text', text }
  const path = values.get('body-file') ?? values.get('post-file')
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return path === undefined ? { kind: 'none' } : { kind: 'made', body: { kind: 'file', path, contentType: isTyped ? '' : FORM } }
}

/** wget takes an address without a scheme for http. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{') ? url : `http://${url}`
}

const TLS: Readonly<Record<string, Options['tls']>> = {
  TLSv1: { minVersion: 'TLSv1' },
  TLSv1_1: { minVersion: 'TLSv1.1' },
  TLSv1_2: { minVersion: 'TLSv1.2' },
  TLSv1_3: { minVersion: 'TLSv1.3' },
}

function optionsOf({ values, proxies, say }: Settings): Options {
  const redirects = Number(values.get('max-redirect') ?? NaN)
  const cert = values.get('certificate')
  const key = values.get('private-key')
  const ca = values.get('ca-certificate') ?? values.get('ca-directory')
  const protocol = values.get('secure-protocol')
  const tls = protocol !== undefined && Object.hasOwn(TLS, protocol) ? TLS[protocol] : undefined
  if (protocol !== undefined && protocol !== 'auto' && tls === undefined) say('lost', `"${shown(protocol)}" is no version of TLS.`)
  return {
    ...(redirects === 0 ? { followRedirects: false } : redirects > 0 ? { maxRedirects: Math.trunc(redirects) } : {}),
    ...timeoutOf(values),
    ...retryOf(values),
    ...(values.has('no-check-certificate') ? { verify: false } : ca === undefined ? {} : { verify: ca }),
    ...((cert !== undefined || key !== undefined) && { cert: { ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) } }),
    ...(tls !== undefined && { tls }),
    ...(Object.keys(proxies).length > 0 && { proxies }),
  }
}

/** Seconds; `--timeout` is all of them, and 0 is no limit. */
function timeoutOf(values: ReadonlyMap<string, string>): Pick<Options, 'timeout'> {
  const seconds = (name: string): number | null | undefined => {
    const value = Number(values.get(name) ?? values.get('timeout') ?? NaN)
    return value > 0 ? value : value === 0 ? null : undefined
  }
  const connect = seconds('connect-timeout')
  const read = seconds('read-timeout')
  if (connect === undefined && read === undefined) return {}
  return { timeout: { ...(connect !== undefined && { connect }), ...(read !== undefined && { read }) } }
}

function retryOf(values: ReadonlyMap<string, string>): Pick<Options, 'retry'> {
  const tries = Number(values.get('tries') ?? NaN)
  const statuses = (values.get('retry-on-http-error') ?? '')
    .split(',')
    .map(Number)
    .filter((status) => status >= 100 && status < 600)
  if (!(tries > 1) && statuses.length === 0) return {}
  const total = tries > 1 ? Math.trunc(tries) - 1 : 19
  return {
    retry: {
      total,
      backoffFactor: 1,
      backoffMax: Number(values.get('waitretry') ?? 10) || 10,
      ...(statuses.length > 0 && { statusForcelist: statuses }),
    },
  }
}
