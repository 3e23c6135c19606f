/** The code of a request, made anew whenever its preview is; what there was stands until then. */
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { generateCode, type CodeWishes, type GeneratedCode } from '../../actions/code.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'

export interface ShownCode {
  readonly code: GeneratedCode | null
  readonly error: WireError | null
}

const NOTHING: ShownCode = { code: null, error: null }

/** @param isWanted whether it is looked at */
export function useCode(draftId: DraftId, { language, secrets, saves }: CodeWishes, isWanted: boolean): ShownCode {
  const preview = usePreviewsStore((state) => state.byTab[draftId])
  const [shown, setShown] = useState(NOTHING)
  useEffect(() => {
    if (!isWanted || preview === undefined) return
    let isLate = false
    void generateCode(draftId, { language, secrets, saves }).then((made) => {
      if (isLate || made === null) return
      setShown(made.ok ? { code: made.value, error: null } : { code: null, error: made.error })
    })
    return () => {
      isLate = true
    }
  }, [draftId, language, secrets, saves, isWanted, preview])
  return shown
}
