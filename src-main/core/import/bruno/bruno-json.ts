/** A collection that Bruno exported as one JSON file: `{ version: "1", items, environments, root, brunoConfig }`. */
import { emptyImport, importedFolder, type Imported, type ImportedItem } from '../imported.ts'
import { at, firstText, isRecord, listOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { noteScriptFlow, readBrunoCertificates, readBrunoEnvironment, readBrunoProxy, readPlace } from './bruno-place.ts'
import { readBrunoRequest } from './bruno-request.ts'

export function isBrunoJson(value: unknown): value is Loose {
  if (!isRecord(value) || !Array.isArray(at(value, 'items')) || 'opencollection' in value) return false
  return textOf(at(value, 'version')) !== '' && typeof at(value, 'name') === 'string'
}

/** Kinds of items that are no HTTP requests, with what they are called. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  'grpc-request': 'gRPC requests',
  grpc: 'gRPC requests',
  js: 'script files',
  script: 'script files',
  app: 'apps',
}

/** Whether an item is of a kind that there is here; what is not is noted. */
export function isHttpItem(item: Loose, notes: NotesHere): boolean {
  const type = textOf(at(item, 'type')) || textOf(at(at(item, 'request'), 'kind'))
  const what = Object.hasOwn(OTHER_KINDS, type) ? OTHER_KINDS[type] : undefined
  if (what !== undefined) notes.lost(`There are no ${what} here.`)
  return what === undefined
}

export function readBrunoJson(value: Loose, notes: NotesHere): Imported {
  const version = textOf(at(value, 'version'))
  if (version !== '1') notes.changed(`It is of version ${version}, which is not known here: it was read as 1.`)
  const config = recordOf(at(value, 'brunoConfig'))
  noteScriptFlow(config, notes)
  const { defaults, scripts, docs, secrets } = readPlace(recordOf(at(value, 'root')), notes, readBrunoProxy(config, notes))
  return {
    ...emptyImport('bruno'),
    name: firstText(value, 'name'),
    docs,
    defaults,
    scripts,
    secrets,
    items: readItems(at(value, 'items'), notes),
    environments: recordsOf(at(value, 'environments')).map((one) =>
      readBrunoEnvironment(one, firstText(one, 'name') || 'Environment', notes),
    ),
    sessions: readBrunoCertificates(config),
  }
}

function readItems(value: unknown, notes: NotesHere): ImportedItem[] {
  return listOf(value).flatMap((item, index): ImportedItem[] => {
    if (!isRecord(item)) {
      notes.lost(`Item ${index + 1} is no request and no folder.`)
      return []
    }
    const name = firstText(item, 'name') || 'Untitled'
    const here = notes.in(name)
    if (Array.isArray(at(item, 'items')) || textOf(at(item, 'type')) === 'folder') {
      return [importedFolder(name, readItems(at(item, 'items'), here), readPlace(recordOf(at(item, 'root')), here))]
    }
    return isHttpItem(item, here) ? [readBrunoRequest(withType(item), name, here)] : []
  })
}

/** The JSON says `http-request` where the files say `http`. */
function withType(item: Loose): Loose {
  return { ...item, type: textOf(at(item, 'type')).replace(/-request$/, '') }
}
