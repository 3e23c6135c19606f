/** Takes up the wish to see a line of a script: shows the script, and the line once its editor is there. */
import { useEffect, useEffectEvent } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { EditorHandle } from '../monaco/editor-props.ts'
import { useFocusStore, type ScriptWish } from '../stores/focus-store.ts'

/**
 * Show the script and put the cursor there.
 *
 * @param active the script that is shown
 * @param editor its editor; null until it is there
 */
export function useScriptLineWish(draftId: DraftId, active: string, show: (type: string) => void, editor: EditorHandle | null): void {
  const wish = useScriptWish(draftId)
  const showScript = useEffectEvent(show)
  useEffect(() => {
    if (wish === null) return
    if (wish.type !== active) return showScript(wish.type)
    if (editor?.goTo(wish.line, wish.column) === true) useFocusStore.getState().scriptDone(wish)
  }, [wish, active, editor])
}

/** The wish for a script of this draft; null: there is none. */
export function useScriptWish(draftId: DraftId): ScriptWish | null {
  return useFocusStore(({ script }) => (script?.draftId === draftId ? script : null))
}
