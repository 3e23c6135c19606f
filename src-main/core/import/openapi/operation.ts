/** An operation as a request. */
import type { Param, RequestDocument, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { CHECKS_EXTENSION, checkFields, RequestChecksSchema } from '../../lib/request-checks.ts'
import { importedRequest, plainRequest, type ImportedRequest } from '../imported.ts'
import { bodyText, bodyTypesOf, mediaTypesOf, type MediaType } from './media-types.ts'
import type { NoteBook } from './notebook.ts'
import { styledText } from './parameter-style.ts'
import { cookieRows, headerRows, parametersOf, pathRow, queryRows, type Parameter } from './parameters.ts'
import { bodyOf, legacyForm, type MadeBody } from './request-body.ts'
import { savedAnswers } from './saved-answers.ts'
import type { Security } from './security.ts'
import { BASE_URL, ownServer } from './servers.ts'
import type { SpecNode } from './spec-node.ts'

export interface Operation {
  readonly path: string
  /** In capitals. */
  readonly method: string
  readonly pathItem: SpecNode
  readonly node: SpecNode
}

export interface Surroundings {
  readonly root: SpecNode
  readonly security: Security
  readonly notes: NoteBook
}

const NAME_LENGTH = 200

export function operationName({ node, method, path }: Operation): string {
  const name = (node.text('summary') || node.text('operationId') || `${method} ${path}`).replace(/\s+/g, ' ').trim()
  return name.slice(0, NAME_LENGTH)
}

/** @param where what notes are to name it */
export function requestOf(operation: Operation, around: Surroundings, where: string): ImportedRequest {
  const { node, pathItem, method } = operation
  const parameters = parametersOf(pathItem, node)
  const secured = around.security.of(node, where)
  const { body, headers, media } = theBody(node, parameters, around)
  const address = addressOf(operation, parameters, around, where)
  const query = queryRows(parameters)
  const keys = secured.query.map((row): Param => ({ ...row, kind: 'query' }))
  const keyQuery = keys.map(({ name, value }) => `${encodeURIComponent(name)}=${value}`)
  const queryText = [query.query, ...keyQuery].filter((text) => text !== '').join('&')
  const document: RequestDocument = plainRequest(operationName(operation), {
    method,
    url: queryText === '' ? address.url : `${address.url}?${queryText}`,
    params: [...query.rows, ...keys, ...address.rows],
    headers: withoutRepeats([...headers, ...headerRows(parameters), ...secured.headers]),
    body,
    auth: secured.auth,
    cookies: [...cookieRows(parameters), ...secured.cookies],
    variables: address.variables,
    docs: docsOf(node, pathItem),
    ...checksOf(node),
  })
  noteLosses(node, media, around.notes, where)
  return importedRequest(document, savedAnswers(node, document, askedTexts(media[0])))
}

/** Checks that an export of ours wrote beside what a description has words for. */
function checksOf(node: SpecNode): Partial<RequestDocument> {
  const read = RequestChecksSchema.safeParse(node.get(CHECKS_EXTENSION).value)
  return read.success ? checkFields(read.data) : {}
}

interface TheBody extends MadeBody {
  readonly media: readonly MediaType[]
}

function theBody(node: SpecNode, parameters: readonly Parameter[], { root }: Surroundings): TheBody {
  const content = mediaTypesOf(node.get('requestBody').get('content'))
  if (content.length > 0) return { ...bodyOf(content[0]), media: content }
  const consumes = [node.get('consumes'), root.get('consumes')].find(({ exists }) => exists)?.items() ?? []
  const types = consumes.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const fields = parameters.filter(({ place }) => place === 'formData')
  if (fields.length > 0) return { ...legacyForm(fields, types), media: [] }
  const inBody = parameters.find(({ place }) => place === 'body')
  const media = inBody ? bodyTypesOf(inBody, types) : []
  return { ...bodyOf(media[0]), media }
}

interface Address {
  readonly url: string
  readonly rows: Param[]
  readonly variables: Variable[]
}

/** `{id}` that is a whole segment is a row of Params; one beside other text is a variable of the request. */
function addressOf({ path, pathItem, node }: Operation, parameters: readonly Parameter[], { notes }: Surroundings, where: string): Address {
  const server = ownServer(node, notes) ?? ownServer(pathItem, notes)
  const variables: Variable[] = [...(server?.variables ?? [])]
  const rows = new Map<string, Param>()
  const find = (name: string): Parameter | undefined => parameters.find((one) => one.place === 'path' && one.name === name)
  const segments = path.split('/').map((segment) => {
    const whole = /^\{([^{}:]+)\}$/.exec(segment)?.[1]
    if (whole !== undefined) {
      const parameter = find(whole)
      rows.set(whole, parameter ? pathRow(parameter) : { name: whole, value: '', enabled: true, kind: 'path' })
      return `:${whole}`
    }
    return segment.replace(/\{([^{}]+)\}/g, (_all, name: string) => {
      const parameter = find(name)
      const variable = name.replace(/[^\w.-]+/g, '_')
      variables.push({ name: variable, value: parameter ? styledText(parameter.value, parameter) : '', enabled: true })
      notes.add('changed', where, 'Parameters that are a part of a path segment only are variables of the request.')
      return `{{${variable}}}`
    })
  })
  const joined = segments.join('/')
  const tail = joined === '' || joined.startsWith('/') ? joined : `/${joined}`
  return { url: `${server?.url ?? `{{${BASE_URL}}}`}${tail}`, rows: [...rows.values()], variables }
}

function docsOf(node: SpecNode, pathItem: SpecNode): string {
  const link = node.get('externalDocs')
  const address = link.text('url')
  const description = node.text('description').trim()
  const parts = [
    node.is('deprecated') ? '**Deprecated.**' : '',
    // The summary is the name, where there is one.
    description || pathItem.text('description').trim(),
    address === '' ? '' : `[${link.text('description').trim() || address}](${address})`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function noteLosses(node: SpecNode, media: readonly MediaType[], notes: NoteBook, where: string): void {
  const [first, ...others] = media
  const types = [...new Set(others.map(({ type }) => type))].filter((type) => type !== first?.type)
  if (types.length > 0) notes.add('lost', where, `Its body can also be ${types.slice(0, 6).join(', ')}; it is ${first?.type} here.`)
  if (first && first.examples.length > 1) {
    notes.add('lost', where, 'Its body has several examples; the first is in the request, others are with the answers of their name.')
  }
  if (node.get('callbacks').entries().length > 0)
    notes.add('lost', where, 'Callbacks are requests that the server sends; they have no place here.')
  const linked = node
    .get('responses')
    .entries()
    .some(([, response]) => response.get('links').entries().length > 0)
  if (linked) notes.add('lost', where, 'Links between answers and operations have no place here.')
}

/** Texts of a body's examples by their names. */
function askedTexts(media: MediaType | undefined): Map<string, string> {
  if (!media || media.examples.length < 2) return new Map()
  return new Map(media.examples.map((example) => [example.name, bodyText(media, 'request', example)]))
}

function withoutRepeats(rows: readonly Row[]): Row[] {
  const seen = new Set<string>()
  return rows.filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
}
