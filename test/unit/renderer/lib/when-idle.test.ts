// Node tells no more than Safari does when nothing else goes on.
import { afterEach, expect, test, vi } from 'vitest'
import { whenIdle } from '../../../../src-renderer/lib/when-idle.ts'

afterEach(() => vi.useRealTimers())

test('where nobody tells when that is, it is done a moment later, once', () => {
  vi.useFakeTimers()
  const work = vi.fn()

  whenIdle(work)

  expect(work).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(work).toHaveBeenCalledTimes(1)
})

test('work that was given up is not done', () => {
  vi.useFakeTimers()
  const work = vi.fn()

  whenIdle(work, 4000)()

  vi.runAllTimers()
  expect(work).not.toHaveBeenCalled()
})
