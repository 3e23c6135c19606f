/**
 * Sending the request of a tab: prepare first, so that a problem is said beside its field and nothing leaves; then the
 * exchange, whose steps arrive as events and are folded into what the window shows. The last answer stays until the
 * next one is there.
 */
import type { ExchangeProgress } from '#contract/model/exchange.ts'
import type { Draft } from '#contract/model/draft.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { resumePointOf } from '#contract/model/resume-point.ts'
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'
import { refusedExchange } from '../lib/refused-exchange.ts'
import { BEGUN, exchangeOf, useExchangesStore, type SendingState } from '../stores/exchanges-store.ts'
import { usePreviewsStore } from '../stores/previews-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { collectionsKnown } from './first-read.ts'
import { filesArrived } from './arriving-files.ts'
import { foldStep } from './fold-step.ts'
import { ask } from './ask.ts'
import { contextOf } from './context.ts'
import { endForDownload, forgetWish, headForDownload } from './download-wishes.ts'
import { platform } from './platform-ref.ts'
import { previewNow, refreshPreview, rotateSeed, seedOf, surroundingsMoved } from './preview.ts'
import { openSignIn, signInOver } from './tokens.ts'
import { rereadVariables } from './variables.ts'
import { t } from '../lib/t.ts'

/** A send under way; the object itself tells one send of a tab from the next. */
interface Sending {
  readonly abort: AbortController
  exchangeId: ExchangeId | null
  /** Steps that came before the core's answer with the id. */
  readonly early: ExchangeProgress[]
  /** Texts to hide wherever what was sent is shown. */
  secrets: readonly string[]
  /** What there is already of the answer. */
  readonly resume?: ResumePoint
}

export interface HowToSend {
  /** What there is already of the answer: only the rest is asked for. */
  readonly resume?: ResumePoint
  /** The version of the file that the parts before `fromPart` were of. */
  readonly partsOf?: string
  /** The answer is to be saved if that was wished for. */
  readonly keepsWish?: boolean
}

const underWay = new Map<DraftId, Sending>()

/**
 * Send the tab's request. One under way is cancelled first.
 *
 * @param fromPart of an upload in parts: the part to begin with, from 1
 */
export async function send(id: DraftId, fromPart?: number, { resume, partsOf, keepsWish = false }: HowToSend = {}): Promise<void> {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab || tab.broken !== null) return
  supersede(id)
  if (!keepsWish) forgetWish(id)
  const sending: Sending = { abort: new AbortController(), exchangeId: null, early: [], secrets: [], ...(resume && { resume }) }
  underWay.set(id, sending)
  show(id, { ...BEGUN, since: performance.now() })
  const draft = await withArrivedFiles(id, tab.draft, () => underWay.get(id) === sending)
  if (draft === null) return
  // What goes out is what stood there at Send, whatever is typed meanwhile.
  const { document, nodeId } = draft
  const seed = seedOf(id)
  const context = contextOf(draft)
  const ready = await readyToSend(id, sending)
  if (underWay.get(id) !== sending) return
  if (ready.kind === 'unknown') return refuse(id, ready.error)
  if (ready.kind === 'left') return leave(id)
  sending.secrets = ready.secrets
  const input = {
    document,
    nodeId,
    seed,
    context: { ...context, ...(ready.given && { given: { ...ready.given } }) },
    draftId: id,
    // Nothing leaves; it goes to the history as any send does.
    ...(ready.refusal && { refusal: ready.refusal }),
    ...(fromPart !== undefined && { fromPart }),
    ...(partsOf !== undefined && { partsOf }),
    ...(resume && { resume }),
  }
  await launch(id, sending, platform().call('exchange.send', input, sending.abort.signal))
}

/** The draft with the files that were dropped on it before Send, once its surroundings are known; null where it is not to be sent any more. */
async function withArrivedFiles(id: DraftId, draft: Draft, isWanted: () => boolean): Promise<Draft | null> {
  await collectionsKnown()
  if (!isWanted()) return null
  const arrival = filesArrived(id)
  if (arrival === null) return draft
  show(id, { ...BEGUN, phase: t`Waiting for the files to be copied`, since: performance.now() })
  const isComplete = await arrival
  if (!isWanted()) return null
  const tab = useDraftsStore.getState().tabs[id]
  if (isComplete && tab) return tab.draft
  refuse(id, {
    kind: 'Cancelled',
    stage: 'prepare',
    message: t`The request was not sent: a file that was dropped on it could not be added.`,
  })
  return null
}

