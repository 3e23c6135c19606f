/** The history, as commands. */
import type { Handlers } from '../dispatch.ts'
import type { History } from '../history/history-store.ts'
import type { Exchanges } from './exchange.ts'

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

/** The handlers of every `history.…` command. */
export function historyHandlers(history: History, exchanges: Pick<Exchanges, 'resend'>): HistoryHandlers {
  return {
    'history.list': ({ filter, cursor, limit }) => history.list(filter ?? {}, cursor ?? null, limit),
    'history.facets': () => history.facets(),
    'history.read': async ({ id }) => {
      const { entry, document, exchange } = await history.read(id)
      return { entry, document, exchange }
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
