/** The history, as commands. */
import type { Handlers } from '../dispatch.ts'
import type { History } from '../history/history-store.ts'
import type { Exchanges } from './exchange.ts'
import type { Place } from './prepare-for.ts'

type HistoryHandlers = Pick<
  Handlers,
  | 'history.list'
  | 'history.facets'
  | 'history.read'
  | 'history.resend'
  | 'history.pin'
  | 'history.remove'
  | 'history.clear'
  | 'history.restore'
>

/** @param secretsAround the values that the secret variables around a request have now */
export function historyHandlers(
  history: History,
  exchanges: Pick<Exchanges, 'resend'>,
  secretsAround: (place: Place) => Promise<readonly string[]>,
): HistoryHandlers {
  return {
    'history.list': ({ filter, cursor, limit }) => history.list(filter ?? {}, cursor ?? null, limit),
    'history.facets': () => history.facets(),
    'history.read': async ({ id }) => {
      const { entry, document, exchange, place } = await history.read(id)
      return { entry, document, exchange, secrets: [...(await secretsAround(place))] }
    },
    'history.resend': async ({ id, draftId }) => ({ exchangeId: await exchanges.resend(await history.read(id), draftId) }),
    'history.pin': async ({ ids, pinned }) => {
      await history.pin(ids, pinned)
      return {}
    },
    'history.remove': ({ ids }) => history.remove(ids),
    'history.clear': ({ pinnedToo }) => history.clear(pinnedToo ?? false),
    'history.restore': async ({ removal }) => ({ count: await history.restore(removal) }),
  }
}
