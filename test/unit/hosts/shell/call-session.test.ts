import { describe, expect, test, vi } from 'vitest'
import { ok } from '#contract/result.ts'
import { UNCAUGHT } from '../../../../src-main/hosts/shell/bug-net.ts'
import { createCallSession, type Call } from '../../../../src-main/hosts/shell/call-session.ts'

/** A call that waits until it is let go, or aborted. */
function waitingCall(): { call: Call; letGo: () => void; signals: AbortSignal[] } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const signals: AbortSignal[] = []
  const call: Call = async (name, _input, { signal }) => {
    signals.push(signal)
    await Promise.race([promise, new Promise<void>((abort) => signal.addEventListener('abort', () => abort(), { once: true }))])
    return ok(name)
  }
  return { call, letGo: resolve, signals }
}

describe('createCallSession', () => {
  test('refuses a second call under an id that is still open, and answers the first', async () => {
    const { call, letGo } = waitingCall()
    const session = createCallSession('window-1', call, () => UNCAUGHT)

    const first = session.receive({ type: 'call', id: 7, name: 'a' })
    const second = await session.receive({ type: 'call', id: 7, name: 'b' })
    letGo()

    expect(second).toMatchObject({ id: 7, result: { ok: false, error: { kind: 'InvalidCall' } } })
    expect(await first).toEqual({ type: 'reply', id: 7, result: { ok: true, value: 'a' } })
  })

  test('is idle only when the last call is answered', async () => {
    const { call, letGo } = waitingCall()
    const session = createCallSession('window-1', call, () => UNCAUGHT)
    const answered = vi.fn()
    void session.receive({ type: 'call', id: 1, name: 'a' }).then(answered)

    const idle = session.idle().then(() => answered.mock.calls.length)
    letGo()

    expect(await idle).toBe(1)
  })

  test('cancels the call that is named and no other', async () => {
    const { call, signals, letGo } = waitingCall()
    const session = createCallSession('window-1', call, () => UNCAUGHT)
    const calls = [1, 2].map((id) => session.receive({ type: 'call', id, name: 'a' }))

    expect(await session.receive({ type: 'cancel', id: 2 })).toBeNull()

    expect(signals.map((signal) => signal.aborted)).toEqual([false, true])
    letGo()
    await Promise.all(calls)
  })

  test('closing aborts every open call', async () => {
    const { call, signals } = waitingCall()
    const session = createCallSession('window-1', call, () => UNCAUGHT)
    const calls = [1, 2].map((id) => session.receive({ type: 'call', id, name: 'a' }))

    session.close()

    await Promise.all(calls)
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true])
  })
})
