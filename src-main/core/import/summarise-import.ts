/** What an import would write, as rows and counts: shown before anything is written. */
import { MAX_IMPORT_ROWS } from '#contract/model/import-formats.ts'
import { methodShown } from '#contract/model/method-shown.ts'
import type { ImportNote, ImportRow, ImportSummary } from '#contract/model/import.ts'
import { hideCredentials } from './hide-credentials.ts'
import type { Imported, ImportedItem } from './imported.ts'

/** Longest name and URL that a row shows; the whole is in the request. */
const MAX_TEXT = 500

export type SummaryOfImport = Omit<ImportSummary, 'importId'>

export function summariseImport(imported: Imported): SummaryOfImport {
  const notesAt = countBy(imported.notes, ({ where }) => where)
  const rows: ImportRow[] = []
  const counts = { requests: 0, folders: 0, examples: 0, scripts: imported.scripts.length }
  const add = (row: ImportRow): void => {
    if (rows.length < MAX_IMPORT_ROWS) rows.push(row)
  }
  const walk = (items: readonly ImportedItem[], above: readonly string[]): void => {
    for (const item of items) {
      const name = item.kind === 'request' ? item.document.name : item.name
      const path = [...above, name]
      add({ ...rowOf(item), depth: above.length, notes: notesAt.get(path.join(' / ')) ?? 0 })
      counts.scripts += item.kind === 'request' ? (item.document.scripts?.length ?? 0) : item.scripts.length
      if (item.kind === 'folder') {
        counts.folders += 1
        walk(item.items, path)
      } else {
        counts.requests += 1
        counts.examples += item.examples.length
      }
    }
  }
  walk(imported.items, [])
  for (const { environment } of imported.environments) {
    const { name, variables } = environment
    add({ kind: 'environment', name, depth: 0, detail: counted(variables.length, 'variable'), notes: notesAt.get(name) ?? 0 })
  }
  for (const { name, headers, cookies } of imported.sessions) {
    const detail = `${counted(headers.length, 'header')}, ${counted(cookies.length, 'cookie')}`
    add({ kind: 'session', name, depth: 0, detail, notes: notesAt.get(name) ?? 0 })
  }
  return {
    format: imported.format,
    name: imported.name,
    counts: {
      ...counts,
      environments: imported.environments.length,
      sessions: imported.sessions.length,
      credentials: hideCredentials(imported).hidden.length,
      notes: imported.notes.length,
    },
    rows,
    notes: bySeverity(imported.notes).slice(0, MAX_IMPORT_ROWS),
  }
}

function rowOf(item: ImportedItem): Omit<ImportRow, 'depth' | 'notes'> {
  if (item.kind === 'folder') return { kind: 'folder', name: short(item.name), detail: '' }
  const { name, method, url, body } = item.document
  return { kind: 'request', name: short(name), method: short(methodShown({ body, method })), detail: short(url) }
}

/** What is lost comes first: of many notes it is what has to be read. */
function bySeverity(notes: readonly ImportNote[]): ImportNote[] {
  const order = ['lost', 'changed', 'kept'] as const
  return order.flatMap((severity) => notes.filter((note) => note.severity === severity))
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function short(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`
}

function countBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}
