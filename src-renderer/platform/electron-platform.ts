/** The platform of the Electron window: the preload's bridge carries the frames, `app://` serves the bodies. */
import type { Bridge } from '#contract/bridge.ts'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { HostOutput } from '#contract/host-commands.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { Emitter } from './emitter.ts'
import { readFrame, unavailable } from './frames.ts'
import { bodyPath } from './http-platform.ts'
import type { Platform } from './platform.ts'
import { t } from '../lib/t.ts'

const ORIGIN = 'app://posthaste'

export function createElectronPlatform(bridge: Bridge): Platform {
  const events = new Emitter()
  bridge.onEvent((value) => {
    const frame = readFrame(value)
    if (frame?.type === 'event') events.emit(frame.name, frame.payload)
  })
  const call = createCaller(bridge)
  return {
    clientId: bridge.clientId,
    // The host has checked its output by the contract's schema of this very name.
    call: (name, input, signal) => call(name, input, signal) as Promise<Result<Output<typeof name>, WireError>>,
    callHost: (name, input) => call(name, input) as Promise<Result<HostOutput<typeof name>, WireError>>,
    on: (name, listener) => events.on(name, listener),
    onConnection: (listener) => {
      listener('open')
      return () => undefined
    },
    reconnect: () => undefined,
    askBeforeLeaving: () => undefined,
    filePath: (file) => bridge.filePath(file),
    upload: async () => failed(unavailable(t`This window reads files where they are; nothing needs to be copied.`)),
    bodyUrl: (id, as) => bodyPath(ORIGIN, id, as),
  }
}

type Call = (name: string, input: unknown, signal?: AbortSignal) => Promise<Result<unknown, WireError>>

function createCaller(bridge: Bridge): Call {
  let nextId = 1
  return async (name, input, signal) => {
    const id = nextId
    nextId += 1
    const onAbort = (): void => void bridge.invoke({ type: 'cancel', id })
    signal?.addEventListener('abort', onAbort, { once: true })
    const answer = bridge.invoke({ type: 'call', id, name, input })
    if (signal?.aborted) onAbort()
    const frame = readFrame(await answer)
    signal?.removeEventListener('abort', onAbort)
    if (frame?.type !== 'reply') return failed(unavailable(t`Posthaste gave no answer.`))
    return frame.result.ok ? ok(frame.result.value) : failed(frame.result.error)
  }
}
