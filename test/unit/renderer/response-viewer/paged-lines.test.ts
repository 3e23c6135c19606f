import { beforeEach, describe, expect, test } from 'vitest'
import { ViewIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { pagedLines } from '../../../../src-renderer/features/response-viewer/paged-lines.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

const viewId = ViewIdSchema.parse('view-1')
let platform: FakePlatform
/** Lines that core has by now. */
let known: number

beforeEach(() => {
  platform = freshWindow()
  known = 0
  platform.answer('body.lines', async ({ from, count }) => ({
    ok: true,
    value: { lines: Array.from({ length: Math.max(0, Math.min(count, known - from)) }, (_, index) => `line ${from + index}`) },
  }))
})

describe('the lines of a text that grows', () => {
  const growing = () => pagedLines({ viewId, length: 1200, lines: 12, share: 0.1, first: ['line 0', 'line 1'] })

  test('begin with those that came with it, and are read as there are more', async () => {
    const lines = growing()
    known = 12

    expect([lines.count, lines.line(0), lines.line(5)]).toEqual([12, 'line 0', undefined])
    lines.want(0, 11)
    await expect.poll(() => lines.line(11)).toBe('line 11')
    known = 900
    lines.grow({ lines: 900, share: 0.9 })
    lines.want(0, 11)
    expect([lines.count, lines.line(11)]).toEqual([900, 'line 11'])
    await expect.poll(() => lines.line(40)).toBe('line 40')
  })

  test('are gone to once they are there, or to the last where there are no more', async () => {
    const lines = growing()
    known = 12
    let far: unknown = null
    let beyond: unknown = null

    void lines.place({ line: 500, column: 3 }).then((place) => (far = place))
    void lines.place({ line: 5000, column: 3 }).then((place) => (beyond = place))
    expect(await lines.place({ line: 3, column: 1 })).toEqual({ line: 3, column: 1 })
    lines.grow({ lines: 400, share: 0.4 })
    lines.want(0, 11)
    await Promise.resolve()
    expect([far, beyond]).toEqual([null, null])
    lines.grow({ lines: 900 })
    lines.want(0, 11)

    await expect.poll(() => far).toEqual({ line: 500, column: 3 })
    await expect.poll(() => beyond).toEqual({ line: 899, column: 0 })
  })
})
