/** Bodies of requests and answers: their media types with what the description has of each. */
import type { Parameter } from './parameters.ts'
import { plainValue } from './plain-schema.ts'
import { sampleValue, sampleXml, type Direction } from './sampling.ts'
import { type SpecNode } from './spec-node.ts'
import { isJsonStructure } from '../../lib/is-json.ts'

export interface NamedExample {
  readonly name: string
  readonly description: string
  readonly value: unknown
}

export interface MediaType {
  /** As written, without parameters. */
  readonly type: string
  readonly schema: SpecNode
  readonly examples: readonly NamedExample[]
  readonly encoding: SpecNode
}

const JSON_TYPE = /^(?:application\/json|[\w.-]+\/[\w.-]+\+json|text\/json|application\/.*[.-]json)$/i
const XML_TYPE = /^(?:application|text)\/xml$|\+xml$/i

export const isJsonType = (type: string): boolean => JSON_TYPE.test(type) || type === '*/*' || type === ''
export const isXmlType = (type: string): boolean => XML_TYPE.test(type)

/** The media types under a `content`, the one to use first. */
export function mediaTypesOf(content: SpecNode): MediaType[] {
  const types = content.entries().map(([type, node]): MediaType => ({
    type: bare(type),
    schema: node.get('schema'),
    examples: examplesOf(node),
    encoding: node.get('encoding'),
  }))
  return preferred(types)
}

/** What Swagger 2.0 says of a body: a schema, and media types that stand elsewhere. */
export function bodyTypesOf(parameter: Parameter, consumes: readonly string[]): MediaType[] {
  const example = parameter.node.get('x-example').value ?? parameter.node.get('example').value
  const examples = example === undefined ? [] : [{ name: '', description: '', value: plainValue(example) }]
  const types = consumes.length === 0 ? ['application/json'] : consumes
  return preferred(
    types.map((type) => ({ type: bare(type), schema: parameter.schema, examples, encoding: parameter.node.get('encoding') })),
  )
}

function bare(type: string): string {
  return (type.split(';')[0] ?? '').trim()
}

function preferred(types: readonly MediaType[]): MediaType[] {
  return types.toSorted((one, other) => rank(one.type) - rank(other.type))
}

function rank(type: string): number {
  const ranks = [/^application\/json$/i, JSON_TYPE, /^multipart\/form-data$/i, /x-www-form-urlencoded$/i, XML_TYPE, /^text\//i]
  const found = ranks.findIndex((pattern) => pattern.test(type))
  return found < 0 ? ranks.length : found
}

/** `example`, `examples`, and those of the schema itself. */
function examplesOf(node: SpecNode): NamedExample[] {
  const { value } = node.get('example')
  if (value !== undefined) return [{ name: '', description: '', value: plainValue(value) }]
  const named = node
    .get('examples')
    .entries()
    .flatMap(([name, one]): NamedExample[] => {
      const inside = one.get('value').value
      if (inside === undefined) return []
      return [{ name: one.text('summary') || name, description: one.text('description'), value: plainValue(inside) }]
    })
  if (named.length > 0) return named
  const schema = node.get('schema')
  const own = schema.get('example').value ?? schema.get('examples').items()[0]?.value
  return own === undefined ? [] : [{ name: '', description: '', value: plainValue(own) }]
}

/** The text of a body of this type: its example, else a sample of its schema. */
export function bodyText({ type, schema, examples }: MediaType, direction: Direction, example = examples[0]): string {
  if (isXmlType(type)) return xmlText(schema, direction, example)
  const value = example ? example.value : sampleValue(schema, direction)
  if (value === undefined) return ''
  if (isJsonType(type)) return jsonText(value, schema)
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function xmlText(schema: SpecNode, direction: Direction, example: NamedExample | undefined): string {
  if (typeof example?.value === 'string') return example.value
  return schema.exists || example ? sampleXml(schema, direction, example?.value) : ''
}

/**
 * A text that is JSON already is an example written as text, unless the schema asks for a string; and so is any text where it
 * asks for something else, as one with references in the places of values.
 */
function jsonText(value: unknown, schema: SpecNode): string {
  const type = schema.text('type')
  if (typeof value === 'string' && type !== 'string' && (type !== '' || isJsonStructure(value))) return value
  return JSON.stringify(value, null, 2)
}
