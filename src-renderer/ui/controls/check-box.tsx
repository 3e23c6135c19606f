/** A box with its word, and a switch with its word: on or off, at once. */
import { useId, type ReactNode } from 'react'
import { HelpMark } from './help-mark.tsx'
import styles from './controls.module.css'

interface CheckBoxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly title?: string
}

export function CheckBox({ label, checked, onChange, disabled = false, title }: CheckBoxProps) {
  return (
    <label className={styles.check} title={title}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Its name in the document. */
  readonly name?: string
  /** What it does. */
  readonly help: ReactNode
  /** Stands before its word. */
  readonly mark?: ReactNode
  /** What it shows is from elsewhere. */
  readonly isUnset?: boolean
  readonly children?: ReactNode
}

export function Switch({ name, label, checked, onChange, help, mark, isUnset = false, children }: SwitchProps) {
  const id = useId()
  return (
    <div className={styles.option} data-unset={isUnset || undefined}>
      <span className={styles.optionLabel}>
        {mark}
        <label htmlFor={id}>{label}</label>
        <HelpMark label={label} id={`${id}-help`}>
          {help}
        </HelpMark>
      </span>
      <div className={styles.optionBody}>
        <button
          type="button"
          id={id}
          role="switch"
          data-field={name}
          aria-checked={checked}
          aria-describedby={`${id}-help`}
          className={styles.switch}
          onClick={() => onChange(!checked)}
        />
        {children}
      </div>
    </div>
  )
}
