/**
 * A choice of one from a few: the platform's own select, so that typing, arrows and screen readers work as everywhere,
 * drawn in our look where the engine lets a page draw it (`appearance: base-select`).
 */
import { useId, type ReactNode } from 'react'
import styles from './select.module.css'

export interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
  /** Options of one group stand together under its name. */
  readonly group?: string
  readonly disabled?: boolean
}

export interface SelectProps<T extends string> {
  readonly label: string
  /** Of the field, for what leads there. */
  readonly name?: string
  readonly value: T
  readonly options: readonly SelectOption<T>[]
  readonly onChange: (value: T) => void
  /** Shows the label before the control; it is the accessible name either way. */
  readonly showLabel?: boolean
  readonly disabled?: boolean
  readonly invalid?: boolean
  readonly describedBy?: string
  readonly className?: string
  /** May be narrower than its words: they end in an ellipsis, where the engine lets a page draw the control. */
  readonly canBeCut?: boolean
  /** With `canBeCut`: shown in the place of the label of what is chosen, of which a narrow place may hide a part. */
  readonly face?: ReactNode
  /** Shown while the pointer rests on it. */
  readonly title?: string
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, onChange, showLabel = false, canBeCut = false, face, className } = props
  const id = useId()
  const choose = (text: string) => {
    const option = options.find((candidate) => candidate.value === text)
    if (option) onChange(option.value)
  }
  const select = (
    <select
      id={id}
      className={[styles.select, className].filter(Boolean).join(' ')}
      data-field={props.name}
      aria-label={label}
      aria-invalid={props.invalid}
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      title={props.title}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {canBeCut && <Face>{face ?? options.find((option) => option.value === value)?.label}</Face>}
      {grouped(options).map((group) =>
        group.name === null ? (
          group.options.map(optionElement)
        ) : (
          <optgroup key={group.name} label={group.name}>
            {group.options.map(optionElement)}
          </optgroup>
        ),
      )}
    </select>
  )
  if (!showLabel) return select
  return (
    <span className={styles.field}>
      <label className={styles.label} htmlFor={id} aria-hidden="true">
        {label}
      </label>
      {select}
    </span>
  )
}

/** What the closed control shows in the place of its own words, which cannot be cut; no part of what is read out. */
function Face({ children }: { readonly children: ReactNode }) {
  return (
    <button type="button" className={styles.face} tabIndex={-1} aria-hidden="true">
      {children}
    </button>
  )
}

function optionElement<T extends string>(option: SelectOption<T>) {
  return (
    <option key={option.value} className={styles.option} value={option.value} disabled={option.disabled}>
      {option.label}
    </option>
  )
}

interface OptionGroup<T extends string> {
  readonly name: string | null
  readonly options: SelectOption<T>[]
}

/** Neighbours of one group, in the order given. */
function grouped<T extends string>(options: readonly SelectOption<T>[]): readonly OptionGroup<T>[] {
  const groups: OptionGroup<T>[] = []
  for (const option of options) {
    const name = option.group ?? null
    const last = groups.at(-1)
    if (last && last.name === name) last.options.push(option)
    else groups.push({ name, options: [option] })
  }
  return groups
}
