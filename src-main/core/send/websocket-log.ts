/**
 * What went to and fro on a WebSocket, in the place of a body: one JSON object a line, each a `SocketEvent`. As a body it
 * can be read while it grows, is kept with the history, searched and saved.
 */
import { SOCKET_LOG_TYPE, type SocketEvent } from '#contract/model/websocket.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { createResponseBody, type ResponseBody } from './response-body.ts'

export interface SocketLog extends Pick<ResponseBody, 'wireBytes' | 'arrivingId' | 'finish'> {
  /** A promise asks to wait for the disk; it never fails: what could not be kept is told of at the end. */
  readonly add: (event: SocketEvent) => void | Promise<void>
}

/** @param elapsedMs since the beginning of the request */
export function createSocketLog(bodies: BodyStore, elapsedMs: () => number): SocketLog {
  const body = createResponseBody(bodies, [['Content-Type', SOCKET_LOG_TYPE]], undefined, elapsedMs)
  let bytes = 0
  return {
    arrivingId: body.arrivingId,
    add: (event) => {
      bytes += event.bytes
      return body.receive(Buffer.from(`${JSON.stringify(event)}\n`))?.catch(() => undefined)
    },
    wireBytes: () => bytes,
    finish: async () => ({ ...(await body.finish()), wireBytes: bytes }),
  }
}
