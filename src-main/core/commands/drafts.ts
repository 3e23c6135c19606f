/** The journal of open tabs, as commands. An edit is told to the other windows of the same core. */
import type { Draft } from '#contract/model/draft.ts'
import type { Handlers } from '../dispatch.ts'
import type { Drafts } from '../storage/drafts.ts'

type DraftHandlers = Pick<Handlers, 'drafts.load' | 'drafts.save' | 'drafts.remove' | 'window.save'>

/** @param onSaved told of each draft and of the window that wrote it */
export function draftHandlers(drafts: Drafts, onSaved: (draft: Draft, origin: string) => void): DraftHandlers {
  return {
    'drafts.load': () => drafts.load(),
    'drafts.save': async ({ draft }, { clientId }) => {
      await drafts.save(draft)
      onSaved(draft, clientId)
      return {}
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
