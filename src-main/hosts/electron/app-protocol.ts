/**
 * Serves the built page and the bodies of responses under `app://posthaste/`, with the same headers and the same
 * walls as the web host. Nothing else on disk can be reached through it.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import type { Core } from '#core/create-core.ts'
import { assetOf } from '../shell/asset-path.ts'
import { answerBody, bodyRequestOf } from '../shell/body-answer.ts'
import { COMMON_HEADERS } from '../shell/content-security-policy.ts'
import { APP_SCHEME, isAppAddress } from './app-address.ts'

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

export interface AppProtocolOptions {
  /** Folder of the built page. */
  readonly rendererDir: string
  readonly core: Promise<Core>
}

/** Answers `app:` from now on. */
export function serveAppProtocol(options: AppProtocolOptions): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, options))
}

async function answer(request: Request, options: AppProtocolOptions): Promise<Response> {
  const url = URL.parse(request.url)
  if (!url || !isAppAddress(request.url) || request.method !== 'GET') return nothing()
  return url.pathname.startsWith('/body/') ? bodyResponse(request, url, await options.core) : assetResponse(url, options.rendererDir)
}

async function assetResponse(url: URL, root: string): Promise<Response> {
  const asset = assetOf(root, url.pathname)
  const found = asset && (await stat(asset.path).catch(() => null))
  if (!asset || !found?.isFile()) return nothing()
  return new Response(webStream(createReadStream(asset.path)), { headers: { ...asset.headers, 'content-length': String(found.size) } })
}

async function bodyResponse(request: Request, url: URL, core: Core): Promise<Response> {
  const asked = bodyRequestOf(url)
  const body = asked && (await core.openBody(asked.id))
  if (!body) return nothing()
  const { status, headers, range } = answerBody(asked, body.bytes, request.headers.get('range'))
  return new Response(range === null ? null : webStream(body.stream(range)), { status, headers })
}

function nothing(): Response {
  return new Response('Posthaste has no such page.', {
    status: 404,
    headers: { ...COMMON_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  })
}

/** Node and the DOM each declare the same web stream; only their names differ. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>
}
