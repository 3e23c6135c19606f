/** One save of a draft at a time: one that is asked for meanwhile follows, where something was typed since. */
import type { DraftId } from '#contract/model/ids.ts'

/** Whether a draft is saved; a failure has been shown. */
type Save = (id: DraftId) => Promise<boolean>

export interface SavesInTurn {
  readonly save: Save
  /** Whether a save of the draft is under way. */
  readonly isSaving: (id: DraftId) => boolean
}

export function savesInTurn(save: Save, isUnsaved: (id: DraftId) => boolean): SavesInTurn {
  const last = new Map<DraftId, Promise<boolean>>()
  return {
    save: (id) => {
      const before = last.get(id)
      const following = before ? before.then((saved) => (saved && isUnsaved(id) ? save(id) : saved)) : save(id)
      const done = following.finally(() => {
        if (last.get(id) === done) last.delete(id)
      })
      last.set(id, done)
      return done
    },
    isSaving: (id) => last.has(id),
  }
}
