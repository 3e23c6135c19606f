/** What the settings of one curl operation are as a request: method, URL, body, credentials and options. */
import type { Auth, Body, Options, Part } from '#contract/model/request.ts'
import { joinUrl, splitUrl } from '#contract/model/url-query.ts'
import { shown, type Notes } from '../notes.ts'
import type { RawBody, RawRequest } from '../request-parts/raw-request.ts'
import { dotSegments, withUrlCredentials } from '../request-parts/url-parts.ts'
import { joinedData } from './data.ts'
import { formParts } from './form.ts'
import type { Settings } from './settings.ts'

type Say = (severity: 'lost' | 'changed', message: string) => void

const FORM = 'application/x-www-form-urlencoded'
/** Statuses that curl takes for passing. */
const RETRIED = [408, 429, 500, 502, 503, 504]

/** @param index which of the operation's URLs it is, for the file that goes with it */
export function requestOf(settings: Settings, url: string, index: number, line: number, notes: Notes): RawRequest {
  const say: Say = (severity, message) => notes.add(severity, message, line)
  const upload = settings.uploads[index] ?? null
  const body = bodyOf(settings, upload, say)
  const full = withQuery(withScheme(settings, url), queryOf(settings, say))
  const target = upload === null ? full : withFileName(full, upload)
  if (settings.isPathAsIs && dotSegments(target)) say('lost', 'Dots in the path are resolved, though --path-as-is says otherwise.')
  const { auth, url: plain } = credentials(settings, target, say)
  return {
    name: '',
    method: methodOf(settings, body, upload),
    url: plain,
    headers: headersOf(settings, body, say),
    cookies: settings.cookies,
    body,
    defaultType: FORM,
    auth,
    options: optionsOf(settings, body, upload, say),
    line,
  }
}

function methodOf(settings: Settings, body: RawBody, upload: string | null): string {
  if (settings.method !== null) return settings.method
  if (settings.isHead) return 'HEAD'
  if (upload !== null) return 'PUT'
  return body.kind !== 'none' || (settings.data.length > 0 && !settings.isGet) ? 'POST' : 'GET'
}

function bodyOf(settings: Settings, upload: string | null, say: Say): RawBody {
  if (upload !== null) return uploaded(settings, upload, say)
  if (settings.form.length > 0) {
    const parts = settings.form.flatMap((field): Part[] => formParts(field, settings.stdin, say))
    return { kind: 'made', body: { kind: 'multipart', parts } }
  }
  if (settings.data.length === 0 || settings.isGet) return { kind: 'none' }
  const data = joinedData(settings.data, say)
  if (data.kind === 'text') return { kind: 'text', text: data.text }
  if (data.stripsLines) say('changed', `${shown(data.path)} is sent as it is; -d would take its line breaks out.`)
  return fileBody(data.path, isTyped(settings, 'content-type') || settings.isJson ? '' : FORM)
}

function uploaded(settings: Settings, path: string, say: Say): RawBody {
  if (path !== '-' && path !== '.') return fileBody(path, '')
  const { stdin } = settings
  if (stdin?.kind === 'file') return fileBody(stdin.path, '')
  if (stdin === null) say('lost', 'What the command reads from its input is not known: choose the file to send.')
  return { kind: 'made', body: { kind: 'text', text: stdin?.text ?? '' } }
}

function fileBody(path: string, contentType: string): RawBody {
  const body: Body = { kind: 'file', path, contentType }
  return { kind: 'made', body }
}

function isTyped(settings: Settings, name: string): boolean {
  return settings.headers.some(([one]) => one.toLowerCase() === name)
}

/** `-A` and `-e` beside headers of the same names are passed over, as by curl. */
function headersOf(settings: Settings, body: RawBody, say: Say): (readonly [string, string])[] {
  const more: (readonly [string, string])[] = []
  const add = (name: string, value: string | null): void => {
    if (value !== null && value !== '' && !isTyped(settings, name.toLowerCase())) more.push([name, value])
  }
  add('User-Agent', settings.userAgent)
  add('Referer', settings.referer)
  if (settings.range !== null && body.kind !== 'none')
    say('lost', 'The range is not carried over: curl makes it a Content-Range of what is sent.')
  else add('Range', settings.range === null ? null : `bytes=${settings.range}`)
  return [...more, ...settings.headers, ...jsonHeaders(settings)]
}

/** What `--json` adds where nothing is typed, not even that there is none. */
function jsonHeaders(settings: Settings): (readonly [string, string])[] {
  if (!settings.isJson) return []
  const known = [...settings.headers.map(([name]) => name), ...settings.omitHeaders].map((name) => name.toLowerCase())
  return ['Content-Type', 'Accept'].filter((name) => !known.includes(name.toLowerCase())).map((name) => [name, 'application/json'] as const)
}

function queryOf(settings: Settings, say: Say): string[] {
  const data = settings.isGet && settings.data.length > 0 ? joinedData(settings.data, say) : null
  if (data?.kind === 'file') say('lost', `The content of ${shown(data.path)} is not put into the query.`)
  // Beside the data of -G, curl passes over --url-query.
  if (settings.isGet && settings.data.length > 0) return data?.kind === 'text' && data.text !== '' ? [data.text] : []
  return settings.query
}

