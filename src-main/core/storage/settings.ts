/**
 * The user's settings: one JSON file that people may edit. Keys we do not know are kept; a damaged file is set aside
 * and told of, and the defaults hold.
 */
import { join } from 'node:path'
import { SettingsSchema, type Settings, type SettingsChange } from '#contract/model/settings.ts'
import { atomicWrite } from './atomic-write.ts'
import { asObject, readJson, type Log } from './json-file.ts'
import { createLocks } from './lock.ts'

export interface SettingsFile {
  readonly read: () => Promise<Settings>
  /** Changes what is named, and gives back all as it then is, with what other windows and processes have written. */
  readonly write: (change: SettingsChange) => Promise<Settings>
}

/** @param log told of what is not understood */
export function createSettingsFile(dataDir: string, log: Log): SettingsFile {
  const path = join(dataDir, 'settings.json')
  const readRaw = async (): Promise<Readonly<Record<string, unknown>>> => (await readJson(path, asObject, log)) ?? {}
  const locks = createLocks(dataDir)
  return {
    read: async () => understood(await readRaw(), path, log),
    write: (change) =>
      locks.hold(path, async () => {
        const raw = await readRaw()
        const history = { ...understood(raw, path, log).history, ...change.history }
        const next = { ...raw, ...change, ...(change.history && { history }) }
        await atomicWrite(path, `${JSON.stringify(next, null, 2)}\n`, 0o600)
        return understood(next, path, () => undefined)
      }),
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
