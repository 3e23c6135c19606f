/** What is done with the matches before they are listed and exported. */
import type { MatchFilter } from '#contract/model/body-query.ts'
import { CheckBox } from '../../../ui/controls/check-box.tsx'
import { Select, type SelectOption } from '../../../ui/select.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import styles from './body-filter.module.css'
import { sameDocument } from '../../../lib/same-document.ts'
import { NO_FILTER } from './filter-state.ts'
import { t } from '../../../lib/t.ts'

const FORMS: readonly SelectOption<MatchFilter['as']>[] = [
  { value: 'text', label: t`Text` },
  { value: 'source', label: t`Source` },
]
const LONGEST = 1_000_000

/** Whether the matches are shown as they are found. */
export function isPlain(filter: MatchFilter): boolean {
  return sameDocument(filter, NO_FILTER)
}

interface FilterOptionsProps {
  readonly filter: MatchFilter
  readonly onChange: (change: Partial<MatchFilter>) => void
}

export function FilterOptions({ filter, onChange }: FilterOptionsProps) {
  const { as, trim, minLength, unique, prefix, suffix } = filter
  return (
    <div className={styles.optionBar} role="group" aria-label={t`Matches are`}>
      <Select showLabel label={t`Show as`} value={as} options={FORMS} onChange={(next) => onChange({ as: next })} />
      <CheckBox
        label={t`Trim`}
        title={t`White space at both ends is left out`}
        checked={trim}
        onChange={(next) => onChange({ trim: next })}
      />
      <CheckBox
        label={t`Unique`}
        title={t`Of equal matches the first is listed`}
        checked={unique}
        onChange={(next) => onChange({ unique: next })}
      />
      <Field label={t`At least`} unit={t`characters`}>
        <TextInput
          label={t`At least so many characters`}
          references={false}
          inputMode="numeric"
          className={styles.number ?? ''}
          placeholder="0"
          value={minLength === 0 ? '' : String(minLength)}
          onChange={(text) => onChange({ minLength: Math.min(LONGEST, Number(text.replaceAll(/\D/g, '') || 0)) })}
        />
      </Field>
      <Field label={t`Wrap in`}>
        <TextInput
          label={t`Before each`}
          code
          references={false}
          className={styles.wrap ?? ''}
          placeholder={t`before`}
          value={prefix}
          maxLength={1000}
          onChange={(next) => onChange({ prefix: next })}
        />
        <TextInput
          label={t`After each`}
          code
          references={false}
          className={styles.wrap ?? ''}
          placeholder={t`after`}
          value={suffix}
          maxLength={1000}
          onChange={(next) => onChange({ suffix: next })}
        />
      </Field>
    </div>
  )
}

function Field({ label, unit, children }: { readonly label: string; readonly unit?: string; readonly children: React.ReactNode }) {
  return (
    <span className={styles.option}>
      <span aria-hidden="true">{label}</span>
      {children}
      {unit !== undefined && <span aria-hidden="true">{unit}</span>}
    </span>
  )
}
