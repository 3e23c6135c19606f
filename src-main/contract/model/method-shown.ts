/** What lists show as a request's method. */
import type { RequestDocument } from './request.ts'

/** In the place of the method of a WebSocket, which is always asked for by a GET. */
export const SOCKET_METHOD = 'WS'

export function methodShown(document: Pick<RequestDocument, 'method' | 'body'> | undefined): string {
  return document?.body.kind === 'websocket' ? SOCKET_METHOD : (document?.method ?? '')
}
