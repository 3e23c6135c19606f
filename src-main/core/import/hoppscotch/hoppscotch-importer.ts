/** Hoppscotch's exports: collections, REST and GraphQL, one or a list of them, and environments. Several become folders. */
import { emptyImport, importedFolder, type Imported, type ImportedFolder } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { at, firstText, isRecord, numberOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { variablesOf } from '../collection-parts/model.ts'
import { createNotesHere, type NotesHere } from '../collection-parts/notes-here.ts'
import { mapTexts, noteDynamics, withReferences } from '../collection-parts/references.ts'
import { unreadable } from '../collection-parts/unreadable.ts'
import { readHoppscotchAuth } from './hoppscotch-auth.ts'
import { nameOf, readHoppscotchRequest, readHoppscotchScripts, readRows, readVariables } from './hoppscotch-request.ts'

export const hoppscotchImporter: Importer = { format: 'hoppscotch', detect, read }

/** The newest version of collections that is known here. */
const NEWEST = 13

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = file.json()
  const items = itemsOf(value)
  if (items.length === 0) return 0
  if (items.every(isCollection)) return items.some((one) => 'v' in one || '_ref_id' in one) ? 3 : 2
  if (items.every(isEnvironment)) return items.some((one) => 'v' in one) ? 3 : 2
  return items.every(isRequest) ? 3 : 0
}

/** Exports are lists, or one thing alone. */
function itemsOf(value: unknown): Loose[] {
  if (Array.isArray(value)) return value.every(isRecord) ? recordsOf(value) : []
  return isRecord(value) ? [value] : []
}

function isCollection(value: Loose): boolean {
  return (
    Array.isArray(at(value, 'folders')) &&
    Array.isArray(at(value, 'requests')) &&
    typeof at(value, 'name') === 'string' &&
    !('clientName' in value)
  )
}

function isEnvironment(value: Loose): boolean {
  const variables = at(value, 'variables')
  if (
    !Array.isArray(variables) ||
    typeof at(value, 'name') !== 'string' ||
    isCollection(value) ||
    isRequest(value) ||
    'clientName' in value
  )
    return false
  return recordsOf(variables).every((one) => 'key' in one) && ('v' in value || 'id' in value || variables.length > 0)
}

function isRequest(value: Loose): boolean {
  return typeof at(value, 'endpoint') === 'string' && 'v' in value
}

/** Texts that refer to nothing. */
const PLAIN: ReadonlySet<string> = new Set(['description', 'preRequestScript', 'testScript', 'name'])

function read(files: readonly SourceFile[]): Imported {
  const notes = createNotesHere()
  const items = files.flatMap((file) => {
    const found = itemsOf(file.json())
    if (detect(file) === 0)
      throw unreadable(file, 'a Hoppscotch export', 'In Hoppscotch, export the collection or the environments as JSON.')
    return found
  })
  const converted = items.map((item) => mapTexts(item, ourReferences, PLAIN)).filter(isRecord)
  const collections = converted.filter(isCollection)
  const isOne = collections.length === 1 && !converted.some(isRequest)
  const folders = collections.map((one) => readCollection(one, 'inherit', isOne ? notes : notes.in(nameOf(one))))
  const [only] = folders
  const loose = converted
    .filter((one) => isRequest(one) && !isCollection(one))
    .map((one) => readHoppscotchRequest(one, 'inherit', notes.in(nameOf(one))))
  const environments = converted.filter(isEnvironment).map((one) => readEnvironment(one, notes))
  const base = isOne && only ? alone(only) : { ...emptyImport('hoppscotch'), items: [...folders, ...loose] }
  return { ...base, environments, notes: notes.all() }
}

function ourReferences(text: string): string {
  return withReferences(text, '<<', '>>', (inner) => (/[<>{}\r\n]/.test(inner) || inner.trim() === '' ? null : `{{${inner.trim()}}}`))
}

function alone({ name, docs, defaults, scripts, items, secrets = {} }: ImportedFolder): Imported {
  return { ...emptyImport('hoppscotch'), name, docs, defaults, scripts, items, secrets }
}

function readCollection(value: Loose, silent: 'inherit' | 'none', notes: NotesHere): ImportedFolder {
  const version = numberOf(at(value, 'v'))
  if (version !== undefined && version > NEWEST)
    notes.changed(`It is of version ${version}, which is not known here: it was read as ${NEWEST}.`)
  const auth = readHoppscotchAuth(at(value, 'auth'), notes)
  const { variables, secrets } = variablesOf(readVariables(at(value, 'variables')))
  noteDynamics([at(value, 'auth'), at(value, 'headers'), variables], notes)
  // Below a place that says `none`, what inherits has no credentials; here `none` would ask further out.
  const inner = auth === null || auth.kind === 'inherit' ? silent : auth.kind === 'none' ? 'none' : 'inherit'
  const folders = recordsOf(at(value, 'folders')).map((one) => readCollection(one, inner, notes.in(nameOf(one))))
  const requests = recordsOf(at(value, 'requests')).map((one) => {
    const here = notes.in(nameOf(one))
    noteDynamics([at(one, 'endpoint'), at(one, 'params'), at(one, 'headers'), at(one, 'body'), at(one, 'auth')], here)
    return readHoppscotchRequest(one, inner, here)
  })
  return importedFolder(nameOf(value), [...folders, ...requests], {
    docs: textOf(at(value, 'description')),
    defaults: { headers: readRows(at(value, 'headers')), auth: auth ?? { kind: 'none' }, variables, options: {} },
    scripts: readHoppscotchScripts(value, notes),
    secrets,
  })
}

function readEnvironment(value: Loose, notes: NotesHere): Imported['environments'][number] {
  const name = firstText(value, 'name') || 'Environment'
  const { variables, secrets } = variablesOf(readVariables(at(value, 'variables')))
  noteDynamics(variables, notes.in(name))
  return { environment: { name, extends: null, dotEnvPath: null, color: null, variables }, secrets }
}
