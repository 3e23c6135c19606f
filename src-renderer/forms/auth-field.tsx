/** One text of the credentials: its name, its field, what is wrong with it or what it does. */
import { useId, useRef } from 'react'
import type { WireError } from '#contract/errors.ts'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { KeepSecret } from './keep-secret.tsx'
import styles from '../ui/controls/controls.module.css'

interface AuthFieldProps {
  /** Its name in the document. */
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem: WireError | undefined
  readonly secret?: boolean
  readonly placeholder?: string
  readonly help?: string
  /** Shown, not typed: a token that a server gave. */
  readonly readOnly?: boolean
}

export function AuthField({ name, label, value, onChange, problem, secret = false, placeholder, help, readOnly = false }: AuthFieldProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const keep = (reference: string): void => {
    onChange(reference)
    // The button that asked goes with the typed secret.
    field.current?.focus()
  }
  return (
    <div className={styles.option}>
      <label className={styles.optionLabel} htmlFor={id}>
        {label}
      </label>
      <div className={styles.optionBody}>
        <TextInput
          ref={field}
          id={id}
          data-field={name}
          label={label}
          code
          className={styles.wide ?? ''}
          secret={secret}
          readOnly={readOnly}
          value={value}
          onChange={onChange}
          invalid={problem !== undefined}
          {...(placeholder !== undefined && { placeholder })}
          {...(problem ? { describedBy: `${id}-problem` } : help !== undefined && { describedBy: `${id}-help` })}
        />
        {secret && !readOnly && <KeepSecret name={name} value={value} onKept={keep} />}
        {problem && (
          <ProblemNote id={`${id}-problem`} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
        )}
        {help !== undefined && (
          <p id={`${id}-help`} className={styles.optionHelp}>
            {help}
          </p>
        )}
      </div>
    </div>
  )
}
