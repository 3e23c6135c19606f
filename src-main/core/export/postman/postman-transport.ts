/**
 * The proxy and the client certificate of a request, as the schema of Postman collections has them beside it. What Postman
 * keeps in its own settings, and what it has nothing for, is told of.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html (proxy-config, certificate)
 */
import type { Options } from '#contract/model/request.ts'

export interface TransportNotes {
  readonly lost: (message: string) => void
  readonly changed: (message: string) => void
}

const ITS_SETTINGS = 'The Postman app itself takes it from its settings.'

/** @param options its own over those of the places around it: Postman has these of requests only */
export function postmanTransport(options: Options, notes: TransportNotes): object {
  const [proxy, certificate] = [proxyOf(options, notes), certificateOf(options, notes)]
  if (typeof options.verify === 'string') {
    notes.lost(`Certificates of the authority in ${options.verify} are to be trusted: add that file in Postman’s settings.`)
  }
  return { ...(proxy && { proxy }), ...(certificate && { certificate }) }
}

/** Which URLs a rule of ours is for, as Postman's patterns have them. */
const MATCHES: Readonly<Record<string, string>> = { all: 'http+https://*/*', http: 'http://*/*', https: 'https://*/*' }

function proxyOf({ proxies = {} }: Options, { lost, changed }: TransportNotes): object | null {
  const rules = Object.entries(proxies).flatMap(([name, url]) => {
    const rule = { name: name.trim().toLowerCase(), url }
    const read = url === null || !Object.hasOwn(MATCHES, rule.name) ? null : partsOf(url)
    return [{ ...rule, read }]
  })
  // It has one: what is for all URLs before what is for some.
  const found = ['all', 'https', 'http'].map((name) => rules.find((rule) => rule.name === name && rule.read !== null)).find(Boolean)
  for (const rule of rules) if (rule !== found) lost(wordsOf(rule))
  if (!found?.read) return null
  changed(`Its proxy is written beside it. ${ITS_SETTINGS}`)
  const { host, port, username, password } = found.read
  return {
    match: MATCHES[found.name],
    host,
    ...(port !== '' && { port: /^\d+$/.test(port) ? Number(port) : port }),
    tunnel: false,
    disabled: false,
    ...(username !== '' && { authenticate: true, username, password }),
  }
}

function wordsOf({ name, url }: { readonly name: string; readonly url: string | null }): string {
  if (url === null) return `That there is no proxy for ${name} is not exported.`
  const scheme = /^\s*([a-z][a-z\d+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase() ?? 'http'
  const which = scheme.startsWith('socks') ? `a ${scheme.toUpperCase()} proxy, which Postman does not have` : 'Postman has one of a request'
  return `Its proxy for ${name} is not exported: ${scheme.startsWith('socks') ? `it is ${which}` : which}.`
}

/** Null where it is none that Postman speaks to. References stay as they are. */
function partsOf(
  url: string,
): { readonly host: string; readonly port: string; readonly username: string; readonly password: string } | null {
  const read = /^\s*(?:https?:\/\/)?(?:([^@/]*)@)?(\[[^\]]*\]|\{\{[^{}]*\}\}|[^:/@]+)(?::(\d+|\{\{[^{}]*\}\}))?\/*\s*$/i.exec(url)
  if (!read) return null
  const [, login = '', host = '', port = ''] = read
  const colon = login.indexOf(':')
  const [username, password] = colon < 0 ? [login, ''] : [login.slice(0, colon), login.slice(colon + 1)]
  return { host, port, username: decoded(username), password: decoded(password) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function certificateOf({ cert = {} }: Options, { changed }: TransportNotes): object | null {
  const { cert: file = '', key = '', pfx = '', passphrase = '' } = cert
  const files = Object.entries({ cert: file, key, pfx }).filter(([, src]) => src !== '')
  if (files.length === 0) return null
  changed(`Its client certificate is written beside it. ${ITS_SETTINGS}`)
  return { ...Object.fromEntries(files.map(([name, src]) => [name, { src }])), ...(passphrase !== '' && { passphrase }) }
}
