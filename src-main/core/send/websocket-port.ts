/** Through it others speak on the WebSocket of an exchange while that is open. */
import { CoreError } from '../lib/core-error.ts'

/** How long one listens to a WebSocket when all is said. */
export interface QuietLimits {
  /** Since the last message from the other side. */
  readonly quietMs: number
  /** However much comes. */
  readonly atMostMs: number
}

/** What can be done on an open WebSocket. */
export interface OpenSocketPort {
  /**
   * Resolves when the message is with the system.
   *
   * @param shown what the log has of it: the text, or Base64 of what is binary, without secrets
   * @throws {CoreError} `ConnectionError`
   */
  readonly send: (data: string | Uint8Array, shown: string) => Promise<void>
  readonly close: (code: number, reason: string) => void
  /** Closes it once nothing more comes. */
  readonly closeWhenQuiet: (limits: QuietLimits) => void
}

export interface SocketPort extends OpenSocketPort {
  /** From now on, until `detach`, it is this socket. */
  readonly attach: (socket: OpenSocketPort) => void
  readonly detach: () => void
}

/** Nothing can be said where nobody listens, not yet or not any more. */
export function notOpen(): CoreError {
  return new CoreError('Unavailable', 'call', 'The WebSocket is not open.', { hint: 'Connect first.' })
}

/** The port of one exchange. Without a socket the calls fail with `Unavailable`. */
export function createSocketPort(): SocketPort {
  let open: OpenSocketPort | null = null
  const socket = (): OpenSocketPort => {
    if (open) return open
    throw notOpen()
  }
  return {
    attach: (one) => {
      open = one
    },
    detach: () => {
      open = null
    },
    send: async (data, shown) => socket().send(data, shown),
    close: (code, reason) => socket().close(code, reason),
    closeWhenQuiet: (limits) => socket().closeWhenQuiet(limits),
  }
}
