/**
 * One window's conversation with the core, whatever carries its frames: answers calls, cancels them, and aborts those
 * still open when the window goes away. It knows no command; a send that has started goes on without its window.
 */
import type { WireError } from '#contract/errors.ts'
import { failed, type Result } from '#contract/result.ts'
import { ClientFrameSchema, type ServerFrame } from '#contract/wire.ts'

export type Call = (name: string, input: unknown, context: { signal: AbortSignal; clientId: string }) => Promise<Result<unknown, WireError>>

export interface CallSession {
  /** Takes in one frame from the window. A call resolves to its reply, anything else to null. Does not reject. */
  readonly receive: (raw: unknown) => Promise<ServerFrame | null>
  /** Resolves when no call is open. */
  readonly idle: () => Promise<void>
  /** Aborts every open call. */
  readonly close: () => void
}

/** The id of a reply to something that was no frame, so that the fault is seen on the other side. */
const NO_CALL = -1

/**
 * @param call   answers a call by name, and turns expected failures into values
 * @param onBug  told what `call` threw; it should not have
 */
export function createCallSession(clientId: string, call: Call, onBug: (error: unknown) => WireError): CallSession {
  const open = new Map<number, AbortController>()
  const finished = new Set<Promise<unknown>>()

  async function answer(id: number, name: string, input: unknown): Promise<ServerFrame> {
    if (open.has(id)) return reply(id, failed(invalidCall(`Call ${id} is already open.`)))
    const controller = new AbortController()
    open.set(id, controller)
    try {
      return reply(id, await call(name, input, { signal: controller.signal, clientId }))
    } catch (error) {
      return reply(id, failed(onBug(error)))
    } finally {
      open.delete(id)
    }
  }

  return {
    receive: (raw) => {
      const parsed = ClientFrameSchema.safeParse(raw)
      if (!parsed.success) return Promise.resolve(reply(NO_CALL, failed(invalidCall('The frame is neither a call nor a cancel.'))))
      const frame = parsed.data
      if (frame.type === 'cancel') {
        open.get(frame.id)?.abort()
        return Promise.resolve(null)
      }
      const answered = answer(frame.id, frame.name, frame.input).finally(() => finished.delete(answered))
      finished.add(answered)
      return answered
    },
    idle: async () => {
      while (finished.size > 0) await Promise.allSettled(finished)
    },
    close: () => {
      for (const controller of open.values()) controller.abort()
    },
  }
}

function reply(id: number, result: Result<unknown, WireError>): ServerFrame {
  return { type: 'reply', id, result }
}

/** A caller that does not keep to the contract. */
export function invalidCall(message: string): WireError {
  return { kind: 'InvalidCall', stage: 'call', message }
}
