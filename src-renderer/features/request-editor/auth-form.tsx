/** The fields that the kinds of credentials are made of: texts, choices and switches, each with its problem and its help. */
import { useId, type ReactNode } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { Auth } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { AuthField } from './auth-field.tsx'
import { Switch } from '../../ui/controls/check-box.tsx'
import { problemOf } from './problems.ts'
import { useSectionProblems } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'

interface FieldProps {
  readonly draftId: DraftId
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

export function AuthText({ draftId, name, label, ...rest }: TextFieldProps) {
  const problem = problemOf(useSectionProblems(draftId, 'auth'), name)
  return <AuthField name={name} label={label} problem={problem} onChange={(text) => setField(draftId, name, text)} {...rest} />
}

interface ChoiceProps<T extends string> extends FieldProps {
  readonly value: T
  readonly options: readonly SelectOption<T>[]
  readonly help?: string
}

export function AuthChoice<T extends string>({ draftId, name, label, value, options, help }: ChoiceProps<T>) {
  const id = useId()
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>{label}</span>
      <div className={controls.optionBody}>
        <Select
          label={label}
          value={value}
          options={options}
          onChange={(next) => setField(draftId, name, next)}
          {...(help !== undefined && { describedBy: id })}
        />
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

export function AuthFlag({ draftId, name, label, value, help }: FlagProps) {
  return <Switch label={label} checked={value} onChange={(on) => setField(draftId, name, on)} help={help} />
}

/** Change one field of the credentials; a name that this kind has not changes nothing. */
function setField(draftId: DraftId, name: string, value: string | boolean): void {
  editDocument(draftId, `auth.${name}`, (document) => ({ ...document, auth: withField(document.auth, name, value) }))
}

function withField(auth: Auth, name: string, value: string | boolean): Auth {
  return name in auth ? { ...auth, [name]: value } : auth
}
