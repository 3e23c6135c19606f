/**
 * What is hidden of an exchange before it is handed on in a file: values of secret variables wherever they stand, headers
 * and parameters whose name tells of a secret, and cookies, which sign in whoever has them.
 */
import type { HeaderList } from '#contract/model/exchange.ts'
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import { withMaskedParams } from '#contract/model/secret-params.ts'
import { parseQuery, splitUrl, joinUrl } from '#contract/model/url-query.ts'
import { MASK, maskFor } from './mask.ts'

export interface HarMask {
  readonly text: (text: string) => string
  /** @param secretParams names of its params that are known to hold credentials, whatever they are called */
  readonly url: (url: string, secretParams?: readonly string[]) => string
  readonly headers: (headers: HeaderList) => HeaderList
  /** The value of a cookie. */
  readonly cookie: (value: string) => string
}

/** Headers that a secret's word stands in, and no secret: what a server offers, and what it counts. */
const NO_SECRET = /^(?:www-authenticate|proxy-authenticate|.*rate-?limit.*|sec-.*|access-control-.*)$/i
const COOKIES = /^(?:set-)?cookie2?$/i

/** Hides nothing. */
export const NOTHING_HIDDEN: HarMask = {
  text: (text) => text,
  url: (url) => url,
  headers: (headers) => headers,
  cookie: (value) => value,
}

/** @param secrets values of secret variables */
export function harMask(secrets: readonly string[]): HarMask {
  const text = maskFor(secrets) ?? NOTHING_HIDDEN.text
  return {
    text,
    url: (url, secretParams = []) => text(withoutSecretParams(withMaskedParams(url, secretParams, MASK))),
    headers: (headers) => headers.map(([name, value]) => [name, headerValue(name, text(value))]),
    cookie: () => MASK,
  }
}

function headerValue(name: string, value: string): string {
  if (/^set-cookie$/i.test(name)) return value.replace(/^([^=;]*=?)[^;]*/, `$1${MASK}`)
  if (/^cookie$/i.test(name)) return value.replace(/=[^;]*/g, `=${MASK}`)
  if (NO_SECRET.test(name) || !(isSecretHeaderName(name) || COOKIES.test(name))) return value
  const scheme = /^(?:proxy-)?authorization$/i.test(name) ? /^[A-Za-z][\w-]*(?= +\S)/.exec(value)?.[0] : undefined
  return scheme === undefined ? MASK : `${scheme} ${MASK}`
}

function withoutSecretParams(url: string): string {
  const parts = splitUrl(url)
  if (parts.query === null) return url
  let { query } = parts
  for (const { raw, name } of parseQuery(query)) {
    const equals = raw.indexOf('=')
    if (equals >= 0 && isSecretHeaderName(name)) query = query.replace(raw, `${raw.slice(0, equals)}=${MASK}`)
  }
  return joinUrl({ ...parts, query })
}
