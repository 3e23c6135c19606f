/** `{{name}}` in what is exported: taken apart, and filled in where a value is known that is no secret. */
import type { Variable } from '#contract/model/variable.ts'
import { REFERENCE } from '../prepare/references.ts'
import type { ExportTree, PlacedRequest } from './export-tree.ts'

export type TextPart = string | { readonly name: string }
export type Scope = ReadonlyMap<string, Variable>

/** Values in values in values. */
const MAX_DEPTH = 10

/** The text between references, and their names; no empty parts. */
export function partsOf(text: string): TextPart[] {
  // What a pattern with one group splits at stands at every second place.
  return text.split(REFERENCE).flatMap((part, index): TextPart[] => (index % 2 === 1 ? [{ name: part }] : part === '' ? [] : [part]))
}

/**
 * What names stand for at a request: its own and its folders' first, then those of the one environment, then the collection's.
 * Of several environments none is chosen, so the first only says what the collection does not.
 */
export function scopeOf(tree: ExportTree, placed?: PlacedRequest): Scope {
  const [environment, ...others] = tree.environments
  const [ofCollection, ofEnvironment] = [tree.defaults.variables, environment?.variables ?? []]
  const around = others.length === 0 ? [ofCollection, ofEnvironment] : [ofEnvironment, ofCollection]
  const lists = [...around, placed?.variables ?? []]
  return new Map(lists.flat().flatMap((variable) => (variable.enabled ? [[variable.name, variable]] : [])))
}

/** The text with the values that are known; secrets and what has no value stay references. */
export function filled(text: string, scope: Scope, depth = 0): string {
  if (depth > MAX_DEPTH || !text.includes('{{')) return text
  return partsOf(text)
    .map((part) => {
      if (typeof part === 'string') return part
      const variable = scope.get(part.name)
      const isKnown = variable !== undefined && variable.secret !== true && variable.ask !== true && variable.value !== ''
      return isKnown ? filled(variable.value, scope, depth + 1) : `{{${part.name}}}`
    })
    .join('')
}
