/** A wrong text of a field, which outlives the field's being drawn; dropped once the option is changed by something else. */
import type { DraftId } from '#contract/model/ids.ts'
import { keepTyped } from '../../actions/preview.ts'
import { optionAt, type TypedOption } from '../../actions/typed.ts'
import { useTypedStore } from '../../stores/typed-store.ts'
import type { NumberFieldProps } from './number-field.tsx'
import { useRequest } from './use-request.ts'

export function useWrongText(draftId: DraftId, field: TypedOption, label: string): Pick<NumberFieldProps, 'wrongText' | 'onWrong'> {
  const value = useRequest(draftId, (document) => optionAt(document.options, field))
  const typed = useTypedStore((state) => state.byTab[draftId]?.[field])
  return {
    wrongText: typed && Object.is(typed.value, value) ? typed.text : null,
    onWrong: (wrong) => keepTyped(draftId, field, wrong && { ...wrong, value, label }),
  }
}
