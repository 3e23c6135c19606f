/**
 * A schema with its references put in and its combinations (`allOf`, the first of `oneOf` and `anyOf`) merged, so that a
 * sample can be made of it. What it comes to is bounded: in depth, in nodes, and in the sizes that it asks for.
 */
import { isMapping, keysOf, type SpecNode } from './spec-node.ts'

export type PlainSchema = Record<string, unknown>

const MAX_DEPTH = 10
/** Nodes of one schema; and of each once all that a description may have are used up. */
const MAX_NODES = 1000
const MIN_NODES = 100
/** What stands so far out is there as long as there are nodes at all, as a body without it is none of its schema. */
const OUTER_DEPTH = 2
const OUTER_NODES = 1000
const MAX_ITEMS = 3
const MAX_LENGTH = 200

/** Keywords that are carried over where they are numbers. */
const NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const

interface Work {
  /** Nodes that what is converted now may still have: of siblings none takes the share of another. */
  left: number
  /** Nodes of the whole schema, and whether they were not enough for all of it. */
  readonly whole: { left: number; isCut: boolean }
  /** Values that are being put in: one that is met again is a circle. */
  readonly above: Set<unknown>
}

/** Null where there is no schema. */
export function plainSchema(node: SpecNode): PlainSchema | null {
  const { samples } = node.files
  const most = Math.max(MIN_NODES, Math.min(MAX_NODES, samples.left))
  const work: Work = { left: most, whole: { left: most + OUTER_NODES, isCut: false }, above: new Set() }
  const schema = converted(node, work, 0)
  samples.left -= most + OUTER_NODES - work.whole.left
  samples.isCut ||= work.whole.isCut
  return schema
}

/** A value of the description as plain data without keys that no object should have; null beyond the bounds. */
export function plainValue(value: unknown): unknown {
  const work = { left: 20_000 }
  const copied = (one: unknown, depth: number): unknown => {
    work.left -= 1
    if (work.left < 0 || depth > 100) return null
    if (Array.isArray(one)) return one.map((item: unknown) => copied(item, depth + 1))
    if (one instanceof Date) return one.toISOString()
    if (!isMapping(one)) return typeof one === 'bigint' ? Number(one) : one
    return Object.fromEntries(keysOf(one).map((key) => [key, copied(one[key], depth + 1)]))
  }
  return copied(value, 0)
}

function converted(node: SpecNode, work: Work, depth: number): PlainSchema | null {
  const { value } = node
  if (value === true) return {}
  if (!isMapping(value) || depth > MAX_DEPTH || work.above.has(value)) return null
  if (work.whole.left <= 0 || (work.left <= 0 && depth > OUTER_DEPTH)) {
    work.whole.isCut = true
    return null
  }
  work.left -= 1
  work.whole.left -= 1
  work.above.add(value)
  const combined = [...node.get('allOf').items(), ...chosen(node, 'oneOf'), ...chosen(node, 'anyOf')]
  const parts = shared(combined, work, depth).flatMap((made) => (made ? [withExampleInside(made)] : []))
  const own = ownKeywords(node, work, depth)
  work.above.delete(value)
  return [...parts, own].reduce(merged, {})
}

/** What nodes beside each other come to: those that hold nothing first, then each of the others with as much as any. */
function shared(nodes: readonly SpecNode[], work: Work, depth: number): (PlainSchema | null)[] {
  const made = new Map(nodes.flatMap((node) => (holdsMore(node) ? [] : [[node, converted(node, work, depth + 1)] as const])))
  const rest = nodes.filter((node) => !made.has(node))
  rest.forEach((node, index) => {
    const share = Math.ceil(work.left / (rest.length - index))
    const own: Work = { ...work, left: share }
    made.set(node, converted(node, own, depth + 1))
    work.left -= share - own.left
  })
  return nodes.map((node) => made.get(node) ?? null)
}

const HOLDING = ['properties', 'items', 'prefixItems', 'additionalProperties', 'allOf', 'oneOf', 'anyOf']

function holdsMore({ value }: SpecNode): boolean {
  return isMapping(value) && HOLDING.some((key) => typeof value[key] === 'object')
}

/** The first alternative that is more than null. */
function chosen(node: SpecNode, key: 'oneOf' | 'anyOf'): SpecNode[] {
  const [first] = node
    .get(key)
    .items()
    .filter((one) => one.text('type') !== 'null')
  return first ? [first] : []
}

