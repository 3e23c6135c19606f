/** One line of the options: the name with its help, the field with what stands beside it, and below it what is wrong. */
import type { ReactNode } from 'react'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import type { SetHere } from './set-here.tsx'
import styles from '../ui/controls/controls.module.css'

interface OptionRowProps {
  /** The field is described by `noteIdOf(id, …)`. */
  readonly id: string
  readonly label: string
  /** Whether the field has `id` and takes its name from this label; it has a name of its own otherwise. */
  readonly namesField?: boolean
  readonly help: ReactNode
  readonly problem: { readonly message: string; readonly hint?: string | undefined } | undefined
  readonly disabled?: boolean
  readonly setHere?: SetHere | undefined
  readonly children: ReactNode
}

export function OptionRow({ id, label, namesField = false, help, problem, disabled = false, setHere, children }: OptionRowProps) {
  return (
    <div className={styles.option} data-disabled={disabled} data-unset={setHere?.isUnset === true || undefined}>
      <span className={styles.optionLabel}>
        {setHere?.mark}
        {namesField ? <label htmlFor={id}>{label}</label> : label}
        <HelpMark label={label} id={`${id}-help`}>
          {help}
        </HelpMark>
      </span>
      <div className={styles.optionBody}>
        {children}
        {problem && (
          <ProblemNote id={`${id}-problem`} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
        )}
      </div>
    </div>
  )
}

/** What describes the field of a row: what is wrong with it, else its help. */
export function noteIdOf(id: string, isWrong: boolean): string {
  return `${id}-${isWrong ? 'problem' : 'help'}`
}
