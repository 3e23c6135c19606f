/**
 * Preparing and sending, as commands: finds what is around a request, runs the exchange in the background, tells the
 * windows of its progress, and can cancel it.
 */
import { randomUUID } from 'node:crypto'
import type { WireError } from '#contract/errors.ts'
import type { JarKey } from '#contract/model/cookie.ts'
import type { Exchange, ExchangeStep, Hop, SentRequest } from '#contract/model/exchange.ts'
import type { HistoryRead } from '#contract/model/history.ts'
import { ExchangeIdSchema, type DraftId, type ExchangeId, type NodeId } from '#contract/model/ids.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'
import type { Layers, Preview } from '#contract/model/prepared.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { NO_LAYERS } from '#contract/model/request-defaults.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { unsentExchange } from '#contract/model/unsent-exchange.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import type { SentRecord, StoredDetails } from '../history/history-record.ts'
import { maskFor, masked, type Mask } from '../history/mask.ts'
import { CoreError } from '../lib/core-error.ts'
import { withOthers } from '../prepare/problems.ts'
import { payloadOf } from '../prepare/websocket.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { inLine, ownTime, wholeTime } from '../send/course.ts'
import { createGate, type Gate } from '../send/gate.ts'
import { requestForRest } from '../send/resumed-body.ts'
import { sendRequest, type SendRun } from '../send/send-request.ts'
import { createSocketPort, notOpen, type OpenSocketPort, type QuietLimits, type SocketPort } from '../send/websocket-port.ts'
import {
  prepareFor,
  resolvedText,
  subjectFrom,
  type Prepared,
  type PrepareSubject,
  type SubjectInput,
  type Surroundings,
} from './prepare-for.ts'
import {
  asItIs,
  beforeRequest,
  evaluateOver,
  scriptWarning,
  withAnswerScripts,
  withScripts,
  type Scripted,
  type ScriptSending,
} from './request-scripts.ts'
import { prepareAgain } from './resend.ts'
import { onTheWay, withoutSecrets } from './told-masked.ts'
import type { AnswerChecks, CheckedSend } from './answer-checks.ts'
import { holdingSecrets } from './sent-bodies.ts'
import { NOTHING_FIRST, tokenFirst } from './token-first.ts'
import type { TokenKeeper } from './token-keeper.ts'
import type { UnfinishedUploads } from './unfinished-uploads.ts'
import type { ScriptThreads } from '../scripts/script-threads.ts'
import type { SendOnce, SentOnce } from './send-once.ts'

export interface ExchangeDeps extends Surroundings {
  readonly tokens: TokenKeeper
  readonly scripts: ScriptThreads
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  /** The folder that relative file paths of a saved request are relative to. */
  readonly rootOf: (id: NodeId) => string | null
  readonly emit: (progress: { exchangeId: ExchangeId; draftId: DraftId | null; at: number; step: ExchangeStep }) => void
  /** Makes the checks that a request asks for, before its exchange is told of. */
  readonly checks: AnswerChecks
  /** Told of every send when it has ended; a promise asks to wait before the next. */
  readonly record: (sent: SentRecord) => Promise<void> | null
  /** Told of every part of an upload, so that it can be gone on with after a crash; absent where no window would. */
  readonly uploads?: Pick<UnfinishedUploads, 'note' | 'settle'>
  /** Turns what should not have happened into something to show. */
  readonly report: (error: unknown, during: string) => WireError
  readonly now: () => number
}

export interface Exchanges {
  readonly handlers: Pick<Handlers, 'request.prepare' | 'exchange.send' | 'exchange.continue' | 'exchange.cancel'>
  /** One send, awaited: for a caller without windows. */
  readonly sendOnce: (input: SendOnce) => Promise<SentOnce>
  /** Sends what the history holds exactly as it was. @throws {CoreError} where that cannot be had again */
  readonly resend: (kept: Pick<HistoryRead, 'entry'> & StoredDetails, draftId: DraftId | null) => Promise<ExchangeId>
  /** Through which one speaks on the WebSocket of an exchange. @throws {CoreError} `Unavailable` where the exchange is over */
  readonly portOf: (id: ExchangeId) => OpenSocketPort
  /** Cancels what is under way and waits for it. */
  readonly close: () => Promise<void>
}

interface Running {
  readonly port: SocketPort
  readonly controller: AbortController
  readonly gate: Gate
  readonly finished: Promise<void>
}

