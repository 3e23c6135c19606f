/** The settings that are more than a look: shown at once, and written. */
import type { HistorySettings } from '#contract/model/history.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { platform } from './platform-ref.ts'

/** Change what of the history is kept. */
export async function changeHistorySettings(change: Partial<HistorySettings>): Promise<void> {
  const { settings, replace } = useSettingsStore.getState()
  replace({ ...settings, history: { ...settings.history, ...change } })
  // Only what is changed here: another window may have changed the rest.
  const written = await platform().call('settings.write', { history: change })
  if (written.ok) useAppStore.getState().settle('settings')
  else useAppStore.getState().addNotice(noticeOf(written.error, 'settings'))
}
