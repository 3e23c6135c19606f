/** What travels beside the calls, since a body never crosses one whole: uploads and bodies. Loaded with the core. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Core } from '#core/create-core.ts'
import { answerBody, bodyRequestOf } from '../shell/body-answer.ts'
import { COMMON_HEADERS } from '../shell/content-security-policy.ts'
import { isOwnOrigin } from './guard.ts'
import { answerPage } from './pages.ts'

/** Sends a body by its id, whole or a range of it. */
export async function sendBody(request: IncomingMessage, response: ServerResponse, core: Core, url: URL): Promise<void> {
  const asked = bodyRequestOf(url)
  const body = asked && (await core.openBody(asked.id))
  if (!body) return answerPage(request, response, 'noBody')
  const answer = answerBody(asked, body.bytes, request.headers.range ?? null)
  response.writeHead(answer.status, answer.headers)
  if (answer.range === null || request.method === 'HEAD') return void response.end()
  await pipeline(body.stream(answer.range), response)
}

/**
 * Takes in a file that was dropped on the page, and answers `{ path, bytes }` or, with status 422, `{ error }`; under
 * which name it lies on disk is core's to say. The header that only our own script sets is a second lock beside the
 * Origin: setting it makes a foreign page ask first, and it is always refused.
 */
export async function receiveFile(request: IncomingMessage, response: ServerResponse, core: Core, url: URL): Promise<void> {
  if (!isOwnOrigin(request) || request.headers['x-posthaste'] !== '1') {
    return answerPage(request, response, 'foreignUpload')
  }
  const result = await core.receiveUpload(url.searchParams.get('name') ?? '', request)
  // A window that went away while uploading hears nothing more.
  if (response.destroyed) return
  const text = JSON.stringify(result.ok ? result.value : { error: result.error })
  response
    .writeHead(result.ok ? 200 : 422, {
      ...COMMON_HEADERS,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
      // What was left unread of a refused upload must not be taken for the next request.
      ...(request.complete ? {} : { connection: 'close' }),
    })
    .end(text)
}
