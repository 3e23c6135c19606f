/** Timeouts, redirects, proxies, certificates and credentials of a call or a session. */
import type { Auth, Options, Row } from '#contract/model/request.ts'
import { argsFrom } from './args.ts'
import { basicCredentials } from '../../prepare/basic-credentials.ts'
import { headerRows } from './call-rows.ts'
import { basicOf, type FormWriter } from './form-writer.ts'
import { pairsOf } from './operators.ts'
import { fieldText } from './python-text.ts'
import { newScope } from './scope.ts'
import { concat, plain, type Text } from './text.ts'
import { dict, truth, type RequestValue, type Value } from './values.ts'

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What a call says beside its rows and its body. */
export function optionsOf(given: ReadonlyMap<string, Value>, writer: FormWriter): Options {
  const options: Mutable<Options> = {}
  const timeout = given.get('timeout')
  if (timeout) Object.assign(options, timeoutOf(timeout, writer))
  const follow = given.get('allow_redirects')
  const follows = follow ? truth(follow) : null
  if (follow && follows === null) writer.note('lost', 'allow_redirects= is not known before the script runs.')
  if (follows !== null) options.followRedirects = follows
  return { ...options, ...tlsOptions(given, writer) }
}

/** What calls and sessions have in common. */
export function tlsOptions(given: ReadonlyMap<string, Value>, writer: FormWriter): Options {
  const options: Mutable<Options> = {}
  const verify = given.get('verify')
  if (verify && verify.kind !== 'none') {
    const text = verify.kind === 'str' ? writer.text(verify.text) : null
    if (text !== null) options.verify = text
    else if (verify.kind === 'bool' || verify.kind === 'int') options.verify = truth(verify) === true
    else writer.note('lost', 'verify= is not known before the script runs: certificates are checked.')
  }
  const cert = certOf(given.get('cert'), writer)
  if (cert) options.cert = cert
  const proxies = proxiesOf(given.get('proxies'), writer)
  if (proxies) options.proxies = proxies
  return options
}

/** Seconds: one for both, or (connect, read); None is no limit. */
function timeoutOf(value: Value, writer: FormWriter): Options {
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items.length === 2) {
    const [connect, read] = value.items.map((one) => secondsOf(one, writer))
    return { timeout: { ...(connect !== undefined && { connect }), ...(read !== undefined && { read }) } }
  }
  const both = secondsOf(value, writer)
  return both === undefined ? {} : { timeout: { connect: both, read: both } }
}

function secondsOf(value: Value, writer: FormWriter): number | null | undefined {
  if (value.kind === 'none') return null
  if (value.kind === 'int' || value.kind === 'float') return Number.isFinite(Number(value.value)) ? Number(value.value) : null
  writer.note('lost', 'timeout= is no number that is known before the script runs, and is left out.')
  return undefined
}

function certOf(value: Value | undefined, writer: FormWriter): Options['cert'] {
  if (!value || value.kind === 'none') return undefined
  if (value.kind === 'str') return { cert: writer.text(value.text) }
  const texts = value.kind === 'tuple' || value.kind === 'list' ? value.items.map((one) => writer.field(one, 'cert=')) : []
  const [cert, key] = texts
  if (typeof cert === 'string') return { cert, ...(typeof key === 'string' && { key }) }
  writer.note('lost', 'cert= is not known before the script runs, and is left out.')
  return undefined
}

function proxiesOf(value: Value | undefined, writer: FormWriter): Options['proxies'] {
  if (!value || value.kind === 'none' || (value.kind === 'dict' && value.entries.size === 0)) return undefined
  const pairs = pairsOf(value)
  if (!pairs) writer.note('lost', 'proxies= is not known before the script runs, and is left out.')
  const found = (pairs ?? []).flatMap(([key, proxy]): [string, string | null][] => {
    const name = writer.field(key, 'A key of proxies=')
    const url = proxy.kind === 'none' ? null : writer.field(proxy, 'A proxy')
    return name === null || (url === null && proxy.kind !== 'none') ? [] : [[name, url]]
  })
  return pairs ? Object.fromEntries(found) : undefined
}

export interface CallCredentials {
  readonly auth: Auth
  /** Headers that the script's own class sets. */
  readonly headers: Row[]
  /** They go to the proxy. */
  readonly forProxy: { readonly username: string; readonly password: string } | null
}

export const NO_CREDENTIALS: CallCredentials = { auth: { kind: 'none' }, headers: [], forProxy: null }

/** `auth=`: a pair, an object of requests, or something of the script's own that sets headers. */
export function credentialsOf(value: Value | undefined, writer: FormWriter): CallCredentials {
  if (!value || value.kind === 'none') return NO_CREDENTIALS
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items.length === 2) {
    const [username, password] = value.items.map((one) => writer.text(fieldText(one) ?? []))
    // Texts are sent in Latin-1, and bytes are those of UTF-8.
    const isUtf8 = value.items.some((one) => one.kind === 'bytes')
    return {
      ...NO_CREDENTIALS,
      auth: { kind: 'basic', username: username ?? '', password: password ?? '', ...(isUtf8 && { charset: 'utf-8' }) },
    }
  }
  if (value.kind === 'credentials') {
    if (!value.isForProxy || value.auth.kind !== 'basic') return { ...NO_CREDENTIALS, auth: value.auth }
    return { ...NO_CREDENTIALS, forProxy: { username: value.auth.username, password: value.auth.password } }
  }
  if (value.kind === 'instance' || value.kind === 'function') return customCredentials(value, writer)
  writer.note('lost', 'auth= is not known before the script runs, or of a kind that is not known here; it is left out.')
  return NO_CREDENTIALS
}

