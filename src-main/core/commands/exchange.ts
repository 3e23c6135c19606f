/**
 * Preparing and sending, as commands: finds what is around a request, runs the exchange in the background, tells the
 * windows of its progress, and can cancel it.
 */
import { randomUUID } from 'node:crypto'
import type { WireError } from '#contract/errors.ts'
import type { Exchange, ExchangeStep, Hop, Timings } from '#contract/model/exchange.ts'
import { ExchangeIdSchema, type DraftId, type ExchangeId, type NodeId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { createGate, type Gate } from '../send/gate.ts'
import { sendRequest, type SendRun } from '../send/send-request.ts'
import { prepareFor, resolvedAuth, subjectFrom, type PrepareSubject, type SubjectInput, type Surroundings } from './prepare-for.ts'
import type { TokenKeeper } from './token-keeper.ts'

export interface ExchangeDeps extends Surroundings {
  readonly tokens: TokenKeeper
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
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
  readonly onStep?: (step: ExchangeStep) => void
}

export interface Exchanges {
  readonly handlers: Pick<Handlers, 'request.prepare' | 'exchange.send' | 'exchange.continue' | 'exchange.cancel'>
  /** One send, awaited: for a caller without windows. */
  readonly sendOnce: (input: SendOnce) => Promise<Exchange>
  /** Cancels what is under way and waits for it. */
  readonly close: () => Promise<void>
}

interface Running {
  readonly controller: AbortController
  readonly gate: Gate
  readonly finished: Promise<void>
}

/** What steers an exchange from outside. */
interface Reins extends Pick<SendRun, 'signal' | 'onStep' | 'gate' | 'fromPart'> {
  readonly id: ExchangeId
}

const NO_TIME: Timings = { queued: 0, dns: 0, connect: 0, tls: 0, send: 0, wait: 0, download: 0, total: 0, reusedConnection: false }

export function createExchanges(deps: ExchangeDeps): Exchanges {
  const running = new Map<ExchangeId, Running>()
  const subjectOf = (input: SubjectInput): PrepareSubject => subjectFrom(input, deps.rootOf)
  return {
    handlers: {
      'request.prepare': async (input) => (await prepareFor(subjectOf(input), deps)).preview,
      'exchange.send': async (input) => {
        const id = newExchangeId()
        const controller = new AbortController()
        const gate = createGate()
        const started = deps.now()
        const onStep = (step: ExchangeStep): void => deps.emit({ exchangeId: id, draftId: input.draftId, at: deps.now() - started, step })
        const reins: Reins = {
          id,
          signal: controller.signal,
          onStep,
          gate,
          ...(input.fromPart !== undefined && { fromPart: input.fromPart }),
        }
        // The reply with the id goes out before the first step, so that the window knows whose steps they are.
        const finished = new Promise<void>((resolve) => setImmediate(resolve))
          .then(() => runExchange(subjectOf(input), deps, reins))
          .then(
            () => undefined,
            (error: unknown) => onStep({ kind: 'done', exchange: unsent(id, started, deps.report(error, 'exchange.send')) }),
          )
          .finally(() => running.delete(id))
        running.set(id, { controller, gate, finished })
        return { exchangeId: id }
      },
      'exchange.continue': async ({ exchangeId, all }) => {
        running.get(exchangeId)?.gate.open(all ?? false)
        return {}
      },
      'exchange.cancel': async ({ exchangeId }) => {
        running.get(exchangeId)?.controller.abort()
        return {}
      },
    },
    sendOnce: ({ signal, onStep = () => undefined, fromPart, ...subject }) =>
      runExchange({ ...subject, seed: randomUUID() }, deps, {
        id: newExchangeId(),
        signal,
        onStep,
        ...(fromPart !== undefined && { fromPart }),
      }),
    close: async () => {
      for (const { controller } of running.values()) controller.abort()
      await Promise.all([...running.values()].map(({ finished }) => finished))
    },
  }
}

async function runExchange(subject: PrepareSubject, deps: ExchangeDeps, reins: Reins): Promise<Exchange> {
  const { id, onStep } = reins
  const started = deps.now()
  const fail = (error: WireError, parts: Partial<Pick<Exchange, 'warnings' | 'history'>>): Exchange => {
    const exchange = { ...unsent(id, started, error), ...parts }
    onStep({ kind: 'done', exchange })
    return exchange
  }
  const { before, error } = await tokenFirst(subject, deps, reins)
  if (error) return fail(error, { history: before })
  const { request, problems, preview, jar } = await prepareFor(subject, deps)
  const { pool, bodies, now } = deps
  if (request) {
    try {
      const cookies = await deps.jarFor(jar)
      return await sendRequest(request, { pool, bodies, cookies, now, before, ...reins })
    } catch (error) {
      if (error instanceof CoreError) return fail(error.toWire(), { warnings: preview.warnings, history: before })
      throw error
    }
  }
  const [first] = problems
  if (!first) throw new Error('A request that was not prepared has no problem.')
  return fail(first, { warnings: preview.warnings, history: before })
}

/** Gets or refreshes the access token that the request needs. Its hops come before the request's own. */
async function tokenFirst(
  subject: PrepareSubject,
  deps: ExchangeDeps,
  { signal, onStep }: Reins,
): Promise<{ readonly before: Hop[]; readonly error: WireError | null }> {
  const before: Hop[] = []
  if (!mayBeOAuth2(subject)) return { before, error: null }
  try {
    const { auth, options } = await resolvedAuth(subject, deps)
    if (auth.kind !== 'oauth2') return { before, error: null }
    await deps.tokens.ensure({
      auth,
      options,
      root: subject.root,
      signal,
      onAuthorize: (url) => onStep({ kind: 'authorize', url }),
      onAsking: (url) => onStep({ kind: 'token', url }),
      onHop: (hop) => void before.push(hop),
    })
    return { before, error: null }
  } catch (error) {
    if (error instanceof CoreError) return { before, error: error.toWire() }
    throw error
  }
}

/** Whether its own credentials, or those of what is around it, may be a token's. */
function mayBeOAuth2({ document, place }: PrepareSubject): boolean {
  const { kind } = document.auth
  return kind === 'oauth2' || (place !== null && (kind === 'inherit' || kind === 'none'))
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
