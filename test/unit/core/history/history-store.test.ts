import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { WireError } from '#contract/errors.ts'
import type { Exchange, HeaderList } from '#contract/model/exchange.ts'
import type { HistorySettings } from '#contract/model/history.ts'
import { BodyIdSchema, ExchangeIdSchema, type ExchangeId } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { createBodyStore, type BodyStore } from '#core/bodies/body-store.ts'
import type { SentRecord } from '#core/history/history-record.ts'
import { createHistory, type History } from '#core/history/history-store.ts'
import { maskFor } from '#core/history/mask.ts'
import { CoreError } from '#core/lib/core-error.ts'
import { tempDir } from '../../../support/temp-dir.ts'

interface Kit {
  readonly history: History
  readonly bodies: BodyStore
  readonly dir: string
  readonly problems: WireError[]
  readonly added: ExchangeId[]
  readonly clock: { now: number }
  readonly settings: HistorySettings
}

async function kit(
  options: { dir?: string; problem?: CoreError; isLasting?: boolean; settings?: Partial<HistorySettings> } = {},
): Promise<Kit> {
  const dir = options.dir ?? (await tempDir())
  const clock = { now: Date.now() }
  const problems: WireError[] = []
  const added: ExchangeId[] = []
  const bodies = createBodyStore({ dir: join(dir, 'bodies'), now: () => clock.now })
  const settings = { enabled: true, maxAgeDays: null, maxEntries: null, maxBytes: null, ...options.settings }
  const history = createHistory({
    dataDir: dir,
    bodies,
    settings: async () => settings,
    now: () => clock.now,
    isLasting: options.isLasting ?? false,
    problem: options.problem ?? null,
    onProblem: (error) => void problems.push(error),
    report: (error) => {
      throw error
    },
    onChanged: (ids) => void added.push(...ids),
  })
  onTestFinished(async () => {
    await history.close()
    await bodies.flush()
  })
  return { history, bodies, dir, problems, added, clock, settings }
}

interface SentFacts {
  readonly url?: string
  readonly headers?: HeaderList
  readonly response?: { readonly headers?: HeaderList; readonly body?: string }
  readonly secrets?: readonly string[]
}

const TIMINGS = { queued: 0, dns: 0, connect: 0, tls: 0, send: 1, wait: 2, download: 3, total: 6, reusedConnection: false }

async function sent(bodies: BodyStore, facts: SentFacts = {}): Promise<SentRecord> {
  const { url = 'http://127.0.0.1:9/a', headers = [], response = {}, secrets = [] } = facts
  const body = await bodies.put(Buffer.from(response.body ?? '{"ok":true}'))
  const exchange: Exchange = {
    id: ExchangeIdSchema.parse(randomUUID()),
    startedAt: '2026-05-01T10:00:00.000Z',
    ok: true,
    request: {
      method: 'GET',
      url,
      httpVersion: '1.1',
      headers,
      head: [`GET ${new URL(url).pathname} HTTP/1.1`, ...headers.map((line) => line.join(': '))].join('\r\n'),
      bodyBytes: 0,
      bodyId: null,
    },
    response: {
      url,
      status: 200,
      reason: 'OK',
      httpVersion: '1.1',
      headers: response.headers ?? [['Content-Type', 'application/json']],
      informational: [],
      trailers: [],
      cookies: [],
      encoding: 'utf-8',
      encodingFrom: 'json',
      bodyBytes: body.bytes,
      wireBytes: body.bytes,
      bodyId: body.id,
    },
    history: [],
    attempts: [],
    timings: TIMINGS,
    connection: null,
    warnings: [],
    error: null,
  }
  return {
    exchange,
    document: { ...emptyRequest(), url },
    seed: 'test-seed',
    root: null,
    nodeId: null,
    draftId: null,
    place: null,
    session: 'default',
    environment: null,
    hopsBefore: 0,
    mask: maskFor(secrets),
  }
}

async function countOf(history: History, text = ''): Promise<number> {
  return (await history.list({ text }, null)).entries.length
}

