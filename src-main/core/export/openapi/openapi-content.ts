/** Bodies of requests and of saved answers as media types of OpenAPI, with their texts as examples and schemas that fit them. */
import { assertNever } from '#contract/result.ts'
import type { Body, Part, Row } from '#contract/model/request.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import { inferredSchema, scalarOf, type Schema } from './infer-schema.ts'

export type Content = Readonly<Record<string, object>>

/** @param typed the Content-Type that its headers say; null: none */
export function contentOf(body: Body, typed: string | null, lost: (message: string) => void): Content | null {
  const type = (typed?.split(';')[0] ?? '').trim()
  switch (body.kind) {
    case 'none':
      return null
    case 'json':
      return { [type || 'application/json']: textMedia(body.text, true) }
    case 'xml':
      return { [type || 'application/xml']: textMedia(body.text, false) }
    case 'text':
      return { [type || 'text/plain']: textMedia(body.text, false) }
    case 'graphql':
      return { 'application/json': textMedia(graphqlText(body), true) }
    case 'form':
      return { 'application/x-www-form-urlencoded': formMedia(body.rows) }
    case 'multipart':
      return { [/^multipart\//i.test(type) ? type : 'multipart/form-data']: multipartMedia(body.parts) }
    case 'file':
      return { [body.contentType || type || 'application/octet-stream']: { schema: { type: 'string', format: 'binary' } } }
    case 'websocket':
      lost('A WebSocket has no place in a description: only its opening request is in it.')
      return null
    default:
      return assertNever(body)
  }
}

/** A text with its schema. One that is JSON, and stays as it is when it is read and written, is its value. */
export function textMedia(text: string, isJson: boolean): { readonly schema: Schema; readonly example?: unknown } {
  if (text.trim() === '') return { schema: {} }
  const value = isJson ? faithfulJson(text) : undefined
  if (value !== undefined) return { schema: inferredSchema(value.value), example: value.value }
  return { schema: isJson ? { type: 'object' } : { type: 'string' }, example: text }
}

function faithfulJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const digits = (from: string): string => from.replace(/\s+/g, '').replace(/"(?:[^"\\]|\\.)*"/g, '""')
    return digits(text) === digits(JSON.stringify(value)) ? { value } : undefined
  } catch {
    return undefined
  }
}

interface Property {
  readonly schema: Schema
  readonly required: boolean
}

function formMedia(rows: readonly Row[]): object {
  const properties = new Map<string, Property>()
  for (const name of new Set(rows.map((row) => row.name))) {
    const all = rows.filter((row) => row.name === name)
    const values = all.map(({ value }) => scalarOf(value))
    properties.set(
      name,
      property(
        values,
        all.some(({ enabled }) => enabled),
        all[0]?.description,
      ),
    )
  }
  return { schema: objectOf(properties) }
}

/** Several rows of a name are a list. */
function property(values: readonly unknown[], required: boolean, description: string | undefined): Property {
  const value = values.length > 1 ? values : values[0]
  const words = description !== undefined && description !== '' ? { description } : {}
  return { schema: { ...inferredSchema(value), ...words, ...(value === '' ? {} : { examples: [value] }) }, required }
}

function objectOf(properties: ReadonlyMap<string, Property>): Schema {
  const required = [...properties].filter(([, one]) => one.required).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries([...properties].map(([name, { schema }]) => [name, schema])),
    ...(required.length > 0 && { required }),
  }
}

function multipartMedia(parts: readonly Part[]): object {
  const properties = new Map<string, Property>()
  const encoding: Record<string, object> = {}
  for (const name of new Set(parts.map((part) => part.name))) {
    const all = parts.filter((part) => part.name === name)
    const [first] = all
    if (!first) continue
    properties.set(name, partProperty(all))
    const headers = first.headers.map((row) => [row.name, { required: row.enabled, schema: { type: 'string', default: row.value } }])
    if (first.contentType !== '' || headers.length > 0) {
      encoding[name] = {
        ...(first.contentType !== '' && { contentType: first.contentType }),
        ...(headers.length > 0 && { headers: Object.fromEntries(headers) as object }),
      }
    }
  }
  return { schema: objectOf(properties), ...(Object.keys(encoding).length > 0 && { encoding }) }
}

function partProperty(all: readonly Part[]): Property {
  const required = all.some(({ enabled }) => enabled)
  const description = all[0]?.description
  const isFiles = all.some((part) => part.kind === 'file')
  if (!isFiles)
    return property(
      all.map((part) => (part.kind === 'text' ? partValue(part.value, part.contentType) : '')),
      required,
      description,
    )
  const file = { type: 'string', format: 'binary', ...(description !== undefined && description !== '' && { description }) }
  const many = all.length > 1 || all.some((part) => part.kind === 'file' && part.files.length > 1)
  return { schema: many ? { type: 'array', items: file } : file, required }
}

function partValue(value: string, contentType: string): unknown {
  const parsed = /json/i.test(contentType) ? faithfulJson(value) : undefined
  return parsed ? parsed.value : scalarOf(value)
}
