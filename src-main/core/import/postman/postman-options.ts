/** What a Postman request says of the way it is sent: `protocolProfileBehavior`, `proxy` and `certificate`. */
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { at, flagOf, isRecord, listOf, numberOf, textOf, type Loose } from '../collection-parts/loose.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** Methods whose body Postman leaves out unless it is told not to. */
const PRUNED = new Set(['GET', 'COPY', 'HEAD', 'PURGE', 'UNLOCK'])

/** Keys that have no counterpart, with what they ask for. */
const UNKNOWN: Readonly<Record<string, string>> = {
  followOriginalHttpMethod: 'Redirects with the method that was asked for are not made here: a 301 or 302 after a POST is a GET.',
  followAuthorizationHeader: 'Credentials are not sent to another host after a redirect here.',
  removeRefererHeaderOnRedirect: 'The Referer of redirects is not changed here.',
  disableUrlEncoding: 'The URL is encoded where it has to be; there is no switch for that here.',
  disableCookies: 'There is no switch here for cookies of the jar: send it with a session that has none.',
  tlsPreferServerCiphers: 'The order of TLS ciphers cannot be chosen here.',
  tlsCipherSelection: 'TLS ciphers cannot be chosen here.',
}

/** Options of a `protocolProfileBehavior`. */
export function readBehaviour(value: unknown, notes: NotesHere): Options {
  if (!isRecord(value)) return {}
  const flag = (key: string): boolean | undefined => flagOf(at(value, key))
  const [followRedirects, verify] = [flag('followRedirects'), flag('strictSSL')]
  const maxRedirects = numberOf(at(value, 'maxRedirects'))
  const omitted = Object.entries(isRecord(at(value, 'disabledSystemHeaders')) ? (at(value, 'disabledSystemHeaders') as Loose) : {})
  const omitHeaders = omitted.filter(([, isOff]) => isOff === true).map(([name]) => name)
  for (const [key, message] of Object.entries(UNKNOWN)) {
    const asked = at(value, key)
    if (asked === true || (Array.isArray(asked) && asked.length > 0)) notes.lost(message)
  }
  noteTlsVersions(at(value, 'tlsDisabledProtocols'), notes)
  return {
    ...(followRedirects !== undefined && { followRedirects }),
    ...(maxRedirects !== undefined && { maxRedirects: Math.max(0, Math.trunc(maxRedirects)) }),
    ...(verify !== undefined && { verify }),
    ...(omitHeaders.length > 0 && { omitHeaders }),
    ...(flag('insecureHTTPParser') === true && { lenient: true }),
    ...(textOf(at(value, 'protocolVersion')) === 'http2' && { http2: true }),
  }
}

function noteTlsVersions(value: unknown, notes: NotesHere): void {
  const names = listOf(value).map(textOf)
  if (names.length > 0) notes.lost(`TLS versions were switched off (${names.join(', ')}): choose the lowest and highest under Options.`)
}

/** The proxy of a request, as the proxy of all its URLs. */
export function readProxy(value: unknown, notes: NotesHere): Options {
  if (!isRecord(value)) return {}
  const host = textOf(at(value, 'host'))
  if (host === '') return {}
  if (flagOf(at(value, 'disabled')) === true) {
    notes.lost('Its proxy was switched off, and was left out.')
    return {}
  }
  const match = textOf(at(value, 'match'))
  if (match !== '' && !/^https?(\+https?)?:\/\/\*\/\*$/.test(match))
    notes.changed(`Its proxy was for URLs that match ${match}: it is for all here.`)
  const user = textOf(at(value, 'username'))
  const login = user === '' ? '' : `${encoded(user)}:${encoded(textOf(at(value, 'password')))}@`
  const port = textOf(at(value, 'port'))
  return { proxies: { all: `http://${login}${host}${port === '' ? '' : `:${port}`}` } }
}

/** References stay legible. */
function encoded(text: string): string {
  return text.includes('{{') ? text : encodeURIComponent(text.toWellFormed())
}

/** The client certificate of a request. */
export function readCertificate(value: unknown, notes: NotesHere): Options {
  if (!isRecord(value)) return {}
  const path = (key: string): string => {
    const file = at(value, key)
    return textOf(isRecord(file) ? at(file, 'src') : file)
  }
  const fields = { cert: path('cert'), key: path('key'), pfx: path('pfx'), passphrase: textOf(at(value, 'passphrase')) }
  const cert = Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))
  if (Object.keys(cert).length === 0) return {}
  const matches = listOf(at(value, 'matches')).map(textOf)
  if (matches.length > 0) notes.changed(`Its certificate was for ${matches.join(', ')}: it is for every host of this request here.`)
  return { cert }
}

/** The body that goes over the wire: Postman leaves that of a GET out, unless it is told not to. */
export function sentBody(method: string, body: RequestDocument['body'], behaviour: unknown, notes: NotesHere): RequestDocument['body'] {
  if (body.kind === 'none' || !PRUNED.has(method.toUpperCase())) return body
  if (flagOf(at(behaviour, 'disableBodyPruning')) === true) return body
  notes.lost(`Postman does not send the body of a ${method.toUpperCase()}, so it was left out.`)
  return { kind: 'none' }
}
