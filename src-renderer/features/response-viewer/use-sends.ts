/** The last sends of the request whose answer is shown, from the history, with the answer itself among them. */
import { useEffect, useState } from 'react'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { lastSends } from '../../actions/history.ts'
import { sameAs, sendsOf, type Send } from './sends-stats.ts'

interface Read {
  readonly of: Exchange['id']
  readonly sends: readonly Send[]
}

/** Oldest first; empty until they are read. */
export function useSends(draftId: DraftId, exchange: Exchange): readonly Send[] {
  const [read, setRead] = useState<Read | null>(null)
  useEffect(() => {
    let isWanted = true
    void lastSends(draftId).then((entries) => {
      // It may not be in the history yet, and never is where that is off.
      const own = ownSend(exchange)
      // As the history has it, where secrets in the address are hidden.
      const isSame = sameAs(entries.find(({ id }) => id === own.id) ?? own)
      if (isWanted) setRead({ of: exchange.id, sends: sendsOf([...(exchange.request === null ? [] : [own]), ...entries.filter(isSame)]) })
    })
    return () => {
      isWanted = false
    }
  }, [draftId, exchange])
  // Those of the answer before stand until the new ones are read: the picture does not come and go.
  return read?.sends ?? []
}

function ownSend({ id, startedAt, timings, response, request, history }: Exchange): Send {
  const first = history[0]?.request ?? request
  return { id, startedAt, totalMs: timings.total, status: response?.status ?? null, method: first?.method ?? '', url: first?.url ?? '' }
}
