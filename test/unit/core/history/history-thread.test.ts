import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createInlineThread, createWorkerThread, type HistoryThread } from '#core/history/history-thread.ts'
import { NO_LIMITS, row } from '../../../support/history-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

interface Kit {
  readonly thread: HistoryThread
  readonly path: string
  readonly onChanged: ReturnType<typeof vi.fn>
  /** How many threads were started, and how many of them have ended. */
  readonly threads: { started: number; ended: number }
}

async function kit(restMs?: number): Promise<Kit> {
  const path = join(await tempDir(), 'history.db')
  const threads = { started: 0, ended: 0 }
  const onThread = (message: unknown): void => {
    threads.started += 1
    const { worker } = message as { readonly worker: Worker }
    worker.once('exit', () => (threads.ended += 1))
  }
  subscribe('worker_threads', onThread)
  const onChanged = vi.fn()
  const thread = createWorkerThread(path, { onNotice: () => undefined, onChanged }, restMs)
  onTestFinished(async () => {
    unsubscribe('worker_threads', onThread)
    await thread.close()
  })
  return { thread, path, onChanged, threads }
}

const add = (thread: HistoryThread): Promise<unknown> => thread.run('insert', [row()], NO_LIMITS, Date.now())
const count = async (thread: HistoryThread): Promise<number> => {
  const { entries } = await thread.run('list', { filter: {}, cursor: null, limit: 100 })
  return entries.length
}

describe('the thread of the history', () => {
  test('ends when nobody asks, and what is asked then is answered by another', async () => {
    const { thread, threads } = await kit(20)

    await add(thread)
    await vi.waitFor(() => expect(threads).toEqual({ started: 1, ended: 1 }))

    expect(await count(thread)).toBe(1)
    expect(threads.started).toBe(2)
  })

  test('stays while it is asked', async () => {
    const { thread, threads } = await kit()

    for (let turn = 0; turn < 20; turn += 1) await add(thread)

    expect(await count(thread)).toBe(20)
    expect(threads).toEqual({ started: 1, ended: 0 })
  })

  test('tells of what another process writes while it is away', async () => {
    const { thread, path, threads, onChanged } = await kit(20)
    await add(thread)
    await vi.waitFor(() => expect(threads.ended).toBe(1))

    const other = createInlineThread(path, { onNotice: () => undefined })
    await vi.waitFor(
      async () => {
        await add(other)
        expect(onChanged).toHaveBeenCalled()
      },
      { timeout: 10_000, interval: 300 },
    )
    await other.close()
  })

  test('is closed in good order while it is going to rest', async () => {
    const { thread, path, threads } = await kit(0)
    await add(thread)
    await thread.close()

    expect(threads.ended).toBe(threads.started)
    const other = createInlineThread(path, { onNotice: () => undefined })
    onTestFinished(other.close)
    expect(await count(other)).toBe(1)
  })
})
