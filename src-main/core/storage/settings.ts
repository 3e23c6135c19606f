/**
 * The user's settings: one JSON file that people may edit. Keys we do not know are kept. A file that cannot be understood is
 * told of and left alone: the defaults hold until it is mended, or set aside by who asks for that.
 */
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { SettingsSchema, type Settings, type SettingsChange, type SettingsFileState } from '#contract/model/settings.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { asObject, type Log } from './json-file.ts'
import { createLocks } from './lock.ts'

export const SETTINGS_FILE = 'settings.json'

type Raw = Readonly<Record<string, unknown>>

export interface SettingsFile {
  /** @throws {CoreError} `StorageError` where there is a file that cannot be read */
  readonly read: () => Promise<Settings>
  /** As `read`, with what is to be said of the file; never throws: that it cannot be read is its fault. */
  readonly state: () => Promise<SettingsFileState>
  /**
   * Changes what is named, and gives back all as it then is, with what other windows and processes have written.
   *
   * @throws {CoreError} `Unreadable` where the file cannot be understood; `StorageError`
   */
  readonly write: (change: SettingsChange) => Promise<Settings>
  /** Sets a file that cannot be understood aside, under a name that says so. Nothing is done to one that can. */
  readonly startAnew: () => Promise<SettingsFileState>
}

/** @param log told of what is not understood, once for as long as it stays so */
export function createSettingsFile(dataDir: string, log: Log): SettingsFile {
  const path = join(dataDir, SETTINGS_FILE)
  const locks = createLocks(dataDir)
  const tell = onceEach(log)
  const state = async (): Promise<SettingsFileState> => {
    const { raw, fault } = await readRaw(path).catch((error: unknown) => ({ raw: {}, fault: messageOf(error) }))
    const { settings, ignored } = understood(raw)
    tell(wordsOf({ path, fault, ignored, settings }))
    return { path, fault, ignored, settings }
  }
  return {
    state,
    read: async () => {
      const { raw, fault } = await readRaw(path)
      const { settings, ignored } = understood(raw)
      tell(wordsOf({ path, fault, ignored, settings }))
      return settings
    },
    write: (change) =>
      locks.hold(path, async () => {
        const { raw, fault } = await readRaw(path)
        if (fault !== null) {
          const hint = 'Mend the file, or set it aside in Settings and begin with the defaults.'
          throw new CoreError('Unreadable', 'store', `The settings were not saved: ${fault}`, { hint })
        }
        const next = changed(raw, change)
        await atomicWrite(path, `${JSON.stringify(next, null, 2)}\n`, 0o600)
        return understood(next).settings
      }),
    startAnew: async () => {
      await locks.hold(path, async () => {
        if ((await readRaw(path)).fault === null) return
        await rename(path, `${path}.${Date.now()}.broken`).catch((error: unknown) => {
          throw storageError(error, path, 'set aside')
        })
      })
      return state()
    },
  }
}

/** @throws {CoreError} `StorageError` where there is a file that cannot be read */
async function readRaw(path: string): Promise<{ readonly raw: Raw; readonly fault: string | null }> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return { raw: {}, fault: null }
    throw storageError(error, path, 'read')
  }
  try {
    // Some editors begin a file with a byte order mark.
    return { raw: asObject(JSON.parse(text.replace(/^\uFEFF/, ''))), fault: null }
  } catch (error) {
    return { raw: {}, fault: `${path} cannot be understood: ${messageOf(error).slice(0, 300)}` }
  }
}

/** The settings that make sense; of a value that does not, the default holds, and the others of its table stay. */
function understood(raw: Raw): { readonly settings: Settings; readonly ignored: string[] } {
  const parsed = SettingsSchema.safeParse(raw)
  if (parsed.success) return { settings: parsed.data, ignored: [] }
  const wrong = parsed.error.issues.map(({ path: [key, inner] }) =>
    inner !== undefined && isTable(raw[String(key)]) ? [String(key), String(inner)] : [String(key)],
  )
  const settings = SettingsSchema.safeParse(without(raw, wrong))
  const ignored = [...new Set(wrong.map((path) => path.join('.')))]
  return { settings: settings.success ? settings.data : SettingsSchema.parse({}), ignored }
}

function changed(raw: Raw, { reset = [], ...change }: SettingsChange): Raw {
  const next: Record<string, unknown> = { ...without(raw, reset) }
  for (const [key, value] of Object.entries(change)) {
    const before = next[key]
    next[key] = isTable(value) ? { ...(isTable(before) ? before : {}), ...value } : value
  }
  return next
}

/** @param paths a key, or a table and a key in it; a table that is then empty goes as well */
function without(raw: Raw, paths: readonly (readonly string[])[]): Raw {
  const next: Record<string, unknown> = { ...raw }
  for (const [key = '', inner] of paths) {
    const table = next[key]
    const rest = inner !== undefined && isTable(table) ? Object.entries(table).filter(([name]) => name !== inner) : []
    if (rest.length > 0) next[key] = Object.fromEntries(rest)
    else delete next[key]
  }
  return next
}

function isTable(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wordsOf({ path, fault, ignored }: SettingsFileState): string {
  if (fault !== null) return `${fault} The default settings hold until it is mended.`
  return ignored.length === 0 ? '' : `${path} holds settings that are not understood, and their defaults hold: ${ignored.join(', ')}`
}

/** The settings are read for each send: the same words are said again only after others, or none. */
function onceEach(log: Log): (words: string) => void {
  let last = ''
  return (words) => {
    if (words !== last && words !== '') log(words)
    last = words
  }
}
