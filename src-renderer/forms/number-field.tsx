/**
 * A number that may be left out. What is typed stays as typed, also while it is no number yet; arrows step it. A text
 * field rather than the platform's number field, which swallows what it cannot read and changes under the mouse wheel.
 */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { noteIdOf, OptionRow } from './option-row.tsx'
import type { SetHere } from './set-here.tsx'
import type { TypedNumber } from './typed-number.ts'
import styles from '../ui/controls/controls.module.css'

export interface NumberFieldProps {
  /** Its name in the document. */
  readonly name: string
  readonly label: string
  /** Undefined: left out. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  /** A text that was typed and is no number, kept while the field was not drawn; null where there is none. */
  readonly wrongText: string | null
  /** Told of a text that is no number and of what is wrong with it; null once it is one again. */
  readonly onWrong: (wrong: { readonly text: string; readonly fault: string } | null) => void
  readonly read: (text: string) => TypedNumber
  /** The default, shown while nothing is typed. */
  readonly placeholder: string
  readonly unit?: string
  readonly help: ReactNode
  readonly disabled?: boolean
  readonly problem?: { readonly message: string; readonly hint?: string | undefined } | undefined
  readonly setHere?: SetHere
  /** Beside the field, such as a choice of no limit. */
  readonly children?: ReactNode
}

export function NumberField(props: NumberFieldProps) {
  const { name, label, value, onChange, wrongText, onWrong, read, placeholder, unit, help, disabled = false, problem, setHere } = props
  const id = useId()
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: number | undefined } | null>(null)
  // Typed text stands until the number is changed by something else, such as undo.
  const right = typed && Object.is(typed.value, value) ? typed.text : value === undefined ? '' : String(value)
  const text = wrongText ?? right
  const reading = read(text)
  const fault = reading.kind === 'wrong' ? { message: reading.message } : problem

  const change = (next: string): void => {
    const parsed = read(next)
    if (parsed.kind === 'wrong') return onWrong({ text: next, fault: parsed.message })
    onWrong(null)
    const number = parsed.kind === 'number' ? parsed.value : undefined
    setTyped({ text: next, value: number })
    onChange(number)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (step === undefined || reading.kind === 'wrong') return
    event.preventDefault()
    const from = reading.kind === 'number' ? reading.value : Number(placeholder) || 0
    change(String(Math.max(0, Math.round((from + step) * 1000) / 1000)))
  }
  return (
    <OptionRow id={id} label={label} namesField help={help} problem={fault} disabled={disabled} setHere={setHere}>
      <div className={styles.numberLine}>
        <input
          id={id}
          data-field={name}
          type="text"
          role="spinbutton"
          inputMode="decimal"
          autoComplete="off"
          className={styles.number}
          aria-valuenow={value}
          aria-invalid={fault !== undefined || undefined}
          aria-describedby={noteIdOf(id, fault !== undefined)}
          placeholder={placeholder}
          disabled={disabled}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
        {props.children}
        {setHere?.from}
      </div>
    </OptionRow>
  )
}