/** Begin an exchange by a call of its own, and follow it as one of the tab's. */
export async function sendBy(id: DraftId, call: (signal: AbortSignal) => Promise<Started>): Promise<void> {
  supersede(id)
  // What was hidden in the request it came from is to be hidden in this one.
  const secrets = usePreviewsStore.getState().byTab[id]?.layers.secrets ?? exchangeOf(id)(useExchangesStore.getState()).secrets
  const sending: Sending = { abort: new AbortController(), exchangeId: null, early: [], secrets }
  underWay.set(id, sending)
  show(id, { ...BEGUN, since: performance.now() })
  await launch(id, sending, call(sending.abort.signal))
}

type Started = Result<{ exchangeId: ExchangeId }, WireError>

async function launch(id: DraftId, sending: Sending, call: Promise<Started>): Promise<void> {
  const started = await call
  if (underWay.get(id) !== sending) {
    if (started.ok) void platform().call('exchange.cancel', { exchangeId: started.value.exchangeId })
    return
  }
  if (!started.ok) {
    refuse(id, started.error)
    return
  }
  sending.exchangeId = started.value.exchangeId
  const state = exchangeOf(id)(useExchangesStore.getState()).sending
  if (state) show(id, { ...state, exchangeId: sending.exchangeId })
  sending.early.forEach(exchangeProgressed)
}

type Given = Readonly<Record<string, string>>

type Ready =
  | { readonly kind: 'ready'; readonly secrets: readonly string[]; readonly given: Given | null; readonly refusal: WireError | null }
  /** Core cannot be asked. */
  | { readonly kind: 'unknown'; readonly error: WireError }
  /** The user thought better of it. */
  | { readonly kind: 'left' }

/** Prepares the tab's request as a rehearsal, and asks for the values that it wants at each send. */
async function readyToSend(id: DraftId, sending: Sending): Promise<Ready> {
  const preview = await previewNow(id)
  if (!preview.ok) return { kind: 'unknown', error: preview.error }
  const { problems, layers } = preview.value
  const { asks, secrets } = layers
  // What is wrong with the rest of it may be for want of the values.
  const refusal = problems.find(({ kind }) => asks.length === 0 || kind === 'UndefinedVariable') ?? null
  if (refusal !== null || asks.length === 0) return { kind: 'ready', secrets, given: null, refusal }
  // Nothing is under way while a person types: the clock begins with the answer.
  useExchangesStore.getState().set(id, { sending: null })
  const given = await ask('values', { asks, check: (values) => faultsOf(id, values) })
  if (given === null || underWay.get(id) !== sending) return { kind: 'left' }
  show(id, { ...BEGUN, since: performance.now() })
  const whole = await previewNow(id, given)
  if (!whole.ok) return { kind: 'unknown', error: whole.error }
  return { kind: 'ready', secrets: whole.value.layers.secrets, given, refusal: whole.value.problems[0] ?? null }
}

/** What is wrong with given values, in core's words, by the variable. */
async function faultsOf(id: DraftId, values: Given): Promise<Given> {
  const preview = await previewNow(id, values)
  const problems = preview.ok ? preview.value.problems : []
  return Object.fromEntries(
    problems.flatMap(({ kind, message, details }) => {
      const name = kind === 'InvalidVariable' ? details?.['variable'] : undefined
      return typeof name === 'string' && Object.hasOwn(values, name) ? [[name, message]] : []
    }),
  )
}

/** Nothing is sent, and what was shown stays. */
function leave(id: DraftId): void {
  underWay.delete(id)
  useExchangesStore.getState().set(id, { sending: null })
}

/** Make room for the next send of the tab. */
function supersede(id: DraftId): void {
  const before = underWay.get(id)
  if (!before) return
  if (before.exchangeId === null) before.abort.abort()
  else cancel(id)
}

