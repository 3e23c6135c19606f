import { describe, expect, test } from 'vitest'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import type { RecordKind } from '#contract/model/record.ts'
import { createBodyStore, SMALL_BODY_BYTES, type BodyStore } from '#core/bodies/body-store.ts'
import { createRecordViews, type RecordViews } from '#core/bodies/record-views.ts'
import { tempDir } from '../../../support/temp-dir.ts'

interface Kit {
  readonly store: BodyStore
  readonly views: RecordViews
  readonly open: (bodyId: BodyId, kind: RecordKind, encoding?: string) => Promise<ViewId>
  /** Asks until all that has come is looked at. */
  readonly status: (viewId: ViewId, filter?: string, until?: number) => Promise<Awaited<ReturnType<RecordViews['status']>>>
}

async function kit(): Promise<Kit> {
  const store = createBodyStore({ dir: await tempDir(), now: Date.now })
  const views = createRecordViews(store)
  const status: Kit['status'] = async (viewId, filter = '', until = Infinity) => {
    const now = await views.status(viewId, filter, until)
    return now.isCaughtUp ? now : status(viewId, filter, until)
  }
  return {
    store,
    views,
    open: (bodyId, kind, encoding) => views.open({ bodyId, kind, encoding: encoding ?? null, arrivalsId: null }),
    status,
  }
}

const ndjson = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `{"n":${from + index},"even":${(from + index) % 2 === 0}}\n`).join('')

describe('a body on its way in', () => {
  test('is read by its rows as it grows, in memory and then in a file, and goes on to be read once it is whole', async () => {
    const { store, views, open, status } = await kit()
    const id = store.arriving.expect()
    const viewId = await open(id, 'ndjson')
    expect(await status(viewId)).toMatchObject({ total: 0, isOver: false })

    const writer = store.write(id)
    await writer.append(Buffer.from(`${ndjson(3)}{"n":`))
    expect(await status(viewId)).toMatchObject({ total: 3, isOver: false })

    const rest = Buffer.from(`3}\n${ndjson(20_000, 4)}`)
    expect(rest.length).toBeGreaterThan(SMALL_BODY_BYTES)
    await writer.append(rest)
    const stored = await writer.finish()
    store.arriving.over(id, stored.id)

    expect(await status(viewId)).toEqual({ total: 20_004, matched: 20_004, bytes: stored.bytes, isCaughtUp: true, isOver: true })
    expect((await views.rows(viewId, 2, 2)).map(({ number, text }) => [number, text])).toEqual([
      [2, '{"n":2,"even":true}'],
      [3, '{"n":3}'],
    ])
    expect((await views.rows(viewId, 20_003, 10)).map(({ text }) => text)).toEqual(['{"n":20003,"even":false}'])
  })

  test('of which a large part is on the disk can be read up to there', async () => {
    const { store } = await kit()
    const id = store.arriving.expect()
    const writer = store.write(id)
    const bytes = Buffer.alloc(SMALL_BODY_BYTES * 3, 'abcdefg')
    await writer.append(bytes)

    await expect.poll(async () => (await store.stat(id))?.bytes).toBe(bytes.length)
    expect((await store.read(id, 300_000, 20)).equals(bytes.subarray(300_000, 300_020))).toBe(true)
    await writer.abort()
  })

  test('that cannot be kept is over, with nothing in it', async () => {
    const { store, open, status } = await kit()
    const id = store.arriving.expect()
    const writer = store.write(id)
    await writer.append(Buffer.from('data: a\n\n'))
    const viewId = await open(id, 'sse')
    await writer.abort()
    store.arriving.over(id, null)

    expect(await status(viewId)).toMatchObject({ total: 0, isOver: true })
  })
})

