/** What is tried again, how often and after how long: urllib3's `Retry`, its fields under names that say what they do. */
import type { ReactNode } from 'react'
import { DEFAULT_RETRY, RETRIED_METHODS } from '#contract/model/request-defaults.ts'
import { optionNotes } from '../lib/teaching-notes.ts'
import { Button } from '../ui/button.tsx'
import { CheckBox, Switch } from '../ui/controls/check-box.tsx'
import { ListField } from './list-field.tsx'
import { NumberField } from './number-field.tsx'
import { OptionGroup } from './option-group.tsx'
import { withOption, withRetry, type Retry } from './option-edits.ts'
import { problemOf } from './problems.ts'
import { TeachingNote } from './teaching-note.tsx'
import { readMethods, readStatuses } from './typed-list.ts'
import { readCount, readSeconds } from './typed-number.ts'
import { useOptionsForm } from './options-form.ts'
import { useSetHere } from './set-here.tsx'
import { useWrongText } from './use-wrong-text.ts'
import styles from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

/** What switching on begins with. */
const FIRST: Retry = { total: 3, backoffFactor: 1 }
/** What a layer says where there are to be none. */
const OFF: Retry = { total: 0 }
/** Statuses that usually pass by themselves. */
const PASSING = [429, 502, 503, 504]

interface NumberEntry {
  readonly name: 'total' | 'connect' | 'read' | 'status' | 'other' | 'backoffFactor' | 'backoffMax' | 'backoffJitter'
  readonly label: string
  readonly urllib3: string
  readonly placeholder: string
  readonly unit?: string
}

const COUNTS: readonly NumberEntry[] = [
  {
    name: 'total',
    label: t`Retries in all`,
    urllib3: 'total',
    placeholder: String(DEFAULT_RETRY.total),
  },
  {
    name: 'connect',
    label: t`After no connection`,
    urllib3: 'connect',
    placeholder: t`any`,
  },
  {
    name: 'read',
    label: t`After no answer`,
    urllib3: 'read',
    placeholder: t`any`,
  },
  {
    name: 'status',
    label: t`After a status`,
    urllib3: 'status',
    placeholder: t`any`,
  },
  {
    name: 'other',
    label: t`After anything else`,
    urllib3: 'other',
    placeholder: t`any`,
  },
]
const WAITS: readonly NumberEntry[] = [
  {
    name: 'backoffFactor',
    label: t`Wait factor`,
    urllib3: 'backoff_factor',
    placeholder: String(DEFAULT_RETRY.backoffFactor),
    unit: 's',
  },
  {
    name: 'backoffMax',
    label: t`Longest wait`,
    urllib3: 'backoff_max',
    placeholder: String(DEFAULT_RETRY.backoffMax),
    unit: 's',
  },
  {
    name: 'backoffJitter',
    label: t`Random extra`,
    urllib3: 'backoff_jitter',
    placeholder: String(DEFAULT_RETRY.backoffJitter),
    unit: 's',
  },
]

const OF = ['retry'] as const

interface RetryOptionsProps {
  /** The waits between the tries, as they will be; only known of a request. */
  readonly schedule?: ReactNode
}

export function RetryOptions({ schedule }: RetryOptionsProps) {
  const { options, edit, problems, isLayer } = useOptionsForm()
  const here = useSetHere('retry', t`Try again on failure`, OFF)
  const { retry } = options
  const change = (name: string, next: Retry | undefined): void => edit(`retry.${name}`, (old) => withOption(old, 'retry', next))
  const shown = retry ?? (here.outer as Retry | undefined) // the outer one is of the option's own type
  // A layer says that there are none, and so does a request against one; else a request leaves them out.
  const saysNone = isLayer || here.outer !== undefined
  const isOn = shown !== undefined && (!saysNone || shown.total !== 0)
  return (
    <OptionGroup
      title={t`Retries`}
      of={OF}
      summary={summaryOf(retry)}
      hasProblem={problems.some(({ where }) => where?.field?.startsWith('retry.') ?? false)}
    >
      <Switch
        name="retry"
        label={t`Try again on failure`}
        mark={here.mark}
        isUnset={here.isUnset}
        checked={isOn}
        onChange={(on) => change('on', on ? FIRST : saysNone ? OFF : undefined)}
        help={<OptionWords of="retry" />}
      >
        {here.from}
      </Switch>
      {retry && isOn && <Fields retry={retry} onChange={change} schedule={schedule} />}
    </OptionGroup>
  )
}

interface FieldsProps extends RetryOptionsProps {
  readonly retry: Retry
  readonly onChange: (name: string, next: Retry) => void
}

