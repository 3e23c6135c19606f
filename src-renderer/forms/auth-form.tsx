/** The fields that the kinds of credentials are made of: texts, choices and switches, each with its problem and its help. */
import { useId, type ReactNode } from 'react'
import type { Auth } from '#contract/model/request.ts'
import { Select, type SelectOption } from '../ui/select.tsx'
import { useAuthForm } from './auth-form-context.ts'
import { AuthField } from './auth-field.tsx'
import { Switch } from '../ui/controls/check-box.tsx'
import { problemOf } from './problems.ts'
import controls from '../ui/controls/controls.module.css'

interface FieldProps {
  /** Key of the credentials. */
  readonly name: string
  readonly label: string
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly secret?: boolean
  readonly placeholder?: string
  readonly help?: string
}

export function AuthText({ name, label, ...rest }: TextFieldProps) {
  const problem = problemOf(useAuthForm().problems, name)
  const set = useSetField(name)
  return <AuthField name={name} label={label} problem={problem} onChange={set} {...rest} />
}

interface ChoiceProps<T extends string> extends FieldProps {
  readonly value: T
  readonly options: readonly SelectOption<T>[]
  readonly help?: string
}

export function AuthChoice<T extends string>({ name, label, value, options, help }: ChoiceProps<T>) {
  const id = useId()
  const set = useSetField(name)
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>{label}</span>
      <div className={controls.optionBody}>
        <Select label={label} value={value} options={options} onChange={set} {...(help !== undefined && { describedBy: id })} />
        {help !== undefined && (
          <p id={id} className={controls.optionHelp}>
            {help}
          </p>
        )}
      </div>
    </div>
  )
}

interface FlagProps extends FieldProps {
  readonly value: boolean
  readonly help: ReactNode
}

export function AuthFlag({ name, label, value, help }: FlagProps) {
  return <Switch label={label} checked={value} onChange={useSetField(name)} help={help} />
}

/** Changes one field of the credentials; a name that this kind has not changes nothing. */
function useSetField(name: string): (value: string | boolean) => void {
  const { edit } = useAuthForm()
  return (value) => edit(name, (auth) => withField(auth, name, value))
}

function withField(auth: Auth, name: string, value: string | boolean): Auth {
  return name in auth ? { ...auth, [name]: value } : auth
}