describe.each([
  ['in a thread of its own', true],
  ['in the thread of its caller', false],
])('the history, %s', (_where, isLasting) => {
  test('has what was recorded a moment ago, and tells of it', async () => {
    const { history, bodies, added } = await kit({ isLasting })
    const record = await sent(bodies, { url: 'http://127.0.0.1:9/first?q=1' })
    void history.record(record)
    const { entries } = await history.list({}, null)

    expect(entries).toMatchObject([{ id: record.exchange.id, method: 'GET', host: '127.0.0.1:9', status: 200, totalMs: 6 }])
    expect(added).toEqual([record.exchange.id])
    expect(await history.read(record.exchange.id)).toMatchObject({
      document: record.document,
      exchange: record.exchange,
      seed: 'test-seed',
    })
  })

  test('calls a hop that got an access token by its name, as older versions did not', async () => {
    const { history, bodies } = await kit({ isLasting })
    const record = await sent(bodies)
    const { request, response, timings } = record.exchange
    if (!request || !response) throw new Error('Nothing was sent.')
    const connection = { remoteAddress: null, remotePort: null, localPort: null, tls: null, proxy: null }
    const hop = { kind: 'challenge' as const, at: 0, request, response, timings, connection, because: 'so', dropped: [] }
    void history.record({ ...record, exchange: { ...record.exchange, history: [hop, hop] }, hopsBefore: 1 })

    const { exchange } = await history.read(record.exchange.id)
    expect(exchange.history.map(({ kind }) => kind)).toEqual(['token', 'challenge'])
  })

  test('sets a damaged file aside, says so once, and begins a new one', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'history.db'), 'this is no database at all'.repeat(500))
    const { history, bodies, problems } = await kit({ dir, isLasting })
    void history.record(await sent(bodies))

    expect(await countOf(history)).toBe(1)
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/damaged.*history\.db\.damaged-/)])
    expect((await readdir(dir)).filter((name) => name.includes('damaged-'))).toHaveLength(1)
  })

  test('goes on in a new file where the old one was removed while it was open', async () => {
    const { history, bodies, dir } = await kit({ isLasting })
    void history.record(await sent(bodies))
    await countOf(history)
    for (const name of await readdir(dir)) if (name.startsWith('history.db')) await rm(join(dir, name))
    void history.record(await sent(bodies))
    await history.close()

    const again = await kit({ dir })

    expect(await countOf(again.history)).toBe(1)
  })

  test('keeps its files for their owner alone', async () => {
    const { history, bodies, dir } = await kit({ isLasting })
    void history.record(await sent(bodies))
    await countOf(history)

    const files = (await readdir(dir)).filter((name) => name.startsWith('history.db'))
    expect(files.length).toBeGreaterThan(1)
    for (const name of files) expect((await stat(join(dir, name))).mode & 0o077, name).toBe(0)
  })
})

