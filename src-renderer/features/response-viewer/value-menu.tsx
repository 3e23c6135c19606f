/** What can be done with a value of an answer besides copying it: items for its menu. */
import CircleCheck from 'lucide-react/icons/circle-check'
import Variable from 'lucide-react/icons/variable'
import type { DraftId } from '#contract/model/ids.ts'
import { assertValue, captureValue, type AnswerValue } from '../../actions/value-uses.ts'
import { assertAt, captureAt } from '../../actions/text-uses.ts'
import type { TextAction } from '../../monaco/read-only-view.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

/** Labels that every menu of a value has, whichever way the value is read. */
const ASSERT_LABEL = t`Use as an assertion`
const CAPTURE_LABEL = t`Capture into a variable…`

/** @param draftId the tab whose request is asked for the value; null: the answer is of no open request, so there is nothing to do */
export function valueItems(draftId: DraftId | null, value: AnswerValue): readonly MenuItem[] {
  if (draftId === null) return []
  return usesOf(
    () => assertValue(draftId, value),
    () => void captureValue(draftId, value),
  )
}

/** For a value at a place of a text of JSON. */
export function textActions(draftId: DraftId | null): readonly TextAction[] {
  if (draftId === null) return []
  return [
    { label: ASSERT_LABEL, run: (text, offset) => assertAt(draftId, text, offset) },
    { label: CAPTURE_LABEL, run: (text, offset) => void captureAt(draftId, text, offset) },
  ]
}

/** For a value that has to be read first. */
export function usesOf(onAssert: () => void, onCapture: () => void): readonly MenuItem[] {
  return [
    { label: ASSERT_LABEL, icon: <CircleCheck />, onSelect: onAssert },
    { label: CAPTURE_LABEL, icon: <Variable />, onSelect: onCapture },
  ]
}
