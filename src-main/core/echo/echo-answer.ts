/** Answers one request to the echo server: finds its route and lets it answer; says what is wrong where there is none. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { messageOf } from '../lib/core-error.ts'
import { headerOf, sendJson, type EchoCall } from './echo-call.ts'
import { MultipartError } from './multipart-reader.ts'
import { findRoute } from './routes.ts'

/** Never rejects: what goes wrong is answered, or the connection ended. */
export async function answerEcho(request: IncomingMessage, response: ServerResponse, version: string): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const { path, search, url } = addressOf(request)
  const method = request.method ?? 'GET'
  const found = findRoute(method, path)
  const params = found.kind === 'route' ? found.params : {}
  const call: EchoCall = { request, response, method, path, query: new URLSearchParams(search), params, url, version, gone: gone.signal }
  try {
    if (found.kind === 'route') await found.route.answer(call)
    else if (method === 'OPTIONS') sendAllowed(call, 200, found.kind === 'none' ? [] : found.methods)
    else if (found.kind === 'otherMethods') sendAllowed(call, 405, found.methods)
    else sendJson(call, { error: `There is nothing at ${path}. / lists what there is.` }, 404)
  } catch (error) {
    fail(call, error)
  }
}

/** The request-target may be a path or, as sent to a proxy, a whole address. */
function addressOf(request: IncomingMessage): { readonly path: string; readonly search: string; readonly url: string } {
  const target = request.url ?? '/'
  const whole = /^https?:\/\/[^/?#]*/i.exec(target)?.[0]
  const rest = whole === undefined ? target : target.slice(whole.length) || '/'
  const question = rest.indexOf('?')
  const path = question < 0 ? rest : rest.slice(0, question)
  const base = whole ?? `http://${headerOf(request, 'host') || '127.0.0.1'}`
  return { path: path === '' ? '/' : path, search: question < 0 ? '' : rest.slice(question + 1), url: `${base}${rest}` }
}

function sendAllowed(call: EchoCall, status: number, methods: readonly string[]): void {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  if (status === 405) sendJson(call, { error: `${call.method} is not for ${call.path}; it takes ${allowed}.` }, 405, { Allow: allowed })
  else {
    call.response.writeHead(status, { Allow: allowed, 'Content-Length': 0 })
    call.response.end()
  }
}

function fail(call: EchoCall, error: unknown): void {
  const { response } = call
  if (call.gone.aborted || response.headersSent)
    response.destroy() // the client went away, or is halfway through an answer
  else if (error instanceof MultipartError) sendJson(call, { error: error.message }, 400)
  else sendJson(call, { error: messageOf(error) }, 500)
}
