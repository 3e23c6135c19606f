import { describe, expect, test } from 'vitest'
import { PageCache } from '../../../../src-renderer/features/response-viewer/page-cache.ts'

interface Pending {
  readonly page: number
  readonly signal: AbortSignal
  answer: (value: string | null) => void
}

/** A cache over a reader whose answers the test gives. */
function harness(kept = 10) {
  const asked: Pending[] = []
  const cache = new PageCache<string>({
    pages: 100,
    kept,
    read: (page, signal) => new Promise((answer) => asked.push({ page, signal, answer })),
  })
  const answerAll = async (): Promise<void> => {
    for (const pending of asked.splice(0)) pending.answer(`page ${pending.page}`)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { asked, cache, answerAll }
}

describe('PageCache', () => {
  test('reads the wanted pages once and tells when they are there', async () => {
    const { asked, cache, answerAll } = harness()
    let told = 0
    cache.subscribe(() => (told += 1))

    cache.want(3, 4)
    cache.want(3, 4)
    expect(asked.map(({ page }) => page)).toEqual([3, 4])
    await answerAll()

    expect(cache.page(3)).toBe('page 3')
    expect(told).toBe(2)
    expect(cache.version()).toBe(2)
    cache.want(3, 4)
    expect(asked).toEqual([])
  })

  test('gives up reads for pages that were scrolled past, and ignores their late answers', async () => {
    const { asked, cache, answerAll } = harness()

    cache.want(0, 0)
    const passed = asked[0]
    cache.want(50, 50)
    await answerAll()

    expect(passed?.signal.aborted).toBe(true)
    expect(cache.page(0)).toBeUndefined()
    expect(cache.page(50)).toBe('page 50')
  })

  test('asks again for a page that could not be had', async () => {
    const { asked, cache } = harness()
    cache.want(1, 1)
    asked.splice(0)[0]?.answer(null)
    await Promise.resolve()
    await Promise.resolve()

    cache.want(1, 1)

    expect(asked.map(({ page }) => page)).toEqual([1])
  })

  test('drops the pages that were not shown for longest', async () => {
    const { cache, answerAll } = harness(2)
    for (const page of [0, 1]) {
      cache.want(page, page)
      await answerAll()
    }
    cache.want(0, 0)
    cache.want(2, 2)
    await answerAll()

    expect([0, 1, 2].map((page) => cache.page(page) !== undefined)).toEqual([true, false, true])
  })

  test('never asks beyond the last page', () => {
    const { asked, cache } = harness()
    cache.want(98, 105)
    expect(asked.map(({ page }) => page)).toEqual([98, 99])
  })

  test('close gives up everything', () => {
    const { asked, cache } = harness()
    cache.want(0, 1)
    cache.close()
    expect(asked.every(({ signal }) => signal.aborted)).toBe(true)
  })
})
