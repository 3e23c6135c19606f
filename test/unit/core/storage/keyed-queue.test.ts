import { describe, expect, test } from 'vitest'
import { createKeyedQueue } from '#core/storage/keyed-queue.ts'

describe('a keyed queue', () => {
  test('does the work of one key in order, and goes on after a failure', async () => {
    const queue = createKeyedQueue()
    const done: string[] = []
    const work = (name: string) => async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve))
      done.push(name)
      if (name === 'b') throw new Error('b failed')
    }

    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => queue.run('key', work(name))))

    expect(done).toEqual(['a', 'b', 'c'])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('has what nobody waits for give way to who waits, of the same key', async () => {
    const queue = createKeyedQueue()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const goesOn: boolean[] = []
    const behind = queue.runBehind('key', async (mayGoOn) => {
      await held
      goesOn.push(mayGoOn())
    })
    const alsoBehind = queue.runBehind('key', async (mayGoOn) => void goesOn.push(mayGoOn()))
    await queue.run('other', async () => undefined)
    const waiting = queue.run('key', async () => goesOn.push(true))
    release()
    await Promise.all([behind, alsoBehind, waiting])

    await queue.runBehind('key', async (mayGoOn) => void goesOn.push(mayGoOn()))

    expect(goesOn).toEqual([false, false, true, true])
  })

  test('does not make other keys wait', async () => {
    const queue = createKeyedQueue()
    let release = (): void => undefined
    const blocked = queue.run('one', () => new Promise<void>((resolve) => (release = resolve)))

    expect(await queue.run('other', async () => 'done')).toBe('done')
    release()
    await blocked
  })

  test('is idle when all is done, what was added meanwhile included', async () => {
    const queue = createKeyedQueue()
    const done: string[] = []
    void queue.run('a', async () => {
      void queue.run('b', async () => void done.push('b'))
      done.push('a')
    })

    await queue.idle()

    expect(done).toEqual(['a', 'b'])
  })
})
