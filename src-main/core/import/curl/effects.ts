/** What each option of curl does to the request that it shapes. Options that are not here are silent or a note. */
import type { TlsVersion } from '#contract/model/wire-options.ts'
import { isIP } from 'node:net'
import { addressRows } from '../request-parts/addresses.ts'
import { shown, type Notes } from '../notes.ts'
import { dataPiece, urlEncodedPiece } from './data.ts'
import type { GivenOption } from './read-arguments.ts'
import type { Scheme, Settings } from './settings.ts'

type Say = (severity: 'lost' | 'changed', message: string) => void
type Effect = (settings: Settings, value: string, say: Say, option: GivenOption) => void

const AS_WRITTEN = 'Its effect on the way to the server is not carried over.'

export function applyOption(settings: Settings, option: GivenOption, notes: Notes, isSilent: (name: string) => boolean): void {
  const say: Say = (severity, message) => notes.add(severity, message, option.line)
  const effect = EFFECTS.get(option.name)
  if (effect && !(option.isOff && !OFF_TOO.has(option.name))) effect(settings, option.value, say, option)
  else if (!effect && !isSilent(option.name) && !option.isOff) say('lost', `curl’s option --${option.name} is not carried over.`)
}

/** Those whose `--no-` form does something. */
const OFF_TOO = new Set(['location', 'insecure', 'get', 'head', 'globoff', 'path-as-is'])

function header(settings: Settings, text: string, say: Say): void {
  if (text.startsWith('@')) return say('lost', 'Headers from a file are not read: type those of the file that -H @… names.')
  const colon = text.indexOf(':')
  const semicolon = text.indexOf(';')
  if (colon > 0) {
    const name = text.slice(0, colon)
    const value = text.slice(colon + 1).replace(/^[ \t]+/, '')
    if (value.trim() === '') settings.omitHeaders.push(name)
    else settings.headers.push([name, value])
  } else if (semicolon > 0 && text.slice(semicolon + 1).trim() === '') settings.headers.push([text.slice(0, semicolon), ''])
  else if (text.trim() !== '')
    say('lost', `"${shown(/^[\w-]{1,30}(?=\s)/.exec(text)?.[0] ?? text.slice(0, 3))}…" is no header: curl sends none without a colon.`)
}

function cookie(settings: Settings, text: string, say: Say): void {
  if (text.includes('=') || text.includes('{{')) settings.cookies.push(text)
  else if (text !== '') say('lost', `The cookies of the file ${shown(text)} are not read: import them in Cookies.`)
}

function seconds(text: string): number | null {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : null
}

function timeout(which: 'connect' | 'total'): Effect {
  return (settings, text, say) => {
    const value = seconds(text)
    if (value !== null) settings.options.timeout = { ...settings.options.timeout, [which]: value }
    else if (Number(text) !== 0) say('lost', `"${shown(text)}" is no number of seconds.`)
  }
}

function minTls(version: TlsVersion): Effect {
  return (settings) => {
    settings.options.tls = { ...settings.options.tls, minVersion: version }
  }
}

const TLS_MAX: Readonly<Record<string, TlsVersion>> = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' }

function cert(field: 'cert' | 'key' | 'passphrase'): Effect {
  return (settings, value) => {
    // A colon parts the certificate from its password; a drive's letter does not count, and `\:` is a colon.
    const parts = field === 'cert' ? /^((?:[A-Za-z]:[\\/])?(?:\\:|[^:])*):(.*)$/s.exec(value) : null
    const path = (parts?.[1] ?? value).replaceAll('\\:', ':')
    settings.options.cert = { ...settings.options.cert, [field]: path, ...(parts && { passphrase: parts[2] ?? '' }) }
  }
}

function proxyOf(scheme: string): Effect {
  return (settings, value) => {
    settings.proxy = value
    settings.proxyScheme = scheme
  }
}

function authBy(scheme: Scheme): Effect {
  return (settings) => {
    settings.scheme = scheme
  }
}

/** `[+]host:port:address[,address]…`; `*` is every host. */
function resolve(settings: Settings, text: string, say: Say): void {
  const [, host = '', port = '', rest = ''] = /^\+?(\[[^\]]*\]|[^:]*):(\d+):(.+)$/s.exec(text) ?? []
  const [first = '', ...more] = rest.split(',')
  const address = first.replace(/^\[(.*)\]$/, '$1')
  if (host === '' || host === '*' || isIP(address) === 0) return say('lost', `--resolve ${shown(text)} is not carried over.`)
  if (more.length > 0) say('changed', `Of the addresses that --resolve has for ${host} the first is used.`)
  settings.options.resolve = addressRows(settings.options.resolve, `${host}:${port}`, address)
}

