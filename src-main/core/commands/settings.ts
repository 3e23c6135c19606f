/** The user's settings, as commands. */
import type { Handlers } from '../dispatch.ts'
import type { SettingsFile } from '../storage/settings.ts'
import type { SettingsWatch } from '../storage/watch-settings.ts'

/** @param watch told of each write, so that it looks at once */
export function settingsHandlers(
  file: SettingsFile,
  watch: Pick<SettingsWatch, 'look'>,
): Pick<Handlers, 'settings.read' | 'settings.write' | 'settings.file' | 'settings.startAnew'> {
  return {
    'settings.read': () => file.read(),
    'settings.write': async (change) => {
      const written = await file.write(change)
      await watch.look()
      return written
    },
    'settings.file': () => file.state(),
    'settings.startAnew': async () => {
      const state = await file.startAnew()
      await watch.look()
      return state
    },
  }
}
