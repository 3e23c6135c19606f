/** How the window looks: theme, sizes of its fonts, where the response stands. */
import { CODE_FONT_SIZES, SETTINGS_DEFAULTS, UI_FONT_SIZES } from '#contract/model/settings-defaults.ts'
import type { Settings } from '#contract/model/settings.ts'
import { LANGUAGE_NAMES, type LanguageChoice } from '../../languages/languages.ts'
import { changeSettings, resetSettings } from '../../actions/settings.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'

const THEMES: readonly SelectOption<Settings['theme']>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'high-contrast', label: 'High contrast' },
]

const LANGUAGES: readonly SelectOption<LanguageChoice>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'en', label: LANGUAGE_NAMES.en },
  { value: 'zh-CN', label: LANGUAGE_NAMES['zh-CN'] },
]

const LAYOUTS: readonly SelectOption<Settings['layout']>[] = [
  { value: 'beside', label: 'Beside the editor' },
  { value: 'below', label: 'Below the editor' },
]

export function AppearancePart() {
  const { language, theme, layout } = useSettingsStore((state) => state.settings)
  return (
    <>
      <SettingRow
        id="language"
        label="Language"
        help="The window is loaded anew in it; nothing that is open is lost."
        standard="As the system"
        isChanged={language !== SETTINGS_DEFAULTS.language}
        onReset={() => void resetSettings(['language'])}
      >
        <Select label="Language" value={language} options={LANGUAGES} onChange={(next) => void changeSettings({ language: next })} />
      </SettingRow>
      <SettingRow
        id="theme"
        label="Theme"
        standard="As the system"
        isChanged={theme !== SETTINGS_DEFAULTS.theme}
        onReset={() => void resetSettings(['theme'])}
      >
        <Select label="Theme" value={theme} options={THEMES} onChange={(next) => void changeSettings({ theme: next })} />
      </SettingRow>
      <FontSize id="uiFontSize" label="Interface font size" limits={UI_FONT_SIZES} />
      <FontSize id="codeFontSize" label="Code font size" limits={CODE_FONT_SIZES} />
      <SettingRow
        id="layout"
        label="Response"
        standard="Beside the editor"
        isChanged={layout !== SETTINGS_DEFAULTS.layout}
        onReset={() => void resetSettings(['layout'])}
      >
        <Select label="Response" value={layout} options={LAYOUTS} onChange={(next) => void changeSettings({ layout: next })} />
      </SettingRow>
      <TeachingNotes />
    </>
  )
}

/** Reset brings those back that were dismissed, too. */
function TeachingNotes() {
  const { teachingNotes, dismissedNotes } = useSettingsStore((state) => state.settings)
  const dismissed = dismissedNotes.length
  return (
    <SettingRow
      id="teachingNotes"
      label="Teaching notes"
      help={`Say beside the place what tutorials often get wrong.${dismissed === 0 ? '' : ` ${dismissed} dismissed; Reset brings ${dismissed === 1 ? 'it' : 'them'} back.`}`}
      standard="Shown"
      isChanged={!teachingNotes || dismissed > 0}
      onReset={() => void resetSettings(['teachingNotes'], ['dismissedNotes'])}
    >
      <CheckBox label="Show teaching notes" checked={teachingNotes} onChange={(on) => void changeSettings({ teachingNotes: on })} />
    </SettingRow>
  )
}

interface FontSizeProps {
  readonly id: 'uiFontSize' | 'codeFontSize'
  readonly label: string
  readonly limits: { readonly min: number; readonly max: number }
}

function FontSize({ id, label, limits }: FontSizeProps) {
  const size = useSettingsStore((state) => state.settings[id])
  const standard = SETTINGS_DEFAULTS[id]
  const sizes = [...new Set([...wholeSizes(limits), standard, size])].toSorted((a, b) => a - b)
  return (
    <SettingRow id={id} label={label} standard={`${standard} px`} isChanged={size !== standard} onReset={() => void resetSettings([id])}>
      <Select
        label={label}
        value={String(size)}
        options={sizes.map((one) => ({ value: String(one), label: `${one} px` }))}
        onChange={(next) => void changeSettings({ [id]: Number(next) })}
      />
    </SettingRow>
  )
}

function wholeSizes({ min, max }: FontSizeProps['limits']): readonly number[] {
  return Array.from({ length: max - min + 1 }, (_none, index) => min + index)
}
