/** A list typed in one line, its items parted by commas or spaces. What is typed stays as typed while it makes no list yet. */
import { useId, useState, type ReactNode } from 'react'
import { TextInput } from '../ui/text-input.tsx'
import type { NumberFieldProps } from './number-field.tsx'
import { noteIdOf, OptionRow } from './option-row.tsx'
import type { TypedList } from './typed-list.ts'
import styles from '../ui/controls/controls.module.css'

interface ListFieldProps<T extends string | number> extends Pick<
  NumberFieldProps,
  'name' | 'label' | 'wrongText' | 'onWrong' | 'placeholder' | 'help' | 'problem' | 'children'
> {
  /** Undefined: left out. */
  readonly value: readonly T[] | undefined
  readonly onChange: (value: T[] | undefined) => void
  readonly read: (text: string) => TypedList<T>
  readonly disabled?: boolean
  /** Beside the field. */
  readonly children?: ReactNode
}

export function ListField<T extends string | number>(props: ListFieldProps<T>) {
  const { name, label, value, onChange, wrongText, onWrong, read, placeholder, help, problem, disabled = false } = props
  const id = useId()
  const [typed, setTyped] = useState<{ readonly text: string; readonly list: readonly T[] | undefined } | null>(null)
  // Typed text stands until the list is changed by something else, such as undo.
  const right = typed && isSame(typed.list, value) ? typed.text : (value ?? []).join(', ')
  const text = wrongText ?? right
  const reading = read(text)
  const fault = reading.kind === 'wrong' ? { message: reading.message } : problem
  const change = (next: string): void => {
    const parsed = read(next)
    if (parsed.kind === 'wrong') return onWrong({ text: next, fault: parsed.message })
    onWrong(null)
    const list = parsed.list.length === 0 ? undefined : parsed.list
    setTyped({ text: next, list })
    onChange(list)
  }
  return (
    <OptionRow id={id} label={label} help={help} problem={fault} disabled={disabled}>
      <div className={styles.listLine}>
        <TextInput
          label={label}
          code
          references={false}
          className={styles.list ?? ''}
          data-field={name}
          value={text}
          onChange={change}
          placeholder={placeholder}
          disabled={disabled}
          invalid={fault !== undefined}
          describedBy={noteIdOf(id, fault !== undefined)}
        />
        {props.children}
      </div>
    </OptionRow>
  )
}

function isSame<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((item, index) => item === b[index]))
}
