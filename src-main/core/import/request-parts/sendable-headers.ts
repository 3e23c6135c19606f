/** Typed headers as they can be sent: those of the connection are the engine's, and are told of. */
import type { Notes } from '../notes.ts'

/** Headers that no one can type, with what is said of them. */
const OF_CONNECTION: ReadonlyMap<string, string> = new Map([
  ['transfer-encoding', 'Transfer-Encoding is not carried over: the body is sent with its exact length.'],
  ['upgrade', 'Upgrade is not carried over: a WebSocket is a type of body.'],
  ['keep-alive', 'Keep-Alive is not carried over: connections are kept by the engine.'],
  ['expect', 'Expect is not carried over: Posthaste does not wait for 100 Continue.'],
  ['proxy-connection', 'Proxy-Connection is not carried over: connections are kept by the engine.'],
])

/**
 * Headers without those of the connection. Characters beyond ASCII become the bytes of their UTF-8, as every command line
 * sends them: a header's characters are bytes.
 */
export function sendableHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  say: Notes['add'],
): (readonly [name: string, value: string])[] {
  return headers.flatMap(([name, value]) => {
    const key = name.toLowerCase()
    const refused = OF_CONNECTION.get(key)
    if (refused !== undefined) {
      say('lost', refused)
      return []
    }
    if (key === 'content-length') return []
    if (key === 'connection' && !/^(?:close|keep-alive)$/i.test(value.trim())) {
      say('lost', 'Connection is carried over as close and keep-alive only.')
      return []
    }
    return [[name, headerBytes(name, value, say)] as const]
  })
}

function headerBytes(name: string, value: string, say: Notes['add']): string {
  if (/[\r\n\0]/.test(value)) say('changed', `A line break in the header ${name} is a space now.`)
  const line = value.replace(/[\r\n\0]+/g, ' ')
  if (!/[^\0-\x7f]/.test(line)) return line
  say('changed', `The header ${name} holds characters that are not ASCII; they stand as the bytes of their UTF-8.`)
  return Buffer.from(line, 'utf8').toString('latin1')
}
