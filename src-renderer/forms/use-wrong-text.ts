/** A wrong text of a field, which outlives the field's being drawn; dropped once the option is changed by something else. */
import { optionAt, type TypedOption } from '../actions/typed.ts'
import type { NumberFieldProps } from './number-field.tsx'
import { useOptionsForm } from './options-form.ts'

export function useWrongText(field: TypedOption, label: string): Pick<NumberFieldProps, 'wrongText' | 'onWrong'> {
  const form = useOptionsForm()
  const value = optionAt(form.options, field)
  const typed = form.typed[field]
  return {
    wrongText: typed && Object.is(typed.value, value) ? typed.text : null,
    onWrong: (wrong) => form.keepTyped(field, wrong && { ...wrong, value, label }),
  }
}
