/** An option and its value in a line, for where it is only told of. */
import type { Options } from '#contract/model/request.ts'

const LABELS: Readonly<Record<keyof Options, string>> = {
  timeout: 'Timeouts',
  followRedirects: 'Follow redirects',
  maxRedirects: 'Most redirects',
  verify: 'Verify TLS certificates',
  omitHeaders: 'Headers left out',
  behaviour: 'Behave like',
  stepRedirects: 'Stop at each redirect',
  cert: 'Client certificate',
  tls: 'TLS versions',
  http2: 'HTTP/2',
  proxies: 'Proxies',
  noProxy: 'No proxy for',
  trustEnv: 'Use the environment',
  unixSocket: 'Unix socket',
  resolve: 'Resolve',
  lenient: 'Lenient',
  retry: 'Retries',
  encoding: 'Response encoding',
  chunkedUpload: 'Send in parts',
  session: 'Session',
  omitParams: 'Params left out',
  omitCookies: 'Cookies left out',
  omitAuth: 'Credentials left out',
}
/** What must not be read over a shoulder. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'passphrase'])

/** @param value as the preview has it: of the option's own type */
export function optionWords(key: keyof Options, value: unknown): { readonly label: string; readonly text: string } {
  return { label: LABELS[key], text: key === 'tls' ? versionWords(value) : words(value, key === 'timeout' ? ' s' : '') }
}

/** Of the lowest and highest version of TLS. */
function versionWords(value: unknown): string {
  // It is the value of the option of that name.
  const { minVersion, maxVersion } = value as NonNullable<Options['tls']>
  const said = [minVersion && `from ${minVersion}`, maxVersion && `up to ${maxVersion}`].filter((text) => text !== undefined)
  return said.join(', ').replaceAll('TLSv', 'TLS ')
}

/** @param unit what stands behind a number */
function words(value: unknown, unit = ''): string {
  if (value === true) return 'on'
  if (value === false) return 'off'
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.map((one) => words(one, unit)).join(', ')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${SECRET_KEYS.has(name) ? '••••' : withoutPassword(words(inner, unit))}`)
      .join(', ')
  }
  if (typeof value === 'number') return `${value}${unit}`
  return typeof value === 'string' ? withoutPassword(value) : ''
}

/** A proxy's URL may hold a password. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@:\s]*):[^/@\s]*@/g, '$1:••••@')
}
