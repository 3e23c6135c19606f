/**
 * Makes a field of one line aware of `{{name}}`: marks over its references, a bubble that says what one stands for, and a
 * list of names while one is typed. The field itself stays the plain field that it is, so that input methods, selection,
 * undo and screen readers find nothing new; this is put beside it, in an element that is as large and positioned.
 */
import { useContext, type RefObject } from 'react'
import { Marks } from './marks.tsx'
import { NameCompletion } from './name-completion.tsx'
import { Variables } from './variable-lookup.ts'
import type { TextField } from './text-field.ts'

export interface VariableLayerProps {
  readonly field: RefObject<TextField | null>
  /** The text of the field. */
  readonly value: string
  /** The field's text is shown as dots. */
  readonly masked?: boolean
}

/** Longer texts are not marked: they are data, and marking them would cost at every key. */
const MAX_MARKED = 20_000

export function VariableLayer({ field, value, masked = false }: VariableLayerProps) {
  const lookup = useContext(Variables)
  if (lookup === null) return null
  const isMarked = value.includes('{{') && value.length <= MAX_MARKED
  return (
    <>
      {isMarked && <Marks field={field} value={value} masked={masked} lookup={lookup} />}
      <NameCompletion field={field} lookup={lookup} />
    </>
  )
}
