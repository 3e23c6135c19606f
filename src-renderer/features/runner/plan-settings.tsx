/** With what a plan is run, and how often: environment, session, data, iterations, concurrency, delay, when to stop. */
import { useId, type ReactNode } from 'react'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { changePlan } from '../../actions/runs.ts'
import { planFaults, plannedCount, type RunPlan } from '../../lib/run-plan.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../../stores/surroundings-store.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { DataFile } from './data-file.tsx'
import styles from './plan.module.css'
import { count } from './run-words.ts'
import { t } from '../../lib/t.ts'

const NO_ENVIRONMENTS: readonly EnvironmentChoice[] = []
const ONLY_DEFAULT: readonly string[] = [DEFAULT_SESSION]
/** No environment: a name is never empty. */
const NONE = ''

const NUMBERS = [
  { field: 'iterations', label: t`Iterations`, placeholder: '1' },
  {
    field: 'parallel',
    label: t`Concurrency`,
    placeholder: '1',
    note: t`Iterations that go on beside each other, each with captured variables of its own`,
  },
  { field: 'delay', label: t`Delay`, placeholder: '0 ms', note: t`Milliseconds between two requests, also from one iteration to the next` },
] as const

export function PlanSettings({ plan }: { readonly plan: RunPlan }) {
  const { collectionId, environment, session, bail, failOnStatus } = plan
  const environments = useSurroundingsStore((state) => state.byCollection[collectionId]?.environments ?? NO_ENVIRONMENTS)
  const sessions = useSurroundingsStore((state) => state.byCollection[collectionId]?.sessions ?? ONLY_DEFAULT)
  const rows = useRunsStore((state) => state.data?.preview?.rowCount ?? null)
  const faults = planFaults(plan)
  const set = (change: Partial<RunPlan>): void => changePlan((before) => ({ ...before, ...change }))
  const total = plannedCount(plan, rows)
  return (
    <section className={styles.settings} aria-label={t`Settings of the run`}>
      <Field label={t`Environment`}>
        <Select
          label={t`Environment of the run`}
          value={environment ?? NONE}
          options={[{ value: NONE, label: t`No environment` }, ...environments.map(({ name }) => ({ value: name, label: name }))]}
          onChange={(name) => set({ environment: name === NONE ? null : name })}
        />
      </Field>
      <Field label={t`Session`}>
        <Select
          label={t`Session of the run`}
          value={session ?? DEFAULT_SESSION}
          options={sessions.map((name) => ({ value: name, label: name === DEFAULT_SESSION ? t`Default session` : name }))}
          onChange={(name) => set({ session: name === DEFAULT_SESSION ? null : name })}
        />
      </Field>
      <DataFile />
      {NUMBERS.map(({ field, ...words }) => (
        <NumberLine
          key={field}
          {...words}
          {...(field === 'iterations' && rows !== null && { placeholder: t`${count(rows)}, one for each row` })}
          value={plan[field]}
          fault={faults[field]}
          onChange={(text) => set({ [field]: text })}
        />
      ))}
      <CheckBox
        label={t`Stop on failure`}
        title={t`The run ends at the first request that fails`}
        checked={bail}
        onChange={(next) => set({ bail: next })}
      />
      <CheckBox
        label={t`A status of 400 or more is a failure`}
        title={t`As “Fail on a status of 400 or more” in Tests, for every request of the run`}
        checked={failOnStatus}
        onChange={(next) => set({ failOnStatus: next })}
      />
      <p className={styles.total}>{total === 1 ? t`1 request in all` : t`${count(total)} requests in all`}</p>
    </section>
  )
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span className={styles.word} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

interface NumberLineProps {
  readonly label: string
  readonly note?: string
  readonly value: string
  readonly placeholder: string
  readonly fault: string | undefined
  readonly onChange: (text: string) => void
}

function NumberLine({ label, note, value, placeholder, fault, onChange }: NumberLineProps) {
  const id = useId()
  return (
    <Field label={label}>
      <TextInput
        label={label}
        references={false}
        inputMode="numeric"
        placeholder={placeholder}
        value={value}
        invalid={fault !== undefined}
        describedBy={id}
        onChange={onChange}
      />
      <div id={id} className={styles.note}>
        {fault === undefined ? note : <ProblemNote message={fault} />}
      </div>
    </Field>
  )
}