/** Stop the tab's send, at once: whatever the core still reports of it is dropped, but for its end. */
export function cancel(id: DraftId): void {
  const sending = underWay.get(id)
  if (!sending) return
  const { exchangeId } = sending
  if (exchangeId === null) {
    sending.abort.abort()
    refuse(id, { kind: 'Cancelled', stage: 'send', message: t`The request was cancelled before it was sent.` })
    return
  }
  const state = exchangeOf(id)(useExchangesStore.getState()).sending
  if (state) show(id, { ...state, phase: t`Cancelling`, waiting: null, paused: null })
  void platform()
    .call('exchange.cancel', { exchangeId })
    .then((cancelled) => {
      if (!cancelled.ok) useAppStore.getState().addNotice(noticeOf(cancelled.error))
    })
}

/**
 * Let the tab's send go on: follow the redirect it stands at, or make the retry that it waits for at once.
 *
 * @param all whether later redirects are to be followed without asking
 */
export function goOn(id: DraftId, all = false): void {
  const exchangeId = underWay.get(id)?.exchangeId
  const state = exchangeOf(id)(useExchangesStore.getState()).sending
  if (!exchangeId || !state || (!state.waiting && !state.paused)) return
  // Taken off at once, so that a second click does not decide on what comes next.
  show(id, { ...state, phase: t`Going on`, waiting: null, paused: null })
  void platform()
    .call('exchange.continue', { exchangeId, all })
    .then((answer) => {
      if (!answer.ok) useAppStore.getState().addNotice(noticeOf(answer.error))
    })
}

/** A step of some exchange; those of other windows are not ours. */
export function exchangeProgressed(progress: ExchangeProgress): void {
  const id = progress.draftId
  const sending = id === null ? undefined : underWay.get(id)
  if (id === null || !sending) return
  if (sending.exchangeId === null) {
    sending.early.push(progress)
    return
  }
  if (sending.exchangeId !== progress.exchangeId) return
  if (progress.step.kind === 'done') {
    finish(id, progress.step.exchange, progress.step.secrets)
    // Captures and scripts may have set variables.
    if (progress.step.exchange.checks) {
      rereadVariables()
      surroundingsMoved()
    }
    return
  }
  if (progress.step.kind === 'authorize') openSignIn(id, progress.step.url)
  if (progress.step.kind === 'responseHead') headForDownload(id, progress.step)
  const state = exchangeOf(id)(useExchangesStore.getState()).sending
  if (state) show(id, foldStep(state, progress.step))
}

/** The host went away: what was under way is not known any more. */
export function connectionLost(): void {
  for (const id of [...underWay.keys()]) {
    const { part = null } = exchangeOf(id)(useExchangesStore.getState()).sending ?? {}
    refuse(id, {
      kind: 'Unavailable',
      stage: 'receive',
      message: t`The connection to Posthaste was lost while the request was under way.`,
      ...(part === null
        ? { hint: t`It may have reached the server. Send it again once the connection is back.` }
        : {
            hint: t`Part ${part.number} may have reached the server. Go on from it once the connection is back.`,
            details: { part: part.number, of: part.of, resumeFrom: part.number, partsOf: part.partsOf },
          }),
    })
  }
}

/** Forget a closed tab; its send is cancelled. */
export function forgetExchange(id: DraftId): void {
  cancel(id)
  underWay.delete(id)
  forgetWish(id)
  useExchangesStore.getState().remove(id)
}

function refuse(id: DraftId, error: WireError): void {
  finish(id, refusedExchange(error))
}

/** @param masked the texts to mask in it; absent: those that were known before it was sent */
function finish(id: DraftId, last: ReturnType<typeof refusedExchange>, masked?: readonly string[]): void {
  const { secrets = [], resume: from = null } = underWay.get(id) ?? {}
  // Where nothing came of the rest, what there was is still what there is.
  const resume = resumePointOf(last) ?? (last.ok || last.response !== null ? null : from)
  underWay.delete(id)
  signInOver(id)
  const { last: shown, before } = exchangeOf(id)(useExchangesStore.getState())
  useExchangesStore
    .getState()
    .set(id, { sending: null, last, before: shown?.response ? shown : before, secrets: masked ?? secrets, resume })
  endForDownload(id, last, resume)
  if (last.request === null) return
  rotateSeed(id)
  refreshPreview(id)
}

function show(id: DraftId, sending: SendingState): void {
  useExchangesStore.getState().set(id, { sending })
}
