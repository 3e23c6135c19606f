/** Going to a line of a request's script, from what that script said or where it broke. */
import type { ScriptPlace } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { closePage } from './pages.ts'

/** Whether the script is the request's own: those around it have no editor to go to. */
export function isOwnScript({ of }: ScriptPlace): boolean {
  return of === undefined
}

/** Opens Scripts at the line. */
export function goToScript(draftId: DraftId, { type }: ScriptPlace, line: number, column = 1): void {
  closePage()
  useFocusStore.getState().askScript({ draftId, type, line, column })
}
