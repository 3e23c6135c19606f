import { setImmediate as soon } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startEngine, type EngineOptions, type Flow, type Outcome } from '#core/runner/run-engine.ts'

const passed: Outcome = { kind: 'passed', isError: false, checksPassed: 1, checksFailed: 0, bytes: 10 }
const failed: Outcome = { ...passed, kind: 'failed', checksPassed: 0, checksFailed: 1 }

type Send = (item: number, iteration: number, signal: AbortSignal) => Promise<Outcome | null>

function start(send: Send, options: Partial<EngineOptions> = {}) {
  const sent: string[] = []
  const engine = startEngine({
    names: ['a', 'b', 'c'],
    iterations: 1,
    parallel: 1,
    delayMs: 0,
    bail: false,
    begin: (number) => ({
      number,
      run: async (item, _startedAt, signal) => {
        sent.push(`${number}${'abc'[item]}`)
        return send(item, number, signal)
      },
    }),
    ...options,
  })
  return { engine, sent }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await soon()
}

/** Sends that wait to be let go. */
function held() {
  const waiting: (() => void)[] = []
  const send: Send = (_item, _iteration, signal) =>
    new Promise((resolve) => {
      waiting.push(() => resolve(passed))
      signal.addEventListener('abort', () => resolve(null))
    })
  return { waiting, send }
}

describe('startEngine', () => {
  test('requests that wait for nothing let timers have their turn, so that it can be stopped', async () => {
    const { engine } = start(async () => failed, { iterations: 1_000_000, parallel: 50 })
    setTimeout(() => engine.stop(), 1)

    expect(await engine.finished).toBe('stopped')
  })

  test('goes through the requests of each iteration in order', async () => {
    const { engine, sent } = start(async () => passed, { iterations: 2 })

    expect(await engine.finished).toBe('finished')
    expect(sent).toEqual(['1a', '1b', '1c', '2a', '2b', '2c'])
    expect(engine.progress()).toMatchObject({
      state: 'finished',
      active: 0,
      counts: { planned: 6, done: 6, passed: 6, iterations: 2, iterationsDone: 2, checksPassed: 6, bytes: 60 },
    })
  })

  test('waits between two requests, from one iteration to the next too, and not before the first', async () => {
    const begun = performance.now()
    const at: number[] = []
    const { engine } = start(
      async () => {
        at.push(performance.now())
        return passed
      },
      { iterations: 2, names: ['a', 'b'], delayMs: 40 },
    )
    await engine.finished

    const gaps = at.map((time, index) => time - (at[index - 1] ?? begun))
    expect(gaps.map((gap) => gap >= 38)).toEqual([false, true, true, true])
  })

  test('a wait ends with Stop', async () => {
    const { engine, sent } = start(async () => passed, { delayMs: 3_600_000 })
    await until(() => sent.length === 1)
    engine.stop()

    expect(await engine.finished).toBe('stopped')
    expect(sent).toEqual(['1a'])
  })

  test('lets as many iterations go beside each other as are asked for, each in its order', async () => {
    const { waiting, send } = held()
    const { engine, sent } = start(send, { iterations: 5, parallel: 3 })

    await until(() => waiting.length === 3)
    expect(sent).toEqual(['1a', '2a', '3a'])
    expect(engine.progress().active).toBe(3)
    waiting[1]?.()
    await until(() => waiting.length === 4)
    expect(sent.at(-1)).toBe('2b')
    engine.stop()
    expect(await engine.finished).toBe('stopped')
    expect(engine.progress().counts.done).toBe(1)
  })

  test('ends at the first failure where asked to, and cancels what is beside it', async () => {
    const aborted: number[] = []
    const send: Send = async (_item, iteration, signal) => {
      if (iteration === 2) return failed
      return new Promise((resolve) => signal.addEventListener('abort', () => (aborted.push(iteration), resolve(null))))
    }
    const { engine, sent } = start(send, { iterations: 9, parallel: 2, bail: true })

    expect(await engine.finished).toBe('bailed')
    expect(aborted).toEqual([1])
    expect(sent).toEqual(['1a', '2a'])
    expect(engine.progress().counts).toMatchObject({ done: 1, failed: 1, checksFailed: 1 })
  })

  test('begins nothing while it is paused, and finishes what is under way', async () => {
    const { waiting, send } = held()
    const { engine, sent } = start(send)

    await until(() => waiting.length === 1)
    engine.pause()
    waiting[0]?.()
    await until(() => engine.progress().counts.done === 1)
    const { elapsedMs } = engine.progress()
    for (let turn = 0; turn < 20; turn += 1) await soon()
    expect(sent).toEqual(['1a'])
    expect(engine.progress()).toMatchObject({ state: 'paused', elapsedMs, active: 0 })

    engine.resume()
    await until(() => waiting.length === 2)
    waiting[1]?.()
    await until(() => waiting.length === 3)
    waiting[2]?.()
    expect(await engine.finished).toBe('finished')
  })

  test('can be stopped while it is paused, and by a signal', async () => {
    const stop = new AbortController()
    const { engine } = start(async () => passed, { iterations: 1000, signal: stop.signal })
    engine.pause()
    stop.abort()

    expect(await engine.finished).toBe('stopped')
  })

  test.each<[string, (item: number, nth: number) => Flow | undefined, string[]]>([
    ['goes on with the request a script names', (item) => (item === 0 ? { kind: 'next', name: 'c' } : undefined), ['1a', '1c', '2a', '2c']],
    [
      'goes back',
      (item, nth) => (item === 1 && nth < 3 ? { kind: 'next', name: 'a' } : undefined),
      ['1a', '1b', '1a', '1b', '1c', '2a', '2b', '2c'],
    ],
    ['ends the iteration', (item) => (item === 0 ? { kind: 'next', name: null } : undefined), ['1a', '2a']],
    ['ends the iteration at a name that is none', () => ({ kind: 'next', name: 'x' }), ['1a', '2a']],
    ['ends the run', () => ({ kind: 'stop' }), ['1a']],
  ])('%s', async (_what, flowAt, expected) => {
    let count = 0
    const { engine, sent } = start(
      async (item) => {
        count += 1
        const flow = flowAt(item, count)
        return flow ? { ...passed, flow } : passed
      },
      { iterations: 2 },
    )

    expect(await engine.finished).toBe('finished')
    expect(sent).toEqual(expected)
  })

  test('a result that cannot be kept ends the run', async () => {
    const { engine } = start(async () => Promise.reject(new Error('the disk is full')), { iterations: 10, parallel: 4 })

    await expect(engine.finished).rejects.toThrow('the disk is full')
    expect(engine.progress().state).toBe('failed')
  })

  test('tells how far it is, and last how it ended', async () => {
    const told: string[] = []
    const { engine } = start(async () => passed, { onProgress: ({ state }) => void told.push(state) })
    await engine.finished

    expect(told.at(-1)).toBe('finished')
  })
})
