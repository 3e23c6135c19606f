/** The user's settings, as commands. */
import type { Handlers } from '../dispatch.ts'
import type { SettingsFile } from '../storage/settings.ts'

export function settingsHandlers(file: SettingsFile): Pick<Handlers, 'settings.read' | 'settings.write'> {
  return {
    'settings.read': () => file.read(),
    'settings.write': (settings) => file.write(settings),
  }
}
