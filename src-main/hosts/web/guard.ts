/**
 * Keeps other sites out. A page elsewhere can make a browser connect to 127.0.0.1, also under a name of its own (DNS
 * rebinding); what it cannot do is choose the `Host` and `Origin` that the browser sends along.
 */
import type { IncomingMessage } from 'node:http'

/** Whether the request was meant for this host by one of its two names. */
export function isOwnHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Whether the page that makes the request was served by this host, under the name that the request uses. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined && request.headers.origin === `http://${request.headers.host}`
}

/** The id that a page gave itself, from `/ws?client=…`; null where it is none. */
export function clientIdOf(url: URL): string | null {
  const id = url.searchParams.get('client')
  return id !== null && /^[A-Za-z0-9_-]{6,64}$/.test(id) ? id : null
}
