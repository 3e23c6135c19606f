/** Changes of settings: shown at once, written in the order they are made, and taken over from other windows and from the file. */
import type { Settings, SettingsChange, SettingsFileState } from '#contract/model/settings.ts'
import { withChange } from '../lib/settings-edits.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { followLanguage } from './language.ts'
import { platform } from './platform-ref.ts'
import { surroundingsMoved } from './preview.ts'
import { applyFonts, applyTheme } from './theme.ts'

/** The last of the writes under way; what comes meanwhile is older than what is shown. */
let writing = 0

/** Change some settings. Only these are written: another window may have changed the rest. */
export async function changeSettings(change: SettingsChange): Promise<void> {
  showSettings(withChange(useSettingsStore.getState().settings, change))
  writing += 1
  const written = await platform().call('settings.write', change)
  writing -= 1
  if (written.ok) useAppStore.getState().settle('settings')
  else useAppStore.getState().addNotice(noticeOf(written.error, 'settings'))
  if (writing > 0) return
  if (written.ok) showSettings(written.value)
  else if (written.error.kind !== 'Unavailable') await readSettingsFile()
}

/** Put some settings back to their defaults. @param paths such as `['theme']` or `['history', 'maxBytes']` */
export function resetSettings(...paths: readonly string[][]): Promise<void> {
  return changeSettings({ reset: [...paths] })
}

/** Read the settings with what is to be said of their file. */
export async function readSettingsFile(): Promise<void> {
  const read = await platform().call('settings.file', {})
  if (read.ok) settingsChanged(read.value)
}

/** Set a file that cannot be understood aside, and begin with the defaults. */
export async function startSettingsAnew(): Promise<void> {
  const begun = await platform().call('settings.startAnew', {})
  if (begun.ok) settingsChanged(begun.value)
  else useAppStore.getState().addNotice(noticeOf(begun.error, 'settings'))
}

/** As core tells of them. */
export function settingsChanged({ settings, ...file }: SettingsFileState): void {
  useSettingsStore.getState().setFile(file)
  if (writing === 0) showSettings(settings)
}

/** Show what settings say of the look, and keep them. */
export function showSettings(settings: Settings): void {
  const before = useSettingsStore.getState().settings
  if (JSON.stringify(before) === JSON.stringify(settings)) return
  useSettingsStore.getState().replace(settings)
  if (before.theme !== settings.theme) applyTheme(settings.theme)
  applyFonts(settings)
  if (before.language !== settings.language) followLanguage(settings.language)
  if (JSON.stringify(before.defaults) !== JSON.stringify(settings.defaults)) surroundingsMoved()
  if (before.layout !== settings.layout) useLayoutStore.getState().change({ split: settings.layout })
}
