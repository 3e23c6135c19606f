/** Speaking on the open WebSocket of an exchange, as commands. */
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Exchanges } from './exchange.ts'
import { resolvedText, subjectFrom, type Surroundings } from './prepare-for.ts'

export interface SocketDeps extends Surroundings, Pick<Exchanges, 'portOf'> {
  readonly rootOf: (id: NodeId) => string | null
}

export function socketHandlers(deps: SocketDeps): Pick<Handlers, 'socket.send' | 'socket.close'> {
  return {
    'socket.send': async ({ exchangeId, type, data, ...subject }) => {
      const port = deps.portOf(exchangeId)
      const text = await resolvedText(data, subjectFrom(subject, deps.rootOf), deps)
      await port.send(type === 'binary' ? bytesOf(text) : text)
      return {}
    },
    'socket.close': async ({ exchangeId, code, reason }) => {
      deps.portOf(exchangeId).close(code, reason)
      return {}
    },
  }
}

function bytesOf(base64: string): Buffer {
  const text = base64.replaceAll(/\s/g, '')
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) return Buffer.from(text, 'base64')
  throw new CoreError('InvalidBody', 'prepare', 'The binary message is not Base64.', {
    where: { section: 'body' },
    hint: 'Write its bytes as Base64, or send it as text.',
  })
}
