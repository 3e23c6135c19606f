/** How the window looks: theme, sizes of its fonts, where the response stands. */
import { CODE_FONT_SIZES, SETTINGS_DEFAULTS, UI_FONT_SIZES } from '#contract/model/settings-defaults.ts'
import type { Settings } from '#contract/model/settings.ts'
import { LANGUAGE_NAMES, type LanguageChoice } from '../../languages/languages.ts'
import { changeSettings, resetSettings } from '../../actions/settings.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'
import { t } from '../../lib/t.ts'

const THEMES: readonly SelectOption<Settings['theme']>[] = [
  { value: 'system', label: t`As the system` },
  { value: 'light', label: t`Light` },
  { value: 'dark', label: t`Dark` },
  { value: 'high-contrast', label: t`High contrast` },
]

const LANGUAGES: readonly SelectOption<LanguageChoice>[] = [
  { value: 'system', label: t`As the system` },
  { value: 'en', label: LANGUAGE_NAMES.en },
  { value: 'zh-CN', label: LANGUAGE_NAMES['zh-CN'] },
]

const LAYOUTS: readonly SelectOption<Settings['layout']>[] = [
  { value: 'beside', label: t`Beside the editor` },
  { value: 'below', label: t`Below the editor` },
]

export function AppearancePart() {
  const { language, theme, layout } = useSettingsStore((state) => state.settings)
  return (
    <>
      <SettingRow
        id="language"
        label={t`Language`}
        help={t`The window is loaded anew in it; nothing that is open is lost.`}
        standard={t`As the system`}
        isChanged={language !== SETTINGS_DEFAULTS.language}
        onReset={() => void resetSettings(['language'])}
      >
        <Select label={t`Language`} value={language} options={LANGUAGES} onChange={(next) => void changeSettings({ language: next })} />
      </SettingRow>
      <SettingRow
        id="theme"
        label={t`Theme`}
        standard={t`As the system`}
        isChanged={theme !== SETTINGS_DEFAULTS.theme}
        onReset={() => void resetSettings(['theme'])}
      >
        <Select label={t`Theme`} value={theme} options={THEMES} onChange={(next) => void changeSettings({ theme: next })} />
      </SettingRow>
      <FontSize id="uiFontSize" label={t`Interface font size`} limits={UI_FONT_SIZES} />
      <FontSize id="codeFontSize" label={t`Code font size`} limits={CODE_FONT_SIZES} />
      <SettingRow
        id="layout"
        label={t`Response`}
        standard={t`Beside the editor`}
        isChanged={layout !== SETTINGS_DEFAULTS.layout}
        onReset={() => void resetSettings(['layout'])}
      >
        <Select label={t`Response`} value={layout} options={LAYOUTS} onChange={(next) => void changeSettings({ layout: next })} />
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
      label={t`Teaching notes`}
      help={t`Say beside the place what tutorials often get wrong.${dismissed === 0 ? '' : t` ${dismissed} dismissed; Reset brings ${dismissed === 1 ? t`it` : t`them`} back.`}`}
      standard={t`Shown`}
      isChanged={!teachingNotes || dismissed > 0}
      onReset={() => void resetSettings(['teachingNotes'], ['dismissedNotes'])}
    >
      <CheckBox label={t`Show teaching notes`} checked={teachingNotes} onChange={(on) => void changeSettings({ teachingNotes: on })} />
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
    <SettingRow id={id} label={label} standard={t`${standard} px`} isChanged={size !== standard} onReset={() => void resetSettings([id])}>
      <Select
        label={label}
        value={String(size)}
        options={sizes.map((one) => ({ value: String(one), label: t`${one} px` }))}
        onChange={(next) => void changeSettings({ [id]: Number(next) })}
      />
    </SettingRow>
  )
}

function wholeSizes({ min, max }: FontSizeProps['limits']): readonly number[] {
  return Array.from({ length: max - min + 1 }, (_none, index) => min + index)
}
