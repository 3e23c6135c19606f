/** What stands in the settings, part by part, and the words that each is found by. Pure. */
import type { SettingsPart } from '../../stores/overlay-store.ts'
import { t } from '../../lib/t.ts'

export const PART_TITLES: Readonly<Record<SettingsPart, string>> = {
  appearance: t`Appearance`,
  requests: t`Requests`,
  proxies: t`Proxies`,
  certificates: t`Certificates`,
  history: t`History`,
  shortcuts: t`Shortcuts`,
  data: t`Data and version`,
}

export interface SettingsEntry {
  readonly part: SettingsPart
  /** In lower case: its name, and what people may call it. */
  readonly words: string
}

export const ENTRIES = {
  language: { part: 'appearance', words: t`language english chinese 中文 简体 语言 translation locale` },
  theme: { part: 'appearance', words: t`theme light dark high contrast system colour color appearance` },
  uiFontSize: { part: 'appearance', words: t`font size interface text ui larger smaller` },
  codeFontSize: { part: 'appearance', words: t`code font size editor monospace larger smaller` },
  layout: { part: 'appearance', words: t`layout response beside below split two-pane vertical horizontal` },
  teachingNotes: { part: 'appearance', words: t`teaching notes show hints tips tutorial help dismissed learn` },
  behaviour: { part: 'requests', words: t`behaviour behavior rules requests curl browser defaults as in` },
  timeouts: { part: 'requests', words: t`timeouts timeout connect read total seconds wait limit` },
  redirects: { part: 'requests', words: t`redirects follow redirects max redirects step by step allow_redirects` },
  retries: { part: 'requests', words: t`retries retry backoff status forcelist connection errors` },
  connection: { part: 'requests', words: t`connection http2 http/2 lenient` },
  proxies: { part: 'proxies', words: t`proxies proxy http_proxy https_proxy no_proxy no proxy for environment trust_env socks` },
  certificates: {
    part: 'certificates',
    words: t`certificates tls ssl verify ca file client certificate key pfx passphrase version authority`,
  },
  historyOn: { part: 'history', words: t`history record on off privacy` },
  historyAge: { part: 'history', words: t`history age days limit keep` },
  historyEntries: { part: 'history', words: t`history entries count limit keep` },
  historySize: { part: 'history', words: t`history size bytes disk limit keep` },
  shortcuts: { part: 'shortcuts', words: t`shortcuts keys keyboard rebind hotkeys key bindings` },
  dataFolder: { part: 'data', words: t`data folder directory path reveal show` },
  settingsFile: { part: 'data', words: t`settings file json path reveal show` },
  version: { part: 'data', words: t`version about engines electron node chrome` },
} as const satisfies Readonly<Record<string, SettingsEntry>>

export type EntryId = keyof typeof ENTRIES

/** What holds every typed word in its own words; all where nothing is typed. */
export function entriesMatching(typed: string): ReadonlySet<EntryId> {
  const words = typed.trim().toLowerCase().split(/\s+/)
  // The keys of a constant table are its ids.
  const ids = Object.keys(ENTRIES) as EntryId[]
  return new Set(ids.filter((id) => words.every((word) => ENTRIES[id].words.includes(word))))
}