function ownKeywords(node: SpecNode, work: Work, depth: number): PlainSchema {
  const schema: PlainSchema = {}
  const type = typeOf(node)
  if (type !== '') schema['type'] = type
  const format = node.text('format')
  if (format !== '') schema['format'] = format
  for (const key of NUMBERS) {
    const { value } = node.get(key)
    if (typeof value === 'number' || (typeof value === 'boolean' && key.startsWith('exclusive'))) schema[key] = value
  }
  const [minLength, minItems] = [node.get('minLength').value, node.get('minItems').value]
  if (typeof minLength === 'number' && (format === '' || format === 'password')) schema['minLength'] = Math.min(minLength, MAX_LENGTH)
  if (typeof minItems === 'number') schema['minItems'] = Math.min(minItems, MAX_ITEMS)
  for (const key of ['readOnly', 'writeOnly']) if (node.is(key)) schema[key] = true
  const xml = node.get('xml').value
  if (isMapping(xml)) schema['xml'] = plainValue(xml)
  return { ...schema, ...values(node), ...children(node, work, depth) }
}

function typeOf(node: SpecNode): string {
  const { value } = node.get('type')
  if (!Array.isArray(value)) return typeof value === 'string' ? value : ''
  const found: unknown = value.find((one) => typeof one === 'string' && one !== 'null')
  return typeof found === 'string' ? found : ''
}

function values(node: SpecNode): PlainSchema {
  const schema: PlainSchema = {}
  for (const key of ['const', 'default', 'example']) {
    const { value } = node.get(key)
    if (value !== undefined) schema[key] = plainValue(value)
  }
  for (const key of ['enum', 'examples']) {
    const [first] = node.get(key).items()
    if (first && first.value !== undefined) schema[key] = [plainValue(first.value)]
  }
  return schema
}

function children(node: SpecNode, work: Work, depth: number): PlainSchema {
  const schema: PlainSchema = {}
  const properties = node.get('properties').entries()
  if (properties.length > 0) {
    const made = shared(
      properties.map(([, property]) => property),
      work,
      depth,
    )
    schema['properties'] = Object.fromEntries(
      properties.flatMap(([name], index) => {
        const one = made[index]
        return one ? [[name, one]] : []
      }),
    )
    schema['type'] ??= 'object'
  }
  const required = requiredOf(node)
  if (required.length > 0) schema['required'] = required
  const more = properties.length === 0 && isMapping(node.get('additionalProperties').value) ? node.get('additionalProperties') : null
  const made = more && converted(more, work, depth + 1)
  if (made) schema['additionalProperties'] = made
  const tuple = node.get('prefixItems').items().slice(0, 10)
  if (tuple.length > 0) schema['items'] = tuple.flatMap((item) => converted(item, work, depth + 1) ?? [])
  else {
    const item = converted(node.get('items'), work, depth + 1)
    if (item) schema['items'] = named(item, node.get('items'))
  }
  return schema
}

/** In XML, the items of a list are called as what they refer to where nothing names them. */
function named(item: PlainSchema, node: SpecNode): PlainSchema {
  if (node.referred === '' || item['type'] !== 'object') return item
  const xml = isMapping(item['xml']) ? item['xml'] : {}
  return { ...item, xml: { name: node.referred, ...xml } }
}

export function requiredOf(node: SpecNode): string[] {
  return node
    .get('required')
    .items()
    .flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
}

/** An example of a part is one of its properties only, once the part is merged with others. */
function withExampleInside(schema: PlainSchema): PlainSchema {
  const { example, ...rest } = schema
  if (!isMapping(example)) return schema
  const properties = isMapping(schema['properties']) ? schema['properties'] : {}
  const fromExample = Object.fromEntries(
    keysOf(example).map((key) => {
      const known = Object.hasOwn(properties, key) ? properties[key] : undefined
      return [key, { ...(isMapping(known) ? known : {}), example: example[key] }]
    }),
  )
  return { ...rest, type: 'object', properties: { ...properties, ...fromExample } }
}

function merged(one: PlainSchema, other: PlainSchema): PlainSchema {
  const properties = [one['properties'], other['properties']].filter(isMapping)
  const required = [one['required'], other['required']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
  return {
    ...one,
    ...other,
    ...(properties.length > 0 && { properties: Object.assign({}, ...properties) as PlainSchema }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  }
}
