import { describe, expect, test } from 'vitest'
import type { Bridge } from '../../../../src-main/contract/bridge.ts'
import type { ClientFrame, ServerFrame } from '../../../../src-main/contract/wire.ts'
import { createElectronPlatform } from '../../../../src-renderer/platform/electron-platform.ts'

function bridgeThat(answer: (frame: ClientFrame) => ServerFrame | null): {
  bridge: Bridge
  sent: ClientFrame[]
  emit: (frame: ServerFrame) => void
} {
  const sent: ClientFrame[] = []
  const listeners: ((frame: ServerFrame) => void)[] = []
  const bridge: Bridge = {
    clientId: 'w-1',
    capabilities: { realPaths: true, dialogs: true, reveal: true, nativeMenu: true },
    invoke: async (frame) => {
      sent.push(frame)
      return answer(frame)
    },
    onEvent: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
    filePath: (file) => (file instanceof File && file.name === 'a.txt' ? '/home/a.txt' : null),
  }
  return { bridge, sent, emit: (frame) => listeners.forEach((listener) => listener(frame)) }
}

describe('the platform over the preload’s bridge', () => {
  test('calls go out as frames and come back as results', async () => {
    const { bridge, sent } = bridgeThat((frame) => ({ type: 'reply', id: frame.id, result: { ok: true, value: { theme: 'dark' } } }))

    const answer = await createElectronPlatform(bridge).call('settings.read', {})

    expect(sent).toEqual([{ type: 'call', id: 1, name: 'settings.read', input: {} }])
    expect(answer).toEqual({ ok: true, value: { theme: 'dark' } })
  })

  test('aborting sends a cancel for the call', async () => {
    const { bridge, sent } = bridgeThat((frame) =>
      frame.type === 'cancel' ? null : { type: 'reply', id: frame.id, result: { ok: true, value: {} } },
    )
    const abort = new AbortController()

    const answer = createElectronPlatform(bridge).call('workspace.read', {}, abort.signal)
    abort.abort()
    await answer

    expect(sent.map((frame) => [frame.type, frame.id])).toEqual([
      ['call', 1],
      ['cancel', 1],
    ])
  })

  test('no answer is a failure, not a hang', async () => {
    const { bridge } = bridgeThat(() => null)

    expect(await createElectronPlatform(bridge).callHost('shell.reveal', { path: '/a' })).toMatchObject({
      ok: false,
      error: { kind: 'Unavailable' },
    })
  })

  test('events reach their listeners, and files have their paths', () => {
    const { bridge, emit } = bridgeThat(() => null)
    const platform = createElectronPlatform(bridge)
    const heard: unknown[] = []
    platform.on('action.requested', (payload) => heard.push(payload))

    emit({ type: 'event', name: 'action.requested', payload: { action: 'request.new' } })

    expect(heard).toEqual([{ action: 'request.new' }])
    expect([platform.filePath(new File([], 'a.txt')), platform.filePath(new File([], 'b.txt'))]).toEqual(['/home/a.txt', null])
    expect(platform.clientId).toBe('w-1')
  })
})
