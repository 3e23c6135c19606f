/** An answer that is on its way in, in the shape of an exchange: so that it is shown as any other, as far as it has come. */
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId, ExchangeId } from '#contract/model/ids.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'

export interface ArrivingParts {
  readonly id: ExchangeId
  readonly head: Pick<ReceivedResponse, 'url' | 'status' | 'reason' | 'httpVersion' | 'headers'> & { readonly arrivingId: BodyId }
  /** On the wire, so far. */
  readonly bytes: number
  readonly startedAt: Date
}

/** @returns an exchange without what is known at its end only: the request as sent, times, cookies, encoding */
export function arrivingExchange({ id, head, bytes, startedAt }: ArrivingParts): Exchange {
  const { url, status, reason, httpVersion, headers, arrivingId } = head
  return {
    id,
    startedAt: startedAt.toISOString(),
    ok: true,
    request: null,
    response: {
      url,
      status,
      reason,
      httpVersion,
      headers,
      informational: [],
      trailers: [],
      cookies: [],
      encoding: null,
      encodingFrom: null,
      bodyBytes: bytes,
      wireBytes: bytes,
      bodyId: arrivingId,
    },
    history: [],
    attempts: [],
    timings: NO_TIMINGS,
    connection: null,
    warnings: [],
    error: null,
  }
}
