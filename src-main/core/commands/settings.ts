/** The user's settings, as commands. */
import type { Settings } from '#contract/model/settings.ts'
import type { Handlers } from '../dispatch.ts'
import type { SettingsFile } from '../storage/settings.ts'

/** @param onWritten told of what was written */
export function settingsHandlers(
  file: SettingsFile,
  onWritten: (settings: Settings) => void,
): Pick<Handlers, 'settings.read' | 'settings.write'> {
  return {
    'settings.read': () => file.read(),
    'settings.write': async (change) => {
      const written = await file.write(change)
      onWritten(written)
      return written
    },
  }
}
