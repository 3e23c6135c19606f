/** A request as an operation: its path, parameters, body, and answers. */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import { splitUrl } from '#contract/model/url-query.ts'
import { CHECKS_EXTENSION, type RequestChecks } from '../../lib/request-checks.ts'
import { PATH_NAME, pathStart } from '../address.ts'
import type { ExportExample, PlacedRequest } from '../export-tree.ts'
import { filled, type Scope } from '../references.ts'
import { inferredSchema, scalarOf } from './infer-schema.ts'
import { contentOf, textMedia } from './openapi-content.ts'

interface OperationPlace {
  readonly path: string
  readonly method: string
}

/** Where it stands; a name in the path, whole segment or part of one, is a parameter. */
export function placeOf({ document }: PlacedRequest): OperationPlace {
  const { base } = splitUrl(document.url)
  const path = base
    .slice(pathStart(base))
    .replace(PATH_NAME, (_whole, name: string) => `{${name}}`)
    .replace(/\{\{([^{}]*)\}\}/g, (_whole, name: string) => `{${name.trim()}}`)
  return { path: path.startsWith('/') ? path : `/${path}`, method: document.method.toLowerCase() }
}

export function operationOf(placed: PlacedRequest, scope: Scope, lost: (message: string) => void): object {
  const { document, examples } = placed
  const deprecated = /^\*\*Deprecated\.\*\*\s*/
  const docs = document.docs.replace(deprecated, '')
  const parameters = parametersOf(placed, scope)
  const typed = document.headers.find(({ name, enabled }) => enabled && name.toLowerCase() === 'content-type')?.value ?? null
  const content = contentOf(document.body, typed, lost)
  if ((document.scripts ?? []).length > 0) lost('Scripts are not in it.')
  return {
    summary: document.name,
    ...(docs !== '' && { description: docs }),
    ...(deprecated.test(document.docs) && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: { required: true, content } }),
    responses: responsesOf(examples),
    ...checksOf(document),
  }
}

/** A description has no words for what is asked of an answer: other readers pass it over. */
function checksOf({ assertions = [], captures = [], raiseForStatus }: RequestDocument): object {
  if (assertions.length === 0 && captures.length === 0 && raiseForStatus !== true) return {}
  const checks: RequestChecks = { raiseForStatus: raiseForStatus === true, assertions, captures }
  return { [CHECKS_EXTENSION]: checks }
}

function parametersOf(placed: PlacedRequest, scope: Scope): object[] {
  const { document, headers } = placed
  const { path } = placeOf(placed)
  const names = [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''))]
  const inPath = names.map((name) => {
    const row = document.params.find((one) => one.kind === 'path' && one.name === name)
    const value = row?.value ?? filled(`{{${name}}}`, scope).replace(/^\{\{.*\}\}$/, '')
    return parameter('path', name, [
      { name, value, enabled: true, ...(row?.description !== undefined && { description: row.description }) },
    ])
  })
  const rows = (list: readonly Row[], place: string): object[] => {
    const found = list.filter(({ name, omit }) => name !== '' && omit !== true)
    return [...new Set(found.map(({ name }) => name))].map((name) =>
      parameter(
        place,
        name,
        found.filter((row) => row.name === name),
      ),
    )
  }
  const sent = [...headers, ...document.headers].filter(({ name }) => name.toLowerCase() !== 'content-type')
  return [
    ...inPath,
    ...rows(
      document.params.filter(({ kind }) => kind === 'query'),
      'query',
    ),
    ...rows(sent, 'header'),
    ...rows(document.cookies, 'cookie'),
  ]
}

/** Rows of one name; several of them are a list. */
function parameter(place: string, name: string, rows: readonly Row[]): object {
  const values = rows.map(({ value }) => (value.includes('{{') ? value : scalarOf(value)))
  const value = values.length > 1 ? values : values[0]
  const description = rows.find((row) => (row.description ?? '') !== '')?.description
  return {
    name,
    in: place,
    ...((place === 'path' || rows.some(({ enabled }) => enabled)) && { required: true }),
    ...(description !== undefined && { description }),
    schema: inferredSchema(value),
    ...(value !== undefined && value !== '' && { example: value }),
  }
}

/** Saved answers by their status; a description has to name one at least. */
function responsesOf(examples: readonly ExportExample[]): object {
  if (examples.length === 0) return { default: { description: 'Any answer.' } }
  const statuses = new Map<string, ExportExample[]>()
  for (const example of examples) {
    const status = example.status === null ? 'default' : String(example.status)
    statuses.set(status, [...(statuses.get(status) ?? []), example])
  }
  return Object.fromEntries([...statuses].map(([status, list]) => [status, responseOf(list)]))
}

function responseOf(examples: readonly ExportExample[]): object {
  const [first] = examples
  const headers = (first?.headers ?? []).filter(([name]) => name.toLowerCase() !== 'content-type')
  const types = new Map<string, ExportExample[]>()
  for (const example of examples) {
    if (example.body === '' && typeOf(example.headers) === '') continue
    const type = typeOf(example.headers) || 'text/plain'
    types.set(type, [...(types.get(type) ?? []), example])
  }
  const content = Object.fromEntries([...types].map(([type, list]) => [type, mediaOf(type, list)]))
  return {
    description: first?.description || first?.statusText || 'An answer.',
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(([name, value]) => [name, headerOf(value)])) as object }),
    ...(types.size > 0 && { content }),
  }
}

function headerOf(text: string): object {
  const value = scalarOf(text)
  return { schema: inferredSchema(value), example: value }
}

function mediaOf(type: string, examples: readonly ExportExample[]): object {
  const made = examples.map(({ name, description, body }) => ({ name, description, ...textMedia(body, /json/i.test(type)) }))
  const taken = new Map<string, object>()
  for (const { name, description, example } of made) {
    const key = keyFor(name, taken)
    taken.set(key, { summary: name, ...(description !== '' && { description }), value: example ?? '' })
  }
  return { schema: made[0]?.schema ?? {}, examples: Object.fromEntries(taken) }
}

/** Keys of components and of examples are of letters, digits and a few signs. */
function keyFor(name: string, taken: ReadonlyMap<string, object>): string {
  const plain = name.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'example'
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? plain : `${plain}-${number}`
    if (!taken.has(key)) return key
  }
}

function typeOf(headers: HeaderList): string {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return (value.split(';')[0] ?? '').trim()
}
