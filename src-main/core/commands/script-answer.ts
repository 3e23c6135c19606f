/** An answer as scripts see it. */
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import { decoderFor } from '../bodies/encoding.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { whatwgName } from '../lib/encoding-names.ts'
import { SCRIPT_BODY_BYTES, type ScriptResponse, type ScriptResponseBody } from '../scripts/script-job.ts'

export function scriptResponse(response: ReceivedResponse, { timings, history }: Pick<Exchange, 'timings' | 'history'>): ScriptResponse {
  const { status, reason, url, headers, cookies, bodyBytes } = response
  return {
    status,
    statusText: reason,
    url,
    headers,
    cookies: cookies.map(({ name, value, domain, path, expires, secure, httpOnly }) => ({
      name,
      value,
      domain,
      path,
      expires,
      secure,
      httpOnly,
    })),
    responseTime: timings.total,
    bodyBytes,
    // Of each line its colon, blank and line end, too.
    headerBytes: headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0),
    redirects: history.filter(({ kind }) => kind === 'redirect').length,
  }
}

/** The body, to be decoded where a script asks for its text. @throws {CoreError} `NotFound` where it is gone */
export async function scriptBodyOf(
  { bodyId, bodyBytes, encoding }: ReceivedResponse,
  bodies: Pick<BodyStore, 'read'>,
): Promise<ScriptResponseBody> {
  if (bodyId === null || bodyBytes === 0) return { kind: 'none' }
  if (bodyBytes > SCRIPT_BODY_BYTES) return { kind: 'tooLarge' }
  // A copy of these bytes alone: what they are read from may be large, and would cross as a whole.
  const bytes = new Uint8Array(await bodies.read(bodyId, 0, bodyBytes))
  const known = whatwgName(encoding ?? 'utf-8')
  if (known !== null) return { kind: 'bytes', bytes, encoding: known }
  const decoder = decoderFor(encoding ?? 'utf-8')
  return { kind: 'bytes', bytes: new TextEncoder().encode(decoder.write(bytes) + decoder.end()), encoding: 'utf-8' }
}
