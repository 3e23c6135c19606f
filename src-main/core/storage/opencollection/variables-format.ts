/**
 * Variables of a file: of a request, a folder, a collection, an environment. Written as Bruno writes them; what they have
 * beyond that (asked for, put in as they are, rules) stands under `posthaste` beside them.
 */
import { isMap, type Document } from 'yaml'
import { VariableRulesSchema, type Variable, type VariableRules } from '#contract/model/variable.ts'
import { plainChange, plainOf, type Plain } from './plain-edit.ts'
import { freshMarks, markChanges, readMarks, type RowFormat } from './rows.ts'
import { renamed, camelCase, snakeCase } from './wire-options-format.ts'
import { changed, editMap, fresh, keyText, type Change } from './yaml-edit.ts'
import { booleanOf, followed, isNode, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

export const VARIABLES: RowFormat<Variable> = {
  read: readVariable,
  changes: (node, document, before, after) => ({
    secret: before.secret === after.secret ? undefined : after.secret === true ? fresh(true) : null,
    name: changed(before.name, after.name),
    value: valueChange(node, document, before, after),
    transient: before.secret === true && after.secret !== true ? null : undefined,
    ...markChanges(node, document, before, after),
    posthaste: extrasChange(valueOf(node, 'posthaste', document), document, before, after),
  }),
  fresh: freshVariable,
  nameOf: (variable) => variable.name,
  keyOf: (variable) => JSON.stringify([variable.name, inFile(variable), variable.enabled, variable.description ?? '', extrasOf(variable)]),
  readMap: (node, document) =>
    node.items.map((pair) => ({
      name: keyText(pair.key),
      value: textOf(isNode(pair.value) ? pair.value : null, document),
      enabled: true,
    })),
}

function readVariable(node: Value, document: Document): Variable {
  const get = (key: string): Value => valueOf(node, key, document)
  const isSecret = booleanOf(get('secret'), document) === true || booleanOf(get('transient'), document) === true
  const extras = valueOf(node, 'posthaste', document)
  const raw = booleanOf(valueOf(extras, 'raw', document), document)
  const ask = booleanOf(valueOf(extras, 'ask', document), document)
  const rules = readRules(extras, document)
  return {
    name: textOf(get('name'), document),
    // A secret that somebody wrote into the file counts as a plain value would not: it is shown, and told of.
    value: textOf(dataOf(get('value'), document), document),
    ...readMarks(node, document),
    ...(isSecret && { secret: true }),
    ...(raw === true && { raw }),
    ...(ask === true && { ask }),
    ...(rules && { rules }),
  }
}

/** A value with its type, `{ type, data }`, is its data. */
function dataOf(node: Value, document: Document): Value {
  const value = followed(node, document)
  return isMap(value) && valueOf(value, 'type', document) !== null ? valueOf(value, 'data', document) : node
}

function valueChange(node: Value, document: Document, before: Variable, after: Variable): Change {
  const [from, to] = [inFile(before), inFile(after)]
  if (from === to) return undefined
  if (to === null) return null
  const value = valueOf(node, 'value', document)
  if (dataOf(value, document) !== value) return editMap(value, document, { data: fresh(to) })
  return fresh(to)
}

/** The value as a file has it: null for a secret, whose value is never in one. */
function inFile({ value, secret }: Variable): string | null {
  return secret === true && value === '' ? null : value
}

function freshVariable(variable: Variable): Fresh {
  const value = inFile(variable)
  const extras = Object.entries(extrasOf(variable)).flatMap(([key, extra]) => (extra === undefined ? [] : [[key, extra as Fresh] as const]))
  return {
    ...(variable.secret === true && { secret: true }),
    name: variable.name,
    ...(value !== null && { value }),
    ...freshMarks(variable),
    ...(extras.length > 0 && { posthaste: Object.fromEntries(extras) }),
  }
}

function extrasChange(node: Value, document: Document, before: Variable, after: Variable): Change {
  const [from, to] = [extrasOf(before), extrasOf(after)]
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return editMap(
    node,
    document,
    Object.fromEntries(keys.map((key) => [key, plainChange(valueOf(node, key, document), document, from[key], to[key])])),
  )
}

function extrasOf({ raw, ask, rules }: Variable): Readonly<Record<string, Plain | undefined>> {
  const ruled = renamed({ ...rules }, snakeCase) as Readonly<Record<string, Plain | undefined>>
  return { raw: raw === true ? true : undefined, ask: ask === true ? true : undefined, ...ruled }
}

function readRules(extras: Value, document: Document): VariableRules | undefined {
  const keys = Object.keys(VariableRulesSchema.shape) as (keyof VariableRules)[]
  const rules = Object.fromEntries(
    keys.flatMap((key) => {
      const plain = plainOf(valueOf(extras, snakeCase(key), document), document)
      const parsed = plain === undefined ? null : VariableRulesSchema.shape[key].safeParse(renamed(plain, camelCase))
      return parsed?.success && parsed.data !== undefined ? [[key, parsed.data] as const] : []
    }),
  )
  return Object.keys(rules).length > 0 ? rules : undefined
}