function Fields({ retry, onChange, schedule }: FieldsProps) {
  const number = (entry: NumberEntry): ReactNode => (
    <NumberEntryField
      key={entry.name}
      entry={entry}
      value={retry[entry.name]}
      onChange={(value) => onChange(entry.name, withRetry(retry, entry.name, value))}
    />
  )
  return (
    <>
      {COUNTS.map(number)}
      {WAITS.map(number)}
      {schedule}
      <Statuses retry={retry} onChange={onChange} />
      <TeachingNote id="retriedStatuses" when={optionNotes.retriedStatuses({ retry })} />
      <Methods retry={retry} onChange={onChange} />
      <TeachingNote id="retriedPost" when={optionNotes.retriedPost({ retry })} />
      <Switch
        label={t`Heed Retry-After`}
        checked={retry.respectRetryAfter ?? true}
        onChange={(on) => onChange('respectRetryAfter', withRetry(retry, 'respectRetryAfter', on ? undefined : false))}
        help={<OptionWords of="retry.respectRetryAfter" />}
      />
      <Switch
        label={t`Fail when used up`}
        checked={retry.raiseOnStatus ?? true}
        onChange={(on) => onChange('raiseOnStatus', withRetry(retry, 'raiseOnStatus', on ? undefined : false))}
        help={<OptionWords of="retry.raiseOnStatus" />}
      />
    </>
  )
}

interface NumberEntryFieldProps {
  readonly entry: NumberEntry
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

function NumberEntryField({ entry, value, onChange }: NumberEntryFieldProps) {
  const field = `retry.${entry.name}` as const
  const problem = problemOf(useOptionsForm().problems, field)
  const wrong = useWrongText(field, entry.label)
  return (
    <NumberField
      name={field}
      label={entry.label}
      value={value}
      {...wrong}
      placeholder={entry.placeholder}
      {...(entry.unit !== undefined && { unit: entry.unit })}
      read={entry.unit === undefined ? readCount : readSeconds}
      problem={problem}
      onChange={onChange}
      help={<OptionWords of={field} />}
    >
      <code className={styles.fieldName}>{entry.urllib3}</code>
    </NumberField>
  )
}

function Statuses({ retry, onChange }: FieldsProps) {
  const problem = problemOf(useOptionsForm().problems, 'retry.statusForcelist')
  const wrong = useWrongText('retry.statusForcelist', t`Statuses to retry`)
  return (
    <ListField
      name="retry.statusForcelist"
      label={t`Statuses to retry`}
      value={retry.statusForcelist}
      {...wrong}
      placeholder={t`none, such as 429, 503`}
      read={readStatuses}
      problem={problem}
      onChange={(value) => onChange('statusForcelist', withRetry(retry, 'statusForcelist', value))}
      help={<OptionWords of="retry.statusForcelist" />}
    >
      {retry.statusForcelist === undefined && wrong.wrongText === null && (
        <Button
          variant="ghost"
          onClick={() => onChange('statusForcelist#usual', withRetry(retry, 'statusForcelist', PASSING))}
        >{t`The usual`}</Button>
      )}
    </ListField>
  )
}

function Methods({ retry, onChange }: FieldsProps) {
  const problem = problemOf(useOptionsForm().problems, 'retry.allowedMethods')
  const wrong = useWrongText('retry.allowedMethods', t`Methods to retry`)
  const isAll = retry.allowedMethods === null
  return (
    <ListField
      name="retry.allowedMethods"
      label={t`Methods to retry`}
      value={retry.allowedMethods ?? undefined}
      {...wrong}
      placeholder={isAll ? t`all` : RETRIED_METHODS.join(', ')}
      read={readMethods}
      disabled={isAll}
      problem={problem}
      onChange={(value) => onChange('allowedMethods', withRetry(retry, 'allowedMethods', value))}
      help={<OptionWords of="retry.allowedMethods" />}
    >
      <CheckBox
        label={t`All`}
        checked={isAll}
        onChange={(on) => {
          wrong.onWrong(null)
          onChange('allowedMethods#all', withRetry(retry, 'allowedMethods', on ? null : undefined))
        }}
      />
    </ListField>
  )
}

function summaryOf(retry: Retry | undefined): string {
  if (!retry) return ''
  if (retry.total === 0) return t`none`
  const statuses = retry.statusForcelist?.join(', ') ?? ''
  return t`up to ${retry.total ?? DEFAULT_RETRY.total}${statuses === '' ? '' : t`, on ${statuses}`}`
}
