/** Takes up the wish to see a line of a script: shows Scripts, the script, and the line once the editor is there. */
import { useEffect, useEffectEvent } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { EditorHandle } from '../../monaco/editor-props.ts'
import { useFocusStore, type ScriptWish } from '../../stores/focus-store.ts'
import { useViewStore } from './view-store.ts'

/** Show the section; what is in it goes on. */
export function useScriptsWish(draftId: DraftId): void {
  const wish = useWish(draftId)
  useEffect(() => {
    if (wish !== null) useViewStore.getState().show(draftId, 'scripts')
  }, [wish, draftId])
}

/**
 * Show the script and put the cursor there.
 *
 * @param active the script that is shown
 * @param editor its editor; null until it is there
 */
export function useScriptLineWish(draftId: DraftId, active: string, show: (type: string) => void, editor: EditorHandle | null): void {
  const wish = useWish(draftId)
  const showScript = useEffectEvent(show)
  useEffect(() => {
    if (wish === null) return
    if (wish.type !== active) return showScript(wish.type)
    if (editor?.goTo(wish.line, wish.column) === true) useFocusStore.getState().scriptDone(wish)
  }, [wish, active, editor])
}

function useWish(draftId: DraftId): ScriptWish | null {
  return useFocusStore(({ script }) => (script?.draftId === draftId ? script : null))
}
