/**
 * An import made to fit where it goes. What it gives to all its requests (headers, credentials, options, scripts) must not
 * come over requests that are there already, so it then goes into a folder of its own; variables of new names, which
 * change nothing, go to the place itself.
 */
import { IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportNote } from '#contract/model/import.ts'
import type { Variable } from '#contract/model/variable.ts'
import { importedFolder, NO_DEFAULTS, type Imported, type ImportedItem } from './imported.ts'

export interface FittedImport {
  readonly items: readonly ImportedItem[]
  /** That the place gets. */
  readonly variables: readonly Variable[]
  readonly secrets: Readonly<Record<string, string>>
  readonly notes: readonly ImportNote[]
}

/** @param present variables that the place has */
export function fitImport(imported: Imported, present: readonly Variable[]): FittedImport {
  const { defaults, docs, scripts, items, secrets } = imported
  const known = new Map(present.map((variable) => [variable.name, variable]))
  const isSame = (one: Variable): boolean => {
    const other = known.get(one.name)
    return other !== undefined && other.secret !== true && one.secret !== true && other.value === one.value
  }
  const clash = defaults.variables.find((one) => known.has(one.name) && !isSame(one))
  const givesMore =
    defaults.headers.length > 0 || !['none', 'inherit'].includes(defaults.auth.kind) || Object.keys(defaults.options).length > 0
  if (clash === undefined && !givesMore && scripts.length === 0 && docs === '') {
    const variables = defaults.variables.filter((one) => !known.has(one.name))
    return { items, variables, secrets, notes: [] }
  }
  const name = imported.name.trim() === '' ? IMPORT_FORMATS[imported.format] : imported.name
  const why = clash === undefined ? 'what it gives to all its requests' : `its variable {{${clash.name}}}, which is another one here,`
  return {
    items: [importedFolder(name, items, { docs, defaults, scripts, secrets })],
    variables: [],
    secrets: {},
    notes: [
      { severity: 'changed', where: name, line: null, message: `It came into a folder of its own, which has ${why.replace(/,$/, '')}.` },
    ],
  }
}

/**
 * Secret variables of single requests as variables of the collection: the vault keeps secrets of collections, folders and
 * environments only.
 */
export function liftRequestSecrets(imported: Imported): Imported {
  const lifted = new Map<string, Variable>()
  const lift = (item: ImportedItem): ImportedItem => {
    if (item.kind === 'folder') return { ...item, items: item.items.map(lift) }
    const secret = item.document.variables.filter((one) => one.secret === true && one.ask !== true)
    if (secret.length === 0) return item
    for (const one of secret) if (!lifted.has(one.name)) lifted.set(one.name, one)
    return { ...item, document: { ...item.document, variables: item.document.variables.filter((one) => !secret.includes(one)) } }
  }
  const items = imported.items.map(lift)
  if (lifted.size === 0) return imported
  const own = new Set(imported.defaults.variables.map(({ name }) => name))
  const more = [...lifted.values()].filter(({ name }) => !own.has(name))
  const { defaults } = imported
  return { ...imported, items, defaults: { ...NO_DEFAULTS, ...defaults, variables: [...defaults.variables, ...more] } }
}
