/** The choice of the kind of credentials. */
import { useId, useMemo } from 'react'
import type { Auth, AuthKind } from '#contract/model/request.ts'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import controls from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'

type KnownKind = Exclude<AuthKind, 'unsupported'>

export const AUTH_KINDS: readonly SelectOption<KnownKind>[] = [
  { value: 'none', label: 'None' },
  { value: 'inherit', label: 'Inherit' },
  { value: 'basic', label: 'Basic' },
  { value: 'bearer', label: 'Bearer' },
  { value: 'digest', label: 'Digest' },
  { value: 'apikey', label: 'API key' },
  { value: 'header', label: 'Custom header' },
  { value: 'oauth2', label: 'OAuth 2.0' },
  { value: 'oauth1', label: 'OAuth 1.0' },
  { value: 'awsv4', label: 'AWS Signature' },
]

interface AuthKindSelectProps {
  readonly kinds: readonly SelectOption<KnownKind>[]
  readonly auth: Auth
  readonly onChange: (kind: KnownKind) => void
}

/** A kind that this version cannot do is shown by the name that its file has for it. */
export function AuthKindSelect({ kinds, auth, onChange }: AuthKindSelectProps) {
  const id = useId()
  const options = useMemo(
    (): readonly SelectOption<AuthKind>[] => (auth.kind === 'unsupported' ? [...kinds, { value: 'unsupported', label: auth.type }] : kinds),
    [auth, kinds],
  )
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>
        Auth type
        {auth.kind !== 'unsupported' && (
          <HelpMark label="Auth type" id={id}>
            <OptionWords of={`auth.${auth.kind}`} />
          </HelpMark>
        )}
      </span>
      <div className={controls.optionBody}>
        <Select
          label="Auth type"
          value={auth.kind}
          {...(auth.kind !== 'unsupported' && { describedBy: id })}
          options={options}
          onChange={(kind) => {
            if (kind !== 'unsupported') onChange(kind)
          }}
        />
      </div>
    </div>
  )
}
