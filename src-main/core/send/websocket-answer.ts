/** What a server's answer says of the WebSocket that it was asked for. */
import { acceptOf } from '../prepare/websocket.ts'
import { headerValues } from './response-body.ts'
import type { Agreed } from './lent-connection.ts'

type Headers = readonly (readonly [name: string, value: string])[]

/** What is wrong with a 101, in words; null: nothing (RFC 6455 §4.1). */
export function handshakeFault(asked: readonly { readonly name: string; readonly value: string }[], answered: Headers): string | null {
  const key = asked.find(({ name }) => name.toLowerCase() === 'sec-websocket-key')?.value ?? ''
  const [upgrade = ''] = headerValues(answered, 'upgrade')
  const [accept = ''] = headerValues(answered, 'sec-websocket-accept')
  if (upgrade.toLowerCase() !== 'websocket') return `its answer has Upgrade: ${upgrade || 'nothing'}`
  if (accept !== acceptOf(key)) return 'the Sec-WebSocket-Accept of its answer does not belong to the key that was sent'
  return null
}

export function agreedIn(answered: Headers): Agreed {
  const one = (name: string): string | null => headerValues(answered, name).join(', ') || null
  return { protocol: one('sec-websocket-protocol'), extensions: one('sec-websocket-extensions') }
}
