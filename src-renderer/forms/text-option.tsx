/** An option that is a text: bound to the options of the form around it, left out while it is empty. */
import type { ReactNode } from 'react'
import { withOption } from './option-edits.ts'
import { OptionText } from './option-text.tsx'
import { useOptionsForm } from './options-form.ts'
import { problemOf } from './problems.ts'
import { useSetHere } from './set-here.tsx'

interface TextOptionProps {
  readonly name: 'encoding' | 'noProxy' | 'unixSocket'
  readonly label: string
  readonly placeholder: string
  readonly help: ReactNode
  /** It is the path of a file. */
  readonly isFile?: boolean
  /** False where `{{name}}` is not replaced. */
  readonly references?: boolean
}

export function TextOption({ name, label, ...rest }: TextOptionProps) {
  const { options, edit, problems } = useOptionsForm()
  return (
    <OptionText
      name={name}
      label={label}
      setHere={useSetHere(name, label, undefined)}
      value={options[name] ?? ''}
      onChange={(text) => edit(name, (old) => withOption(old, name, text === '' ? undefined : text))}
      problem={problemOf(problems, name)}
      {...rest}
    />
  )
}
