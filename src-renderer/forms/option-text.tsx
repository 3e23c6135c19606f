/** One text of the options: its name, its field, what it does, what is wrong with it; a file can be chosen for it. */
import { useId, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import { pickFiles } from '../actions/files.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import type { SetHere } from './set-here.tsx'
import styles from '../ui/controls/controls.module.css'

interface OptionTextProps {
  /** Its name in the document. */
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem: WireError | undefined
  readonly help: ReactNode
  readonly placeholder?: string
  readonly secret?: boolean
  /** It is the path of a file. */
  readonly isFile?: boolean
  readonly setHere?: SetHere
  /** False where `{{name}}` is not replaced. */
  readonly references?: boolean
}

export function OptionText({
  name,
  label,
  value,
  onChange,
  problem,
  help,
  placeholder = '',
  secret = false,
  isFile = false,
  references = true,
  setHere,
}: OptionTextProps) {
  const id = useId()
  const choose = async (): Promise<void> => {
    const [file] = await pickFiles({ title: `Choose: ${label}`, multiple: false })
    if (file) onChange(file.path)
  }
  return (
    <div className={styles.option} data-unset={setHere?.isUnset === true || undefined}>
      <span className={styles.optionLabel}>
        {setHere?.mark}
        {label}
        <HelpMark label={label} id={`${id}-help`}>
          {help}
        </HelpMark>
      </span>
      <div className={styles.optionBody}>
        <div className={styles.fileLine}>
          <TextInput
            label={label}
            data-field={name}
            code
            className={styles.grow ?? ''}
            secret={secret}
            references={references}
            value={value}
            onChange={onChange}
            placeholder={typeof setHere?.outer === 'string' && !secret ? setHere.outer : placeholder}
            invalid={problem !== undefined}
            describedBy={problem ? `${id}-problem` : `${id}-help`}
          />
          {isFile && <Button onClick={() => void choose()}>Choose…</Button>}
          {setHere?.from}
        </div>
        {problem && (
          <ProblemNote id={`${id}-problem`} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
        )}
      </div>
    </div>
  )
}
