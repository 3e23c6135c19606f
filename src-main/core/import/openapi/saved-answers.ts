/** Answers that a description has examples of, as saved examples; a schema alone makes none. */
import { STATUS_CODES } from 'node:http'
import type { HeaderList } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { ImportedExample } from '../imported.ts'
import { bodyText, isJsonType, isXmlType, mediaTypesOf, type MediaType, type NamedExample } from './media-types.ts'
import { plainValue } from './plain-schema.ts'
import { scalarText, type SpecNode } from './spec-node.ts'

/** Of one operation. */
const MAX_EXAMPLES = 50

/** @param asked texts of the request's own examples, by name: an answer of the same name is to that one */
export function savedAnswers(operation: SpecNode, document: RequestDocument, asked: ReadonlyMap<string, string>): ImportedExample[] {
  const answers = operation
    .get('responses')
    .entries()
    .filter(([status]) => !status.startsWith('x-'))
    .flatMap(([status, response]) => answersOf(status, response))
  const requestHeaders: HeaderList = document.headers.filter(({ enabled }) => enabled).map(({ name, value }) => [name, value])
  const own = textOf(document)
  return answers.slice(0, MAX_EXAMPLES).map((answer) => ({
    ...answer,
    method: document.method,
    url: document.url,
    requestHeaders,
    requestBody: asked.get(answer.name) ?? own,
  }))
}

type Answer = Omit<ImportedExample, 'method' | 'url' | 'requestHeaders' | 'requestBody'>

function answersOf(code: string, response: SpecNode): Answer[] {
  const status = statusOf(code)
  const statusText = status === null ? '' : (STATUS_CODES[status] ?? '')
  const headers = headersOf(response)
  return typesOf(response).flatMap((media) => {
    const isOnly = media.examples.length === 1
    return media.examples.map((example, index): Answer => ({
      name: example.name || [code, isOnly ? statusText : `${statusText} ${index + 1}`].join(' ').trim(),
      description: example.description || response.text('description'),
      status,
      statusText,
      headers: [['Content-Type', media.type], ...headers],
      body: textOfExample(media, example),
    }))
  })
}

/** Those of OpenAPI 3 under `content`, those of Swagger 2.0 in two places. */
function typesOf(response: SpecNode): MediaType[] {
  const content = response.get('content')
  if (content.exists) return mediaTypesOf(content).filter(({ type }) => !type.includes('*'))
  const schema = response.get('schema')
  return response
    .get('examples')
    .entries()
    .map(([type, { value }]) => ({
      type,
      schema,
      examples: [{ name: '', description: '', value: plainValue(value) }],
      encoding: schema,
    }))
}

function textOfExample(media: MediaType, example: NamedExample): string {
  if (isJsonType(media.type) || isXmlType(media.type)) return bodyText(media, 'response', example)
  return typeof example.value === 'string' ? example.value : JSON.stringify(example.value, null, 2)
}

/** `default` is any status; `4XX` is the first of its class. */
function statusOf(code: string): number | null {
  const number = Number(code.replace(/xx$/i, '00'))
  return Number.isInteger(number) && number >= 100 && number <= 599 ? number : null
}

function headersOf(response: SpecNode): HeaderList {
  return response
    .get('headers')
    .entries()
    .flatMap(([name, header]): HeaderList => {
      const schema = header.get('schema')
      const value = header.get('example').value ?? schema.get('example').value ?? header.get('default').value ?? schema.get('default').value
      const text = scalarText(value)
      return text === '' || name.toLowerCase() === 'content-type' ? [] : [[name, text]]
    })
}

function textOf({ body }: RequestDocument): string | null {
  return body.kind === 'json' || body.kind === 'text' || body.kind === 'xml' ? body.text : null
}