/** `host:port:host:port`; ours is an address alone, at the same port. */
function connectTo(settings: Settings, text: string, say: Say): void {
  const part = String.raw`(\[[^\]]*\]|[^:]*)`
  const [, host = '', port = '', to = '', toPort = ''] = new RegExp(`^${part}:(\\d*):${part}:(\\d*)$`, 's').exec(text) ?? []
  const address = to.replace(/^\[(.*)\]$/, '$1')
  const isCarried = host !== '' && isIP(address) !== 0 && (toPort === '' || toPort === port)
  if (!isCarried) return say('lost', `--connect-to ${shown(text)} is not carried over: another address can be given, at the same port.`)
  settings.options.resolve = addressRows(settings.options.resolve, port === '' ? host : `${host}:${port}`, address)
}

const EFFECTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['request', (settings, value) => (settings.method = value)],
  ['head', (settings, _value, _say, { isOff }) => (settings.isHead = !isOff)],
  ['get', (settings, _value, _say, { isOff }) => (settings.isGet = !isOff)],
  ['header', header],
  ['user-agent', (settings, value) => (settings.userAgent = value)],
  ['referer', refererOf],
  ['range', (settings, value) => (settings.range = value)],
  ['cookie', cookie],
  ['junk-session-cookies', () => undefined],

  ['data', (settings, value, say) => settings.data.push(dataPiece(value, 'data', settings.stdin, say))],
  ['data-ascii', (settings, value, say) => settings.data.push(dataPiece(value, 'data', settings.stdin, say))],
  ['data-binary', (settings, value, say) => settings.data.push(dataPiece(value, 'binary', settings.stdin, say))],
  ['data-raw', (settings, value) => settings.data.push({ kind: 'text', text: value, isJson: false })],
  ['data-urlencode', (settings, value, say) => settings.data.push(urlEncodedPiece(value, say))],
  ['json', json],
  ['url-query', urlQuery],
  ['form', (settings, text, _say, { line }) => settings.form.push({ text, isLiteral: false, line })],
  ['form-string', (settings, text, _say, { line }) => settings.form.push({ text, isLiteral: true, line })],
  ['upload-file', (settings, value) => settings.uploads.push(value)],

  ['user', (settings, value) => (settings.user = value)],
  ['basic', authBy('basic')],
  ['digest', authBy('digest')],
  ['ntlm', authBy('ntlm')],
  ['ntlm-wb', authBy('ntlm')],
  ['negotiate', authBy('negotiate')],
  ['anyauth', authBy('anyauth')],
  ['oauth2-bearer', (settings, value) => (settings.bearer = value)],
  ['aws-sigv4', (settings, value) => (settings.aws = value)],
  [
    'netrc-file',
    (_settings, value, say) => say('lost', `The file ${shown(value)} is not asked for credentials; the netrc file of the home folder is.`),
  ],

  ['location', (settings, _value, _say, { isOff }) => (settings.followsRedirects = !isOff)],
  ['follow', (settings) => (settings.followsRedirects = true)],
  ['location-trusted', locationTrusted],
  ['max-redirs', maxRedirects],
  ['post301', keepsPost],
  ['post302', keepsPost],
  ['post303', keepsPost],

  ['insecure', (settings, _value, _say, { isOff }) => (settings.options.verify = isOff)],
  ['cacert', (settings, value) => (settings.options.verify = value)],
  ['capath', (settings, value) => (settings.options.verify = value)],
  ['cert', cert('cert')],
  ['key', cert('key')],
  ['pass', cert('passphrase')],
  ['cert-type', (settings, value) => (settings.certType = value.toUpperCase())],
  ['tlsv1', minTls('TLSv1')],
  ['tlsv1.0', minTls('TLSv1')],
  ['tlsv1.1', minTls('TLSv1.1')],
  ['tlsv1.2', minTls('TLSv1.2')],
  ['tlsv1.3', minTls('TLSv1.3')],
  ['tls-max', tlsMax],

  ['proxy', proxyOf('http')],
  ['socks4', proxyOf('socks4')],
  ['socks4a', proxyOf('socks4a')],
  ['socks5', proxyOf('socks5')],
  ['socks5-hostname', proxyOf('socks5h')],
  ['proxy1.0', proxyOf('http')],
  ['proxy-user', (settings, value) => (settings.proxyUser = value)],
  ['proxy-basic', () => undefined],
  ['proxytunnel', (_settings, _value, say) => say('changed', 'A proxy is asked for a tunnel for https URLs only, whatever -p says.')],
  ['noproxy', (settings, value) => (settings.options.noProxy = value)],
  ['resolve', resolve],
  ['connect-to', connectTo],
  ['unix-socket', (settings, value) => (settings.options.unixSocket = value)],

  ['http1.0', (_settings, _value, say) => say('changed', 'HTTP/1.1 is spoken in place of HTTP/1.0.')],
  ['http1.1', (settings) => (settings.options.http2 = false)],
  ['http2', (settings) => (settings.options.http2 = true)],
  ['http2-prior-knowledge', priorKnowledge],
  ['http3', http3],
  ['http3-only', http3],

  ['connect-timeout', timeout('connect')],
  ['max-time', timeout('total')],
  ['retry', (settings, value) => (settings.retry.count = Math.max(0, Math.trunc(Number(value)) || 0))],
  ['retry-delay', (settings, value) => (settings.retry.delay = seconds(value))],
  ['retry-all-errors', (settings) => (settings.retry.isOfAll = true)],
  ['retry-connrefused', () => undefined],

  ['globoff', (settings, _value, _say, { isOff }) => (settings.isGlobOff = !isOff)],
  ['path-as-is', (settings, _value, _say, { isOff }) => (settings.isPathAsIs = !isOff)],
  ['proto-default', (settings, value) => (settings.defaultScheme = value)],
  ['time-cond', timeCondition],
  ['continue-at', continueAt],
  ['interface', (_settings, value, say) => say('lost', `--interface ${shown(value)}: ${AS_WRITTEN}`)],
  ['config', (_settings, value, say) => say('lost', `The options in the file ${shown(value)} of -K are not read.`)],
  // Its value is a variable of the import; see `curl-importer.ts`.
  ['variable', () => undefined],
])

