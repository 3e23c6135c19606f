import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bodyPath, SocketLink, type SocketEvents } from '../../../../src-renderer/platform/http-platform.ts'
import { BodyIdSchema } from '../../../../src-main/contract/model/ids.ts'

interface FakeSocket {
  readonly events: SocketEvents
  readonly sent: unknown[]
}

let sockets: FakeSocket[]
let link: SocketLink

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  link = new SocketLink((events) => {
    const socket: FakeSocket = { events, sent: [] }
    sockets.push(socket)
    return { send: (text) => socket.sent.push(JSON.parse(text)) }
  })
})
afterEach(() => vi.useRealTimers())

const socket = (): FakeSocket => {
  const last = sockets.at(-1)
  if (!last) throw new Error('no socket')
  return last
}
const receive = (frame: unknown): void => socket().events.received(JSON.stringify(frame))

describe('calls over a socket', () => {
  test('made before it is open, they go out once it is', async () => {
    const answer = link.call('app.info', {})
    const before = [...socket().sent]
    socket().events.opened()
    receive({ type: 'reply', id: 1, result: { ok: true, value: { version: '1' } } })

    expect(before).toEqual([])
    expect(socket().sent).toEqual([{ type: 'call', id: 1, name: 'app.info', input: {} }])
    expect(await answer).toEqual({ ok: true, value: { version: '1' } })
  })

  test('that are too large for a frame fail alone, and are not sent', async () => {
    socket().events.opened()

    const answer = await link.call('a', { text: 'é'.repeat(33 * 1024 * 1024) })

    expect(answer).toMatchObject({ ok: false, error: { kind: 'TooLarge', hint: 'Give what is large as a file.' } })
    expect(socket().sent).toEqual([])
  })

  test('are answered by their number, in any order', async () => {
    socket().events.opened()
    const [first, second] = [link.call('a', {}), link.call('b', {})]

    receive({ type: 'reply', id: 2, result: { ok: true, value: 'b' } })
    receive({ type: 'reply', id: 1, result: { ok: false, error: { kind: 'NotFound', stage: 'call', message: 'no' } } })

    expect(await second).toEqual({ ok: true, value: 'b' })
    expect(await first).toEqual({ ok: false, error: { kind: 'NotFound', stage: 'call', message: 'no' } })
  })

  test('aborted, they ask the host to stop and still hear its answer', async () => {
    socket().events.opened()
    const abort = new AbortController()
    const answer = link.call('a', {}, abort.signal)

    abort.abort()
    receive({ type: 'reply', id: 1, result: { ok: true, value: 'done anyway' } })

    expect(socket().sent.at(-1)).toEqual({ type: 'cancel', id: 1 })
    expect(await answer).toEqual({ ok: true, value: 'done anyway' })
  })

  test('events reach those who listen, until they stop', () => {
    const heard: unknown[] = []
    socket().events.opened()
    const stop = link.events.on('action.requested', (payload) => heard.push(payload))

    receive({ type: 'event', name: 'action.requested', payload: { action: 'a' } })
    stop()
    receive({ type: 'event', name: 'action.requested', payload: { action: 'b' } })

    expect(heard).toEqual([{ action: 'a' }])
  })

  test('what is no frame is ignored', () => {
    socket().events.opened()

    for (const data of ['{', '1', 'null', '{"type":"reply"}', new ArrayBuffer(2)]) socket().events.received(data)

    expect(link.call('a', {})).toBeInstanceOf(Promise)
  })
})

describe('a lost connection', () => {
  test('fails what was under way and what is called meanwhile', async () => {
    socket().events.opened()
    const underWay = link.call('a', {})

    socket().events.closed(false)

    expect(await underWay).toMatchObject({ ok: false, error: { kind: 'Unavailable' } })
    expect(await link.call('b', {})).toMatchObject({ ok: false, error: { kind: 'Unavailable' } })
  })

  test('is tried again with growing pauses, and told when it is back', async () => {
    const states: string[] = []
    link.onConnection((state) => states.push(state))
    socket().events.opened()

    socket().events.closed(false)
    await vi.advanceTimersByTimeAsync(250)
    const afterFirst = sockets.length
    socket().events.closed(false)
    await vi.advanceTimersByTimeAsync(250)
    const tooSoon = sockets.length
    await vi.advanceTimersByTimeAsync(250)
    socket().events.opened()

    expect([afterFirst, tooSoon, sockets.length]).toEqual([2, 2, 3])
    expect(states).toEqual(['open', 'lost', 'open'])
  })

  test('is told apart from a host that is there and does not know the browser', async () => {
    const states: string[] = []
    link.onConnection((state) => states.push(state))
    socket().events.opened()
    socket().events.closed(false)
    await vi.advanceTimersByTimeAsync(250)

    socket().events.closed(true)
    const answer = await link.call('a', {})
    await vi.advanceTimersByTimeAsync(500)
    socket().events.opened()

    expect(states).toEqual(['open', 'lost', 'refused', 'open'])
    expect(answer).toMatchObject({ ok: false, error: { kind: 'Unavailable' } })
  })

  test('is tried at once when asked', async () => {
    socket().events.opened()
    for (let count = 0; count < 6; count += 1) {
      socket().events.closed(false)
      await vi.advanceTimersByTimeAsync(5000)
    }
    socket().events.closed(false)
    const before = sockets.length

    link.reconnect()

    expect(sockets.length).toBe(before + 1)
  })

  test('calls go out on the new socket', () => {
    socket().events.opened()
    socket().events.closed(false)
    vi.advanceTimersByTime(250)
    socket().events.opened()

    void link.call('a', {})

    expect(socket().sent).toMatchObject([{ type: 'call', name: 'a' }])
  })
})

describe('the address of a body', () => {
  const id = BodyIdSchema.parse('ab'.repeat(32))

  test('names the type to serve it as, or the name to download it under', () => {
    expect(bodyPath('', id, { contentType: 'image/svg+xml' })).toBe(`/body/${id}?type=image%2Fsvg%2Bxml`)
    expect(bodyPath('app://posthaste', id, { downloadName: 'a b.json' })).toBe(`app://posthaste/body/${id}?download=a+b.json`)
  })
})
