/** Answers for checks: an exchange over a body, and what is needed to look at it. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Exchange, HeaderList, ReceivedResponse } from '#contract/model/exchange.ts'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import { createBodyStore } from '#core/bodies/body-store.ts'
import { createQueryWorker } from '#core/bodies/query-worker-client.ts'
import type { CheckDeps } from '#core/checks/run-checks.ts'
import { response, sentRequest } from './exchanges.ts'
import { tempDir } from './temp-dir.ts'

export interface Sample {
  readonly exchange: Exchange
  readonly answer: ReceivedResponse
  readonly deps: CheckDeps
}

export interface SampleOptions {
  readonly body?: string | Uint8Array
  readonly contentType?: string
  readonly headers?: HeaderList
  readonly change?: Partial<ReceivedResponse>
  readonly deps?: Partial<CheckDeps>
  readonly history?: Exchange['history']
}

/** Call it from within a test. */
export async function sampleAnswer({
  body = '',
  contentType = 'application/json',
  headers = [],
  change,
  deps,
  history = [],
}: SampleOptions = {}): Promise<Sample> {
  const dir = await tempDir()
  const bodies = createBodyStore({ dir: join(dir, 'bodies'), now: () => 0 })
  const worker = createQueryWorker()
  onTestFinished(async () => {
    await worker.close()
    await bodies.flush()
  })
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const stored = bytes.length === 0 ? null : await bodies.put(bytes)
  const answer = response({
    headers: [['Content-Type', contentType], ...headers],
    bodyId: stored?.id ?? null,
    bodyBytes: bytes.length,
    encoding: stored === null ? null : 'utf-8',
    ...change,
  })
  return {
    exchange: exchangeOf(answer, history),
    answer,
    deps: {
      bodies,
      worker,
      scratch: () => Promise.resolve(join(dir, 'scratch')),
      signal: undefined,
      fill: (text) => text,
      readSchema: (path) => Promise.reject(new Error(`No ${path} here.`)),
      ...deps,
    },
  }
}

function exchangeOf(answer: ReceivedResponse, history: Exchange['history']): Exchange {
  return {
    id: ExchangeIdSchema.parse('00000000-0000-4000-8000-000000000000'),
    startedAt: '2026-01-01T00:00:00.000Z',
    ok: true,
    request: sentRequest('GET'),
    response: answer,
    history: [...history],
    attempts: [],
    timings: { queued: 0, dns: 0, connect: 0, tls: 0, send: 0, wait: 12, download: 0, total: 12.5, reusedConnection: false },
    connection: null,
    warnings: [],
    error: null,
  }
}
