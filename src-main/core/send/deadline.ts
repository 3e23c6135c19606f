/**
 * The end that an exchange may meet from outside: Cancel, and the total timeout. While a person decides, its time stands
 * still, and Cancel is theirs to answer.
 */
import type { Stage } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import { optionDetails, placeOfOption, type OptionOrigins } from '../prepare/option-origins.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { peerName, secondsText } from './peer-name.ts'

export interface Deadline {
  /** Its reason is the `CoreError` to end with. */
  readonly signal: AbortSignal
  /** Milliseconds since the beginning, without those it stood still. */
  readonly elapsed: () => number
  /** Runs `decide` while time stands still; Cancel then ends nothing by itself, but aborts what `decide` is given. */
  readonly suspended: <T>(decide: (cancel: AbortSignal) => Promise<T>) => Promise<T>
  /** To be called when the exchange is over. */
  readonly clear: () => void
}

/**
 * A deadline that begins now.
 *
 * @param spentMs what had come before counts as elapsed, but not for the total timeout
 */
export function startDeadline(request: PreparedRequest, cancel: AbortSignal, spentMs = 0): Deadline {
  const controller = new AbortController()
  const { timeouts, origins } = request.policy
  const { total } = timeouts
  const peer = peerName(request.url)
  const started = performance.now()
  let stoodStill = 0
  let timer: NodeJS.Timeout | null = null
  const running = (): number => performance.now() - started - stoodStill
  const onCancel = (): void => controller.abort(cancelled(peer))
  const run = (): void => {
    if (cancel.aborted) onCancel()
    else cancel.addEventListener('abort', onCancel, { once: true })
    if (total !== null) timer = setTimeout(() => controller.abort(tooLate(peer, total, origins)), Math.max(0, total - running()))
  }
  const clear = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    cancel.removeEventListener('abort', onCancel)
  }
  run()
  return {
    signal: controller.signal,
    elapsed: () => spentMs + running(),
    clear,
    suspended: async (decide) => {
      const since = performance.now()
      clear()
      try {
        return await decide(cancel)
      } finally {
        stoodStill += performance.now() - since
        run()
      }
    },
  }
}

/** An exchange that took too long says what it was at. Any other error stays as it is. */
export function tooLateAt(error: CoreError, stage: Stage, phase: string, words: string): CoreError {
  if (error.kind !== 'TotalTimeout') return error
  const { hint = '', details } = error.parts
  return new CoreError(error.kind, stage, error.message, { hint: `${words} ${hint}`, details: { ...details, phase }, cause: error })
}

/** An exchange that was ended says what is kept of it, where something came. */
export function withWhatCame(error: CoreError, hasCome: boolean): CoreError {
  if (!hasCome || (error.kind !== 'Cancelled' && error.kind !== 'TotalTimeout')) return error
  const hint = ['What had come until then is kept.', error.parts.hint].filter((part) => part !== undefined).join(' ')
  return new CoreError(error.kind, error.stage, error.message, { ...error.parts, hint, cause: error })
}

function cancelled(peer: string): CoreError {
  return new CoreError('Cancelled', 'send', `The request to ${peer} was cancelled.`)
}

function tooLate(peer: string, total: number, origins: OptionOrigins): CoreError {
  return new CoreError('TotalTimeout', 'receive', `The exchange with ${peer} was not over after ${secondsText(total)}.`, {
    hint: `To wait longer, raise the total timeout ${placeOfOption(origins, 'timeout.total')}.`,
    details: optionDetails(origins, 'timeout.total'),
  })
}
