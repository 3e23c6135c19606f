/**
 * Where a browser comes back to after signing in: a server on this machine, open for one answer only.
 *
 * @see RFC 8252 §7.3 (loopback redirects) and §8.3
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Language } from '#contract/model/language.ts'
import { acceptedLanguage } from '#contract/model/preferred-language.ts'
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

interface Landing {
  readonly status: number
  /** Title and text, for whoever sits before the browser. */
  readonly words: Readonly<Record<Language, readonly [string, string]>>
}

const NOTHING_HERE: Landing = {
  status: 404,
  words: {
    en: ['Nothing here', 'Posthaste waits for a sign-in at another path.'],
    'zh-CN': ['这里没有内容', 'Posthaste 正在另一路径上等待登录。'],
  },
}
const NOT_THIS: Landing = {
  status: 400,
  words: {
    en: ['Not this sign-in', 'This answer does not belong to the sign-in that Posthaste waits for.'],
    'zh-CN': ['不是此次登录', '此响应不属于 Posthaste 正在等待的登录。'],
  },
}
const REFUSED: Landing = {
  status: 200,
  words: {
    en: ['Not signed in', 'The server refused. You can close this tab; Posthaste shows why.'],
    'zh-CN': ['未登录', '服务器拒绝了登录。可以关闭此标签页；Posthaste 会显示原因。'],
  },
}
const SIGNED_IN: Landing = {
  status: 200,
  words: {
    en: ['Signed in', 'You can close this tab and go back to Posthaste.'],
    'zh-CN': ['已登录', '可以关闭此标签页，返回 Posthaste。'],
  },
}

function answer(request: IncomingMessage, response: ServerResponse, path: string, accept: (url: URL) => boolean): void {
  const url = URL.parse(request.url ?? '', `http://${request.headers.host ?? '127.0.0.1'}`)
  const isCallback = request.method === 'GET' && url?.pathname === path
  const isTaken = isCallback && accept(url)
  const isRefusal = url?.searchParams.has('error') === true
  const language = acceptedLanguage(request.headers['accept-language'])
  const { status, words } = !isCallback ? NOTHING_HERE : !isTaken ? NOT_THIS : isRefusal ? REFUSED : SIGNED_IN
  const [title, text] = words[language]
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(
    `<!doctype html><html lang="${language}"><meta name="color-scheme" content="light dark"><title>${title} · Posthaste</title>` +
      `<body style="font: 16px/1.5 system-ui; margin: 20vh auto; max-width: 26rem; padding: 0 1rem"><h1 style="font-size: 1.25rem">${title}</h1><p>${text}</p></body></html>`,
  )
}
