/** Speaking on the open WebSocket of an exchange, as commands. */
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { payloadOf } from '../prepare/websocket.ts'
import type { Exchanges } from './exchange.ts'
import { resolvedText, subjectFrom, type Surroundings } from './prepare-for.ts'

export interface SocketDeps extends Surroundings, Pick<Exchanges, 'portOf'> {
  readonly rootOf: (id: NodeId) => string | null
}

export function socketHandlers(deps: SocketDeps): Pick<Handlers, 'socket.send' | 'socket.close'> {
  return {
    'socket.send': async ({ exchangeId, type, data, ...subject }) => {
      const port = deps.portOf(exchangeId)
      const { text, shown } = await resolvedText(data, subjectFrom(subject, deps.rootOf), deps)
      await port.send(payloadOf(type, text), shown)
      return {}
    },
    'socket.close': async ({ exchangeId, code, reason }) => {
      deps.portOf(exchangeId).close(code, reason)
      return {}
    },
  }
}
