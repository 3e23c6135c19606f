/** One request with its answer: the last of an exchange, or one hop before it. Both are shown in the same way. */
import type { Connection, Hop, ReceivedResponse, SentRequest, Timings } from '#contract/model/exchange.ts'
import type { TabItem } from '../../ui/tab-strip.tsx'
import type { Section } from './view-state.ts'

export interface ExchangePart {
  readonly request: SentRequest | null
  readonly response: ReceivedResponse | null
  readonly timings: Timings
  readonly connection: Connection | null
}

/** Sections that a part has something to say in, with their counts. A hop itself has no history: null. */
export function sectionsOf(part: ExchangePart, history: readonly Hop[] | null): readonly TabItem<Section>[] {
  const { request, response } = part
  return [
    ...(response === null
      ? []
      : [
          { id: 'body' as const, label: 'Body' },
          { id: 'headers' as const, label: 'Headers', badge: response.headers.length },
          { id: 'cookies' as const, label: 'Cookies', badge: response.cookies.length },
        ]),
    ...(history !== null && (response !== null || history.length > 0)
      ? [{ id: 'redirects' as const, label: 'Redirects', badge: history.length }]
      : []),
    ...(request === null
      ? []
      : [
          { id: 'timing' as const, label: 'Timing' },
          { id: 'request' as const, label: 'Request' },
        ]),
  ]
}
