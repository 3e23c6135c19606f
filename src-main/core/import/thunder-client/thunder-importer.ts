/**
 * Thunder Client: exported collections and environments, and the folder that it keeps in a project, as one file a
 * collection (`tc_col_*.json`, `tc_env_*.json`) or, before, as three lists (`thunderclient.json` and its kin).
 */
import {
  emptyImport,
  importedFolder,
  NO_DEFAULTS,
  type Imported,
  type ImportedEnvironment,
  type ImportedFolder,
  type ImportedItem,
} from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { at, firstText, flagOf, isRecord, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { readVariable, variablesOf } from '../collection-parts/model.ts'
import { createNotesHere, type NotesHere } from '../collection-parts/notes-here.ts'
import { mapTexts } from '../collection-parts/references.ts'
import { checkNesting, unreadable } from '../collection-parts/unreadable.ts'
import { thunderReferences } from './thunder-references.ts'
import { readThunderAuth, readThunderOptions, readThunderRequest, readThunderScripts, thunderRows, type Around } from './thunder-request.ts'

export const thunderClientImporter: Importer = { format: 'thunder-client', detect, read }

type Kind = 'collection' | 'environment' | 'requests'

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = file.json()
  const says = isRecord(value) && (textOf(at(value, 'clientName')) === 'Thunder Client' || textOf(at(value, 'client')) === 'Thunder Client')
  const kinds = itemsOf(value).map(kindOf)
  if (kinds.length === 0 || kinds.includes(null)) return says ? 2 : 0
  return says || /(?:^|\/)(?:tc_(?:col|env)_|thunder)/i.test(file.name) ? 3 : 2
}

function itemsOf(value: unknown): Loose[] {
  if (Array.isArray(value)) return value.every(isRecord) ? recordsOf(value) : []
  return isRecord(value) ? [value] : []
}

function kindOf(value: Loose): Kind | null {
  const isNamed = 'colName' in value || 'collectionName' in value || textOf(at(value, 'clientName')) === 'Thunder Client'
  if (isNamed && (Array.isArray(at(value, 'requests')) || Array.isArray(at(value, 'folders')))) return 'collection'
  if ('colId' in value && 'url' in value) return 'requests'
  const variables = at(value, 'data') ?? at(value, 'variables')
  const isEnvironment = Array.isArray(variables) && recordsOf(variables).every((one) => 'name' in one)
  return isEnvironment && ('environmentName' in value || 'globalEnv' in value || 'sortNum' in value || 'clientName' in value)
    ? 'environment'
    : null
}

interface Found {
  readonly collections: Loose[]
  readonly environments: Loose[]
  /** Requests of the older folder, which name the collection that they are of. */
  readonly requests: Loose[]
}

function read(files: readonly SourceFile[]): Imported {
  const notes = createNotesHere()
  const found: Found = { collections: [], environments: [], requests: [] }
  for (const file of files) {
    if (detect(file) === 0)
      throw unreadable(file, 'a Thunder Client export', 'In Thunder Client, export the collection or the environment as JSON.')
    for (const item of itemsOf(file.json())) gather(item, found)
  }
  const collections = withRequests(found)
  const isOne = collections.length === 1
  const folders = collections.map((one) => readCollection(one, isOne ? notes : notes.in(nameOf(one)), notes))
  const [only] = folders
  const base = isOne && only ? alone(only) : { ...emptyImport('thunder-client'), items: folders }
  return { ...base, environments: readEnvironments(found.environments, notes), notes: notes.all() }
}

function gather(item: Loose, found: Found): void {
  const kind = kindOf(item)
  if (kind === 'collection') found.collections.push(item)
  else if (kind === 'environment') found.environments.push(item)
  else if (kind === 'requests') found.requests.push(item)
}

/** Each collection with the requests that name it; those whose collection is missing are one of their own. */
function withRequests({ collections, requests }: Found): Loose[] {
  const byId = new Map<string, Loose[]>()
  for (const request of requests) {
    const id = textOf(at(request, 'colId'))
    const list = byId.get(id) ?? []
    byId.set(id, list)
    list.push(request)
  }
  const full = collections.map((one) => {
    const id = textOf(at(one, '_id'))
    const more = byId.get(id) ?? []
    byId.delete(id)
    return more.length === 0 ? one : { ...one, requests: [...recordsOf(at(one, 'requests')), ...more] }
  })
  const left = [...byId.values()].flat()
  return left.length === 0 ? full : [...full, { colName: '', requests: left }]
}

function nameOf(collection: Loose): string {
  return firstText(collection, 'collectionName', 'colName', 'name') || 'Untitled'
}

function alone({ name, docs, defaults, scripts, items }: ImportedFolder): Imported {
  return { ...emptyImport('thunder-client'), name: name === 'Untitled' ? '' : name, docs, defaults, scripts, items }
}

/** Texts that refer to nothing. */
const PLAIN: ReadonlySet<string> = new Set(['_id', 'colId', 'containerId', 'name', 'docs', 'description', 'preReq', 'postReq', 'tests'])
const TABLES = ['headers', 'params', 'body', 'auth', 'url'] as const

function readCollection(collection: Loose, notes: NotesHere, outer: NotesHere): ImportedFolder {
  const folders = recordsOf(at(collection, 'folders'))
  const tree = treeOf(folders, recordsOf(at(collection, 'requests')))
  const { more, inner } = readPlace(collection, { silentAuth: 'inherit', baseUrl: '' }, notes)
  const items = readInside(ROOT, tree, inner, notes, 0)
  if (tree.size > 0) outer.lost('Folders that hold each other in a circle were left out, with what is in them.')
  return importedFolder(nameOf(collection), items, more)
}

