/**
 * Collections of Bruno: folders of `.bru` files, and the one JSON file that it exports. Folders of the newer OpenCollection
 * files are no import: they are opened as they are.
 */
import type { Imported } from '../imported.ts'
import type { Importer } from '../importer.ts'
import { sourceFile, type SourceFile } from '../import-source.ts'
import { mergeImports } from '../merge-imports.ts'
import { at, isRecord, textOf, type Loose } from '../collection-parts/loose.ts'
import { createNotesHere } from '../collection-parts/notes-here.ts'
import { unreadable } from '../collection-parts/unreadable.ts'
import { readBrunoFolder, type PlacedFile } from './bruno-folder.ts'
import { isBrunoJson, readBrunoJson } from './bruno-json.ts'

export const brunoImporter: Importer = { format: 'bruno', detect, read }

/** How a `.bru` text begins, after comments. */
const BEGINS = /^(?:\s|#[^\n]*\n|\/\/[^\n]*\n)*(?:meta|get|post|put|delete|patch|options|head|http|ws|vars|auth|headers)[ \t]*\{\s*(?:\n|$)/

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  if (/\.bru$/i.test(file.name)) return 3
  if (BEGINS.test(file.text.slice(0, 4000))) return 2
  const value = file.json()
  if (isConfig(file, value)) return 3
  if (!isBrunoJson(value)) return 0
  return 'brunoConfig' in value || 'root' in value || 'activeEnvironmentUid' in value ? 3 : 2
}

function isConfig(file: SourceFile, value: unknown): value is Loose {
  return isRecord(value) && baseName(file.name) === 'bruno.json' && textOf(at(value, 'type')) === 'collection'
}

function read(files: readonly SourceFile[]): Imported {
  const exported = files.flatMap(readExported)
  const bru = files.filter((file) => !isBrunoJson(file.json()) && !isConfig(file, file.json()))
  const [first, ...more] = [...exported, ...readFolders(files, bru)]
  if (first) return mergeImports([first, ...more])
  throw unreadable(sourceFile('', ''), 'a Bruno collection', HINT)
}

const HINT = 'In Bruno, share the collection as a JSON file, or import its folder.'

function readExported(file: SourceFile): Imported[] {
  const value = file.json()
  if (!isBrunoJson(value)) return []
  const notes = createNotesHere()
  return [{ ...readBrunoJson(value, notes), notes: notes.all() }]
}

/** A collection for each `bruno.json`; files that are below none are one more, without a name. */
function readFolders(files: readonly SourceFile[], bru: readonly SourceFile[]): Imported[] {
  const configs = files.flatMap((file) => {
    const value = file.json()
    return isConfig(file, value) ? [{ folder: folderOf(file.name), value }] : []
  })
  // The innermost collection has a file.
  const roots = configs.toSorted((one, other) => other.folder.length - one.folder.length)
  const rest = rootOf(bru)
  const placed = new Map<string, PlacedFile[]>(configs.map(({ folder }) => [folder, []]))
  for (const file of bru) {
    if (!/\.bru$/i.test(file.name) && /^\s*[[{]/.test(file.text)) throw unreadable(file, 'a Bruno collection', HINT)
    const folder = roots.find((root) => file.name.startsWith(root.folder))?.folder ?? (file.name.startsWith(rest) ? rest : '')
    const inFolder = placed.get(folder) ?? []
    placed.set(folder, inFolder)
    inFolder.push({ path: file.name.slice(folder.length).split('/'), file })
  }
  return [...placed].map(([folder, inFolder]) => {
    const notes = createNotesHere()
    const config = configs.find((one) => one.folder === folder)?.value ?? {}
    return { ...readBrunoFolder(config, inFolder, notes), notes: notes.all() }
  })
}

/** Where there is no `bruno.json`: the folder of `collection.bru`. */
function rootOf(files: readonly SourceFile[]): string {
  const found = files.find(({ name }) => baseName(name) === 'collection.bru')
  return found ? folderOf(found.name) : ''
}

/** With its `/`. */
function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
