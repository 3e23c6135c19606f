/** What a variable says beside its value: what it is for, how it is put in, whether it is asked for, and what it must be. */
import type { ReactNode } from 'react'
import type { Variable, VariableRules } from '#contract/model/variable.ts'
import { Select, type SelectOption } from '../select.tsx'
import { TextInput } from '../text-input.tsx'
import { CheckBox } from '../controls/check-box.tsx'
import { readLength, RULE_TYPES, withDescription, withFlag, withRule } from './variable-edits.ts'
import controls from '../controls/controls.module.css'
import styles from './variable-detail.module.css'
import { t } from '../../lib/t.ts'

type RuleType = NonNullable<VariableRules['type']>

const ANY = 'any'
const TYPES: readonly SelectOption<RuleType | typeof ANY>[] = [
  { value: ANY, label: t`Anything` },
  ...(Object.keys(RULE_TYPES) as RuleType[]).map((value) => ({ value, label: RULE_TYPES[value] })),
]

interface VariableDetailProps {
  readonly variable: Variable
  readonly onChange: (what: string, next: (variable: Variable) => Variable) => void
  /** Whether its row has the choice of its kind, which then is not offered here. */
  readonly hasKind: boolean
}

export function VariableDetail({ variable, onChange, hasKind }: VariableDetailProps) {
  const { description = '', raw = false, ask = false, rules = {} } = variable
  const rule = <K extends keyof VariableRules>(key: K, value: VariableRules[K] | undefined): void =>
    onChange(`rules.${key}`, (old) => withRule(old, key, value))
  return (
    <div className={styles.detail}>
      <Line label={t`Description`} value={description} onChange={(text) => onChange('description', (old) => withDescription(old, text))} />
      <Choices label="">
        {!hasKind && (
          <CheckBox
            label={t`Ask at each send`}
            title={t`Its value is asked for, and never kept`}
            checked={ask}
            onChange={(on) => onChange('ask', (old) => withFlag(old, 'ask', on))}
          />
        )}
        {hasKind && ask && (
          <CheckBox
            label={t`Masked`}
            title={t`What is typed as the answer is not shown`}
            checked={variable.secret === true}
            onChange={(on) => onChange('secret', (old) => withFlag(old, 'secret', on))}
          />
        )}
        <CheckBox
          label={t`Raw`}
          title={t`Put in as it is, in a URL too`}
          checked={raw}
          onChange={(on) => onChange('raw', (old) => withFlag(old, 'raw', on))}
        />
        <CheckBox label={t`Required`} checked={rules.required ?? false} onChange={(on) => rule('required', on ? true : undefined)} />
      </Choices>
      <Choices label={t`Must be`}>
        <Select
          label={t`Must be`}
          value={rules.type ?? ANY}
          options={TYPES}
          onChange={(type) => rule('type', type === ANY ? undefined : type)}
        />
        <Length label={t`At least`} value={rules.minLength} onChange={(length) => rule('minLength', length)} />
        <Length label={t`At most`} value={rules.maxLength} onChange={(length) => rule('maxLength', length)} />
        <span className={controls.unit}>{t`characters`}</span>
      </Choices>
      <Line label={t`Pattern`} value={rules.pattern ?? ''} onChange={(text) => rule('pattern', text === '' ? undefined : text)} code />
    </div>
  )
}

/** Several small controls, where the fields of the lines stand. */
function Choices({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>{label}</span>
      <div className={styles.flags}>{children}</div>
    </div>
  )
}

interface LineProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly code?: boolean
}

function Line({ label, value, onChange, code = false }: LineProps) {
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>{label}</span>
      <TextInput label={label} code={code} references={false} className={controls.wide ?? ''} value={value} onChange={onChange} />
    </div>
  )
}

interface LengthProps {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (length: number | undefined) => void
}

function Length({ label, value, onChange }: LengthProps) {
  return (
    <TextInput
      label={label}
      placeholder={label.toLowerCase()}
      references={false}
      className={styles.short ?? ''}
      inputMode="numeric"
      value={value === undefined ? '' : String(value)}
      onChange={(text) => onChange(readLength(text))}
    />
  )
}
