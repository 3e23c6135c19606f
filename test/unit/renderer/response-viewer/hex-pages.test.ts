import { beforeEach, expect, test } from 'vitest'
import { BodyIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { HexPages, PAGE_BYTES } from '../../../../src-renderer/features/response-viewer/hex-pages.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

const ARRIVING = BodyIdSchema.parse('a'.repeat(64))
const WHOLE = BodyIdSchema.parse('b'.repeat(64))
let platform: FakePlatform
/** Bytes that core has by now. */
let come: number

beforeEach(() => {
  platform = freshWindow()
  come = 0
  platform.answer('body.bytes', ({ offset, length }) => ({
    ok: true,
    value: { base64: Buffer.alloc(Math.max(0, Math.min(length, come - offset)), 7).toString('base64'), total: come },
  }))
})

test('a page that was read before all of it was there is read again, and is shown as it is until then', async () => {
  const pages = new HexPages(ARRIVING)
  come = 100
  pages.want(0, 0, 100)
  await expect.poll(() => pages.cache.page(0)?.length).toBe(100)

  come = PAGE_BYTES + 5
  pages.goOnAs(WHOLE)
  pages.want(0, 1, come)

  expect(pages.cache.page(0)?.length).toBe(100)
  await expect.poll(() => [pages.cache.page(0)?.length, pages.cache.page(1)?.length]).toEqual([PAGE_BYTES, 5])
  expect(new Set(platform.inputs('body.bytes').map(({ id }) => id))).toEqual(new Set([ARRIVING, WHOLE]))
})

test('a body that is shorter than was said is not asked for again and again', async () => {
  const pages = new HexPages(WHOLE)
  come = 50
  pages.want(0, 0, 80)
  await expect.poll(() => pages.cache.page(0)?.length).toBe(50)

  pages.want(0, 0, 80)
  pages.want(0, 0, 80)

  expect(platform.inputs('body.bytes')).toHaveLength(1)
})
