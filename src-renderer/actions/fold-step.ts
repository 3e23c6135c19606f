/**
 * What the window shows while sending, folded from the steps of an exchange: the phase in words, the progress, and what
 * it waits for.
 */
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { assertNever } from '#contract/result.ts'
import type { ByteProgress, SendingState } from '../stores/exchanges-store.ts'
import { t } from '../lib/t.ts'

type Step = Exclude<ExchangeStep, { kind: 'done' }>

/** Another request follows. */
const NO_TRANSFER = { upload: null, download: null, head: null }

/** @param now `performance.now()` when the step came */
export function foldStep(before: SendingState, step: Step, now = performance.now()): SendingState {
  // Whatever happens next ends a wait and a pause.
  const state = before.waiting || before.paused ? { ...before, waiting: null, paused: null } : before
  switch (step.kind) {
    case 'queued':
      return { ...state, phase: t`Waiting to be sent` }
    case 'connecting':
      return { ...state, phase: t`Connecting to ${step.host}:${step.port}` }
    case 'dns':
      return { ...state, phase: t`Connecting to ${step.address}` }
    case 'connected':
      return { ...state, phase: step.reused ? t`Connected, using an open connection` : t`Connected` }
    case 'tunnel':
      return { ...state, phase: t`Through ${step.proxy} to ${step.host}:${step.port}` }
    case 'tls':
      return { ...state, phase: t`Secured by TLS` }
    case 'requestHead': {
      const upload = step.bodyBytes === null || step.bodyBytes === 0 ? null : uploadOf(state, 0, step.bodyBytes)
      return { ...state, phase: upload ? sendingPhase(state) : waitingPhase(state), upload, download: null, head: null }
    }
    case 'bodySent': {
      const isSent = step.total !== null && step.bytes >= step.total
      const phase = isSent ? waitingPhase(state) : sendingPhase(state)
      return { ...state, phase, upload: uploadOf(state, step.bytes, step.total) }
    }
    case 'responseHead': {
      const { kind: _kind, ...head } = step
      return { ...state, phase: t`Receiving ${step.status} ${step.reason}`.trim(), download: { bytes: 0, total: step.bodyBytes }, head }
    }
    case 'bodyReceived':
      return { ...state, download: { bytes: step.bytes, total: step.total } }
    case 'redirect':
      return { ...state, phase: t`Following ${step.status} to ${step.url}`, ...NO_TRANSFER }
    case 'challenge':
      return { ...state, phase: t`Answering the challenge of ${step.url}`, ...NO_TRANSFER }
    case 'token':
      return { ...state, phase: t`Getting an access token`, ...NO_TRANSFER }
    case 'authorize':
      return { ...state, phase: t`Waiting for you to sign in`, ...NO_TRANSFER }
    case 'retryWait': {
      const { attempt, of, reason, waitMs } = step
      return {
        ...state,
        phase: t`Attempt ${attempt} of ${of}`,
        // The answer that is not good enough can be read meanwhile.
        waiting: { attempt, of, reason, waitMs, since: now },
      }
    }
    case 'paused':
      // What to decide on is in the answer, which can be read meanwhile.
      return { ...state, phase: t`Stopped at ${step.status}`, upload: null, paused: step }
    case 'part': {
      const { kind: _kind, ...part } = step
      return { ...state, part }
    }
    case 'opened':
      // Nothing is downloaded: what comes are messages.
      return { ...state, phase: t`Connected`, download: null, socket: { protocol: step.protocol, isCompressed: step.isCompressed } }
    case 'checking':
      return { ...state, phase: t`Running tests` }
    default:
      return assertNever(step)
  }
}

function sendingPhase({ part }: SendingState): string {
  return part ? t`Sending part ${part.number} of ${part.of}` : t`Sending the body`
}

function waitingPhase({ part }: SendingState): string {
  return part ? t`Waiting for the answer to part ${part.number} of ${part.of}` : t`Waiting for the answer`
}

/** The bar counts over all parts. */
function uploadOf({ part }: SendingState, bytes: number, total: number | null): ByteProgress {
  return part ? { bytes: Math.min(part.sentBefore + bytes, part.totalBytes), total: part.totalBytes } : { bytes, total }
}
