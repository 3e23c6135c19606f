/**
 * Keeps other sites out. A page elsewhere can make a browser connect to 127.0.0.1, also under a name of its own (DNS
 * rebinding); what it cannot do is choose the `Host` and `Origin` that the browser sends along.
 */
import type { IncomingMessage } from 'node:http'

/** Whether the request was meant for this host by one of its two names. */
export function isOwnHost({ headers: { host } }: Pick<IncomingMessage, 'headers'>, port: number): boolean {
  // Of the port that http has anyway a browser does not speak.
  return ['127.0.0.1', 'localhost'].some((name) => host === `${name}:${port}` || (port === 80 && host === name))
}

/** Whether the page that makes the request was served by this host, under the name that the request uses. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined && request.headers.origin === `http://${request.headers.host}`
}

/**
 * Whether a page of another origin has the browser fetch something into itself: a frame, a picture, a script. A link that
 * a person follows is none. The cookie does not see to this: to `SameSite`, all ports of this machine are one site.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isForeignUse({ method, headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return false
  return method !== 'GET' || headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document'
}

/** What a request asks for. Null where it names a host beside that in `Host`, as one to a proxy does, or has no path. */
export function ownUrl({ url = '', headers }: IncomingMessage): URL | null {
  return url.startsWith('/') ? URL.parse(`http://${headers.host}${url}`) : null
}

/** The id that a page gave itself, from `/ws?client=…`; null where it is none. */
export function clientIdOf(url: URL): string | null {
  const id = url.searchParams.get('client')
  return id !== null && /^[A-Za-z0-9_-]{6,64}$/.test(id) ? id : null
}
