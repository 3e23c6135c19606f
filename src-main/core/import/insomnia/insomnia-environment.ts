/** Environments of Insomnia: nested data as variables whose names have dots, as its templates refer to them. */
import type { ImportedEnvironment } from '../imported.ts'
import { at, firstText, flagOf, isRecord, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { readVariable, variablesOf, type ReadVariable } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { convertTemplate, type TemplateContext } from './insomnia-template.ts'
import type { InsomniaEnvironment } from './insomnia-tree.ts'

/** @param prefix put before the names where several workspaces have an environment of one name */
export function readInsomniaEnvironments(
  environments: readonly InsomniaEnvironment[],
  prefix: string,
  requests: TemplateContext['requests'],
  notes: NotesHere,
): ImportedEnvironment[] {
  const kept = new Set(environments.filter((one) => one.base !== null || isFilled(one.fields)))
  const nameOf = ({ fields }: InsomniaEnvironment): string => prefix + (firstText(fields, 'name') || 'Base Environment')
  return [...kept].map((one) => {
    const name = nameOf(one)
    const { variables, secrets } = readVariables(one.fields, requests, notes.in(name))
    const base = one.base !== null && kept.has(one.base) ? nameOf(one.base) : null
    const color = textOf(at(one.fields, 'color')) || null
    return { environment: { name, extends: base === name ? null : base, dotEnvPath: null, color, variables }, secrets }
  })
}

function isFilled(fields: Loose): boolean {
  return variablesIn(fields, (text) => text).length > 0
}

/** The variables of an environment or a folder. */
export function readVariables(fields: Loose, requests: TemplateContext['requests'], notes: NotesHere): ReturnType<typeof variablesOf> {
  const context: TemplateContext = { notes, requests, asked: new Map() }
  const { variables, secrets } = variablesOf(variablesIn(fields, (text) => convertTemplate(text, context)))
  return { variables: [...variables, ...context.asked.values()], secrets }
}

function variablesIn(fields: Loose, change: (text: string) => string): ReadVariable[] {
  const pairs = recordsOf(at(fields, 'kvPairData'))
  if (textOf(at(fields, 'environmentType')) !== 'kv' || pairs.length === 0) return dataVariables(at(fields, 'data'), change)
  return pairs.flatMap((pair) => {
    const name = firstText(pair, 'name')
    if (name === '') return []
    const secret = textOf(at(pair, 'type')) === 'secret'
    const value = textOf(at(pair, 'value'))
    return readVariable({ name, value: secret ? value : change(value), enabled: flagOf(at(pair, 'enabled')) !== false, secret })
  })
}

/** Leaves of the data by the dotted names of where they stand; a list is its JSON. */
function dataVariables(data: unknown, change: (text: string) => string): ReadVariable[] {
  const found: ReadVariable[] = []
  const walk = (value: unknown, path: string): void => {
    if (isRecord(value) && (path === '' || Object.keys(value).length > 0)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`)
    } else if (path !== '') found.push(readVariable({ name: path, value: change(textOf(value)) }))
  }
  walk(data, '')
  return found
}
