/** An option and its value in a line, for where it is only told of. */
import type { Options } from '#contract/model/request.ts'
import { listed } from '../../lib/listed.ts'
import { timeoutWords } from '../../lib/timeout-words.ts'
import { t } from '../../lib/t.ts'

const LABELS: Readonly<Record<keyof Options, string>> = {
  timeout: t`Timeouts`,
  followRedirects: t`Follow redirects`,
  maxRedirects: t`Most redirects`,
  verify: t`Verify TLS certificates`,
  omitHeaders: t`Headers left out`,
  behaviour: t`Behave like`,
  stepRedirects: t`Stop at each redirect`,
  cert: t`Client certificate`,
  tls: t`TLS versions`,
  http2: 'HTTP/2',
  proxies: t`Proxies`,
  noProxy: t`No proxy for`,
  trustEnv: t`Use the environment`,
  unixSocket: t`Unix socket`,
  resolve: t`Resolve`,
  lenient: t`Lenient`,
  retry: t`Retries`,
  encoding: t`Response encoding`,
  chunkedUpload: t`Send in parts`,
  session: t`Session`,
  omitParams: t`Params left out`,
  omitCookies: t`Cookies left out`,
  omitAuth: t`Credentials left out`,
}
/** What must not be read over a shoulder. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'passphrase'])

/** @param value as the preview has it: of the option's own type */
export function optionWords(key: keyof Options, value: unknown): { readonly label: string; readonly text: string } {
  return { label: LABELS[key], text: textOf(key, value) }
}

function textOf(key: keyof Options, value: unknown): string {
  if (key === 'tls') return versionWords(value)
  // It is the value of the option of that name.
  return key === 'timeout' ? timeoutWords(value as NonNullable<Options['timeout']>) : words(value)
}

/** Of the lowest and highest version of TLS. */
function versionWords(value: unknown): string {
  // It is the value of the option of that name.
  const { minVersion, maxVersion } = value as NonNullable<Options['tls']>
  const said = [minVersion && t`from ${minVersion}`, maxVersion && t`up to ${maxVersion}`].filter((text) => text !== undefined)
  return listed(said).replaceAll('TLSv', 'TLS ')
}

function words(value: unknown): string {
  if (value === true) return t`on`
  if (value === false) return t`off`
  if (value === null) return t`none`
  if (Array.isArray(value)) return listed(value.map((one) => words(one)))
  if (typeof value === 'object') {
    return listed(Object.entries(value).map(([name, inner]) => `${name} ${SECRET_KEYS.has(name) ? '••••' : withoutPassword(words(inner))}`))
  }
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? withoutPassword(value) : ''
}

/** A proxy's URL may hold a password. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@:\s]*):[^/@\s]*@/g, '$1:••••@')
}
