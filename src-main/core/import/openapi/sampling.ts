/** Values that fit a schema, for bodies and parameters that have no example. Made by openapi-sampler of a schema without references. */
import { sample } from 'openapi-sampler'
import { plainSchema, type PlainSchema } from './plain-schema.ts'
import { isMapping, type SpecNode } from './spec-node.ts'

export type Direction = 'request' | 'response'

/** What was made of a schema already: most are used by many operations. */
type Made = Partial<Record<Direction, { readonly value: unknown }>>
const made = new WeakMap<object, Made>()

/** A value of the schema, such as JSON can say; undefined where there is no schema. */
export function sampleValue(node: SpecNode, direction: Direction): unknown {
  const { value } = node
  if (typeof value !== 'object' || value === null || node.isExtended) return sampled(node, direction)
  const known = made.get(value) ?? {}
  made.set(value, known)
  return (known[direction] ??= { value: sampled(node, direction) }).value
}

function sampled(node: SpecNode, direction: Direction): unknown {
  const schema = plainSchema(node)
  return schema === null ? undefined : sample(asSchema(schema), optionsOf(direction))
}

/**
 * An XML text of the schema, or of a value that it is to have.
 *
 * @param value undefined: any
 */
export function sampleXml(node: SpecNode, direction: Direction, value?: unknown): string {
  const schema = plainSchema(node) ?? {}
  const xml = isMapping(schema['xml']) ? schema['xml'] : {}
  const named = { ...xml, name: nameOf(node, xml['name']) }
  const given: PlainSchema = { ...schema, ...(value !== undefined && { example: value }), xml: named }
  // A list needs an element of its own around its items to be a document.
  const root = given['type'] === 'array' ? { ...given, xml: { ...named, wrapped: true } } : given
  try {
    const text = sample({ $ref: '#/root' }, { ...optionsOf(direction), format: 'xml' }, { root: asSchema(root) })
    return typeof text === 'string' ? `<?xml version="1.0" encoding="UTF-8"?>\n${text.trimEnd()}\n` : ''
  } catch {
    return '' // a scalar makes no document
  }
}

function nameOf(node: SpecNode, named: unknown): string {
  if (typeof named === 'string' && named !== '') return named
  return node.referred === '' ? 'root' : node.referred
}

function optionsOf(direction: Direction): { quiet: true; skipReadOnly: boolean; skipWriteOnly: boolean } {
  return { quiet: true, skipReadOnly: direction === 'request', skipWriteOnly: direction === 'response' }
}

/** What `plainSchema` makes is one of draft 7, but for words that the sampler knows beyond it. */
function asSchema(schema: PlainSchema): Parameters<typeof sample>[0] {
  return schema
}
