/** Environments that stand beside .http files: `http-client.env.json` of JetBrains, `$shared` and settings of VS Code. */
import type { Variable } from '#contract/model/variable.ts'
import type { ImportedEnvironment } from '../imported.ts'
import type { SourceFile } from '../import-source.ts'
import type { Notes } from '../notes.ts'
import { isSecretName } from '../request-parts/command-import.ts'
import { at, isRecord, textOf } from '../collection-parts/loose.ts'
import { ownReferences } from './references.ts'

const NAME = /(?:^|\/)(?:http-client|rest-client)(?:\.private)?\.env\.json$/i

export function isEnvironmentFile({ name, json }: SourceFile): boolean {
  return NAME.test(name) || (/settings\.json$/i.test(name) && at(json(), 'rest-client.environmentVariables') !== undefined)
}

interface Value {
  readonly text: string
  readonly isSecret: boolean
}

/** Environments of all files; values of private files are secrets, and win. */
export function environmentsOf(files: readonly SourceFile[], notes: Notes): ImportedEnvironment[] {
  const found = new Map<string, Map<string, Value>>()
  for (const file of files.toSorted((one, other) => Number(isPrivate(one)) - Number(isPrivate(other)))) {
    const data = at(file.json(), 'rest-client.environmentVariables') ?? file.json()
    if (!isRecord(data)) continue
    for (const [name, values] of Object.entries(data)) {
      if (!isRecord(values)) continue
      const variables = found.get(name) ?? new Map<string, Value>()
      found.set(name, variables)
      addValues(values, variables, isPrivate(file), (message) => notes.add('lost', message, null, name))
    }
  }
  return [...found].map(([name, variables]) => environmentOf(name, variables, found.has('$shared')))
}

function isPrivate({ name }: SourceFile): boolean {
  return /\.private\./i.test(name)
}

function addValues(values: object, into: Map<string, Value>, isHidden: boolean, lost: (message: string) => void): void {
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'object' && value !== null) {
      lost(`${key} is not carried over: it is no text.`)
      continue
    }
    const text = ownReferences(textOf(value), (_severity, message) => lost(message))
    into.set(key, { text, isSecret: isHidden || isSecretName(key) })
  }
}

function environmentOf(name: string, values: ReadonlyMap<string, Value>, hasShared: boolean): ImportedEnvironment {
  const variables = [...values].map(([key, { text, isSecret }]): Variable =>
    isSecret ? { name: key, value: '', enabled: true, secret: true } : { name: key, value: text, enabled: true },
  )
  const secrets = Object.fromEntries([...values].flatMap(([key, { text, isSecret }]) => (isSecret ? [[key, text] as const] : [])))
  const shared = hasShared && name !== '$shared' ? 'shared' : null
  return { environment: { name: name === '$shared' ? 'shared' : name, extends: shared, dotEnvPath: null, color: null, variables }, secrets }
}
