/** What core tells its hosts: events, and bugs as something to show. */
import type { WireError } from '#contract/errors.ts'
import type { AnyEvent } from '#contract/events.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { CoreError, messageOf } from './lib/core-error.ts'

export interface CoreEvents {
  /** Every event goes to every listener; what it returns takes the listener off. */
  readonly on: (listener: (event: AnyEvent) => void) => () => void
  readonly emit: (event: AnyEvent) => void
  /** Logs what should not have happened, and says what of it may be shown. */
  readonly report: (error: unknown, during: string) => WireError
  /** Runs work whose expected failures are values. */
  readonly asResult: <T>(work: () => Promise<T>, during: string) => Promise<Result<T, WireError>>
}

export function createEvents(log: (line: string) => void): CoreEvents {
  const listeners = new Set<(event: AnyEvent) => void>()
  const report: CoreEvents['report'] = (error, during) => {
    log(`Bug at ${during}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return bugError(error, during)
  }
  return {
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    report,
    asResult: async (work, during) => {
      try {
        return ok(await work())
      } catch (error) {
        return failed(error instanceof CoreError ? error.toWire() : report(error, during))
      }
    },
  }
}

/** What a bug looks like to a window: no detail that could hold a secret; the log has the stack. */
function bugError(error: unknown, during: string): WireError {
  const message = `Posthaste failed at ${during}: ${messageOf(error)}`
  return new CoreError('Bug', 'call', message, { hint: 'This is a bug. Nothing you typed is lost; the log has the details.' }).toWire()
}
