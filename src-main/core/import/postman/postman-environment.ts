/** Environments and globals that Postman exported: `{ name, values, _postman_variable_scope }`. */
import type { ImportedEnvironment } from '../imported.ts'
import { at, firstText, isRecord, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { variablesOf } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { noteDynamics } from '../collection-parts/references.ts'
import { postmanVariable } from './postman-collection.ts'

export function isEnvironment(value: unknown): value is Loose {
  return isRecord(value) && Array.isArray(at(value, 'values')) && typeof at(value, 'name') === 'string' && !('item' in value)
}

export function isGlobals(value: Loose): boolean {
  return textOf(at(value, '_postman_variable_scope')) === 'globals'
}

export function readPostmanEnvironment(value: Loose, notes: NotesHere): ImportedEnvironment {
  const name = firstText(value, 'name') || 'Environment'
  const { variables, secrets } = variablesOf(recordsOf(at(value, 'values')).flatMap(postmanVariable))
  noteDynamics(variables, notes.in(name))
  return { environment: { name, extends: null, dotEnvPath: null, color: textOf(at(value, 'color')) || null, variables }, secrets }
}
