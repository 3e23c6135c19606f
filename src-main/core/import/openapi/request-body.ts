/** The body of an operation, with the header that its media type needs where the kind of body does not say it. */
import type { Body, Part, Row } from '#contract/model/request.ts'
import { bodyText, isJsonType, isXmlType, type MediaType } from './media-types.ts'
import { styledPairs } from './parameter-style.ts'
import type { Parameter } from './parameters.ts'
import { requiredOf } from './plain-schema.ts'
import { sampleValue } from './sampling.ts'
import { isMapping, keysOf, scalarText, type SpecNode } from './spec-node.ts'

export interface MadeBody {
  readonly body: Body
  readonly headers: readonly Row[]
}

/** A field of a form, wherever it was described. */
interface Field {
  readonly name: string
  readonly required: boolean
  readonly description: string
  readonly value: unknown
  readonly isFile: boolean
  readonly contentType: string
  readonly headers: readonly Row[]
  readonly style: string
  readonly explode: boolean
  readonly allowReserved: boolean
}

const NOTHING: MadeBody = { body: { kind: 'none' }, headers: [] }

export function bodyOf(media: MediaType | undefined): MadeBody {
  if (!media) return NOTHING
  const { type } = media
  if (/^multipart\//i.test(type)) return { ...typed(type, 'multipart/form-data'), body: multipartOf(fieldsOf(media)) }
  if (/x-www-form-urlencoded$/i.test(type)) return { ...NOTHING, body: formOf(fieldsOf(media)) }
  if (isBytes(media)) return { ...NOTHING, body: { kind: 'file', path: '', contentType: type } }
  const text = bodyText(media, 'request')
  if (isJsonType(type)) {
    return { ...(/\*|^$/.test(type) ? NOTHING : typed(type, 'application/json')), body: { kind: 'json', text, asTyped: false } }
  }
  if (isXmlType(type)) return { ...typed(type, 'application/xml'), body: { kind: 'xml', text } }
  return { ...typed(type, 'text/plain'), body: { kind: 'text', text } }
}

/** The form that Swagger 2.0 describes by parameters. */
export function legacyForm(parameters: readonly Parameter[], consumes: readonly string[]): MadeBody {
  const fields = parameters.map(({ name, required, description, value, schema, style, explode }): Field => {
    const isFile = schema.text('type') === 'file'
    const sampled = value === undefined && required && !isFile ? sampleValue(schema, 'request') : value
    return { name, required, description, value: sampled, isFile, contentType: '', headers: [], style, explode, allowReserved: false }
  })
  const isMultipart = fields.some(({ isFile }) => isFile) || (consumes[0] ?? '').startsWith('multipart/')
  return { ...NOTHING, body: isMultipart ? multipartOf(fields) : formOf(fields) }
}

function typed(type: string, usual: string): MadeBody {
  if (type.toLowerCase() === usual) return NOTHING
  return { ...NOTHING, headers: [{ name: 'Content-Type', value: type, enabled: true }] }
}

/** Bytes that no text says: what is binary by its schema, or by its type where there is no schema and no example. */
function isBytes({ type, schema, examples }: MediaType): boolean {
  if (isJsonType(type) || isXmlType(type)) return false
  if (isBinary(schema)) return true
  if (/^text\//i.test(type) || examples.some(({ value }) => typeof value === 'string')) return false
  return /^(?:application\/(?:octet-stream|pdf|zip|gzip|x-.*)|image\/.*|audio\/.*|video\/.*|font\/.*)$/i.test(type)
}

function isBinary(schema: SpecNode): boolean {
  if (/^(?:binary|byte-stream)$/.test(schema.text('format'))) return true
  const media = schema.text('contentMediaType')
  return media !== '' && schema.text('contentEncoding') === '' && !isJsonType(media) && !media.startsWith('text/')
}

function fieldsOf(media: MediaType): Field[] {
  const { schema, encoding, examples } = media
  const example = examples[0]?.value
  const given = isMapping(example) ? example : {}
  const sampled = sampleValue(schema, 'request')
  const values = { ...(isMapping(sampled) ? sampled : {}), ...given }
  const required = new Set(everyRequired(schema))
  const properties = new Map(everyProperty(schema))
  const names = new Set([...[...properties.keys()].filter((name) => !properties.get(name)?.is('readOnly')), ...keysOf(given)])
  return [...names].map((name): Field => {
    const property = properties.get(name)
    const how = encoding.get(name)
    const style = how.text('style') || 'form'
    const explode = how.get('explode').value
    const item = property?.get('items')
    return {
      name,
      required: required.has(name) || Object.hasOwn(given, name),
      description: (property?.text('description') ?? '').replace(/\s+/g, ' ').trim(),
      value: Object.hasOwn(values, name) ? values[name] : undefined,
      isFile: (property !== undefined && isBinary(property)) || (item !== undefined && isBinary(item)),
      contentType: how.text('contentType').split(',')[0]?.trim() ?? '',
      headers: partHeaders(how),
      style,
      explode: typeof explode === 'boolean' ? explode : style === 'form',
      allowReserved: how.is('allowReserved'),
    }
  })
}

function partHeaders(encoding: SpecNode): Row[] {
  return encoding
    .get('headers')
    .entries()
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, header]) => ({
      name,
      value: scalarText(
        header.get('example').value ?? header.get('schema').get('example').value ?? header.get('schema').get('default').value,
      ),
      enabled: header.is('required'),
    }))
}

/** Properties of a schema and of what it is put together from. */
function everyProperty(schema: SpecNode, seen = new Set<unknown>()): (readonly [string, SpecNode])[] {
  if (seen.has(schema.value)) return []
  seen.add(schema.value)
  const inner = [...schema.get('allOf').items(), ...schema.get('oneOf').items().slice(0, 1), ...schema.get('anyOf').items().slice(0, 1)]
  return [...inner.flatMap((part) => everyProperty(part, seen)), ...schema.get('properties').entries()]
}

function everyRequired(schema: SpecNode): string[] {
  return [schema, ...schema.get('allOf').items()].flatMap(requiredOf)
}

function formOf(fields: readonly Field[]): Body {
  const rows = fields.flatMap((field): Row[] =>
    styledPairs(field.value, { ...field, isJson: false }).map(({ name, value }) => ({
      name,
      value,
      enabled: field.required,
      ...(field.description !== '' && { description: field.description }),
    })),
  )
  return { kind: 'form', rows }
}

function multipartOf(fields: readonly Field[]): Body {
  return { kind: 'multipart', parts: fields.flatMap(partsOf) }
}

function partsOf(field: Field): Part[] {
  const { name, required, description, contentType, headers, value } = field
  const base = { name, enabled: required, contentType, headers: [...headers], ...(description !== '' && { description }) }
  if (field.isFile) return [{ kind: 'file', ...base, files: [], filename: '' }]
  // A list is a part for each of its items; an object is one of JSON (OpenAPI 3.1.1 §4.8.15).
  const values: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value]
  return values.map((one): Part => {
    if (typeof one !== 'object' || one === null) return { kind: 'text', ...base, value: scalarText(one) }
    return { kind: 'text', ...base, contentType: contentType || 'application/json', value: JSON.stringify(one) }
  })
}
