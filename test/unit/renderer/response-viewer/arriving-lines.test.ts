import { beforeEach, expect, test } from 'vitest'
import { BodyIdSchema, ViewIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { arrivingLines } from '../../../../src-renderer/features/response-viewer/arriving-lines.ts'
import type { LineSource } from '../../../../src-renderer/features/response-viewer/line-source.ts'
import { RecordFeed } from '../../../../src-renderer/features/response-viewer/record-feed.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

const viewId = ViewIdSchema.parse('view-1')
const LONG = 'x'.repeat(9000)
let platform: FakePlatform
/** What has come, by lines; the last may go on. */
let come: string[]
let isOver: boolean
let feed: RecordFeed

beforeEach(() => {
  platform = freshWindow()
  come = []
  isOver = false
  platform.answer('records.open', { viewId })
  platform.answer('records.close', {})
  platform.answer('records.status', () => ({
    ok: true,
    value: { total: come.length, matched: come.length, bytes: come.join('\n').length, isCaughtUp: true, isOver },
  }))
  const row = (text: string, number: number) => ({ number, at: null, kind: 'whole', event: '', id: '', text, bytes: text.length }) as const
  platform.answer('records.rows', ({ from, count }) => ({
    ok: true,
    value: { rows: come.slice(from, from + count).map((text, index) => row(text.slice(0, 4000), from + index)) },
  }))
  platform.answer('records.read', ({ number }) => ({
    ok: true,
    value: { text: come[number] ?? '', pretty: null, isCut: false, bytes: come[number]?.length ?? 0 },
  }))
  feed = new RecordFeed({ bodyId: BodyIdSchema.parse('a'.repeat(64)), kind: 'lines', encoding: null, arrivalsId: null })
  return () => feed.close()
})

async function begin(...lines: string[]): Promise<LineSource> {
  come = lines
  await feed.start()
  const source = arrivingLines(feed)
  await expect.poll(() => source.count).toBe(lines.length)
  return source
}

test('the last line stays in sight while it goes on', async () => {
  const source = await begin('first', 'second beg')
  source.want(0, 10)
  await expect.poll(() => source.line(1)).toBe('second beg')
  const seen = new Set<string | undefined>()
  const stop = source.subscribe(() => seen.add(source.line(1)))

  come = ['first', 'second begins', 'third']
  await expect.poll(() => source.line(1)).toBe('second begins')

  stop()
  expect([...seen]).toEqual(['second beg', 'second begins'])
})

test('a line that is yet to come is gone to once it is there, or the last where none comes', async () => {
  const source = await begin('first')
  let far: unknown = null
  let beyond: unknown = null
  void source.place({ line: 2, column: 1 }).then((place) => (far = place))
  void source.place({ line: 99, column: 1 }).then((place) => (beyond = place))

  come = ['first', 'second', 'third']
  await expect.poll(() => far).toEqual({ line: 2, column: 1 })
  expect(beyond).toBeNull()
  isOver = true
  await expect.poll(() => beyond).toEqual({ line: 2, column: 0 })
})

test('lines are copied whole, of which rows show the beginning only', async () => {
  const source = await begin('first', LONG)

  expect(await source.read(0, 1)).toEqual([
    { text: 'first', goesOn: false },
    { text: LONG, goesOn: false },
  ])
})
