/** The parameters of an operation, and of the path that it stands under, as rows. */
import type { Param, Row } from '#contract/model/request.ts'
import { styledPairs, styledText, type Style } from './parameter-style.ts'
import { isMapping, type SpecNode } from './spec-node.ts'
import { plainValue } from './plain-schema.ts'
import { sampleValue } from './sampling.ts'

export interface Parameter extends Style {
  readonly place: string
  readonly required: boolean
  readonly description: string
  /** Undefined: the description gives none. */
  readonly value: unknown
  /** Where its schema is: a parameter of Swagger 2.0 is its own. */
  readonly schema: SpecNode
  readonly node: SpecNode
}

const COLLECTION_FORMATS: Readonly<Record<string, { readonly style: string; readonly explode: boolean }>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
}

/** Those of the path first; an operation's own takes the place of one with its name. */
export function parametersOf(pathItem: SpecNode, operation: SpecNode): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const node of [...pathItem.get('parameters').items(), ...operation.get('parameters').items()]) {
    const parameter = parameterOf(node)
    if (parameter.name !== '' || parameter.place === 'body') found.set(`${parameter.place} ${parameter.name}`, parameter)
  }
  return [...found.values()]
}

function parameterOf(node: SpecNode): Parameter {
  const place = node.text('in')
  const [content] = node.get('content').entries()
  const typed = content?.[1] ?? node
  const schema = typed.get('schema').exists ? typed.get('schema') : node
  const legacy = COLLECTION_FORMATS[node.text('collectionFormat') || (schema === node && node.get('type').exists ? 'csv' : '')]
  const style = legacy?.style ?? (node.text('style') || (place === 'query' || place === 'cookie' ? 'form' : 'simple'))
  const explode = node.get('explode').value
  const parameter = {
    name: node.text('name'),
    place,
    required: place === 'path' || node.is('required'),
    description: described(node),
    style,
    explode: typeof explode === 'boolean' ? explode : (legacy?.explode ?? style === 'form'),
    allowReserved: node.is('allowReserved'),
    isJson: content !== undefined && /json/i.test(content[0]),
    schema,
    node,
  }
  return { ...parameter, value: valueOf(typed, schema, parameter.required) }
}

/** First paragraph, on one line: a row has little room. */
function described(node: SpecNode): string {
  const text =
    node
      .text('description')
      .trim()
      .split(/\n\s*\n/)[0] ?? ''
  return [node.is('deprecated') ? 'Deprecated.' : '', text.replace(/\s+/g, ' ')].filter((part) => part !== '').join(' ')
}

/** The example, else the default; of an enumeration the first word; a list or an object that must be is sampled. */
function valueOf(node: SpecNode, schema: SpecNode, required: boolean): unknown {
  const [named] = node.get('examples').entries()
  const [listed] = schema.get('examples').items()
  const candidates = [
    node.get('example').value,
    node.get('x-example').value,
    named?.[1].get('value').value,
    schema.get('example').value,
    listed?.value,
    schema.get('default').value,
    schema.get('const').value,
  ]
  const given = candidates.find((value) => value !== undefined && value !== null)
  if (given !== undefined) return plainValue(given)
  const [word] = schema.get('enum').items()
  if (word) return word.value
  if (schema.get('items').get('enum').exists)
    return schema
      .get('items')
      .get('enum')
      .items()
      .slice(0, 1)
      .map(({ value }) => value)
  const sampled = required && /^(?:array|object)$/.test(schema.text('type')) ? sampleValue(schema, 'request') : undefined
  return isMapping(sampled) || Array.isArray(sampled) ? sampled : undefined
}

/** Rows of the query, and the text that the enabled ones make of it. */
export function queryRows(parameters: readonly Parameter[]): { readonly rows: Param[]; readonly query: string } {
  const rows: Param[] = []
  const texts: string[] = []
  for (const parameter of parameters.filter(({ place }) => place === 'query')) {
    for (const { name, value, raw } of styledPairs(parameter.value, parameter)) {
      const { required, description } = parameter
      if (required) texts.push(raw)
      const isPlain = required || raw === styledPlain(name, value)
      rows.push({ name, value, enabled: required, kind: 'query', ...(!isPlain && { raw }), ...withDescription(description) })
    }
  }
  return { rows, query: texts.join('&') }
}

/** How a pair stands in a query where nothing is special about it. */
function styledPlain(name: string, value: string): string {
  const [pair] = styledPairs(value, { name, style: 'form', explode: true, allowReserved: false, isJson: false })
  return pair?.raw ?? ''
}

export function pathRow(parameter: Parameter): Param {
  const { name, description } = parameter
  return { name, value: styledText(parameter.value, parameter), enabled: true, kind: 'path', ...withDescription(description) }
}

/** Rows of headers that the format leaves to parameters; the three that it does not are taken where they have a value. */
export function headerRows(parameters: readonly Parameter[]): Row[] {
  return parameters
    .filter(
      ({ place, name, value }) => place === 'header' && (value !== undefined || !/^(?:accept|content-type|authorization)$/i.test(name)),
    )
    .map((parameter) => rowOf(parameter, parameter.name, styledText(parameter.value, parameter)))
}

export function cookieRows(parameters: readonly Parameter[]): Row[] {
  return parameters
    .filter(({ place }) => place === 'cookie')
    .flatMap((parameter) => styledPairs(parameter.value, parameter).map(({ name, value }) => rowOf(parameter, name, value)))
}

function rowOf({ required, description }: Parameter, name: string, value: string): Row {
  return { name, value, enabled: required, ...withDescription(description) }
}

function withDescription(description: string): { description?: string } {
  return description === '' ? {} : { description }
}
