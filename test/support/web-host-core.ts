/** A core of few words for tests of the hosts: it records calls, answers them as told, and keeps bodies in memory. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { AnyEvent } from '#contract/events.ts'
import { failed, ok } from '#contract/result.ts'
import type { Core } from '#core/create-core.ts'

export interface RecordedCall {
  readonly name: string
  readonly input: unknown
  readonly clientId: string
  readonly signal: AbortSignal
}

export interface TestCore extends Core {
  readonly calls: RecordedCall[]
  readonly bodies: Map<string, Buffer>
  readonly uploads: { name: string; bytes: Buffer }[]
  readonly emit: (event: AnyEvent) => void
  readonly closed: () => boolean
}

/** `slow` answers only when aborted, `throw` throws, `refuse` fails; every other call answers with its input. */
export function createTestCore(): TestCore {
  const calls: RecordedCall[] = []
  const bodies = new Map<string, Buffer>()
  const uploads: { name: string; bytes: Buffer }[] = []
  const listeners = new Set<(event: AnyEvent) => void>()
  let isClosed = false
  return {
    calls,
    bodies,
    uploads,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    closed: () => isClosed,
    call: async (name, input, { clientId, signal }) => {
      calls.push({ name, input, clientId, signal })
      if (name === 'throw') throw new Error('secret detail')
      if (name === 'refuse') return failed({ kind: 'NotFound', stage: 'store', message: 'There is no such thing.' })
      if (name === 'slow') await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      return ok({ echoed: input })
    },
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    openBody: async (id) => {
      const bytes = bodies.get(id)
      if (!bytes) return null
      return { bytes: bytes.length, stream: (range) => Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]) }
    },
    grantWrite: () => undefined,
    wake: () => undefined,
    saveBody: async () => ok({}),
    receiveUpload: async (name, stream) => {
      const bytes = await buffer(stream)
      if (name === 'refused.bin') return failed({ kind: 'StorageError', stage: 'store', message: 'The disk is full.' })
      uploads.push({ name, bytes })
      return ok({ path: `/data/uploads/${name}`, bytes: bytes.length })
    },
    runOnce: async () => failed({ kind: 'NotFound', stage: 'store', message: 'There is nothing to run.' }),
    exportOnce: async () => failed({ kind: 'NotFound', stage: 'store', message: 'There is nothing to export.' }),
    readRequestFile: async () => failed({ kind: 'NotFound', stage: 'store', message: 'There is no file.' }),
    unfinished: { find: async () => null, note: async () => false },
    sendOnce: () => Promise.reject(new Error('This core does not send.')),
    close: async () => {
      isClosed = true
    },
  }
}
