/** Scripts of the request. They are kept in its file and run when it is sent. */
import { useCallback, useEffect, useMemo } from 'react'
import type { ScriptFault } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Script } from '#contract/model/script.ts'
import { editDocument } from '../../actions/edit.ts'
import { ScriptsEditor } from '../../forms/scripts-editor.tsx'
import { useScriptWish } from '../../forms/use-script-line-wish.ts'
import { withCode } from '../../lib/script-edits.ts'
import { isOwnScript } from '../../lib/script-words.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { useRequest } from './use-request.ts'
import { useViewStore } from './view-store.ts'

const NONE: readonly Script[] = []
const NO_FAULTS: readonly ScriptFault[] = []

export function ScriptsSection({ draftId }: { readonly draftId: DraftId }) {
  const scripts = useRequest(draftId, (document) => document.scripts ?? NONE)
  const faults = useExchangesStore((state) => exchangeOf(draftId)(state).last?.checks?.faults ?? NO_FAULTS)
  const isRunning = useExchangesStore((state) => exchangeOf(draftId)(state).sending !== null) && scripts.length > 0
  const own = useMemo(() => faults.filter(({ from }) => isOwnScript(from)), [faults])
  const onEdit = useCallback(
    (type: string, code: string): void => editDocument(draftId, `scripts.${type}`, (document) => withCode(document, type, code)),
    [draftId],
  )
  return <ScriptsEditor draftId={draftId} scripts={scripts} faults={own} isRunning={isRunning} onEdit={onEdit} />
}

/** Shows the section where a line of a script is asked for; what is in it goes on. */
export function useScriptsWish(draftId: DraftId): void {
  const wish = useScriptWish(draftId)
  useEffect(() => {
    if (wish !== null) useViewStore.getState().show(draftId, 'scripts')
  }, [wish, draftId])
}
