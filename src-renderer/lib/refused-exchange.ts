/** A send that never left, in the shape of an exchange: so that the response pane shows every failure in one way. */
import type { WireError } from '#contract/errors.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { ExchangeId } from '#contract/model/ids.ts'
import { unsentExchange } from '#contract/model/unsent-exchange.ts'

/** Only exchanges of the core are looked up by id; this one never is. */
const NO_ID = 'refused' as ExchangeId

export function refusedExchange(error: WireError, startedAt = new Date()): Exchange {
  return unsentExchange(NO_ID, startedAt, error)
}
