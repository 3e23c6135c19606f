/**
 * OpenCollection in one file, YAML or JSON: `items` in folders, `config.environments`. Every part is read by whoever reads
 * its file in a folder. A folder of such files is no import: it is opened as it is.
 *
 * @see https://www.opencollection.com
 */
import type { Script } from '#contract/model/script.ts'
import type { Variable } from '#contract/model/variable.ts'
import { CoreError } from '../../lib/core-error.ts'
import { readEnvironment } from '../../storage/opencollection/environment-format.ts'
import { readExamples, treeExampleOf } from '../../storage/opencollection/examples-format.ts'
import { readSettings } from '../../storage/opencollection/info-format.ts'
import { readRequest } from '../../storage/opencollection/request-format.ts'
import { readBrunoProxy } from '../bruno/bruno-place.ts'
import { emptyImport, importedFolder, importedRequest, type Imported, type ImportedEnvironment, type ImportedItem } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { mergeImports } from '../merge-imports.ts'
import { at, describedBy, firstText, isRecord, listOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import { createNotesHere, type NotesHere } from '../collection-parts/notes-here.ts'
import { unreadable } from '../collection-parts/unreadable.ts'

export const opencollectionImporter: Importer = { format: 'opencollection', detect, read }

const HINT = 'A collection that is a folder of files is opened as it is: Open collection…'
/** Only a text that may be one is parsed as YAML. */
const HEAD = /^["']?(?:opencollection|info)["']?[ \t]*:/m

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = valueOf(file)
  if (!isRecord(value)) return 0
  if ('opencollection' in value) return 3
  return isRequest(value) ? 2 : 0
}

function valueOf(file: SourceFile): unknown {
  if (/^\s*\{/.test(file.text)) return file.json()
  return HEAD.test(file.text.slice(0, 4000)) ? file.data() : undefined
}

/** A request's own file. */
function isRequest(value: Loose): boolean {
  const type = textOf(at(at(value, 'info'), 'type'))
  return ['http', 'graphql', 'websocket'].includes(type) && isRecord(at(value, type))
}

function read(files: readonly SourceFile[]): Imported {
  const parts = files.map((file): Imported => {
    const value = valueOf(file)
    const notes = createNotesHere()
    if (!isRecord(value)) throw unreadable(file, 'an OpenCollection file', HINT)
    if (isRequest(value)) return { ...emptyImport('opencollection'), items: readItems([value], notes), notes: notes.all() }
    if (!('opencollection' in value)) throw unreadable(file, 'an OpenCollection file', HINT)
    if (!Array.isArray(at(value, 'items'))) throw unreadable(file, 'a whole collection, but the first of its files', HINT)
    return { ...readBundle(value, notes), notes: notes.all() }
  })
  const [first, ...more] = parts
  return first ? mergeImports([first, ...more]) : emptyImport('opencollection')
}

const KNOWN_VERSION = /^1(?:\.|$)/

function readBundle(value: Loose, notes: NotesHere): Imported {
  const version = textOf(at(value, 'opencollection'))
  if (!KNOWN_VERSION.test(version)) notes.changed(`It is of version ${version || 'none'}, which is not known here: it was read as 1.0.0.`)
  const config = recordOf(at(value, 'config'))
  const { items: _items, config: _config, ...own } = value
  const { name, defaults, sessions } = readSettings(textFor(own), 'The collection')
  const { variables, secrets } = withoutSecrets(defaults.variables)
  if (recordsOf(at(config, 'clientCertificates')).length > 0 || isRecord(at(config, 'clientCertificates'))) {
    notes.lost('Its client certificates were left out: name their files under Options, or in a session.')
  }
  if (at(config, 'protobuf') !== undefined) notes.lost('There are no gRPC requests here: what it says of protobuf was left out.')
  return {
    ...emptyImport('opencollection'),
    name,
    docs: describedBy(at(value, 'docs')),
    defaults: { ...defaults, variables, options: { ...readBrunoProxy(config, notes), ...defaults.options } },
    scripts: scriptsOf(value, notes),
    items: readItems(at(value, 'items'), notes),
    environments: [...recordsOf(at(config, 'environments')), ...recordsOf(at(value, 'environments'))].flatMap((one) =>
      readOneEnvironment(one, notes),
    ),
    sessions,
    secrets,
  }
}

/** JSON is YAML, so the readers of files take it. */
function textFor(value: unknown): string {
  return JSON.stringify(value)
}

function readItems(value: unknown, notes: NotesHere): ImportedItem[] {
  return listOf(value).flatMap((item, index): ImportedItem[] => {
    if (!isRecord(item)) {
      notes.lost(`Item ${index + 1} is no request and no folder.`)
      return []
    }
    const name = firstText(at(item, 'info'), 'name') || firstText(item, 'name') || 'Untitled'
    const here = notes.in(name)
    try {
      return [
        Array.isArray(at(item, 'items')) || textOf(at(at(item, 'info'), 'type')) === 'folder'
          ? readFolder(item, name, here)
          : readOne(item, name, here),
      ]
    } catch (error) {
      // The text itself is whole: what one item says of a newer version keeps no other one back.
      if (!(error instanceof CoreError) || error.kind !== 'Unreadable') throw error
      here.lost(error.message)
      return []
    }
  })
}

function readFolder(item: Loose, name: string, notes: NotesHere): ImportedItem {
  const { items, ...own } = item
  const { defaults } = readSettings(textFor(own), 'The folder')
  const { variables, secrets } = withoutSecrets(defaults.variables)
  return importedFolder(name, readItems(items, notes), {
    docs: describedBy(at(item, 'docs')),
    scripts: scriptsOf(item, notes),
    defaults: { ...defaults, variables },
    secrets,
  })
}

/** Of a folder or a collection: `request.scripts`, a list, or a mapping of types to code. */
function scriptsOf(place: Loose, notes: NotesHere): Script[] {
  const said = at(at(place, 'request'), 'scripts')
  const list = isRecord(said) ? Object.entries(said).map(([type, code]) => ({ type, code })) : recordsOf(said)
  const scripts = list
    .map((one) => ({ type: textOf(at(one, 'type')), code: textOf(at(one, 'code')) }))
    .filter(({ code }) => code.trim() !== '')
  noteScripts(scripts, notes)
  return scripts
}

function readOne(item: Loose, name: string, notes: NotesHere): ImportedItem {
  const { examples, ...own } = item
  const { document } = readRequest(textFor(own), 'It', name)
  const { variables, secrets } = withoutSecrets(document.variables)
  for (const key of Object.keys(secrets)) notes.lost(`The value of the secret variable ${key} of this request has to be typed in again.`)
  const scripts = document.scripts ?? []
  noteScripts(scripts, notes)
  const saved = recordsOf(examples).length === 0 ? [] : readExamples(`examples: ${textFor(recordsOf(examples))}\n`, 'It')
  return importedRequest({ ...document, variables }, saved.map(treeExampleOf))
}

function readOneEnvironment(value: Loose, notes: NotesHere): ImportedEnvironment[] {
  const name = firstText(value, 'name') || 'Environment'
  try {
    const environment = readEnvironment(textFor(value), 'The environment', name)
    const { variables, secrets } = withoutSecrets(environment.variables)
    return [{ environment: { ...environment, variables }, secrets }]
  } catch (error) {
    if (!(error instanceof CoreError) || error.kind !== 'Unreadable') throw error
    notes.in(name).lost(error.message)
    return []
  }
}

/** Values of secrets that stand in the file belong to the vault. */
function withoutSecrets(all: readonly Variable[]): { readonly variables: Variable[]; readonly secrets: Readonly<Record<string, string>> } {
  return {
    variables: all.map((one) => (one.secret === true ? { ...one, value: '' } : one)),
    secrets: Object.fromEntries(all.filter(({ secret, value }) => secret === true && value !== '').map(({ name, value }) => [name, value])),
  }
}
