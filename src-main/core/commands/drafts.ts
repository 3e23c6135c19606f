/** The journal, as commands. An edit is told to the other windows of the same core. */
import type { EventPayload } from '#contract/events.ts'
import type { Handlers } from '../dispatch.ts'
import type { Drafts } from '../storage/drafts.ts'

type DraftHandlers = Pick<Handlers, `drafts.${'load' | 'save' | 'remove'}` | 'window.save'>
type LayerDraftHandlers = Pick<Handlers, `layerDrafts.${'load' | 'save' | 'remove'}`>

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

/** @param onChanged told of each draft, or that it is gone, and of the window that did it */
export function layerDraftHandlers(
  { layers }: Pick<Drafts, 'layers'>,
  onChanged: (change: EventPayload<'layerDraft.changed'>) => void,
): LayerDraftHandlers {
  return {
    'layerDrafts.load': async () => ({ drafts: await layers.load() }),
    'layerDrafts.save': async ({ draft }, { clientId }) => {
      await layers.save(draft)
      onChanged({ origin: clientId, id: draft.id, draft })
      return {}
    },
    'layerDrafts.remove': async ({ id }, { clientId }) => {
      await layers.remove(id)
      onChanged({ origin: clientId, id, draft: null })
      return {}
    },
  }
}
