/** How a call is sent: `timeout=`, `allow_redirects=`, `proxies=`, `verify=`, `cert=`; and what requests has nothing for. */
import { defaultsOf } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import type { CodeSource } from '../code-source.ts'
import { argument, dict, tuple, type Item, type Python } from './python-layout.ts'
import type { Script } from './script.ts'

/** The functions of requests that are named after a method. */
const NAMED: ReadonlySet<string> = new Set(['GET', 'OPTIONS', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** `get` of GET; null where only `request` will do. */
export function functionOf(method: string): string | null {
  return NAMED.has(method) ? method.toLowerCase() : null
}

/** The arguments of a call that are about how it is sent. */
export function optionItems(source: CodeSource, script: Script): Item[] {
  const { form, request } = source
  const { options } = form
  saysWhatIsLost(source, script)
  const follows = request.method !== 'HEAD'
  const items: [string, Python | null][] = [
    ['timeout', timeoutOf(options, script)],
    ['allow_redirects', request.policy.followRedirects === follows ? null : request.policy.followRedirects ? 'True' : 'False'],
    ['proxies', proxiesOf(options, script)],
    ['verify', verifyOf(options, script)],
    ['cert', certOf(options, script)],
    ['stream', source.saveTo === null ? null : 'True'],
  ]
  return items.flatMap(([name, value]) => (value === null ? [] : [argument(name, value)]))
}

function timeoutOf(options: Options, script: Script): Python | null {
  const defaults = defaultsOf(options).timeout
  const limit = (field: 'connect' | 'read' | 'total'): number | null => {
    const own = options.timeout?.[field]
    return own === undefined ? defaults[field] : own
  }
  const [connect, read, total] = [limit('connect'), limit('read'), limit('total')]
  if (total !== null) {
    script.lose(`requests has no limit for a whole exchange (here ${total} s): its timeouts are for connecting and for each silence.`)
  }
  if (connect === null && read === null) return null
  const code = (seconds: number | null): string => (seconds === null ? 'None' : String(seconds))
  return connect === read ? code(connect) : tuple([code(connect), code(read)])
}

function proxiesOf({ proxies = {}, noProxy }: Options, script: Script): Python | null {
  const rules = Object.entries(proxies).map(([name, url]): readonly [string, string | null] => [name.trim().toLowerCase(), url])
  if (rules.some(([, url]) => /^\s*socks/i.test(url ?? ''))) script.comment('A SOCKS proxy needs: pip install "requests[socks]"')
  const rows = [...rules, ...(noProxy === undefined || noProxy === '' ? [] : [['no_proxy', noProxy] as const])]
  if (rows.length === 0) return null
  return dict(rows.map(([name, value]) => [script.text(name), value === null ? 'None' : script.text(value)]))
}

function verifyOf({ verify }: Options, script: Script): Python | null {
  if (verify === undefined || verify === true || verify === '') return null
  return verify === false ? 'False' : script.path(verify)
}

function certOf({ cert }: Options, script: Script): Python | null {
  if (!cert) return null
  if (cert.pfx) script.lose('requests takes client certificates as PEM files only: convert the PFX file, and give cert=(…, …).')
  else if (cert.passphrase) script.lose('requests cannot open a key that is encrypted: decrypt the client certificate’s key first.')
  if (!cert.cert) return null
  return cert.key ? tuple([script.path(cert.cert), script.path(cert.key)]) : script.path(cert.cert)
}

/** Options that requests has nothing for. */
function saysWhatIsLost({ form: { options }, request }: CodeSource, script: Script): void {
  const { tls } = options
  if (options.http2 === true) script.lose('requests speaks HTTP/1.1 only, not HTTP/2.')
  if (options.unixSocket)
    script.lose(`requests does not connect to a Unix socket (${options.unixSocket}) by itself; requests-unixsocket does.`)
  if (Object.keys(options.resolve ?? {}).length > 0)
    script.lose('requests looks every host up: the addresses given for hosts are not used.')
  if (options.lenient === true) script.lose('requests has no lenient parser for replies that break the rules.')
  if (options.stepRedirects === true) script.lose('The code does not stop at each redirect.')
  if (tls?.minVersion ?? tls?.maxVersion) script.lose('The TLS versions are those of Python; requests has no option for them.')
  const isTunnelled = request.url.scheme === 'https' && Object.values(options.proxies ?? {}).some((url) => url !== null)
  if (isTunnelled && request.proxyAuthorization !== null) {
    script.lose('requests sends Proxy-Authorization to the server, not to the proxy: put user:password@ into the proxy’s URL.')
  }
}
