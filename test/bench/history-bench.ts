/** P11: a history of 100,000 entries: recorded, listed, searched, and how long the host's thread stands still meanwhile. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { HistoryFilter } from '#contract/model/history.ts'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import type { HistoryLimits, HistoryRow } from '#core/history/history-row.ts'
import { createWorkerThread, type HistoryThread } from '#core/history/history-thread.ts'
import { compare, type Row } from './measure.ts'

const ENTRIES = 100_000
const AT_ONCE = 64
const LIMITS: HistoryLimits = { maxAgeDays: 90, maxEntries: ENTRIES, maxBytes: 4 * 1024 ** 3 }

export async function benchHistory(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const path = join(folder, 'history.db')
  const thread = createWorkerThread(path, {
    onNotice: (error) => void process.stderr.write(`${error.message}\n`),
    onChanged: () => undefined,
  })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  try {
    delay.enable()
    const started = performance.now()
    for (let at = 0; at < ENTRIES; at += AT_ONCE) {
      await thread.run(
        'insert',
        Array.from({ length: AT_ONCE }, (_, index) => entry(at + index)),
        LIMITS,
        Date.now(),
      )
    }
    const ms = performance.now() - started
    const work = `history of ${ENTRIES.toLocaleString('en')} entries`
    const rows: Row[] = [
      { work, name: 'record them all', ms, ratio: 1, peakBytes: null },
      {
        work,
        name: `record one (${Math.round((await sizeOf(path)) / 1024 ** 2)} MiB on the disk)`,
        ms: ms / ENTRIES,
        ratio: 1,
        peakBytes: null,
      },
    ]
    delay.reset()
    rows.push(
      ...(await compare(
        work,
        [
          list(thread, 'newest 50', {}),
          list(thread, 'text of one URL', { text: 'item/77123' }),
          list(thread, 'word of one body', { text: 'unique77123' }),
          list(thread, 'word of every body', { text: 'lorem' }),
          list(thread, 'words of header and body', { text: 'trace-500 ipsum' }),
          list(thread, 'text of no entry', { text: 'kedgeree' }),
          list(thread, 'by method, status and host', { methods: ['POST'], statuses: ['5xx'], host: 'host7' }),
          { name: 'choices of filters', run: async () => void (await thread.run('facets')) },
        ],
        7,
      )),
    )
    rows.push({ work, name: 'longest stop of the host’s thread meanwhile', ms: delay.max / 1e6, ratio: 1, peakBytes: null })
    return rows
  } finally {
    delay.disable()
    await thread.close()
    await rm(folder, { recursive: true })
  }
}

function list(thread: HistoryThread, name: string, filter: HistoryFilter): { name: string; run: () => Promise<void> } {
  return { name, run: async () => void (await thread.run('list', { filter, cursor: null, limit: 50 })) }
}

const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(' ')

function entry(index: number): HistoryRow {
  const url = `https://host${index % 40}.example.com/api/v2/item/${index}?page=${index % 7}`
  const body = JSON.stringify({
    id: index,
    key: `unique${index}`,
    text: Array.from({ length: 60 }, (_, at) => WORDS[(index * 7 + at * 3) % WORDS.length]).join(' '),
    token: createHash('sha1').update(String(index)).digest('hex'),
  })
  const head = `Content-Type: application/json\nX-Request: trace-${index % 1000}\nServer: nginx\nDate: Sat, 02 May 2026 10:00:00 GMT`
  return {
    entry: {
      id: ExchangeIdSchema.parse(randomUUID()),
      startedAt: new Date(Date.now() - (ENTRIES - index) * 1000).toISOString(),
      totalMs: (index % 300) + 0.5,
      method: index % 5 === 0 ? 'POST' : 'GET',
      url,
      host: `host${index % 40}.example.com`,
      status: index % 50 === 0 ? 503 : 200,
      error: null,
      requestBytes: 0,
      responseBytes: body.length,
      nodeId: null,
      session: 'default',
      environment: null,
    },
    draftId: null,
    details: JSON.stringify({ url, head: head.repeat(4), body }),
    bodies: [{ id: createHash('sha256').update(body).digest('hex'), bytes: body.length }],
    words: { url, head, request: '', response: body },
  }
}

async function sizeOf(path: string): Promise<number> {
  const sizes = await Promise.all([path, `${path}-wal`].map(async (file) => (await stat(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
