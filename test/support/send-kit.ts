/** What a test of sending needs: a pool, a body store and a jar of its own, and requests prepared as the app prepares them. */
import { givenVariables } from '#core/prepare/references.ts'
import { onTestFinished } from 'vitest'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { ExchangeIdSchema, type BodyId } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import { authContext } from '#core/auth/auth-flow.ts'
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { createBodyStore, type BodyStore } from '#core/bodies/body-store.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import type { Preparation, PreparedRequest } from '#core/prepare/prepared-request.ts'
import { createConnectionPool, type ConnectionPool } from '#core/send/connection-pool.ts'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import type { Gate } from '#core/send/gate.ts'
import { sendRequest } from '#core/send/send-request.ts'
import type { SessionCookies } from '#core/send/session-cookies.ts'
import { tempDir } from './temp-dir.ts'

export interface SendKit {
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  readonly bodiesDir: string
  readonly cookies: SessionCookies
  readonly steps: ExchangeStep[]
  readonly prepare: (document: Partial<RequestDocument>) => Promise<PreparedRequest>
  readonly preview: (document: Partial<RequestDocument>) => Promise<Preparation['preview']>
  /** Prepare a request, change what only a test can want changed, and send it. */
  readonly send: (document: Partial<RequestDocument>, options?: SendOptions) => Promise<Exchange>
  readonly text: (id: BodyId | null | undefined) => Promise<string>
}

export interface SendOptions {
  readonly signal?: AbortSignal
  readonly onStep?: (step: ExchangeStep) => void
  readonly change?: (request: PreparedRequest) => PreparedRequest
  readonly gate?: Gate
  readonly fromPart?: number
  readonly partsOf?: string
}

/**
 * Call it from within a test.
 *
 * @param env the environment that requests are prepared in
 */
export async function sendKit(env: Readonly<Record<string, string>> = {}): Promise<SendKit> {
  const pool = createConnectionPool()
  const bodiesDir = await tempDir()
  const bodies = createBodyStore({ dir: bodiesDir, now: Date.now })
  const cookies = createCookieJar()
  const steps: ExchangeStep[] = []
  const digest = createDigestMemory()
  let serial = 0
  onTestFinished(async () => {
    await pool.close()
    await bodies.flush().catch(() => undefined)
  })
  const prepared = (document: Partial<RequestDocument>): Promise<Preparation> =>
    prepareRequest(
      { ...emptyRequest(), ...document },
      {
        baseDir: null,
        seed: 'test',
        variables: givenVariables(new Map()),
        env,
        userAgent: 'posthaste-test',
        cookiesFor: cookies.cookiesFor,
        ...authContext({ digest, seed: 'test', now: Date.now, baseDir: null, tokenFor: async () => null }),
      },
    )
  const prepare = async (document: Partial<RequestDocument>): Promise<PreparedRequest> => {
    const { request, problems } = await prepared(document)
    if (!request) throw new Error(`The test's request cannot be prepared: ${JSON.stringify(problems)}`)
    return request
  }
  return {
    pool,
    bodies,
    bodiesDir,
    cookies,
    steps,
    prepare,
    preview: async (document) => (await prepared(document)).preview,
    send: async (document, { signal = new AbortController().signal, onStep, change = unchanged, ...reins } = {}) => {
      serial += 1
      return sendRequest(change(await prepare(document)), {
        id: ExchangeIdSchema.parse(`test-${serial}`),
        pool,
        bodies,
        cookies,
        signal,
        onStep: (step) => {
          steps.push(step)
          onStep?.(step)
        },
        now: Date.now,
        ...reins,
      })
    },
    text: async (id) => (id ? (await bodies.read(id, 0, 1 << 20)).toString('utf8') : ''),
  }
}

function unchanged(request: PreparedRequest): PreparedRequest {
  return request
}

/** Enabled rows of a table. */
export function rows(...pairs: readonly (readonly [name: string, value: string])[]): Row[] {
  return pairs.map(([name, value]) => ({ name, value, enabled: true }))
}
