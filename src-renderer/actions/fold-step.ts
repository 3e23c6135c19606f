/** What the window shows while sending, folded from the steps of an exchange: the phase in words and the progress. */
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { assertNever } from '#contract/result.ts'
import type { SendingState } from '../stores/exchanges-store.ts'

type Step = Exclude<ExchangeStep, { kind: 'done' }>

export function foldStep(state: SendingState, step: Step): SendingState {
  switch (step.kind) {
    case 'queued':
      return { ...state, phase: 'Waiting to be sent' }
    case 'connecting':
      return { ...state, phase: `Connecting to ${step.host}:${step.port}` }
    case 'dns':
      return { ...state, phase: `Connecting to ${step.address}` }
    case 'connected':
      return { ...state, phase: step.reused ? 'Connected, using an open connection' : 'Connected' }
    case 'tunnel':
      return { ...state, phase: `Through ${step.proxy} to ${step.host}:${step.port}` }
    case 'tls':
      return { ...state, phase: 'Secured by TLS' }
    case 'requestHead': {
      const upload = step.bodyBytes === null || step.bodyBytes === 0 ? null : { bytes: 0, total: step.bodyBytes }
      return { ...state, phase: upload ? 'Sending the body' : 'Waiting for the answer', upload, download: null }
    }
    case 'bodySent': {
      const sent = step.total !== null && step.bytes >= step.total
      return { ...state, phase: sent ? 'Waiting for the answer' : 'Sending the body', upload: { bytes: step.bytes, total: step.total } }
    }
    case 'responseHead':
      return { ...state, phase: `Receiving ${step.status} ${step.reason}`.trim(), download: { bytes: 0, total: step.bodyBytes } }
    case 'bodyReceived':
      return { ...state, download: { bytes: step.bytes, total: step.total } }
    case 'redirect':
      return { ...state, phase: `Following ${step.status} to ${step.url}`, upload: null, download: null }
    case 'challenge':
      return { ...state, phase: `Answering the challenge of ${step.url}`, upload: null, download: null }
    case 'token':
      return { ...state, phase: 'Getting an access token', upload: null, download: null }
    case 'authorize':
      return { ...state, phase: 'Waiting for you to sign in', upload: null, download: null }
    default:
      return assertNever(step)
  }
}