describe('where it cannot be kept', () => {
  const PAUSE_MS = 30_000

  /** The database cannot be made, as there is a folder in its place. */
  async function blocked(): Promise<Kit & { readonly unblock: () => Promise<void> }> {
    const dir = await tempDir()
    await mkdir(join(dir, 'history.db'))
    return { ...(await kit({ dir })), unblock: () => rm(join(dir, 'history.db'), { recursive: true }) }
  }

  async function recordThree({ history, bodies }: Kit): Promise<void> {
    for (let count = 0; count < 3; count += 1) {
      void history.record(await sent(bodies, { response: { body: `body ${count}` } }))
      await history.list({}, null).catch(() => undefined)
    }
  }

  test('it says so once, whatever the clock does, and says it again should it fail after it went well', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const one = await blocked()
    await recordThree(one)
    one.clock.now -= 365 * 86_400_000
    await recordThree(one)
    expect(one.problems).toMatchObject([{ kind: 'StorageError', hint: expect.stringContaining('sent all the same') }])

    await one.unblock()
    vi.advanceTimersByTime(PAUSE_MS)
    expect(await countOf(one.history)).toBe(6)
    await one.history.close()
    await rm(join(one.dir, 'history.db'))
    await mkdir(join(one.dir, 'history.db'))
    await recordThree(one)

    expect(one.problems).toHaveLength(2)
  })

  test('what was sent meanwhile is kept once that is possible, with its bodies, at the latest at the end', async () => {
    const one = await blocked()
    await writeFile(join(one.dir, 'bodies'), 'a file is in its place')
    await recordThree(one)
    await one.bodies.flush().catch(() => undefined)
    await one.unblock()
    await rm(join(one.dir, 'bodies'))
    await one.bodies.put(Buffer.from('the first that could be written again'))
    await one.history.close()

    const again = await kit({ dir: one.dir })

    expect(await countOf(again.history)).toBe(3)
    const { entries } = await again.history.list({}, null)
    for (const { id } of entries) {
      const { exchange } = await again.history.read(id)
      const bodyId = BodyIdSchema.parse(exchange.response?.bodyId)
      expect((await again.bodies.read(bodyId, 0, 9)).toString()).toMatch(/^body \d$/)
    }
  })

  test('questions fail with the reason, where the data folder has a problem', async () => {
    const problem = new CoreError('StorageError', 'store', 'The data folder cannot be written.')
    const { history, bodies, dir } = await kit({ problem })
    void history.record(await sent(bodies))

    await expect(history.list({}, null)).rejects.toThrow('The data folder cannot be written.')
    expect(await readdir(dir)).not.toContain('history.db')
  })

  test('nothing is recorded where the settings say so', async () => {
    const { history, bodies, settings } = await kit({ settings: { enabled: false } })
    void history.record(await sent(bodies))
    const before = await countOf(history)
    history.configure({ ...settings, enabled: true })
    void history.record(await sent(bodies))

    expect([before, await countOf(history)]).toEqual([0, 1])
  })
})

describe('secrets', () => {
  const SECRET = 's3cret value"'

  test('of variables are in nothing that is kept', async () => {
    const { history, bodies } = await kit()
    const record = await sent(bodies, {
      url: `http://127.0.0.1:9/a?key=${encodeURIComponent(SECRET)}`,
      headers: [
        ['X-Own', SECRET],
        ['Authorization', `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`],
      ],
      response: { body: JSON.stringify({ echoed: SECRET, other: 'seen' }) },
      secrets: [SECRET],
    })
    void history.record(record)
    const kept = JSON.stringify(await history.read(record.exchange.id))

    expect(kept).not.toContain('s3cret')
    expect(kept).not.toContain(Buffer.from(`me:${SECRET}`).toString('base64'))
    expect(kept).toContain('X-Own')
    expect([await countOf(history, 's3cret'), await countOf(history, 'seen')]).toEqual([0, 1])
  })

  test('of headers are kept, and not found by', async () => {
    const { history, bodies } = await kit()
    const record = await sent(bodies, {
      headers: [
        ['Authorization', 'Bearer abcdefgh'],
        ['X-Plain', 'ijklmnop'],
      ],
      response: { headers: [['Set-Cookie', 'sid=qrstuvwx']] },
    })
    void history.record(record)

    expect(await Promise.all(['abcdefgh', 'qrstuvwx', 'ijklmnop'].map((text) => countOf(history, text)))).toEqual([0, 0, 1])
    expect((await history.read(record.exchange.id)).exchange).toEqual(record.exchange)
  })
})

test('bodies of its entries stay through a sweep, and go when the entries are gone for good', async () => {
  const { history, bodies, clock, dir } = await kit()
  const record = await sent(bodies, { response: { body: 'kept' } })
  const id = BodyIdSchema.parse(record.exchange.response?.bodyId)
  const loose = await bodies.put(Buffer.from('loose'))
  void history.record(record)
  await bodies.flush()
  clock.now += 30 * 24 * 3600 * 1000
  const swept = await bodies.sweep({ olderThanMs: 1000, maxBytes: 0 }, history.keptBodies)
  const another = createBodyStore({ dir: join(dir, 'bodies'), now: () => clock.now })
  const after = [await another.stat(id), await another.stat(loose.id)]
  await history.clear(true)
  await history.close()

  expect(swept).toEqual({ removed: 1, removedBytes: 5, keptBytes: 0 })
  expect(after).toEqual([{ bytes: 4 }, null])
  expect(await another.stat(id)).toBeNull()
})
