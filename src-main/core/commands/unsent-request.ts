/**
 * A prepared request as the record of one that was sent would have it, for a request of which nothing left the machine: who
 * looks at what failed wants to see what it would have been. What is masked in it is for whoever shows it.
 */
import type { SentRequest } from '#contract/model/exchange.ts'
import type { Preview } from '#contract/model/prepared.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { SENT_BODY_BYTES } from '../send/wire-record.ts'

/** @param preview the same request with the credentials that are put in at the last moment */
export async function unsentRequest(
  request: PreparedRequest,
  { method, url, target, headers }: Pick<Preview, 'method' | 'url' | 'target' | 'headers'>,
  bodies: Pick<BodyStore, 'put'>,
): Promise<SentRequest> {
  const start = await startOf(request.body)
  return {
    method,
    url,
    httpVersion: '1.1',
    headers: headers.map(({ name, value }) => [name, value]),
    head: [`${method} ${target} HTTP/1.1`, ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\r\n'),
    bodyBytes: request.body?.bytes ?? 0,
    bodyId: start.byteLength === 0 ? null : (await bodies.put(start)).id,
    ...(request.secretParams.length > 0 && { secretParams: [...request.secretParams] }),
  }
}

/** Nothing where a file of it cannot be read: that is told already. */
async function startOf(body: PreparedRequest['body']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of (body?.open() ?? []) as AsyncIterable<Uint8Array>) {
      // Its buffer may be used again.
      chunks.push(Buffer.from(chunk))
      bytes += chunk.byteLength
      if (bytes >= SENT_BODY_BYTES) break
    }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return Buffer.alloc(0)
  }
  return Buffer.concat(chunks).subarray(0, SENT_BODY_BYTES)
}
