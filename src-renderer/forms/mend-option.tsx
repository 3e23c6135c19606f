/** The way from a failure to the option that it came of, in whichever layer that is set. */
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { isReachable } from '#contract/model/origin-words.ts'
import { goToOrigin } from '../actions/go-to-origin.ts'
import { optionAt } from '../lib/variable-scope.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { Button } from '../ui/button.tsx'
import { openGroupOf } from './groups-store.ts'
import { originWords } from '../lib/origin-words.ts'
import { t } from '../lib/t.ts'

export function MendOption({ draftId, problem }: { readonly draftId: DraftId; readonly problem: WireError }) {
  // What is shown from the history has no form to change.
  const isOpen = useDraftsStore((state) => state.tabs[draftId] !== undefined)
  const at = optionAt(problem)
  if (!isOpen || at === null) return null
  const { option, origin } = at
  if (isReachable(origin) && origin.layer !== 'request') {
    return (
      <Button onClick={() => goToOrigin(origin, { name: option, section: 'options' })}>{t`Change it in ${originWords(origin)}`}</Button>
    )
  }
  const show = (): void => {
    openGroupOf('request', option)
    useFocusStore.getState().ask(draftId, { section: 'options', field: option })
  }
  return <Button onClick={show}>{t`Change it in Options`}</Button>
}
