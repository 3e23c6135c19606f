import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLateCore } from '../../../../src-main/hosts/web/late-core.ts'
import { createTestCore } from '../../../support/web-host-core.ts'

describe('a core that is loaded behind the page', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('waits while files are asked for, and is loaded in the pause after them', async () => {
    const open = vi.fn(async () => createTestCore())
    const core = createLateCore(open)

    for (let file = 0; file < 10; file += 1) {
      core.loadInQuiet()
      vi.advanceTimersByTime(100)
    }
    expect(open).not.toHaveBeenCalled()
    vi.advanceTimersByTime(400)

    expect(open).toHaveBeenCalledOnce()
    await expect(core.loaded).resolves.toBeDefined()
  })

  test('is loaded soon where nobody asks for a file', () => {
    const open = vi.fn(async () => createTestCore())
    const core = createLateCore(open)

    core.loadInQuiet()
    vi.advanceTimersByTime(200)

    expect(open).toHaveBeenCalledOnce()
  })

  test('is loaded at once by whoever calls, and once', async () => {
    const open = vi.fn(async () => createTestCore())
    const core = createLateCore(open)

    core.loadInQuiet()
    const [first, second] = await Promise.all([core.load(), core.load()])
    vi.advanceTimersByTime(1000)

    expect(first).toBe(second)
    expect(open).toHaveBeenCalledOnce()
  })

  test('is not kept away by files that are asked for without an end', () => {
    const open = vi.fn(async () => createTestCore())
    const core = createLateCore(open)

    for (let file = 0; file < 100; file += 1) {
      core.loadInQuiet()
      vi.advanceTimersByTime(50)
    }

    expect(open).toHaveBeenCalledOnce()
  })

  test('is not loaded to be closed', async () => {
    const open = vi.fn(async () => createTestCore())
    const core = createLateCore(open)

    core.loadInQuiet()
    await core.close()
    vi.advanceTimersByTime(1000)

    expect(open).not.toHaveBeenCalled()
  })

  test('closes what was loaded', async () => {
    const inner = createTestCore()
    const core = createLateCore(async () => inner)

    await core.load()
    await core.close()

    expect(inner.closed()).toBe(true)
  })

  test('tells whoever waits for it why it cannot be', async () => {
    const core = createLateCore(() => Promise.reject(new Error('no core')))

    core.loadInQuiet()
    vi.advanceTimersByTime(1000)

    await expect(core.loaded).rejects.toThrow('no core')
  })
})
