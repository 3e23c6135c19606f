/**
 * Preparing and sending, as commands: finds what is around a request, runs the exchange in the background, tells the
 * windows of its progress, and can cancel it.
 */
import { randomUUID } from 'node:crypto'
import type { WireError } from '#contract/errors.ts'
import type { Exchange, ExchangeStep, Timings } from '#contract/model/exchange.ts'
import { ExchangeIdSchema, type DraftId, type ExchangeId, type NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { sendRequest } from '../send/send-request.ts'
import { prepareFor, type PrepareSubject, type Surroundings } from './prepare-for.ts'

export interface ExchangeDeps extends Surroundings {
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  /** The folder that relative file paths of a saved request are relative to. */
  readonly rootOf: (id: NodeId) => string | null
  readonly emit: (progress: { exchangeId: ExchangeId; draftId: DraftId | null; at: number; step: ExchangeStep }) => void
  /** Turns what should not have happened into something to show. */
  readonly report: (error: unknown, during: string) => WireError
  readonly now: () => number
}

export interface SendOnce extends Omit<PrepareSubject, 'seed'> {
  readonly signal: AbortSignal
  readonly onStep?: (step: ExchangeStep) => void
}

export interface Exchanges {
  readonly handlers: Pick<Handlers, 'request.prepare' | 'exchange.send' | 'exchange.cancel'>
  /** One send, awaited: for a caller without windows. */
  readonly sendOnce: (input: SendOnce) => Promise<Exchange>
  /** Cancels what is under way and waits for it. */
  readonly close: () => Promise<void>
}

const NO_TIME: Timings = { queued: 0, dns: 0, connect: 0, tls: 0, send: 0, wait: 0, download: 0, total: 0, reusedConnection: false }

export function createExchanges(deps: ExchangeDeps): Exchanges {
  const running = new Map<ExchangeId, { readonly controller: AbortController; readonly finished: Promise<void> }>()
  const subjectOf = (input: { document: RequestDocument; nodeId: NodeId | null; seed: string }): PrepareSubject => ({
    document: input.document,
    root: input.nodeId === null ? null : deps.rootOf(input.nodeId),
    variables: {},
    seed: input.seed,
  })
  return {
    handlers: {
      'request.prepare': async (input) => (await prepareFor(subjectOf(input), deps)).preview,
      'exchange.send': async (input) => {
        const id = newExchangeId()
        const controller = new AbortController()
        const started = deps.now()
        const onStep = (step: ExchangeStep): void => deps.emit({ exchangeId: id, draftId: input.draftId, at: deps.now() - started, step })
        // The reply with the id goes out before the first step, so that the window knows whose steps they are.
        const finished = new Promise<void>((resolve) => setImmediate(resolve))
          .then(() => runExchange(id, subjectOf(input), deps, controller.signal, onStep))
          .then(
            () => undefined,
            (error: unknown) => onStep({ kind: 'done', exchange: unsent(id, started, deps.report(error, 'exchange.send')) }),
          )
          .finally(() => running.delete(id))
        running.set(id, { controller, finished })
        return { exchangeId: id }
      },
      'exchange.cancel': async ({ exchangeId }) => {
        running.get(exchangeId)?.controller.abort()
        return {}
      },
    },
    sendOnce: ({ signal, onStep, ...subject }) =>
      runExchange(newExchangeId(), { ...subject, seed: randomUUID() }, deps, signal, onStep ?? (() => undefined)),
    close: async () => {
      for (const { controller } of running.values()) controller.abort()
      await Promise.all([...running.values()].map(({ finished }) => finished))
    },
  }
}

async function runExchange(
  id: ExchangeId,
  subject: PrepareSubject,
  deps: ExchangeDeps,
  signal: AbortSignal,
  onStep: (step: ExchangeStep) => void,
): Promise<Exchange> {
  const started = deps.now()
  const { request, problems, preview } = await prepareFor(subject, deps)
  if (request)
    return sendRequest(request, { id, pool: deps.pool, bodies: deps.bodies, cookies: deps.cookies, signal, onStep, now: deps.now })
  const [first] = problems
  if (!first) throw new Error('A request that was not prepared has no problem.')
  const exchange = { ...unsent(id, started, first), warnings: preview.warnings }
  onStep({ kind: 'done', exchange })
  return exchange
}

/** An exchange of which nothing left the machine. */
function unsent(id: ExchangeId, started: number, error: WireError): Exchange {
  return {
    id,
    startedAt: new Date(started).toISOString(),
    ok: false,
    request: null,
    response: null,
    history: [],
    attempts: [],
    timings: NO_TIME,
    connection: null,
    warnings: [],
    error,
  }
}

function newExchangeId(): ExchangeId {
  return ExchangeIdSchema.parse(randomUUID())
}
