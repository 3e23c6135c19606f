/** One text of the options: its name, its field, what it does, what is wrong with it; a file can be chosen for it. */
import { useId, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import { pickFiles } from '../actions/files.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { noteIdOf, OptionRow } from './option-row.tsx'
import type { SetHere } from './set-here.tsx'
import styles from '../ui/controls/controls.module.css'
import { t } from '../lib/t.ts'

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
    const [file] = await pickFiles({ title: t`Choose: ${label}`, multiple: false })
    if (file) onChange(file.path)
  }
  return (
    <OptionRow id={id} label={label} help={help} problem={problem} setHere={setHere}>
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
          describedBy={noteIdOf(id, problem !== undefined)}
        />
        {isFile && <Button onClick={() => void choose()}>{t`Choose…`}</Button>}
        {setHere?.from}
      </div>
    </OptionRow>
  )
}
