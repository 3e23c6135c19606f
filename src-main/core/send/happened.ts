/** Waits for something to happen to a socket, or for its end. */
import type { Socket } from 'node:net'

/** Rejects with the socket's error, or with `ECONNRESET` where it closes before. */
export function happened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose)
    }
    const onEvent = (): void => {
      settle()
      resolve()
    }
    const onError = (error: Error): void => {
      settle()
      reject(error)
    }
    const onClose = (): void => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    socket.on(event, onEvent).on('error', onError).on('close', onClose)
  })
}
