import { describe, expect, test } from 'vitest'
import { growView, type GrowingView } from '../../../../src-main/core/bodies/growing-view.ts'
import { createLineIndexer, type LineIndex } from '../../../../src-main/core/bodies/line-index.ts'
import type { ViewPart } from '../../../../src-main/core/bodies/view-job.ts'
import type { ViewResult } from '../../../../src-main/core/bodies/view-pipeline.ts'

function indexOf(text: string): LineIndex {
  const indexer = createLineIndexer()
  indexer.write(Buffer.from(text))
  return indexer.soFar()
}

const partOf = (text: string, share: number): ViewPart => ({ index: indexOf(text), reach: text.length, length: text.length, share })
const resultOf = (lines: number): ViewResult => ({
  index: { lines, end: 100, entries: Float64Array.from([0, 0]) },
  length: 100,
  text: null,
  note: null,
})

interface Hand {
  readonly view: GrowingView
  readonly tell: (part: ViewPart) => void
  readonly finish: (result: ViewResult) => void
  readonly fail: (error: Error) => void
}

function inHand(head: ViewPart | null = null): Hand {
  const { promise, resolve, reject } = Promise.withResolvers<ViewResult>()
  let tell: (part: ViewPart) => void = () => undefined
  const view = growView((onPart) => {
    tell = onPart
    return promise
  }, head)
  return { view, tell: (part) => tell(part), finish: resolve, fail: reject }
}

describe('a view that is being made', () => {
  test('has the lines that have ended, and begins with the first of them', async () => {
    const { view, tell } = inHand()
    let hasBegun = false
    void view.begun.then(() => (hasBegun = true))

    tell(partOf('half a line', 0.1))
    await Promise.resolve()
    expect([view.readable().lines, hasBegun]).toEqual([0, false])
    tell(partOf('one\ntwo\nthr', 0.5))
    await view.begun

    expect([view.readable().lines, view.readable().end, view.share(), view.length()]).toEqual([2, 8, 0.5, 11])
    expect(view.expectedEnd()).toBe(22)
  })

  test('has as much as is shown of a line that is long, but does not say that it has ended', () => {
    const { view, tell } = inHand()

    tell(partOf(`one\n${'x'.repeat(70_000)}`, 0.5))

    expect([view.readable().lines, view.readable().end]).toEqual([2, 70_004])
    expect([view.ended().lines, view.ended().end]).toEqual([1, 4])
  })

  test('shows its head until there is more, and does not go back to less', () => {
    const { view, tell } = inHand(partOf('one\ntwo\nthree\n', 0.4))

    expect([view.readable().lines, view.ended().lines, view.isTold()]).toEqual([3, 0, false])
    tell(partOf('one\n', 0.1))
    expect([view.readable().lines, view.isTold()]).toEqual([3, false])
    tell(partOf('one\ntwo\nthree\nfour\n', 0.6))

    expect([view.readable().lines, view.ended().lines, view.isTold()]).toEqual([4, 4, true])
  })

  test('tells who waits of more lines, of its end, and after a moment that there is nothing new', async () => {
    const { view, tell, finish } = inHand()
    tell(partOf('one\n', 0.2))

    const more = view.more(1, 'readable')
    tell(partOf('one\ntwo\n', 0.3))
    await more
    expect(view.readable().lines).toBe(2)
    await view.more(2, 'ended')
    expect(view.readable().lines).toBe(2)
    const end = view.more(2, 'readable')
    finish(resultOf(9))
    await end

    expect([view.readable().lines, view.share(), view.expectedEnd()]).toEqual([9, null, 100])
    await view.more(9, 'readable')
  })

  test('fails whoever waits for it where it cannot be made', async () => {
    const { view, tell, fail } = inHand()
    tell(partOf('one\n', 0.2))
    const more = view.more(1, 'readable')

    fail(new Error('no room'))

    await expect(more).rejects.toThrow('no room')
    await expect(view.whole).rejects.toThrow('no room')
    await expect(inHandFailed().begun).rejects.toThrow('at once')
  })
})

function inHandFailed(): GrowingView {
  return growView(() => Promise.reject(new Error('at once')), null)
}
