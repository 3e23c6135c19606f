/** Parts of an exchange that a test does not care about. */
import type { ReceivedResponse, SentRequest } from '#contract/model/exchange.ts'

export function sentRequest(method: string): SentRequest {
  return { method, url: 'http://x/', httpVersion: '1.1', headers: [], head: `${method} / HTTP/1.1`, bodyBytes: 0, bodyId: null }
}

/** 200 without headers or body, but for what is said. */
export function response(change: Partial<ReceivedResponse> = {}): ReceivedResponse {
  return {
    url: 'http://x/',
    status: 200,
    reason: 'OK',
    httpVersion: '1.1',
    headers: [],
    informational: [],
    trailers: [],
    cookies: [],
    encoding: null,
    encodingFrom: null,
    bodyBytes: 0,
    wireBytes: 0,
    bodyId: null,
    ...change,
  }
}
