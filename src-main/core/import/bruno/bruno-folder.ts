/** A collection of Bruno as its folder has it: `bruno.json`, `collection.bru`, `folder.bru`, `environments`, and a file a request. */
import type { SourceFile } from '../import-source.ts'
import { emptyImport, importedFolder, type Imported, type ImportedEnvironment, type ImportedItem } from '../imported.ts'
import { at, firstText, numberOf, recordOf, textOf, type Loose } from '../collection-parts/loose.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { checkNesting } from '../collection-parts/unreadable.ts'
import { readBruEnvironment, readBruFile } from './bru-item.ts'
import { isHttpItem } from './bruno-json.ts'
import { noteScriptFlow, readBrunoCertificates, readBrunoEnvironment, readBrunoProxy, readPlace } from './bruno-place.ts'
import { readBrunoRequest } from './bruno-request.ts'

/** A file with its path below the collection. */
export interface PlacedFile {
  readonly path: readonly string[]
  readonly file: SourceFile
}

interface Folder {
  readonly folders: Map<string, Folder>
  readonly files: PlacedFile[]
}

/** @param config what `bruno.json` says; empty where there is none */
export function readBrunoFolder(config: Loose, files: readonly PlacedFile[], notes: NotesHere): Imported {
  const tree: Folder = { folders: new Map(), files: [] }
  const environments: ImportedEnvironment[] = []
  let root: Loose = {}
  for (const placed of files) {
    const name = placed.path.at(-1) ?? ''
    if (isEnvironmentFile(placed))
      environments.push(readBrunoEnvironment(readBruEnvironment(placed.file), baseName(name) || 'Environment', notes))
    else if (placed.path.length === 1 && name === 'collection.bru') root = readBruFile(placed.file).item
    else folderAt(tree, placed.path.slice(0, -1)).files.push(placed)
  }
  noteScriptFlow(config, notes)
  const { defaults, scripts, docs, secrets } = readPlace(root, notes, readBrunoProxy(config, notes))
  return {
    ...emptyImport('bruno'),
    name: firstText(config, 'name') || firstText(root, 'name'),
    docs,
    defaults,
    scripts,
    secrets,
    items: readTree(tree, notes),
    environments,
    sessions: readBrunoCertificates(config),
  }
}

const VARS_ONLY = /^(?:\s|#[^\n]*\n|\/\/[^\n]*\n)*vars(?:[ \t]*\{|:secret[ \t]*\[)/

/** By its place, or a pasted text by what it begins with. */
function isEnvironmentFile({ path, file }: PlacedFile): boolean {
  return path.length === 2 && path[0] === 'environments' ? true : VARS_ONLY.test(file.text.slice(0, 4000))
}

function folderAt(tree: Folder, path: readonly string[]): Folder {
  checkNesting(path.length)
  let folder = tree
  for (const name of path) {
    const found = folder.folders.get(name) ?? { folders: new Map<string, Folder>(), files: [] }
    folder.folders.set(name, found)
    folder = found
  }
  return folder
}

interface Placed {
  readonly seq: number
  readonly item: ImportedItem
}

/** Folders stand first, each group by its `seq`, then by name: as Bruno shows them. */
function readTree(tree: Folder, notes: NotesHere): ImportedItem[] {
  const folders = [...tree.folders].map(([name, folder]) => readFolder(name, folder, notes))
  const requests = tree.files.flatMap((placed) => readFile(placed, notes))
  return [...folders.sort(bySeq), ...requests.sort(bySeq)].map(({ item }) => item)
}

function bySeq(one: Placed, other: Placed): number {
  const [name, next] = [nameOf(one.item), nameOf(other.item)]
  return one.seq - other.seq || (name < next ? -1 : name > next ? 1 : 0)
}

function nameOf(item: ImportedItem): string {
  return item.kind === 'folder' ? item.name : item.document.name
}

function readFolder(folderName: string, folder: Folder, notes: NotesHere): Placed {
  const own = folder.files.find(isFolderFile)
  const said = own ? readBruFile(own.file).item : {}
  const name = firstText(said, 'name') || folderName
  const here = notes.in(name)
  const inner: Folder = { folders: folder.folders, files: folder.files.filter((placed) => placed !== own) }
  const place = readPlace(said, here)
  return { seq: seqOf(said), item: importedFolder(name, readTree(inner, here), place) }
}

function isFolderFile({ path }: PlacedFile): boolean {
  return path.at(-1) === 'folder.bru'
}

function readFile({ path, file }: PlacedFile, notes: NotesHere): Placed[] {
  const { item, unknown } = readBruFile(file)
  const name = firstText(item, 'name') || baseName(path.at(-1) ?? '') || 'Untitled'
  const here = notes.in(name)
  for (const block of unknown) here.lost(`"${block}" is not known here.`)
  const isRequest = textOf(at(at(item, 'request'), 'kind')) !== ''
  if (!isRequest) here.lost(`${file.name || 'The text'} says no method and no URL: it is no request.`)
  if (!isRequest || !isHttpItem(item, here)) return []
  const type = textOf(at(item, 'type'))
  return [
    { seq: seqOf(item), item: readBrunoRequest({ ...item, type: type || textOf(at(recordOf(at(item, 'request')), 'kind')) }, name, here) },
  ]
}

function seqOf(item: Loose): number {
  return numberOf(at(item, 'seq')) ?? Number.MAX_SAFE_INTEGER
}

function baseName(name: string): string {
  return name.replace(/\.bru$/i, '')
}
