/** What an import is and has become, in words. */
import type { WireError } from '#contract/errors.ts'
import { IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportNote, ImportSummary } from '#contract/model/import.ts'
import { told } from './told.ts'
import { listed } from './listed.ts'
import { t } from './t.ts'
import { formatNumber } from './format-number.ts'

type Counts = ImportSummary['counts']

/** `12 requests in 3 folders, 2 environments`, with what there is of them. */
export function countWords(counts: Counts): string {
  const requests = counted(counts.requests, 'requests')
  const first = counts.folders > 0 ? t`${requests} in ${counted(counts.folders, 'folders')}` : requests
  const rest = (['environments', 'sessions', 'examples', 'scripts'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => counted(counts[what], what))
  return listed([...(counts.requests > 0 || rest.length === 0 ? [first] : []), ...rest])
}

/** The format, with the name of what was read where it has one. */
export function importTitle({ format, name }: Pick<ImportSummary, 'format' | 'name'>): string {
  const words = told(IMPORT_FORMATS[format])
  return name === '' ? words : `${words} “${name}”`
}

/** What was written. */
export function importedWords(counts: Counts, secrets: number): string {
  const kept = secrets === 0 ? '' : t`; ${counted(secrets, 'credentials')} kept as ${secrets === 1 ? t`a secret` : t`secrets`}`
  return t`Imported ${countWords(counts)}${kept}.`
}

/** The first few notes in one line; empty where there are none. */
export function notesInShort(notes: readonly ImportNote[], most = 3): string {
  const first = notes.slice(0, most).map(({ message, line }) => (line === null ? told(message) : t`Line ${line}: ${told(message)}`))
  const more = notes.length - first.length
  return [...first, ...(more > 0 ? [t`And ${more} more.`] : [])].join(' ')
}

/** What each kind of note says of its things. */
export const SEVERITY_WORDS: Readonly<Record<ImportNote['severity'], string>> = {
  lost: t`Not carried over`,
  changed: t`In another form`,
  kept: t`Kept as text that does nothing yet`,
}

const THINGS = {
  credentials: { one: t`1 credential`, many: (count: string) => t`${count} credentials` },
  environments: { one: t`1 environment`, many: (count: string) => t`${count} environments` },
  examples: { one: t`1 example`, many: (count: string) => t`${count} examples` },
  files: { one: t`1 file`, many: (count: string) => t`${count} files` },
  folders: { one: t`1 folder`, many: (count: string) => t`${count} folders` },
  notes: { one: t`1 note`, many: (count: string) => t`${count} notes` },
  requests: { one: t`1 request`, many: (count: string) => t`${count} requests` },
  scripts: { one: t`1 script`, many: (count: string) => t`${count} scripts` },
  sessions: { one: t`1 session`, many: (count: string) => t`${count} sessions` },
} as const

/** `1 request`, `1,204 requests`. */
export function counted(count: number, what: keyof typeof THINGS): string {
  return count === 1 ? THINGS[what].one : THINGS[what].many(formatNumber(count))
}

/** What is wrong with a text, and where: importers say the place in the details at least. */
export function faultWords({ message, details }: WireError): string {
  const { line, column } = details ?? {}
  if (typeof line !== 'number' || /\bline \d/i.test(message)) return message
  return t`Line ${line}${typeof column === 'number' ? t`, column ${column}` : ''}: ${message}`
}
