/**
 * Where a browser comes back to after signing in: a server on this machine, open for one answer only.
 *
 * @see RFC 8252 §7.3 (loopback redirects) and §8.3
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

const PATH = '/callback'
const LOOPBACK = new Map([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['[::1]', '::1'],
])

export interface LoopbackRedirect {
  /** To be told to the authorization server. */
  readonly redirectUri: string
  /**
   * The address the browser came with, once it has the state that was given out; others are turned away.
   *
   * @param signal aborted to give up: rejects with its reason
   */
  readonly receive: (state: string, signal: AbortSignal) => Promise<URL>
  readonly close: () => void
}

/**
 * Start to listen.
 *
 * @param callbackUrl as registered with the server: `http://127.0.0.1:8080/callback`, say; empty: a free port
 * @throws {CoreError} `TokenError` where the address is not of this machine, or its port is taken
 */
export async function listenForRedirect(callbackUrl: string): Promise<LoopbackRedirect> {
  const wanted = callbackUrl.trim() === '' ? null : checkedCallback(callbackUrl.trim())
  const path = wanted?.pathname ?? PATH
  let accept: (url: URL) => boolean = () => false
  const server = createServer((request, response) => answer(request, response, path, (url) => accept(url)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, wanted)))
    server.listen(wanted === null ? 0 : Number(wanted.port || 80), LOOPBACK.get(wanted?.hostname ?? '') ?? '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    redirectUri: wanted === null ? `http://127.0.0.1:${port}${PATH}` : callbackUrl.trim(),
    receive: (state, signal) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(signal.reason as Error) // callers abort with an error
        if (signal.aborted) return giveUp()
        signal.addEventListener('abort', giveUp, { once: true })
        accept = (url) => {
          if (url.searchParams.get('state') !== state) return false
          signal.removeEventListener('abort', giveUp)
          resolve(url)
          return true
        }
      }),
    close: () => {
      server.close()
      server.closeIdleConnections()
    },
  }
}

function checkedCallback(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'http:' && LOOPBACK.has(url.hostname)) return url
  throw new CoreError('TokenError', 'prepare', `The callback URL "${text.slice(0, 100)}" is not one of this machine.`, {
    hint: 'Register http://127.0.0.1 with the server, with a port of your choice, or leave it empty.',
    where: { section: 'auth', field: 'callbackUrl' },
  })
}

function portError(error: Error, wanted: URL | null): CoreError {
  const why = systemCode(error) === 'EADDRINUSE' ? 'another program uses its port' : messageOf(error)
  return new CoreError('TokenError', 'prepare', `Nothing can listen at ${wanted?.href ?? '127.0.0.1'}: ${why}.`, {
    where: { section: 'auth', field: 'callbackUrl' },
    cause: error,
  })
}

function answer(request: IncomingMessage, response: ServerResponse, path: string, accept: (url: URL) => boolean): void {
  const url = URL.parse(request.url ?? '', `http://${request.headers.host ?? '127.0.0.1'}`)
  const isCallback = request.method === 'GET' && url?.pathname === path
  const isTaken = isCallback && accept(url)
  const isRefusal = url?.searchParams.has('error') === true
  const [status, title, text] = !isCallback
    ? [404, 'Nothing here', 'Posthaste waits for a sign-in at another path.']
    : !isTaken
      ? [400, 'Not this sign-in', 'This answer does not belong to the sign-in that Posthaste waits for.']
      : isRefusal
        ? [200, 'Not signed in', 'The server refused. You can close this tab; Posthaste shows why.']
        : [200, 'Signed in', 'You can close this tab and go back to Posthaste.']
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(
    `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>${title} · Posthaste</title>` +
      `<body style="font: 16px/1.5 system-ui; margin: 20vh auto; max-width: 26rem; padding: 0 1rem"><h1 style="font-size: 1.25rem">${title}</h1><p>${text}</p></body></html>`,
  )
}
