/** What is recorded of sends, and how much of it is kept. */
import { HISTORY_DEFAULTS } from '#contract/model/history-defaults.ts'
import { changeSettings, resetSettings } from '../../actions/settings.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'
import type { EntryId } from './settings-entries.ts'
import { formatNumber } from '../../lib/format-number.ts'
import { t } from '../../lib/t.ts'

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
    label: t`History age`,
    standard: t`At most 90 days`,
    values: [
      [7, t`At most 7 days`],
      [30, t`At most 30 days`],
      [90, t`At most 90 days`],
      [365, t`At most a year`],
    ],
  },
  {
    id: 'historyEntries',
    key: 'maxEntries',
    label: t`History entries`,
    standard: t`At most 100,000`,
    values: [
      [1000, t`At most 1,000`],
      [10_000, t`At most 10,000`],
      [100_000, t`At most 100,000`],
      [1_000_000, t`At most 1,000,000`],
    ],
  },
  {
    id: 'historySize',
    key: 'maxBytes',
    label: t`History size`,
    standard: t`At most 4 GiB`,
    values: [
      [GIB / 4, t`At most 256 MiB`],
      [GIB, t`At most 1 GiB`],
      [4 * GIB, t`At most 4 GiB`],
      [16 * GIB, t`At most 16 GiB`],
    ],
  },
]

const RECORDING: readonly SelectOption<'on' | 'off'>[] = [
  { value: 'on', label: t`Every send is recorded` },
  { value: 'off', label: t`Nothing is recorded` },
]

export function HistoryPart() {
  const settings = useSettingsStore((state) => state.settings.history)
  return (
    <>
      <SettingRow
        id="historyOn"
        label={t`History`}
        standard={t`Every send is recorded`}
        isChanged={!settings.enabled}
        onReset={() => void resetSettings(['history', 'enabled'])}
      >
        <Select
          label={t`History`}
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
  const own = current === null || values.some(([value]) => value === current) ? [] : [[current, formatNumber(current)] as const]
  const options = [...values, ...own].map(([value, label]) => ({ value: String(value), label }))
  return [...options, { value: NO_LIMIT, label: t`No limit` }]
}
