/** What is recorded of sends, and how much of it is kept. */
import { HISTORY_DEFAULTS } from '#contract/model/history-defaults.ts'
import { changeSettings, resetSettings } from '../../actions/settings.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'
import type { EntryId } from './settings-entries.ts'

const GIB = 1024 ** 3
const NO_LIMIT = 'none'

interface Limit {
  readonly id: EntryId
  readonly key: 'maxAgeDays' | 'maxEntries' | 'maxBytes'
  readonly label: string
  readonly standard: string
  readonly values: readonly (readonly [value: number, text: string])[]
}

const LIMITS: readonly Limit[] = [
  {
    id: 'historyAge',
    key: 'maxAgeDays',
    label: 'History age',
    standard: 'At most 90 days',
    values: [
      [7, 'At most 7 days'],
      [30, 'At most 30 days'],
      [90, 'At most 90 days'],
      [365, 'At most a year'],
    ],
  },
  {
    id: 'historyEntries',
    key: 'maxEntries',
    label: 'History entries',
    standard: 'At most 100,000',
    values: [
      [1000, 'At most 1,000'],
      [10_000, 'At most 10,000'],
      [100_000, 'At most 100,000'],
      [1_000_000, 'At most 1,000,000'],
    ],
  },
  {
    id: 'historySize',
    key: 'maxBytes',
    label: 'History size',
    standard: 'At most 4 GiB',
    values: [
      [GIB / 4, 'At most 256 MiB'],
      [GIB, 'At most 1 GiB'],
      [4 * GIB, 'At most 4 GiB'],
      [16 * GIB, 'At most 16 GiB'],
    ],
  },
]

const RECORDING: readonly SelectOption<'on' | 'off'>[] = [
  { value: 'on', label: 'Every send is recorded' },
  { value: 'off', label: 'Nothing is recorded' },
]

export function HistoryPart() {
  const settings = useSettingsStore((state) => state.settings.history)
  return (
    <>
      <SettingRow
        id="historyOn"
        label="History"
        standard="Every send is recorded"
        isChanged={!settings.enabled}
        onReset={() => void resetSettings(['history', 'enabled'])}
      >
        <Select
          label="History"
          value={settings.enabled ? 'on' : 'off'}
          options={RECORDING}
          onChange={(value) => void changeSettings({ history: { enabled: value === 'on' } })}
        />
      </SettingRow>
      {LIMITS.map(({ id, key, label, standard, values }) => (
        <SettingRow
          key={key}
          id={id}
          label={label}
          standard={standard}
          isChanged={settings[key] !== HISTORY_DEFAULTS[key]}
          onReset={() => void resetSettings(['history', key])}
        >
          <Select
            label={label}
            value={settings[key] === null ? NO_LIMIT : String(settings[key])}
            options={optionsOf(values, settings[key])}
            onChange={(value) => void changeSettings({ history: { [key]: value === NO_LIMIT ? null : Number(value) } })}
          />
        </SettingRow>
      ))}
    </>
  )
}

/** A value that was written into the file by hand is a choice, too. */
function optionsOf(values: Limit['values'], current: number | null): readonly SelectOption<string>[] {
  const own = current === null || values.some(([value]) => value === current) ? [] : [[current, current.toLocaleString()] as const]
  const options = [...values, ...own].map(([value, label]) => ({ value: String(value), label }))
  return [...options, { value: NO_LIMIT, label: 'No limit' }]
}
