/**
 * HTTP Archives, version 1.2, as browsers, proxies and Posthaste itself write them. Every entry is a request; where there are
 * several pages each is a folder.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
import { emptyImport, importedFolder, type Imported, type ImportedItem } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { ImportTools, SourceFile } from '../import-source.ts'
import { requestName } from '../request-parts/request-name.ts'
import { at, firstText, inShort, isRecord, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { createNotesHere, type NoteBook, type NotesHere } from '../collection-parts/notes-here.ts'
import { checkNesting, unreadable } from '../collection-parts/unreadable.ts'
import { readHarEntry, type LeftOut } from './har-entry.ts'

export const harImporter: Importer = { format: 'har', detect, read }

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  const log = at(file.json(), 'log')
  if (!isRecord(log) || !Array.isArray(at(log, 'entries'))) return 0
  return 'creator' in log || 'version' in log ? 3 : 2
}

function read(files: readonly SourceFile[], tools: ImportTools): Imported {
  const notes = createNotesHere()
  const items = files.flatMap((file) => readArchive(file, notes, tools))
  return { ...emptyImport('har'), items, notes: notes.all() }
}

/** A request with the names of the folders that it is in. */
interface Placed {
  readonly folders: readonly string[]
  readonly item: ImportedItem
}

function readArchive(file: SourceFile, notes: NoteBook, tools: ImportTools): ImportedItem[] {
  const log = at(file.json(), 'log')
  if (!isRecord(log) || !Array.isArray(at(log, 'entries'))) throw unreadable(file, 'an HTTP Archive', 'Export it anew, with its content.')
  const entries = listOf(at(log, 'entries'))
  const folderOf = pagesOf(log)
  const isOurs = textOf(at(at(log, 'creator'), 'name')) === 'Posthaste'
  let passedOver = 0
  const leftOut: LeftOut = { answers: 0 }
  const placed = entries.flatMap((entry, index): Placed[] => {
    if (index % 200 === 0) tools.progress(index / entries.length)
    const request = at(entry, 'request')
    const url = textOf(at(request, 'url')).trim()
    if (!isRecord(entry) || !isRecord(request) || url === '' || isInner(url)) {
      passedOver += 1
      return []
    }
    const path = (isOurs ? pathOf(entry) : null) ?? [...folderOf(entry), requestName(textOf(at(request, 'method')) || 'GET', url)]
    const name = path.at(-1) ?? 'Untitled'
    const folders = path.slice(0, -1)
    const here = folders.reduce<NotesHere>((where, folder) => where.in(folder), notes).in(name)
    return [{ folders, item: readHarEntry(entry, name, here, leftOut) }]
  })
  if (passedOver > 0) notes.lost(`Entries that are no requests over HTTP were left out: ${passedOver}.`)
  if (leftOut.answers > 0) notes.lost(`Answers that are no text, or are not in the archive, were left out: ${leftOut.answers}.`)
  return nested(placed, 0)
}

/** URLs that never leave the browser. */
function isInner(url: string): boolean {
  return /^(?:data|blob|about|file|chrome|devtools|(?:chrome|moz|safari-web)-extension):/i.test(url)
}

/** The folder of an entry: its page, where there are several. */
function pagesOf(log: Loose): (entry: unknown) => readonly string[] {
  const pages = recordsOf(at(log, 'pages'))
  if (pages.length < 2) return () => []
  const names = new Map(
    pages.map((page, index) => [textOf(at(page, 'id')), inShort(firstText(page, 'title', 'id'), 80) || `Page ${index + 1}`]),
  )
  return (entry) => {
    const name = names.get(textOf(at(entry, 'pageref')))
    return name === undefined ? [] : [name]
  }
}

/** Requests that Posthaste exported say in the comment where they stood; what was sent says a time. */
function pathOf(entry: Loose): readonly string[] | null {
  const comment = textOf(at(entry, 'comment'))
  const isExported = Date.parse(textOf(at(entry, 'startedDateTime'))) === 0
  return isExported && comment !== '' ? comment.split(' / ') : null
}

/** The requests in their folders, each where the first of its requests stands. */
function nested(placed: readonly Placed[], depth: number): ImportedItem[] {
  checkNesting(depth)
  const slots: (ImportedItem | string)[] = []
  const inFolder = new Map<string, Placed[]>()
  for (const one of placed) {
    const [folder, ...rest] = one.folders
    if (folder === undefined) {
      slots.push(one.item)
      continue
    }
    const list = inFolder.get(folder)
    if (!list) slots.push(folder)
    inFolder.set(folder, list ?? [])
    inFolder.get(folder)?.push({ ...one, folders: rest })
  }
  return slots.map((slot) => (typeof slot === 'string' ? importedFolder(slot, nested(inFolder.get(slot) ?? [], depth + 1)) : slot))
}
