/** Changes to settings as the file will take them, made to what the window has. Pure. */
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'
import type { DefaultOptions, Settings, SettingsChange } from '#contract/model/settings.ts'

/** The settings after a change, as core will answer: what is reset has its default, tables are changed key by key. */
export function withChange(settings: Settings, { reset = [], history, defaults, keys, ...plain }: SettingsChange): Settings {
  const base = reset.reduce(withReset, settings)
  return {
    ...base,
    ...said(plain),
    history: { ...base.history, ...said(history ?? {}) },
    defaults: { ...base.defaults, ...defaults },
    keys: { ...base.keys, ...keys },
  }
}

/** What takes the options from one state to another. */
export function optionsChange(before: DefaultOptions, after: DefaultOptions): SettingsChange {
  const isSame = (key: string): boolean => JSON.stringify(Reflect.get(before, key)) === JSON.stringify(Reflect.get(after, key))
  const set = Object.entries(after).filter(([key, value]) => value !== undefined && !isSame(key))
  const gone = Object.keys(before).filter((key) => Reflect.get(before, key) !== undefined && Reflect.get(after, key) === undefined)
  return { defaults: Object.fromEntries(set), reset: gone.map((key) => ['defaults', key]) }
}

/** Without what is left out: a value that is undefined would take the place of one that stays. */
function said<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Filtering keeps the types of what is left, which the type system cannot follow through keys.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function withReset(settings: Settings, [key = '', inner]: readonly string[]): Settings {
  if (!(key in SETTINGS_DEFAULTS)) return settings
  if (inner === undefined) return { ...settings, [key]: valueOf(SETTINGS_DEFAULTS, key) }
  const table: object = { ...(valueOf(settings, key) as object) } // every key with inner ones is a table
  const byDefault = valueOf(valueOf(SETTINGS_DEFAULTS, key) as object, inner)
  if (byDefault === undefined) Reflect.deleteProperty(table, inner)
  else Reflect.set(table, inner, byDefault)
  return { ...settings, [key]: table }
}

function valueOf(table: object, key: string): unknown {
  return Reflect.get(table, key)
}
