/**
 * The examples of a request's file: answers with the requests they are to, as OpenCollection and Bruno write them. Read
 * forgivingly; changed in place, so that comments, other keys and the rest of the file stay as they are.
 */
import { isMap, type Document, type YAMLMap } from 'yaml'
import type { HeaderList } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { TreeExample } from '../../lib/request-tree.ts'
import { isMapping, plainOf, type Plain, type PlainMap } from './plain-edit.ts'
import { newRequestText } from './request-format.ts'
import { readRows, ROWS } from './rows.ts'
import { editList, editMap, fresh, type Change, type Edit } from './yaml-edit.ts'
import { followed, itemsOf, numberOf, textOf, valueOf, type Value } from './yaml-nodes.ts'
import { patchYaml } from './yaml-patch.ts'
import type { Fresh } from './yaml-render.ts'
import { parseYaml, unreadable, type YamlSource } from './yaml-source.ts'

export interface SavedExample {
  readonly name: string
  readonly description: string
  readonly request: { readonly method: string; readonly url: string; readonly headers: HeaderList; readonly body: ExampleBody | null }
  readonly response: {
    /** Null where the file gives none. */
    readonly status: number | null
    readonly statusText: string
    readonly headers: HeaderList
    readonly body: ExampleBody | null
  }
}

export interface ExampleBody {
  /** `json`, `text`, `xml`, `html` or `binary`. */
  readonly type: string
  readonly data: string
}

/** Where `examples` stands among the keys of a file. */
const BEFORE = { info: undefined, http: undefined, graphql: undefined, runtime: undefined, settings: undefined }

/** @throws {CoreError} `Unreadable` */
export function readExamples(text: string, fileName: string): SavedExample[] {
  // Parsing is most of the work, and few files have any.
  if (!/^["']?examples["']?\s*:/m.test(text)) return []
  const { document } = parseYaml(text, fileName)
  return nodesOf(document).map((node) => exampleOf(node, document))
}

/** The text with one more example, at the end or at a place. */
export function withExample(text: string, example: PlainMap, fileName: string, at = Infinity): string {
  return editExamples(text, fileName, (items) => items.toSpliced(at, 0, fresh(freshValue(example))))
}

/** The text with examples after those that it has. */
export function withExamples(text: string, examples: readonly PlainMap[], fileName: string): string {
  if (examples.length === 0) return text
  return editExamples(text, fileName, (items) => [...items, ...examples.map((example) => fresh(freshValue(example)))])
}

export function withoutExample(text: string, index: number, fileName: string): { readonly text: string; readonly example: PlainMap } {
  const { document } = parseYaml(text, fileName)
  const plain = plainOf(nodesOf(document)[index] ?? null, document)
  return { text: editExamples(text, fileName, (items) => items.toSpliced(index, 1)), example: isMapping(plain) ? plain : {} }
}

export function renamedExample(text: string, index: number, name: string, fileName: string): string {
  return editExamples(text, fileName, (items, document) =>
    items.map((item, at) => {
      if (at !== index || item.kind !== 'keep') return item
      return editMap(item.node, document, { name: fresh(name) }) ?? item
    }),
  )
}

/** What an example says of its request: all but credentials and settings, with variables by their names. */
export function exampleRequest(document: RequestDocument): PlainMap {
  const section = document.body.kind === 'graphql' ? 'graphql' : 'http'
  const source = parseYaml(newRequestText(document, 1), 'The example')
  const plain = plainOf(valueOf(source.document.contents, section, source.document), source.document)
  if (!isMapping(plain)) return {}
  const { method, url, headers, params, body } = plain
  return Object.fromEntries(Object.entries({ url, method, headers, params, body }).filter(([, value]) => value !== undefined))
}

function editExamples(text: string, fileName: string, change: (items: readonly Edit[], document: Document) => readonly Edit[]): string {
  return patchYaml(parseYaml(text, fileName, true), (source) => {
    const { document } = source
    const root = rootOf(source, fileName)
    const items = nodesOf(document).map((node): Edit => ({ kind: 'keep', node }))
    const examples: Change = editList(valueOf(root, 'examples', document), document, change(items, document))
    const edit = editMap(root, document, { ...BEFORE, examples, docs: undefined })
    if (edit?.kind !== 'map') throw new Error('An edit of examples came to nothing.')
    return edit
  })
}

function rootOf({ document }: YamlSource, fileName: string): YAMLMap {
  if (isMap(document.contents)) return document.contents
  throw unreadable(fileName, 'it is not a mapping of keys to values')
}

function nodesOf(document: Document): Value[] {
  const root = document.contents
  return isMap(root) ? itemsOf(valueOf(root, 'examples', document), document) : []
}

function exampleOf(node: Value, document: Document): SavedExample {
  const text = (of: Value, key: string): string => textOf(valueOf(of, key, document), document)
  const [request, response] = [valueOf(node, 'request', document), valueOf(node, 'response', document)]
  return {
    name: text(node, 'name') || 'Untitled example',
    description: text(node, 'description'),
    request: {
      method: text(request, 'method') || 'GET',
      url: text(request, 'url'),
      headers: headersOf(request, document),
      body: bodyOf(request, document),
    },
    response: {
      status: numberOf(valueOf(response, 'status', document), document) ?? null,
      statusText: text(response, 'statusText'),
      headers: headersOf(response, document),
      body: bodyOf(response, document),
    },
  }
}

function headersOf(node: Value, document: Document): HeaderList {
  return readRows(valueOf(node, 'headers', document), document, ROWS)
    .filter(({ enabled, value }) => enabled && value !== null)
    .map(({ name, value }) => [name, value ?? ''])
}

function bodyOf(node: Value, document: Document): ExampleBody | null {
  const body = valueOf(node, 'body', document)
  if (!isMap(followed(body, document))) return null
  const data = valueOf(body, 'data', document)
  return { type: textOf(valueOf(body, 'type', document), document) || 'text', data: textOf(data, document) }
}

function freshValue(plain: Plain): Fresh {
  if (Array.isArray(plain)) return plain.map((item: Plain) => freshValue(item))
  if (!isMapping(plain)) return plain as Fresh // what is no list and no mapping is a scalar
  return Object.fromEntries(Object.entries(plain).flatMap(([key, value]) => (value === undefined ? [] : [[key, freshValue(value)]])))
}

/** The example as it goes to other formats. */
export function treeExampleOf({ name, description, request, response }: SavedExample): TreeExample {
  return {
    name,
    description,
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    requestBody: request.body?.data ?? null,
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
    body: response.body?.data ?? '',
  }
}
