/** The files of the built page. They are served while the core is not there yet, so nothing here loads more than it must. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { assetOf } from '../shell/asset-path.ts'
import { answerPage } from './pages.ts'

/** Sends a file of the built page; 404 where there is none. */
export async function sendAsset(request: IncomingMessage, response: ServerResponse, root: string, pathname: string): Promise<void> {
  const asset = assetOf(root, pathname)
  const found = asset && (await stat(asset.path).catch(() => null))
  if (!asset || !found?.isFile()) {
    return answerPage(request, response, pathname === '/' ? 'notBuilt' : 'noPage')
  }
  response.writeHead(200, { ...asset.headers, 'content-length': String(found.size) })
  if (request.method === 'HEAD') return void response.end()
  await pipeline(createReadStream(asset.path), response)
}