function withQuery(url: string, texts: readonly string[]): string {
  if (texts.length === 0) return url
  const parts = splitUrl(url)
  const base = /^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(parts.base) ? `${parts.base}/` : parts.base
  // An `&` at the end is there already.
  const before = parts.query ? [parts.query.replace(/&$/, '')] : []
  return joinUrl({ ...parts, base, query: [...before, ...texts].join('&') })
}

/** curl takes an address without a scheme for http. */
function withScheme(settings: Settings, url: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('{{')) return url
  return `${settings.defaultScheme ?? 'http'}://${url.replace(/^\/\//, '')}`
}

/** A URL that ends with a slash gets the uploaded file's name. */
function withFileName(url: string, path: string): string {
  const parts = splitUrl(url)
  const base = /^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(parts.base) ? `${parts.base}/` : parts.base
  if (!base.endsWith('/') || path === '-' || path === '.') return url
  // curl writes the URL anew, and an empty query is none then.
  return joinUrl({ ...parts, query: parts.query || null, base: base + encodeURIComponent(path.replace(/^.*[\\/]/s, '').toWellFormed()) })
}

function credentials(settings: Settings, url: string, say: Say): { readonly auth: Auth | null; readonly url: string } {
  if (settings.bearer !== null) return { auth: { kind: 'bearer', token: settings.bearer }, url }
  if (settings.aws === null && settings.user === null && settings.scheme === 'basic') return { auth: null, url }
  const inUrl = settings.user === null ? withUrlCredentials(url) : null
  const user = settings.user ?? inUrl?.user ?? null
  if (user === null) return { auth: null, url }
  const colon = user.indexOf(':')
  const username = colon < 0 ? user : user.slice(0, colon)
  const password = colon < 0 ? '' : user.slice(colon + 1)
  if (settings.user !== null && colon < 0 && settings.scheme !== 'negotiate')
    say('changed', `curl would ask for the password of ${shown(username)}; it is empty here.`)
  return { auth: authOf(settings, username, password, say), url: inUrl?.url ?? url }
}

function authOf({ aws, scheme }: Settings, username: string, password: string, say: Say): Auth {
  if (aws !== null) {
    const [provider = '', , region = '', service = ''] = aws.split(':')
    if (provider !== '' && provider !== 'aws') say('changed', `The signature is that of AWS, not of ${shown(provider)}.`)
    return { kind: 'awsv4', accessKeyId: username, secretAccessKey: password, sessionToken: '', service, region }
  }
  switch (scheme) {
    case 'anyauth':
      say('changed', 'Basic is sent at once; --anyauth would ask the server first.')
      return { kind: 'basic', username, password }
    case 'basic':
    case 'digest':
      return { kind: scheme, username, password }
    case 'ntlm':
    case 'negotiate':
      say('lost', `${scheme === 'ntlm' ? 'NTLM' : 'Negotiate'} cannot be done: the credentials are not carried over.`)
      return { kind: 'unsupported', type: scheme }
  }
}

function optionsOf(settings: Settings, body: RawBody, upload: string | null, say: Say): Options {
  const isUntypedUpload = upload !== null && !isTyped(settings, 'content-type')
  const omitHeaders = [
    ...settings.omitHeaders,
    ...(settings.userAgent === '' ? ['User-Agent'] : []),
    ...(isUntypedUpload && body.kind !== 'none' ? ['Content-Type'] : []),
  ]
  const { cert } = settings.options
  const isPfx = cert !== undefined && settings.certType === 'P12'
  return {
    ...settings.options,
    ...(!settings.followsRedirects && { followRedirects: false }),
    ...(isPfx && {
      cert: { ...(cert.cert !== undefined && { pfx: cert.cert }), ...(cert.passphrase !== undefined && { passphrase: cert.passphrase }) },
    }),
    ...(omitHeaders.length > 0 && { omitHeaders: [...new Set(omitHeaders)] }),
    ...proxies(settings, say),
    ...retries(settings),
  }
}

function proxies({ proxy, proxyScheme, proxyUser }: Settings, say: Say): Pick<Options, 'proxies'> {
  if (proxy === null) return {}
  if (proxy === '') return { proxies: { all: null } }
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `${proxyScheme}://${proxy}`
  if (!/^(?:https?|socks4a?|socks5h?):\/\//i.test(url)) say('lost', 'A proxy of this scheme cannot be used.')
  return { proxies: { all: withPort(proxyUser === null ? url : withUser(url, proxyUser)) } }
}

function withUser(url: string, user: string): string {
  const colon = user.indexOf(':')
  const parts = colon < 0 ? [user] : [user.slice(0, colon), user.slice(colon + 1)]
  const encoded = parts.map((part) => (part.includes('{{') ? part : encodeURIComponent(part.toWellFormed()))).join(':')
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^@/]*@)?/i, (_whole, scheme: string) => `${scheme}${encoded}@`)
}

/** curl's port of proxies is 1080, but for https ones. */
function withPort(url: string): string {
  if (/^https:/i.test(url) || /:\d+\/?$/.test(url) || url.endsWith('}}')) return url
  return `${url.replace(/\/$/, '')}:1080`
}

/** curl waits one second, then twice as long each time, ten minutes at most. */
function retries({ retry }: Settings): Pick<Options, 'retry'> {
  if (retry.count === 0) return {}
  const { delay } = retry
  return {
    retry: {
      total: retry.count,
      statusForcelist: RETRIED,
      allowedMethods: null,
      backoffFactor: delay ?? 1,
      backoffMax: delay ?? 600,
      raiseOnStatus: false,
    },
  }
}
