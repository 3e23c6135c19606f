/** The journal of open tabs, as commands. An edit is told to the other windows of the same core. */
import type { EventPayload } from '#contract/events.ts'
import type { Handlers } from '../dispatch.ts'
import type { Drafts } from '../storage/drafts.ts'

type DraftHandlers = Pick<Handlers, 'drafts.load' | 'drafts.save' | 'drafts.remove' | 'window.save'>

/** @param onSaved told of each draft, of its number and of the window that wrote it */
export function draftHandlers(drafts: Drafts, onSaved: (change: EventPayload<'draft.changed'>) => void): DraftHandlers {
  let taken = 0
  let written = 0
  return {
    'drafts.load': async () => {
      const sequence = written // what is written while it reads is told of by an event
      return { ...(await drafts.load()), ...(sequence > 0 && { sequence }) }
    },
    'drafts.save': async ({ draft, base }, { clientId }) => {
      // Counted as they come: saves of one draft reach the disk in that order.
      const sequence = (taken += 1)
      await drafts.save(draft)
      written = Math.max(written, sequence)
      onSaved({ draft, origin: clientId, sequence, ...(base !== undefined && { base }) })
      return { sequence }
    },
    'drafts.remove': async ({ id }) => {
      await drafts.remove(id)
      return {}
    },
    'window.save': async ({ window }) => {
      await drafts.saveWindow(window)
      return {}
    },
  }
}
