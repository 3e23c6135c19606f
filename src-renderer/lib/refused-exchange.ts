/** A send that never left, in the shape of an exchange: so that the response pane shows every failure in one way. */
import type { WireError } from '#contract/errors.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { ExchangeId } from '#contract/model/ids.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'

export function refusedExchange(error: WireError, startedAt = new Date()): Exchange {
  return {
    // Only exchanges of the core are looked up by id; this one never is.
    id: 'refused' as ExchangeId,
    startedAt: startedAt.toISOString(),
    ok: false,
    request: null,
    response: null,
    history: [],
    attempts: [],
    timings: NO_TIMINGS,
    connection: null,
    warnings: [],
    error,
  }
}
