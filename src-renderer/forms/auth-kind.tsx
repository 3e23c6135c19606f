/** The choice of the kind of credentials. */
import { useId, useMemo } from 'react'
import type { Auth, AuthKind } from '#contract/model/request.ts'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import controls from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

type KnownKind = Exclude<AuthKind, 'unsupported'>

export const AUTH_KINDS: readonly SelectOption<KnownKind>[] = [
  { value: 'none', label: t`None` },
  { value: 'inherit', label: t`Inherit` },
  { value: 'basic', label: t`Basic` },
  { value: 'bearer', label: t`Bearer` },
  { value: 'digest', label: t`Digest` },
  { value: 'apikey', label: t`API key` },
  { value: 'header', label: t`Custom header` },
  { value: 'oauth2', label: t`OAuth 2.0` },
  { value: 'oauth1', label: t`OAuth 1.0` },
  { value: 'awsv4', label: t`AWS Signature` },
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
        {t`Auth type`}
        {auth.kind !== 'unsupported' && (
          <HelpMark label={t`Auth type`} id={id}>
            <OptionWords of={`auth.${auth.kind}`} />
          </HelpMark>
        )}
      </span>
      <div className={controls.optionBody}>
        <Select
          label={t`Auth type`}
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