function refererOf(settings: Settings, value: string, say: Say): void {
  const [referer = '', ...more] = value.split(';auto')
  if (more.length > 0) say('lost', 'The Referer is not renewed at redirects, as ;auto asks.')
  settings.referer = referer
}

/** `--json` is `--data` with two headers. */
function json(settings: Settings, value: string, say: Say): void {
  const piece = dataPiece(value, 'binary', settings.stdin, say)
  settings.data.push(piece.kind === 'text' ? { ...piece, isJson: true } : piece)
  settings.isJson = true
}

function urlQuery(settings: Settings, value: string, say: Say): void {
  if (value.startsWith('+')) settings.query.push(value.slice(1))
  else {
    const piece = urlEncodedPiece(value, say)
    if (piece.kind === 'text') settings.query.push(piece.text)
  }
}

function locationTrusted(settings: Settings, _value: string, say: Say): void {
  settings.followsRedirects = true
  say('changed', 'Credentials are not sent to other hosts at redirects, as --location-trusted would.')
}

function maxRedirects(settings: Settings, text: string, say: Say): void {
  const count = Number(text)
  if (!Number.isInteger(count)) return say('lost', `"${shown(text)}" is no number of redirects.`)
  if (count < 0) say('changed', 'There is no limit of redirects in the command; 1000 is the limit here.')
  settings.options.maxRedirects = count < 0 ? 1000 : count
}

function keepsPost(_settings: Settings, _value: string, say: Say, { name }: GivenOption): void {
  say('lost', `A redirect by ${name.slice(4)} changes POST to GET, though --${name} says otherwise.`)
}

function tlsMax(settings: Settings, text: string, say: Say): void {
  const version = Object.hasOwn(TLS_MAX, text) ? TLS_MAX[text] : undefined
  if (version !== undefined) settings.options.tls = { ...settings.options.tls, maxVersion: version }
  else if (text !== 'default') say('lost', `"${shown(text)}" is no version of TLS.`)
}

function priorKnowledge(settings: Settings, _value: string, say: Say): void {
  settings.options.http2 = true
  say('changed', 'HTTP/2 is offered when TLS begins; it is not spoken without TLS.')
}

function http3(settings: Settings, _value: string, say: Say): void {
  settings.options.http2 = true
  say('changed', 'HTTP/2 is offered in place of HTTP/3.')
}

function timeCondition(settings: Settings, text: string, say: Say): void {
  const isOlder = text.startsWith('-')
  const time = Date.parse(text.replace(/^[-+=]/, ''))
  if (Number.isNaN(time)) return say('lost', `-z ${shown(text)}: the time of a file is not read.`)
  settings.headers.push([isOlder ? 'If-Unmodified-Since' : 'If-Modified-Since', new Date(time).toUTCString()])
}

function continueAt(settings: Settings, text: string, say: Say): void {
  if (/^\d+$/.test(text)) settings.range = `${text}-`
  else say('lost', 'Where -C - goes on is told by a file, which is not read.')
}
