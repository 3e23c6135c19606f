/** Credentials of a call or a session: pairs, the classes of requests, and those of the script's own that set headers. */
import type { Auth, Options, Row } from '#contract/model/request.ts'
import { basicCredentials } from '../../prepare/basic-credentials.ts'
import { argsFrom } from './args.ts'
import { headerRows } from './call-rows.ts'
import { basicOf, type FormWriter } from './form-writer.ts'
import { fieldText } from './python-text.ts'
import { newScope } from './scope.ts'
import { concat, hole, plain, type Text } from './text.ts'
import {
  dict,
  str,
  type DictValue,
  type FunctionValue,
  type InstanceValue,
  type ListValue,
  type RequestValue,
  type Value,
} from './values.ts'

interface CallCredentials {
  readonly auth: Auth
  /** Headers that the script's own class sets. */
  readonly headers: Row[]
  /** They go to the proxy. */
  readonly forProxy: { readonly username: string; readonly password: string } | null
}

const NO_CREDENTIALS: CallCredentials = { auth: { kind: 'none' }, headers: [], forProxy: null }

/** `auth=`: a pair, an object of requests, or something of the script's own that sets headers. */
export function credentialsOf(value: Value | undefined, writer: FormWriter): CallCredentials {
  if (!value || value.kind === 'none') return NO_CREDENTIALS
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items.length === 2)
    return { ...NO_CREDENTIALS, auth: pairAuth(value, writer) }
  if (value.kind === 'credentials') {
    if (!value.isForProxy || value.auth.kind !== 'basic') return { ...NO_CREDENTIALS, auth: value.auth }
    return { ...NO_CREDENTIALS, forProxy: { username: value.auth.username, password: value.auth.password } }
  }
  if (value.kind === 'instance' || value.kind === 'function') return customCredentials(value, writer)
  writer.note('lost', 'auth= is not known before the script runs, or of a kind that is not known here; it is left out.')
  return NO_CREDENTIALS
}

/** A pair of texts is Latin-1 in requests, a pair of bytes what it is. */
function pairAuth(pair: ListValue, writer: FormWriter): Auth {
  const texts = pair.items.map((one) => writer.text(fieldText(one) ?? []))
  const [username = '', password = ''] = texts
  // What is ASCII is the same in both; what a reference stands for may be more.
  const telling = pair.items.filter((_, index) => /[^\0-\x7f]|\{\{/.test(texts[index] ?? ''))
  const isEncoded = telling.length > 0 && telling.every(({ kind }) => kind === 'bytes')
  return { kind: 'basic', username, password, ...(isEncoded && { charset: 'utf-8' }) }
}

/** Follows a class derived from AuthBase, or a function: the headers that it sets are all that is taken from it. */
function customCredentials(value: InstanceValue | FunctionValue, writer: FormWriter): CallCredentials {
  const { headers, isOdd } = headersSetBy(value, writer)
  if (isOdd || headers.entries.size === 0) {
    writer.note('lost', 'The class or function behind auth= does more than setting headers; the headers that it sets are kept.')
  }
  const [only, ...more] = headers.entries.values()
  const [name, text] = only ? [plainName(only[0]), fieldText(only[1])] : [null, null]
  if (more.length > 0 || name === null || text === null) return { ...NO_CREDENTIALS, headers: headerRows(headers, writer) }
  return { ...NO_CREDENTIALS, auth: basicAuthOf(name, text, writer) ?? headerAuth(value, name, text, writer) }
}

function headersSetBy(value: Value, writer: FormWriter): { readonly headers: DictValue; readonly isOdd: boolean } {
  const headers = dict([], true)
  const asked: RequestValue = { kind: 'request', attributes: new Map([['headers', headers]]), session: null, isPrepared: true }
  const isOdd = isPuzzling(writer, () => writer.machine.call(value, argsFrom(asked), writer.at, newScope()))
  return { headers, isOdd: isOdd || asked.attributes.size > 1 }
}

/** One header: a prefix that is the class's own, and the value that the class is given. */
function headerAuth(value: InstanceValue | FunctionValue, name: string, text: Text, writer: FormWriter): Auth {
  const own = value.kind === 'instance' ? parted(value, writer) : null
  const [first = ''] = text
  const word = typeof first === 'string' ? (/^[A-Za-z][\w-]* +/.exec(first)?.[0] ?? '') : ''
  const prefix = own?.prefix ?? word
  const rest = own?.rest ?? (typeof first === 'string' ? (concat([[first.slice(word.length)], text.slice(1)]) ?? text) : text)
  if (name === 'Authorization' && prefix === 'Bearer ') return { kind: 'bearer', token: writer.text(rest) }
  const isKey = value.kind === 'instance' && prefix === '' && /^ApiKey/.test(value.type.name)
  if (isKey) return { kind: 'apikey', key: name, value: writer.text(rest), placement: 'header' }
  return { kind: 'header', name, prefix, value: writer.text(rest) }
}

/** Which stretch of the header is the class's own: it is asked once more, with holes for the texts that it was given. */
function parted(value: InstanceValue, writer: FormWriter): { readonly prefix: string; readonly rest: Text } | null {
  const marked = new Map<string, Value>()
  for (const [key, one] of value.attributes) marked.set(key, one.kind === 'str' ? str(hole(MARK + key)) : one)
  const { headers } = headersSetBy({ ...value, attributes: marked }, writer)
  const [only] = headers.entries.values()
  const text = only ? (fieldText(only[1]) ?? []) : []
  const [first, last] = [text.length === 2 ? text[0] : '', text.at(-1)]
  if (text.length > 2 || typeof first !== 'string' || typeof last !== 'object' || last.kind !== 'variable' || !last.name.startsWith(MARK))
    return null
  const given = value.attributes.get(last.name.slice(MARK.length))
  return given?.kind === 'str' ? { prefix: first, rest: given.text } : null
}

const MARK = '\0'

/** Whether something is not understood in what is followed. Its lines are kept with the request that is being made. */
function isPuzzling({ machine }: FormWriter, follow: () => void): boolean {
  const { puzzles } = machine
  const known = new Set(machine.leftovers.keys())
  follow()
  for (const [at, leftover] of machine.leftovers) {
    if (!known.has(at)) machine.leftovers.set(at, { ...leftover, after: machine.requests.length })
  }
  return machine.puzzles > puzzles
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
