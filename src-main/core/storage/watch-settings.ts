/** Tells of settings that changed: by a command of this process, by another process, or by who edited the file. */
import { watch } from 'chokidar'
import { join } from 'node:path'
import type { SettingsFileState } from '#contract/model/settings.ts'
import { messageOf } from '../lib/core-error.ts'
import type { Log } from './json-file.ts'
import { SETTINGS_FILE, type SettingsFile } from './settings.ts'

export interface SettingsWatch {
  /** Looks now, and tells where something changed since the last look. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

/** @param watches whether the file is watched, or only looked at when asked to */
export function watchSettings(
  file: Pick<SettingsFile, 'state'>,
  { dataDir, watches, log }: { readonly dataDir: string; readonly watches: boolean; readonly log: Log },
  onChanged: (state: SettingsFileState) => void,
): SettingsWatch {
  let last: string | null = null
  const look = async (): Promise<void> => {
    const state = await file.state()
    const now = JSON.stringify(state)
    if (now === last) return
    last = now
    onChanged(state)
  }
  if (!watches) return { look, close: async () => undefined }
  const path = join(dataDir, SETTINGS_FILE)
  const watcher = watch(dataDir, { ignoreInitial: true, depth: 0, ignored: (one) => one !== dataDir && one !== path })
  watcher.on('all', (_event, one) => {
    if (one === path) void look()
  })
  watcher.on('error', (error) => log(`${path} is not watched: ${messageOf(error)}`))
  return { look, close: () => watcher.close() }
}