/** What steers an exchange from outside. */
interface Reins extends Pick<SendRun, 'signal' | 'onStep' | 'gate' | 'fromPart' | 'partsOf' | 'port'> {
  readonly id: ExchangeId
  /** The tab that it is of; null: nobody goes on with it in a window. */
  readonly draftId: DraftId | null
  /** What there is already of the answer. */
  readonly resume?: ResumePoint
  /** Why it is not to be sent. */
  readonly refusal?: WireError
}

export function createExchanges(deps: ExchangeDeps): Exchanges {
  const running = new Map<ExchangeId, Running>()
  const subjectOf = (input: SubjectInput): PrepareSubject => subjectFrom(input, deps.rootOf)
  /** Runs an exchange in the background. The reply with its id goes out before the first step, so that the window knows whose steps they are. */
  const begin = (draftId: DraftId | null, fromPart: number | undefined, run: (reins: Reins) => Promise<Exchange>): ExchangeId => {
    const id = newExchangeId()
    const controller = new AbortController()
    const gate = createGate()
    const port = createSocketPort()
    const [started, since] = [deps.now(), performance.now()]
    const onStep = (step: ExchangeStep): void => deps.emit({ exchangeId: id, draftId, at: Math.round(performance.now() - since), step })
    const reins: Reins = { id, draftId, signal: controller.signal, onStep, gate, port, ...(fromPart !== undefined && { fromPart }) }
    const finished = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => run(reins))
      .then(
        () => undefined,
        (error: unknown) => onStep({ kind: 'done', exchange: unsentExchange(id, new Date(started), deps.report(error, 'exchange.send')) }),
      )
      .finally(() => running.delete(id))
    running.set(id, { controller, gate, port, finished })
    return id
  }
  return {
    handlers: {
      'request.prepare': async (input) => {
        const { preview, layers } = await prepareFor(subjectOf(input), deps)
        return { ...preview, warnings: [...preview.warnings, ...scriptWarning(input, layers)] }
      },
      'exchange.send': async (input) => {
        const { draftId, fromPart, partsOf, resume, refusal } = input
        const more = { ...(partsOf !== undefined && { partsOf }), ...(resume && { resume }), ...(refusal && { refusal }) }
        const run = async (reins: Reins): Promise<Exchange> => (await runExchange(subjectOf(input), deps, { ...reins, ...more })).exchange
        return { exchangeId: begin(draftId, fromPart, run) }
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
    sendOnce: (input) => sendAwaited(input, deps),
    resend: async (kept, draftId) => {
      const run = await readyAgain(kept, deps, draftId)
      return begin(draftId, undefined, run)
    },
    portOf: (id) => {
      const port = running.get(id)?.port
      if (port) return port
      throw notOpen()
    },
    close: async () => {
      for (const { controller } of running.values()) controller.abort()
      await Promise.all([...running.values()].map(({ finished }) => finished))
    },
  }
}

/** What a run, and a script, listen to a WebSocket for when its messages are sent: nobody is there who would close it. */
const LISTENING: QuietLimits = { quietMs: 1000, atMostMs: 30_000 }

/** One send, awaited. Nobody is there to speak on a WebSocket: its messages are sent as soon as it is open. */
async function sendAwaited(
  { signal, onStep = () => undefined, fromPart, resume, ...rest }: SendOnce,
  deps: ExchangeDeps,
): Promise<SentOnce> {
  const subject = { ...rest, seed: randomUUID() }
  const port = createSocketPort()
  let failure: WireError | null = null
  const told = (step: ExchangeStep): void => {
    onStep(step)
    if (step.kind !== 'opened') return
    speak(subject, deps, port).catch((error: unknown) => {
      failure = error instanceof CoreError ? error.toWire() : deps.report(error, 'sending a message')
      port.close(1000, '')
    })
  }
  const reins = {
    id: newExchangeId(),
    draftId: null,
    signal,
    onStep: told,
    port,
    ...(fromPart !== undefined && { fromPart }),
    ...(resume && { resume }),
  }
  const sent = await runExchange(subject, deps, reins)
  return failure === null ? sent : { ...sent, exchange: { ...sent.exchange, ok: false, error: failure } }
}

/** Sends every message of the request, in order, and sees to its end where others wait for it. @throws {CoreError} where one cannot be made or sent */
async function speak(subject: PrepareSubject, deps: ExchangeDeps, port: OpenSocketPort): Promise<void> {
  const { body } = subject.document
  for (const { type, data } of body.kind === 'websocket' ? body.messages : []) {
    const { text, shown } = await resolvedText(data, subject, deps)
    await port.send(payloadOf(type, text), shown)
  }
  if (subject.scripting) port.closeWhenQuiet(LISTENING)
}

/** Readies a request of the history to be sent as it was, and recorded anew. */
async function readyAgain(
  { entry, ...stored }: Pick<HistoryRead, 'entry'> & StoredDetails,
  deps: ExchangeDeps,
  draftId: DraftId | null,
): Promise<(reins: Reins) => Promise<Exchange>> {
  const { document, root, seed } = stored
  const { nodeId, session, environment } = entry
  // The item may have been moved since; an entry goes with it.
  const place = nodeId !== null ? { nodeId } : stored.place
  const choice = { environment, session, sessionWins: true, given: {} }
  const subject = { document, root, seed, place, choice }
  const { request, mask, jar, prepared } = await prepareAgain(stored, subject, deps)
  const around = await sending(deps, jar, mask)
  const record = { ...stored, place, nodeId, draftId, session, environment, hopsBefore: 0, mask }
  return async (reins) => {
    const noting = notingParts({ ...deps, started: deps.now(), record }, reins)
    const sent = await sendRequest(request, { ...around, ...reins, onStep: onTheWay(noting, mask) })
    const exchange = await checkedAndTold(withoutSecrets(sent, mask), { scripted: asItIs(subject), prepared }, deps, reins)
    await deps.record({ ...record, exchange })
    await deps.uploads?.settle(reins.id)
    return exchange
  }
}

/** One send, and its entry in the history. */
async function runExchange(subject: PrepareSubject, deps: ExchangeDeps, reins: Reins): Promise<SentOnce> {
  const sent = await prepareAndSend(subject, deps, reins)
  const { exchange, hopsBefore, prepared } = sent
  const record = recordOf(subject, sent, reins)
  const { mask } = record
  await deps.record({ ...record, exchange })
  await deps.uploads?.settle(reins.id)
  // After a redirect it is the next hop that was not sent, of which nothing is prepared beforehand.
  const isUnsent = exchange.request === null && exchange.history.length === hopsBefore
  const unsent = async (): Promise<SentRequest | null> => {
    if (!isUnsent || !prepared?.request) return null
    const { unsentRequest } = await import('./unsent-request.ts')
    return unsentRequest(prepared.request, prepared.preview, deps.bodies)
  }
  return { exchange, mask, unsent }
}

/** What the history keeps of a send beside what came of it. */
function recordOf(
  { seed, root, place }: PrepareSubject,
  { document, layers, hopsBefore }: Pick<Sent, 'document' | 'layers' | 'hopsBefore'>,
  { draftId }: Pick<Reins, 'draftId'>,
): Omit<SentRecord, 'exchange'> {
  return {
    document,
    seed,
    root,
    place,
    nodeId: place !== null && 'nodeId' in place ? place.nodeId : null,
    draftId,
    session: layers.session.name,
    environment: layers.environment,
    hopsBefore,
    mask: maskFor(layers.secrets),
  }
}

interface Sent {
  readonly exchange: Exchange
  /** What was sent, as the history keeps it. */
  readonly document: RequestDocument
  readonly layers: Layers
  /** Absent where it did not come to that. */
  readonly prepared?: Pick<Prepared, 'request' | 'preview'>
  /** How many hops got the access token. */
  readonly hopsBefore: number
}

async function prepareAndSend(given: PrepareSubject, deps: ExchangeDeps, reins: Reins): Promise<Sent> {
  const { id, onStep } = reins
  const started = deps.now()
  const scripted = await beforeRequest(given, deps, scriptsOf(deps, reins))
  const { subject } = scripted
  const fail = (
    error: WireError,
    history: readonly Hop[],
    { layers, warnings }: Pick<Preview, 'layers' | 'warnings'>,
    document = given.document,
  ): Sent => {
    const timings = wholeTime(NO_TIMINGS, ownTime(history))
    const bare: Exchange = { ...unsentExchange(id, new Date(started), error), history: inLine(history), timings, warnings }
    const checks = withScripts(undefined, [scripted.outcome])
    const exchange = checks ? { ...bare, checks } : bare
    onStep({ kind: 'done', exchange, secrets: layers.secrets })
    return { exchange, document, layers, hopsBefore: history.length }
  }
  if (reins.refusal) {
    const { preview } = await prepareFor(subject, deps)
    return fail(masked(reins.refusal, maskFor(preview.layers.secrets)), [], preview)
  }
  if (scripted.problem) return fail(scripted.problem, [], { layers: NO_LAYERS, warnings: [] })
  const known = (await deps.memory?.find(subject)) ?? null
  const { before, error, warnings, resolution } = known ? NOTHING_FIRST : await tokenFirst(subject, deps, reins)
  if (error) return fail(error, before, { layers: NO_LAYERS, warnings: [] })
  const prepared = known ?? (await prepareFor(subject, deps, resolution))
  if (!known) deps.memory?.keep(subject, prepared)
  const { request, problems, preview, jar, resolved } = prepared
  // What a script made of it is made again when it is sent again.
  const asKept = subject.document === given.document ? resolved.typed : given.document
  if (request) {
    try {
      const mask = maskFor(preview.layers.secrets)
      const warned = { ...request, warnings: [...warnings, ...request.warnings] }
      const outgoing = reins.resume ? requestForRest(warned, reins.resume) : warned
      const record = recordOf(subject, { document: asKept, layers: preview.layers, hopsBefore: before.length }, reins)
      const told = { ...reins, onStep: onTheWay(notingParts({ ...deps, started, record }, reins), mask) }
      const sent = await sendRequest(outgoing, { ...(await sending(deps, jar, mask)), before, ...told })
      const exchange = await checkedAndTold(withoutSecrets(sent, mask), { scripted, prepared }, deps, reins)
      return { exchange, document: asKept, layers: preview.layers, prepared, hopsBefore: before.length }
    } catch (error) {
      if (error instanceof CoreError) return fail(error.toWire(), before, preview, asKept)
      throw error
    }
  }
  const first = withOthers(problems)
  if (!first) throw new Error('A request that was not prepared has no problem.')
  return fail(first, before, preview, asKept)
}

/** Notes each part of an upload from a window as it begins. */
function notingParts(
  { uploads, started, record }: Pick<ExchangeDeps, 'uploads'> & { readonly started: number; readonly record: Omit<SentRecord, 'exchange'> },
  { id, draftId, onStep }: Reins,
): Reins['onStep'] {
  if (draftId === null) return onStep
  return (step) => {
    if (step.kind === 'part') uploads?.note(id, new Date(started), step, record)
    onStep(step)
  }
}

/** The exchange with its checks made and its scripts run, told as the last step. */
async function checkedAndTold(
  sent: Exchange,
  { scripted, prepared }: Pick<CheckedSend, 'prepared'> & { readonly scripted: Scripted },
  deps: ExchangeDeps,
  reins: Reins,
): Promise<Exchange> {
  const { subject } = scripted
  const { signal, onStep } = reins
  const check = (one: Exchange): Promise<Exchange> =>
    deps.checks(one, {
      document: subject.document,
      root: subject.root,
      prepared,
      signal,
      onChecking: () => onStep({ kind: 'checking' }),
      evaluate: (expression) => evaluateOver(expression, one, subject, deps, signal),
    })
  const exchange = await withAnswerScripts(sent, scripted, check, deps, scriptsOf(deps, reins)).catch((error: unknown) => {
    // An answer that came is not lost to a fault in looking at it.
    const { message } = deps.report(error, 'checking an answer')
    return { ...sent, warnings: [...sent.warnings, `Its checks could not be made: ${message}`] }
  })
  onStep({ kind: 'done', exchange, secrets: prepared.resolved.layers.secrets })
  return exchange
}

/** How scripts of a send reach what they may. */
function scriptsOf(deps: ExchangeDeps, { signal, onStep }: Reins): ScriptSending {
  return { signal, send: (input) => sendAwaited(input, deps), onChecking: () => onStep({ kind: 'checking' }) }
}

async function sending(
  { pool, bodies, jarFor, now }: ExchangeDeps,
  jar: JarKey,
  mask: Mask | null,
): Promise<Pick<SendRun, 'pool' | 'bodies' | 'cookies' | 'now'>> {
  return { pool, bodies: holdingSecrets(bodies, mask), cookies: await jarFor(jar), now }
}

function newExchangeId(): ExchangeId {
  return ExchangeIdSchema.parse(randomUUID())
}
