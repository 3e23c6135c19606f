/** One side of a comparison: an answer with what led to it, wherever it is kept. */
import type { Exchange } from '#contract/model/exchange.ts'
import type { HistoryRead } from '#contract/model/history.ts'
import type { ExchangeId } from '#contract/model/ids.ts'
import { clockTime, dayLabel, outcomeOf } from './history-rows.ts'
import { t } from './t.ts'

export interface ComparedSide {
  readonly method: string
  readonly url: string
  /** Which answer it is, in a few words: when it came, or its name. */
  readonly caption: string
  readonly exchange: Exchange
  /** Texts to hide in its request. */
  readonly secrets: readonly string[]
  /** The entry of the history that it is; null: it is none. */
  readonly entryId: ExchangeId | null
}

export function sideOfEntry({ entry, exchange, secrets }: HistoryRead): ComparedSide {
  return { method: entry.method, url: entry.url, caption: sentAt(exchange), exchange, secrets, entryId: entry.id }
}

/** An answer that is shown in a tab. */
export function sideOfExchange(exchange: Exchange, secrets: readonly string[]): ComparedSide {
  const first = exchange.history[0]?.request ?? exchange.request
  return { method: first?.method ?? '', url: first?.url ?? '', caption: sentAt(exchange), exchange, secrets, entryId: exchange.id }
}

function sentAt({ startedAt, response, error }: Exchange): string {
  const outcome = outcomeOf({ status: response?.status ?? null, error: error?.kind ?? null })
  return t`${dayLabel(new Date(startedAt), new Date())} at ${clockTime(startedAt)} · ${outcome}`
}
