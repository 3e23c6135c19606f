/** How much of the history is kept, in the settings. */
import type { HistorySettings } from '#contract/model/history.ts'
import { changeHistorySettings } from '../actions/settings.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { Select } from '../ui/select.tsx'
import styles from './settings-dialog.module.css'

const GIB = 1024 ** 3
const NO_LIMIT = 'none'

const CHOICES: readonly {
  readonly key: 'maxAgeDays' | 'maxEntries' | 'maxBytes'
  readonly label: string
  readonly values: readonly (readonly [value: number, text: string])[]
}[] = [
  {
    key: 'maxAgeDays',
    label: 'History age',
    values: [
      [7, '7 days'],
      [30, '30 days'],
      [90, '90 days'],
      [365, 'A year'],
    ],
  },
  {
    key: 'maxEntries',
    label: 'History entries',
    values: [
      [1000, '1,000'],
      [10_000, '10,000'],
      [100_000, '100,000'],
      [1_000_000, '1,000,000'],
    ],
  },
  {
    key: 'maxBytes',
    label: 'History size',
    values: [
      [GIB / 4, '256 MiB'],
      [GIB, '1 GiB'],
      [4 * GIB, '4 GiB'],
      [16 * GIB, '16 GiB'],
    ],
  },
]

export function HistorySettings() {
  const settings = useSettingsStore((state) => state.settings.history)
  return (
    <>
      <dt>History</dt>
      <dd>
        <Select
          label="History"
          value={settings.enabled ? 'on' : 'off'}
          options={[
            { value: 'on', label: 'Every send is recorded' },
            { value: 'off', label: 'Nothing is recorded' },
          ]}
          onChange={(value) => void changeHistorySettings({ enabled: value === 'on' })}
        />
      </dd>
      {CHOICES.map(({ key, label, values }) => (
        <div key={key} className={styles.row}>
          <dt>{label}</dt>
          <dd>
            <Select
              label={label}
              value={settings[key] === null ? NO_LIMIT : String(settings[key])}
              options={optionsOf(values, settings[key])}
              onChange={(value) =>
                void changeHistorySettings({ [key]: value === NO_LIMIT ? null : Number(value) } satisfies Partial<HistorySettings>)
              }
            />
          </dd>
        </div>
      ))}
    </>
  )
}

/** A value that was written into the file by hand is a choice, too. */
function optionsOf(
  values: readonly (readonly [value: number, text: string])[],
  current: number | null,
): { readonly value: string; readonly label: string }[] {
  const own = current === null || values.some(([value]) => value === current) ? [] : [[current, current.toLocaleString('en')] as const]
  const options = [...values, ...own].map(([value, text]) => ({ value: String(value), label: `At most ${text}` }))
  return [...options, { value: NO_LIMIT, label: 'No limit' }]
}