/** Follows a class derived from AuthBase, or a function: the headers that it sets are all that is taken from it. */
function customCredentials(value: Value, writer: FormWriter): CallCredentials {
  const headers = dict([], true)
  const asked: RequestValue = { kind: 'request', attributes: new Map([['headers', headers]]), session: null, isPrepared: true }
  const isOdd = isPuzzling(writer, () => writer.machine.call(value, argsFrom(asked), writer.at, newScope())) || asked.attributes.size > 1
  if (isOdd || headers.entries.size === 0) {
    writer.note('lost', 'The class or function behind auth= does more than setting headers; the headers that it sets are kept.')
  }
  const [only, ...more] = headers.entries.values()
  if (!only || more.length > 0) return { ...NO_CREDENTIALS, headers: headerRows(headers, writer) }
  const [name, text] = [plainName(only[0]), fieldText(only[1])]
  if (name === null || text === null) return { ...NO_CREDENTIALS, headers: headerRows(headers, writer) }
  const basic = /^authorization$/i.test(name) ? basicOf(text) : null
  if (basic)
    return { ...NO_CREDENTIALS, auth: { kind: 'basic', username: writer.text(basic.username), password: writer.text(basic.password) } }
  const first = text[0]
  const prefix = typeof first === 'string' ? (/^[A-Za-z][\w-]* +/.exec(first)?.[0] ?? '') : ''
  const rest = typeof first === 'string' && prefix !== '' ? (concat([[first.slice(prefix.length)], text.slice(1)]) ?? text) : text
  if (/^authorization$/i.test(name) && prefix === 'Bearer ')
    return { ...NO_CREDENTIALS, auth: { kind: 'bearer', token: writer.text(rest) } }
  return { ...NO_CREDENTIALS, auth: { kind: 'header', name, prefix, value: writer.text(rest) } }
}

/** Whether something is not understood in what is followed. Its lines are kept with the request that is being made. */
function isPuzzling({ machine }: FormWriter, follow: () => void): boolean {
  const known = new Set(machine.leftovers.keys())
  follow()
  const more = [...machine.leftovers].filter(([at]) => !known.has(at))
  for (const [at, leftover] of more) machine.leftovers.set(at, { ...leftover, after: machine.requests.length })
  return more.length > 0
}

function plainName(value: Value): string | null {
  return value.kind === 'str' ? plain(value.text) : null
}

/** A Basic header of texts that are not all known, as credentials: its base64 is not known, but they are. */
function basicAuthOf(name: string, text: Text, writer: FormWriter): Auth | null {
  const basic = /^authorization$/i.test(name) ? basicOf(text) : null
  return basic && { kind: 'basic', username: writer.text(basic.username), password: writer.text(basic.password) }
}

/** Headers without a Basic header that is put together by hand, and the credentials that it is. */
export function basicHeaderOf(
  headers: Value | undefined,
  writer: FormWriter,
): { readonly headers: Value | undefined; readonly auth: Auth | null } {
  if (headers?.kind !== 'dict') return { headers, auth: null }
  for (const [key, value] of headers.entries.values()) {
    const auth = value.kind === 'str' ? basicAuthOf(plainName(key) ?? '', value.text, writer) : null
    if (auth)
      return {
        headers: dict(
          [...headers.entries.values()].filter(([one]) => one !== key),
          headers.isCaseless,
        ),
        auth,
      }
  }
  return { headers, auth: null }
}

/** HTTPProxyAuth: the credentials stand in the proxies' URLs, or, without any, in the header that it sets. */
export function withProxyCredentials(
  { forProxy }: CallCredentials,
  proxies: Options['proxies'],
  writer: FormWriter,
): { readonly proxies: Options['proxies']; readonly headers: Row[] } {
  if (!forProxy) return { proxies, headers: [] }
  const { username, password } = forProxy
  if (proxies && Object.values(proxies).some((url) => url !== null)) {
    writer.note(
      'changed',
      'The credentials of HTTPProxyAuth stand in the URLs of the proxies: over HTTPS the script would send them to the server.',
    )
    const userinfo = `${encodeUserinfo(username)}:${encodeUserinfo(password)}@`
    const named = Object.entries(proxies).map(
      ([key, url]) => [key, url?.replace(/^([a-z\d+.-]+:\/\/)?(?!.*@)/i, (scheme) => `${scheme || 'http://'}${userinfo}`) ?? null] as const,
    )
    return { proxies: Object.fromEntries(named), headers: [] }
  }
  if (/\{\{/.test(username + password)) {
    writer.note('lost', 'Credentials for a proxy that come from elsewhere are left out, as the script names no proxy.')
    return { proxies, headers: [] }
  }
  return { proxies, headers: [{ name: 'Proxy-Authorization', value: basicCredentials(username, password, 'latin-1'), enabled: true }] }
}

function encodeUserinfo(text: string): string {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part.toWellFormed())))
    .join('')
}
