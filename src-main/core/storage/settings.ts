/**
 * The user's settings: one JSON file that people may edit. Keys we do not know are kept; a damaged file is set aside
 * and told of, and the defaults hold.
 */
import { join } from 'node:path'
import { SettingsSchema, type Settings } from '#contract/model/settings.ts'
import { atomicWrite } from './atomic-write.ts'
import { asObject, readJson, type Log } from './json-file.ts'

export interface SettingsFile {
  readonly read: () => Promise<Settings>
  readonly write: (settings: Settings) => Promise<Settings>
}

/** @param log told of what is not understood */
export function createSettingsFile(dataDir: string, log: Log): SettingsFile {
  const path = join(dataDir, 'settings.json')
  const readRaw = async (): Promise<Readonly<Record<string, unknown>>> => (await readJson(path, asObject, log)) ?? {}
  let writing: Promise<unknown> = Promise.resolve()
  return {
    read: async () => understood(await readRaw(), path, log),
    write: (settings) => {
      const done = writing.then(async () => {
        await atomicWrite(path, `${JSON.stringify({ ...(await readRaw()), ...settings }, null, 2)}\n`, 0o600)
        return settings
      })
      writing = done.catch(() => undefined)
      return done
    },
  }
}

/** The settings that make sense; a value that does not is told of, and its default holds. */
function understood(raw: Readonly<Record<string, unknown>>, path: string, log: Log): Settings {
  const parsed = SettingsSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
  log(`${path} holds settings that are not understood, and their defaults hold: ${[...wrong].join(', ')}`)
  return SettingsSchema.parse(Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key))))
}
