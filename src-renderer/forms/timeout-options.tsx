/** How long is waited: for a connection, between two parts of the answer, and in all. */
import { defaultsOf } from '#contract/model/request-defaults.ts'
import { optionNotes } from '../lib/teaching-notes.ts'
import { CheckBox } from '../ui/controls/check-box.tsx'
import { NumberField } from './number-field.tsx'
import { OptionGroup } from './option-group.tsx'
import { withTimeout, type TimeoutName } from './option-edits.ts'
import { useOptionsForm } from './options-form.ts'
import { problemOf } from './problems.ts'
import { useSetHere } from './set-here.tsx'
import { TeachingNote } from './teaching-note.tsx'
import { readSeconds } from './typed-number.ts'
import { useWrongText } from './use-wrong-text.ts'
import { OptionWords } from './option-words.tsx'
import { timeoutWords } from '../lib/timeout-words.ts'
import { t } from '../lib/t.ts'

const TIMEOUTS = [
  { name: 'connect', label: t`Connect timeout` },
  { name: 'read', label: t`Read timeout` },
  { name: 'total', label: t`Total timeout` },
] as const satisfies readonly { readonly name: TimeoutName; readonly label: string }[]

const OF = ['timeout'] as const

export function TimeoutOptions() {
  const { options, problems } = useOptionsForm()
  return (
    <OptionGroup
      title={t`Timeouts`}
      of={OF}
      startsOpen
      summary={timeoutWords(options.timeout ?? {})}
      hasProblem={problems.some(({ where }) => where?.field?.startsWith('timeout.') ?? false)}
    >
      {TIMEOUTS.map(({ name, label }) => (
        <Timeout key={name} name={name} label={label} />
      ))}
      <TeachingNote id="readTimeout" when={optionNotes.readTimeout(options)} />
    </OptionGroup>
  )
}

function Timeout({ name, label }: { readonly name: TimeoutName; readonly label: string }) {
  const field = `timeout.${name}` as const
  const { options, edit, problems } = useOptionsForm()
  const value = options.timeout?.[name]
  const wrong = useWrongText(field, label)
  const byDefault = defaultsOf(options).timeout[name]
  const here = useSetHere(field, label, byDefault)
  const change = (next: number | null | undefined): void => edit(field, (old) => withTimeout(old, name, next))
  const unlimit = (on: boolean): void => {
    wrong.onWrong(null)
    change(on ? null : undefined)
  }
  const standard = typeof here.outer === 'number' || here.outer === null ? here.outer : byDefault
  // A layer can say that there is no limit although there is none by default.
  const isSaid = standard !== null || (value === null && here.mark !== undefined)
  const isUnlimited = value === null && isSaid
  return (
    <NumberField
      name={field}
      label={label}
      value={value ?? undefined}
      {...wrong}
      setHere={here}
      placeholder={isUnlimited || standard === null ? t`none` : String(standard)}
      unit="s"
      read={readSeconds}
      disabled={isUnlimited}
      problem={problemOf(problems, field)}
      onChange={change}
      help={<OptionWords of={field} />}
    >
      {isSaid && <CheckBox label={t`No limit`} checked={isUnlimited} onChange={unlimit} />}
    </NumberField>
  )
}
