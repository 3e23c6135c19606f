/** The import that the requests of command lines make: with variables of the shell as variables of the collection. */
import type { ImportFormat } from '#contract/model/import.ts'
import type { Variable } from '#contract/model/variable.ts'
import { emptyImport, NO_DEFAULTS, type Imported, type ImportedItem } from '../imported.ts'
import type { Notes } from '../notes.ts'

/** What scripts give and use of variables. */
export interface ScriptVariables {
  readonly values: ReadonlyMap<string, string>
  readonly used: ReadonlySet<string>
}

/** Names of which the values are hardly for everyone to see. */
export function isSecretName(name: string): boolean {
  return /token|secret|passw|pwd|(?:^|_)pw$|pass$|api_?key|access_?key|private_?key|credential|auth(?!or)|bearer|session|cookie|jwt|(?:^|_)key$/i.test(
    name,
  )
}

export function commandImport(
  format: ImportFormat,
  items: readonly ImportedItem[],
  scripts: readonly ScriptVariables[],
  notes: Notes,
): Imported {
  const { variables, secrets } = variablesOf(
    scripts.map((script) => onlyThoseIn(items, script)),
    notes,
  )
  if (items.some(hasRelativeFile)) notes.add('changed', 'Files whose path is relative are looked for in the folder of the collection.')
  const inOrder = notes.list.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || 0)
  return { ...emptyImport(format), items, defaults: { ...NO_DEFAULTS, variables }, secrets, notes: inOrder }
}

/** A script uses variables for other things as well. */
function onlyThoseIn(items: readonly ImportedItem[], { values, used }: ScriptVariables): ScriptVariables {
  const text = JSON.stringify([items, [...values.values()]])
  return { values, used: new Set([...used].filter((name) => text.includes(`{{${name}}}`))) }
}

export function hasRelativeFile(item: ImportedItem): boolean {
  if (item.kind === 'folder') return item.items.some(hasRelativeFile)
  const { body } = item.document
  if (body.kind === 'file') return isRelative(body.path)
  return body.kind === 'multipart' && body.parts.some((part) => part.kind === 'file' && part.files.some(isRelative))
}

function isRelative(path: string): boolean {
  return path !== '' && !/^(?:[\\/~]|[A-Za-z]:|\{\{)/.test(path)
}

/** Variables that are used, with their values where the script gives them; those of secrets are kept apart. */
export function variablesOf(scripts: readonly ScriptVariables[], notes: Notes): { variables: Variable[]; secrets: Record<string, string> } {
  const values = new Map(scripts.flatMap((script) => [...script.values]))
  const names = new Set(scripts.flatMap((script) => [...script.used]))
  const secrets: [string, string][] = []
  const variables = [...names].flatMap((name): Variable[] => {
    const value = values.get(name)
    if (isSecretName(name)) {
      if (value !== undefined) secrets.push([name, value])
      else notes.add('changed', `The variable ${name} stands as {{${name}}}, a secret: give it its value.`)
      return [{ name, value: '', enabled: true, secret: true }]
    }
    if (value !== undefined) return [{ name, value, enabled: true }]
    notes.add('changed', `The variable ${name} stands as {{${name}}}: give it a value.`)
    return []
  })
  return { variables, secrets: Object.fromEntries(secrets) }
}