describe('a record', () => {
  test('that the stream ended within is shown, as cut off', async () => {
    const { store, views, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from('data: a\n\ndata: half'))).id, 'sse')

    expect(await status(viewId)).toMatchObject({ total: 2, isOver: true })
    expect((await views.rows(viewId, 0, 5)).map(({ text, kind }) => [text, kind])).toEqual([
      ['a', 'whole'],
      ['half', 'cut'],
    ])
  })

  test('does not begin with a byte order mark', async () => {
    const { store, views, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from('\ufeffdata: a\n\n'))).id, 'sse')
    await status(viewId)

    expect(await views.rows(viewId, 0, 1)).toMatchObject([{ text: 'a', kind: 'whole' }])
  })

  test('is laid out without loss where it is JSON', async () => {
    const { store, views, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from('{"big":12345678901234567890,"z":1.10}\nno json\n'))).id, 'ndjson')
    await status(viewId)

    expect((await views.read(viewId, 0)).pretty).toBe('{\n  "big": 12345678901234567890,\n  "z": 1.10\n}')
    expect(await views.read(viewId, 1)).toMatchObject({ text: 'no json', pretty: null, isCut: false })
    await expect(views.read(viewId, 2)).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('of megabytes is shown by its beginning and read to its first MiB', async () => {
    const { store, views, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from(`"${'x'.repeat(3_000_000)}"\n"after"\n`))).id, 'ndjson')
    await status(viewId)

    const rows = await views.rows(viewId, 0, 2)
    expect(rows.map(({ text, bytes }) => [text.length, bytes])).toEqual([
      [600, 3_000_003],
      [7, 8],
    ])
    expect(await views.read(viewId, 0)).toMatchObject({ isCut: true, bytes: 3_000_003 })
  })

  test('of a log of a WebSocket has the length of its message, not of the line of the log', async () => {
    const { store, views, open, status } = await kit()
    const line = JSON.stringify({ from: 'server', type: 'binary', data: '/////w==', bytes: 4 })
    const viewId = await open((await store.put(Buffer.from(`${line}\n`))).id, 'socket')
    await status(viewId)

    expect(await views.read(viewId, 0)).toMatchObject({ text: '/////w==', bytes: 4 })
    expect(await views.rows(viewId, 0, 1)).toMatchObject([{ event: 'received binary', bytes: 4 }])
  })

  test('of a text in another encoding is decoded', async () => {
    const { store, views, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from([0xe9, 0x0a, 0x61]))).id, 'lines', 'windows-1252')
    await status(viewId)

    expect((await views.rows(viewId, 0, 5)).map(({ text }) => text)).toEqual(['é', 'a'])
  })
})

describe('a filter', () => {
  test('lets through what has the text, and goes on as more comes', async () => {
    const { store, views, open, status } = await kit()
    const id = store.arriving.expect()
    const writer = store.write(id)
    await writer.append(Buffer.from(ndjson(10)))
    const viewId = await open(id, 'ndjson')

    expect(await status(viewId, 'EVEN":true')).toMatchObject({ total: 10, matched: 5 })
    await writer.append(Buffer.from(ndjson(1000, 10)))
    expect(await status(viewId, 'EVEN":true')).toMatchObject({ total: 1010, matched: 505 })
    expect((await views.rows(viewId, 503, 5)).map(({ number }) => number)).toEqual([1006, 1008])
    expect(await status(viewId, 'EVEN":true', 10)).toMatchObject({ total: 1010, matched: 5 })
    expect(await status(viewId)).toMatchObject({ matched: 1010 })
  })

  test('looks at event, id and data, and not at the names of fields', async () => {
    const { store, open, status } = await kit()
    const viewId = await open((await store.put(Buffer.from('event: Price\nid: 9\ndata: x\n\ndata: y\n\n'))).id, 'sse')

    expect(await status(viewId, 'price')).toMatchObject({ matched: 1 })
    expect(await status(viewId, 'data')).toMatchObject({ matched: 0 })
  })
})

test('a view that is closed is gone, and a body that is not there is none', async () => {
  const { store, views, open } = await kit()
  const viewId = await open((await store.put(Buffer.from('a\n'))).id, 'lines')
  views.close(viewId)

  await expect(views.status(viewId, '', Infinity)).rejects.toMatchObject({ kind: 'NotFound' })
  await expect(open('0'.repeat(64) as BodyId, 'lines')).rejects.toMatchObject({ kind: 'NotFound' })
})
