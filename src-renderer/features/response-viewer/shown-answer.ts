/** Which answer of a tab is shown: the one on its way in, once it has taken long enough to be worth it, else the last. */
import { useMemo } from 'react'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { arrivingExchange } from '../../lib/arriving-exchange.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import type { ArrivingAnswer } from './arriving.ts'
import { useLasting } from './use-body-view.ts'

export interface ShownAnswer {
  readonly exchange: Exchange | null
  /** Null where it is over. */
  readonly arriving: ArrivingAnswer | null
}

/** @param patienceMs an answer that is over sooner is not shown before its end */
export function useShownAnswer(draftId: DraftId, patienceMs: number): ShownAnswer {
  const last = useExchangesStore((state) => exchangeOf(draftId)(state).last)
  const sending = useExchangesStore((state) => exchangeOf(draftId)(state).sending)
  const head = sending?.head ?? null
  const isLasting = useLasting(head !== null, patienceMs)
  const exchangeId = sending?.exchangeId ?? null
  const bytes = sending?.download?.bytes ?? 0
  const since = sending?.since ?? 0
  const isWhole = sending !== null && (sending.paused !== null || sending.waiting !== null)
  return useMemo(() => {
    if (!isLasting || head === null || exchangeId === null) return { exchange: last, arriving: null }
    const startedAt = new Date(Math.round(performance.timeOrigin + since))
    // A stream is shown from its head on: that nothing has come yet is worth knowing.
    const exchange = arrivingExchange({ id: exchangeId, head, bytes, startedAt })
    return { exchange, arriving: { draftId, limits: head.limits, isWhole } }
  }, [isLasting, head, exchangeId, bytes, since, last, draftId, isWhole])
}
