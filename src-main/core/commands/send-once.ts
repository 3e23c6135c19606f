import type { Exchange, ExchangeStep, SentRequest } from '#contract/model/exchange.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import type { Mask } from '../history/mask.ts'
import type { PrepareSubject } from './prepare-for.ts'

/** One send from its beginning to its end, as scripts, runs and the command line ask for it. */
export interface SendOnce extends Omit<PrepareSubject, 'seed'> {
  readonly signal: AbortSignal
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
  /** Asks for the rest of an answer that broke off only. */
  readonly resume?: ResumePoint
  readonly onStep?: (step: ExchangeStep) => void
}

/** What one send came to. */
export interface SentOnce {
  readonly exchange: Exchange
  /** Takes the values of secret variables out of what is shown of it; null: there are none. */
  readonly mask: Mask | null
  /** What would have been sent, where it was prepared and nothing of it left; null elsewhere. */
  readonly unsent: () => Promise<SentRequest | null>
}
