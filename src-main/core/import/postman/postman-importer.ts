/**
 * What Postman exports: collections (2.0, 2.1, and 1 as dumps have them), environments, globals, and a dump of all of them.
 * A collection alone becomes the collection; several become a folder each.
 */
import type { CoreError } from '../../lib/core-error.ts'
import { emptyImport, importedFolder, NO_DEFAULTS, type Imported, type ImportedEnvironment } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { at, isRecord, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { variablesOf } from '../collection-parts/model.ts'
import { createNotesHere, type NoteBook } from '../collection-parts/notes-here.ts'
import { unreadable } from '../collection-parts/unreadable.ts'
import { postmanVariable, readCollection, type ReadCollection } from './postman-collection.ts'
import { isEnvironment, isGlobals, readPostmanEnvironment } from './postman-environment.ts'
import { asVersion2, isVersion1 } from './postman-version-1.ts'

export const postmanImporter: Importer = { format: 'postman', detect: detectCollection, read: readPostman }

export const postmanEnvironmentImporter: Importer = {
  format: 'postman-environment',
  detect: detectEnvironment,
  read: (files) => ({ ...readPostman(files), format: 'postman-environment' }),
}

const SCHEMA = /getpostman\.com|schema\.postman\.com/

function detectCollection(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = file.json()
  if (!isRecord(value)) return 0
  const collection = unwrapped(value)
  const info = at(collection, 'info')
  if (isRecord(info) && Array.isArray(at(collection, 'item'))) {
    return SCHEMA.test(textOf(at(info, 'schema'))) || '_postman_id' in info ? 3 : 2
  }
  if (isDump(value)) return 3
  return isVersion1(value) ? 2 : 0
}

function detectEnvironment(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = file.json()
  if (!isEnvironment(value)) return 0
  if ('_postman_variable_scope' in value || '_postman_exported_at' in value) return 3
  return recordsOf(at(value, 'values')).every((entry) => 'key' in entry) ? 2 : 0
}

/** The API of Postman answers with the collection in an object around it. */
function unwrapped(value: Loose): Loose {
  const inner = at(value, 'collection')
  return isRecord(inner) && ('item' in inner || 'info' in inner) ? inner : value
}

function isDump(value: Loose): boolean {
  const collections = recordsOf(at(value, 'collections'))
  const environments = recordsOf(at(value, 'environments'))
  const holdsCollections = collections.length > 0 && collections.every((one) => isVersion1(one) || 'item' in unwrapped(one))
  const holdsEnvironments = environments.length > 0 && environments.every(isEnvironment)
  return holdsCollections || (holdsEnvironments && Array.isArray(at(value, 'collections')))
}

interface Found {
  readonly collections: Loose[]
  readonly environments: Loose[]
  /** Variables of all globals, as they stand in the file. */
  readonly globals: Loose[]
}

function readPostman(files: readonly SourceFile[]): Imported {
  const notes = createNotesHere()
  const found: Found = { collections: [], environments: [], globals: [] }
  for (const file of files) gather(file, found, notes)
  const collections = found.collections.map((value) =>
    readCollection(value, found.collections.length > 1 ? notes.in(nameOf(value)) : notes),
  )
  const environments = found.environments.map((value) => readPostmanEnvironment(value, notes))
  const [only] = collections
  const base = collections.length === 1 && only ? single(only) : several(collections)
  return { ...withGlobals(base, environments, found.globals, notes), notes: notes.all() }
}

function gather(file: SourceFile, found: Found, notes: NoteBook): void {
  const value = file.json()
  if (!isRecord(value)) throw notPostman(file)
  const inner = unwrapped(value)
  const environment = at(value, 'environment')
  if (Array.isArray(at(inner, 'item')) || isVersion1(inner)) found.collections.push(withVersion(inner, notes))
  else if (isEnvironment(value) || isEnvironment(environment)) gatherEnvironment(isEnvironment(value) ? value : environment, found)
  else if (isDump(value)) gatherDump(value, found, notes)
  // The list of contents in a folder that holds all of an account's data.
  else if (!isRecord(at(value, 'collection')) && !isRecord(environment)) throw notPostman(file)
}

function gatherDump(value: Loose, found: Found, notes: NoteBook): void {
  for (const one of recordsOf(at(value, 'collections'))) found.collections.push(withVersion(unwrapped(one), notes))
  for (const one of recordsOf(at(value, 'environments'))) gatherEnvironment(one, found)
  found.globals.push(...recordsOf(at(value, 'globals')))
  for (const preset of recordsOf(at(value, 'headerPresets')))
    notes.lost(`There are no presets of headers here: ${textOf(at(preset, 'name'))}.`)
}

function gatherEnvironment(value: unknown, found: Found): void {
  if (!isEnvironment(value)) return
  if (isGlobals(value)) found.globals.push(...recordsOf(at(value, 'values')))
  else found.environments.push(value)
}

function withVersion(collection: Loose, notes: NoteBook): Loose {
  if (isVersion1(collection)) return asVersion2(collection)
  const schema = textOf(at(at(collection, 'info'), 'schema'))
  const version = /\/v(\d+)\.(\d+)/.exec(schema)
  if (version && !(version[1] === '2' && (version[2] === '0' || version[2] === '1'))) {
    notes.changed(`It is of version ${version[1] ?? ''}.${version[2] ?? ''}, which is not known here: it was read as 2.1.`)
  }
  return collection
}

function single({ name, docs, defaults, scripts, items, secrets }: ReadCollection): Imported {
  return { ...emptyImport('postman'), name, docs, defaults, scripts, items, secrets }
}

function several(collections: readonly ReadCollection[]): Imported {
  const items = collections.map(({ name, docs, defaults, scripts, items: inner, secrets }) => {
    return importedFolder(name || 'Untitled', inner, { docs, defaults, scripts, secrets })
  })
  return { ...emptyImport('postman'), items }
}

/** Globals hold where no collection has the name; with no collection they are an environment like any other. */
function withGlobals(base: Imported, environments: readonly ImportedEnvironment[], globals: readonly Loose[], notes: NoteBook): Imported {
  if (globals.length === 0) return { ...base, environments }
  const { variables, secrets } = variablesOf(globals.flatMap(postmanVariable))
  if (base.items.length === 0) {
    notes.changed('Globals became an environment of that name.')
    const environment = { name: 'Globals', extends: null, dotEnvPath: null, color: null, variables }
    return { ...base, environments: [{ environment, secrets }, ...environments] }
  }
  const own = new Set(base.defaults.variables.map(({ name }) => name))
  const added = variables.filter(({ name }) => !own.has(name))
  const addedSecrets = Object.entries(secrets).filter(([name]) => !own.has(name))
  notes.changed('Globals became variables of the collection.')
  return {
    ...base,
    defaults: { ...NO_DEFAULTS, ...base.defaults, variables: [...base.defaults.variables, ...added] },
    secrets: Object.fromEntries([...Object.entries(base.secrets), ...addedSecrets]),
    environments,
  }
}

function nameOf(collection: Loose): string {
  return textOf(at(at(collection, 'info'), 'name')) || textOf(at(collection, 'name')) || 'Untitled'
}

function notPostman(file: SourceFile): CoreError {
  return unreadable(file, 'a Postman collection or environment', 'In Postman, export it as Collection v2.1.')
}
