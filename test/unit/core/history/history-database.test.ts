import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { HistoryFilter } from '#contract/model/history.ts'
import { DraftIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import { openDatabase, type HistoryDatabase } from '#core/history/history-database.ts'
import { hashOf, NO_LIMITS, row } from '../../../support/history-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const NOW = Date.parse('2026-05-02T00:00:00Z')
const DAY_MS = 24 * 3600 * 1000

async function database(): Promise<{ readonly db: HistoryDatabase; readonly path: string }> {
  const path = join(await tempDir(), 'history.db')
  const db = openDatabase(path)
  onTestFinished(db.close)
  return { db, path }
}

function urls(db: HistoryDatabase, filter: HistoryFilter = {}): string[] {
  return db.list({ filter, cursor: null, limit: 500 }).entries.map(({ url }) => new URL(url).pathname)
}

const at = (path: string): string => `https://one.example${path}`

describe('entries', () => {
  test('come in pages, newest first, each once', async () => {
    const { db } = await database()
    db.insert(
      Array.from({ length: 7 }, (_, index) => row({ url: at(`/${index}`) })),
      NO_LIMITS,
      NOW,
    )
    const first = db.list({ filter: {}, cursor: null, limit: 3 })
    db.insert([row({ url: at('/later') })], NO_LIMITS, NOW)
    const second = db.list({ filter: {}, cursor: first.next, limit: 3 })
    const third = db.list({ filter: {}, cursor: second.next, limit: 3 })

    expect([first, second, third].map(({ entries }) => entries.map(({ url }) => url.slice(-1)))).toEqual([
      ['6', '5', '4'],
      ['3', '2', '1'],
      ['0'],
    ])
    expect(first.total).toEqual({ count: 7, isExact: true })
    expect([second.total, third.next]).toEqual([null, null])
  })

  test('are kept once, however often they are recorded', async () => {
    const { db } = await database()
    const same = row({ url: at('/same') })
    db.insert([same, same], NO_LIMITS, NOW)
    db.insert([same], NO_LIMITS, NOW)

    expect(urls(db)).toEqual(['/same'])
    expect(urls(db, { text: 'same' })).toEqual(['/same'])
  })

  test('are read whole by their id', async () => {
    const { db } = await database()
    const kept = row({ url: at('/whole') })
    db.insert([kept], NO_LIMITS, NOW)

    expect(db.read(kept.entry.id)).toEqual({ entry: { ...kept.entry, pinned: false }, details: kept.details })
    expect(db.read('another')).toBeNull()
  })

  test('of a request go with it when its id changes, two that change places too', async () => {
    const { db } = await database()
    const [a, b] = [NodeIdSchema.parse('c/a'), NodeIdSchema.parse('c/b')]
    db.insert([row({ url: at('/a'), nodeId: a }), row({ url: at('/b'), nodeId: b })], NO_LIMITS, NOW)
    db.moved([
      { from: a, to: b },
      { from: b, to: a },
    ])

    expect(urls(db, { of: { nodeId: b, draftId: null } })).toEqual(['/a'])
    expect(urls(db, { of: { nodeId: a, draftId: null } })).toEqual(['/b'])
  })
})

describe('filters', () => {
  test.each<[string, HistoryFilter, string[]]>([
    ['by method', { methods: ['POST', 'PUT'] }, ['/made']],
    ['by a class of status', { statuses: ['4xx'] }, ['/none', '/teapot']],
    ['by one status, or an error', { statuses: [418, 'error'] }, ['/failed', '/teapot']],
    ['by a part of the host', { host: 'TWO' }, ['/made']],
    ['by session', { session: 'alice' }, ['/teapot']],
    ['by time', { from: '2026-05-01T11:00:00Z', until: '2026-05-01T14:00:00+01:00' }, ['/none', '/teapot']],
    ['by tab', { of: { nodeId: null, draftId: DraftIdSchema.parse('draft-1') } }, ['/made']],
    ['of a request that is nowhere', { of: { nodeId: null, draftId: null } }, []],
    ['with text', { statuses: ['4xx'], text: 'tea' }, ['/teapot']],
    ['that ask for nothing', { methods: [], statuses: [], host: ' ', text: '' }, ['/failed', '/none', '/teapot', '/made']],
  ])('%s', async (_name, filter, paths) => {
    const { db } = await database()
    db.insert(
      [
        row({ url: 'https://two.example/made', method: 'POST', status: 201, draftId: 'draft-1' }),
        row({ url: at('/teapot'), status: 418, session: 'alice', startedAt: '2026-05-01T12:00:00.000Z' }),
        row({ url: at('/none'), status: 404, startedAt: '2026-05-01T11:00:00.000Z' }),
        row({ url: at('/failed'), status: null, error: 'ConnectTimeout', startedAt: '2026-05-01T13:00:00.000Z' }),
      ],
      NO_LIMITS,
      NOW,
    )

    expect(urls(db, filter)).toEqual(paths)
  })

  test('can choose from what is there, the most frequent first', async () => {
    const { db } = await database()
    db.insert(
      [row({ url: 'https://two.example/' }), row({ url: at('/1') }), row({ url: at('/2'), method: 'PUT', session: 's' })],
      NO_LIMITS,
      NOW,
    )

    expect(db.facets()).toEqual({ methods: ['GET', 'PUT'], hosts: ['one.example', 'two.example'], sessions: ['s'] })
  })
})

describe('removing', () => {
  test('hides entries until they are restored', async () => {
    const { db } = await database()
    const rows = ['/a', '/b', '/c'].map((path) => row({ url: at(path) }))
    db.insert(rows, NO_LIMITS, NOW)
    db.pin([rows[0]?.entry.id ?? ''], true)
    const one = db.remove([rows[1]?.entry.id ?? ''], 'first', NOW)
    const rest = db.clear(false, 'second', NOW)

    expect([one, rest, urls(db)]).toEqual([1, 1, ['/a']])
    expect([db.restore('second'), urls(db)]).toEqual([1, ['/c', '/a']])
    expect(urls(db, { pinned: true })).toEqual(['/a'])
    expect(db.clear(true, 'third', NOW)).toBe(2)
  })

  test('for good takes the words along, and tells of bodies that are of no entry now', async () => {
    const { db } = await database()
    const [shared, lone] = ['shared', 'lone'].map((text) => ({ id: hashOf(text), bytes: 5 }))
    if (!shared || !lone) throw new Error('There are two.')
    const gone = row({ url: at('/gone'), received: 'needle', bodies: [shared, lone] })
    db.insert([gone, row({ url: at('/stays'), bodies: [shared] })], NO_LIMITS, NOW)
    db.remove([gone.entry.id], 'removal', NOW)
    const early = db.purge(NOW - 1, NO_LIMITS, NOW)
    const late = db.purge(NOW, NO_LIMITS, NOW)

    expect([early, late]).toEqual([[], [lone.id]])
    expect(db.restore('removal')).toBe(0)
    expect(db.kept([shared.id, lone.id])).toEqual([shared.id])
    expect(urls(db, { text: 'needle' })).toEqual([])
  })
})

describe('limits', () => {
  test('by age and by number leave what is pinned', async () => {
    const { db } = await database()
    const old = row({ url: at('/old'), startedAt: new Date(NOW - 40 * DAY_MS).toISOString() })
    const pinned = row({ url: at('/pinned'), startedAt: new Date(NOW - 50 * DAY_MS).toISOString() })
    db.insert([old, pinned, ...['/1', '/2', '/3', '/4'].map((path) => row({ url: at(path) }))], NO_LIMITS, NOW)
    db.pin([pinned.entry.id], true)
    db.purge(0, { ...NO_LIMITS, maxAgeDays: 30 }, NOW)
    const afterAge = urls(db)
    db.purge(0, { ...NO_LIMITS, maxEntries: 3 }, NOW)

    expect(afterAge).toEqual(['/4', '/3', '/2', '/1', '/pinned'])
    expect(urls(db)).toEqual(['/4', '/3', '/2', '/pinned'])
  })

  test('by bytes let the oldest go, until entries and bodies fit', async () => {
    const { db } = await database()
    const MiB = 1024 ** 2
    const rows = Array.from({ length: 10 }, (_, index) =>
      row({ url: at(`/${index}`), bodies: [{ id: hashOf(String(index)), bytes: MiB }] }),
    )
    db.insert(rows, NO_LIMITS, NOW)
    db.purge(0, { ...NO_LIMITS, maxBytes: 4.5 * MiB }, NOW)

    expect(urls(db)).toEqual(['/9', '/8', '/7', '/6'])
  })

  test('are looked at as entries come', async () => {
    const { db } = await database()
    for (let index = 0; index < 30; index += 1) {
      db.insert(
        Array.from({ length: 20 }, () => row()),
        { ...NO_LIMITS, maxEntries: 50 },
        NOW,
      )
    }

    expect(urls(db).length).toBeLessThanOrEqual(50 + 220)
  })
})

test('a database of a newer version is left alone', async () => {
  const { db, path } = await database()
  db.close()
  const raw = new DatabaseSync(path)
  raw.exec('PRAGMA user_version = 99')
  raw.close()

  expect(() => openDatabase(path)).toThrow('newer Posthaste')
})
