/** An exchange of which nothing left the machine. */
import type { WireError } from '../errors.ts'
import type { Exchange } from './exchange.ts'
import type { ExchangeId } from './ids.ts'
import { NO_TIMINGS } from './no-timings.ts'

export function unsentExchange(id: ExchangeId, startedAt: Date, error: WireError): Exchange {
  return {
    id,
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
