/** What lists show as a request's method. */
import type { RequestDocument } from '#contract/model/request.ts'

/** `WS` for a WebSocket, which is always asked for by a GET. */
export function methodShown(document: Pick<RequestDocument, 'method' | 'body'> | undefined): string {
  return document?.body.kind === 'websocket' ? 'WS' : (document?.method ?? '')
}