/** What is in each folder, by its id. */
type Tree = Map<string, { readonly folders: Loose[]; readonly requests: Loose[] }>

/** No id of a folder: those are texts of a file, and this is none that a file holds. */
const ROOT = '\u0000'

function treeOf(folders: readonly Loose[], requests: readonly Loose[]): Tree {
  const ids = new Set(folders.map((one) => textOf(at(one, '_id'))).filter((id) => id !== '' && id !== ROOT))
  const tree: Tree = new Map()
  const place = (one: Loose): { readonly folders: Loose[]; readonly requests: Loose[] } => {
    const parent = textOf(at(one, 'containerId'))
    // What names a folder that is not there, or itself, is at the top.
    const key = ids.has(parent) && parent !== textOf(at(one, '_id')) ? parent : ROOT
    const found = tree.get(key) ?? { folders: [], requests: [] }
    tree.set(key, found)
    return found
  }
  for (const one of folders) place(one).folders.push(one)
  for (const one of requests) place(one).requests.push(one)
  return tree
}

/** Takes what is in a folder out of the tree: it is in one place only. */
function readInside(id: string, tree: Tree, around: Around, notes: NotesHere, depth: number): ImportedItem[] {
  checkNesting(depth)
  const found = tree.get(id)
  if (!found) return []
  tree.delete(id)
  const folders = sorted(found.folders).map((folder) => {
    const name = firstText(folder, 'name') || 'Untitled'
    const here = notes.in(name)
    const { more, inner } = readPlace(folder, around, here)
    return importedFolder(name, readInside(textOf(at(folder, '_id')), tree, inner, here, depth + 1), more)
  })
  const requests = sorted(found.requests).map((request) => {
    const name = firstText(request, 'name', 'url') || 'Untitled'
    const here = notes.in(name)
    return readThunderRequest(recordOf(converted(request, here)), name, around, here)
  })
  return [...folders, ...requests]
}

function sorted(list: readonly Loose[]): Loose[] {
  const key = (one: Loose): number => numberOf(at(one, 'sortNum')) ?? 0
  return list.toSorted((one, other) => key(one) - key(other))
}

/** References converted; names in tables are texts like any other. */
function converted(value: Loose, notes: NotesHere): unknown {
  const change = (text: string): string => thunderReferences(text, notes)
  const plain = mapTexts(value, change, new Set([...PLAIN, ...TABLES]))
  const tables = TABLES.filter((key) => key in value).map((key) => [key, mapTexts(at(value, key), change)] as const)
  return isRecord(plain) ? { ...plain, ...Object.fromEntries(tables) } : plain
}

/** What a collection or a folder says in its `settings`. */
function readPlace(raw: Loose, around: Around, notes: NotesHere): { readonly more: Partial<ImportedFolder>; readonly inner: Around } {
  const settings = recordOf(converted(recordOf(at(raw, 'settings')), notes))
  const auth = readThunderAuth(at(settings, 'auth'), notes)
  const baseUrl = firstText(at(settings, 'options'), 'baseUrl')
  const tests = recordsOf(at(settings, 'tests'))
  if (tests.length > 0) notes.lost(`Tests for all that is in it were left out: ${tests.length}.`)
  if (textOf(at(settings, 'envId')) !== '') notes.lost('The environment that is tied to it is not chosen by itself here.')
  const scripts = readThunderScripts(settings, notes)
  return {
    more: {
      docs: firstText(raw, 'docs', 'description') || firstText(settings, 'docs'),
      defaults: {
        ...NO_DEFAULTS,
        headers: thunderRows(at(settings, 'headers')),
        auth: auth ?? { kind: 'none' },
        options: readThunderOptions(at(settings, 'options')),
      },
      scripts,
    },
    inner: {
      silentAuth: auth === null || auth.kind === 'inherit' ? around.silentAuth : auth.kind === 'none' ? 'none' : 'inherit',
      baseUrl: baseUrl || around.baseUrl,
    },
  }
}

/** A global environment holds for all: the others extend it. */
function readEnvironments(values: readonly Loose[], notes: NotesHere): ImportedEnvironment[] {
  const nameFor = (value: Loose): string => firstText(value, 'environmentName', 'name') || 'Environment'
  const global = values.find((value) => flagOf(at(value, 'globalEnv')) === true)
  return values.map((value) => {
    const name = nameFor(value)
    const here = notes.in(name)
    const read = recordsOf(at(value, 'data') ?? at(value, 'variables')).flatMap((entry) => {
      const key = textOf(at(entry, 'name'))
      if (key === '') return []
      const secret = flagOf(at(entry, 'isSecret')) === true || textOf(at(entry, 'type')) === 'secret'
      const text = textOf(at(entry, 'value'))
      return readVariable({
        name: key,
        value: secret ? text : thunderReferences(text, here),
        enabled: flagOf(at(entry, 'isDisabled')) !== true,
        secret,
      })
    })
    const { variables, secrets } = variablesOf(read)
    const base = global && value !== global && nameFor(global) !== name ? nameFor(global) : null
    return {
      environment: { name, extends: base, dotEnvPath: firstText(value, 'envFilePath', 'filePath') || null, color: null, variables },
      secrets,
    }
  })
}
