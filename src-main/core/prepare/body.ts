/** From the form's body to the bytes to send and the Content-Type they have. */
import type { FieldRef } from '#contract/errors.ts'
import { jsonFault, jsonFaultWords } from '#contract/json-text.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import type { Body, Options, Row } from '#contract/model/request.ts'
import { graphqlText } from '../lib/graphql-text.ts'
import { fileSegment, segmentsBody, textBody } from './body-segments.ts'
import { OutOfRange, pythonJson } from './python-json.ts'
import { chunkedSources, type PartBodies } from './chunked-upload.ts'
import { boundaryFrom, multipartBody, preparedParts, typedBoundary, withBoundary } from './multipart.ts'
import type { BehaviourRules } from './behaviour-rules.ts'
import type { BodySource } from './prepared-request.ts'
import type { Problems } from './problems.ts'

export interface PreparedBody {
  readonly source: BodySource | null
  /** Where a file is sent in parts: the bodies of them all, of which `source` is the first. */
  readonly parts: PartBodies | null
  /** Sent unless the user typed a Content-Type. */
  readonly contentType: string | null
  /** A typed Content-Type to send instead of the one typed: a multipart type that lacked its boundary. */
  readonly amendedContentType: string | null
  readonly isJson: boolean
  /** Sent in chunks, without a length. */
  readonly isChunked: boolean
}

export interface BodyContext {
  readonly baseDir: string | null
  readonly seed: string
  /** The Content-Type that the user typed, if any. */
  readonly typedContentType: string | null
  /** The body before its variables were filled in: a fault is shown where it was typed. */
  readonly typed: Body
  readonly rules: BehaviourRules['body']
  readonly chunkedUpload: Options['chunkedUpload']
  readonly warnings: string[]
}

type BodyOf<K extends Body['kind']> = Extract<Body, { kind: K }>

const NOTHING: PreparedBody = { source: null, parts: null, contentType: null, amendedContentType: null, isChunked: false, isJson: false }

/** Prepare a body; what cannot be sent becomes problems in its fields. */
export function prepareBody(body: Body, context: BodyContext, problems: Problems): PreparedBody | Promise<PreparedBody> {
  if (context.chunkedUpload && body.kind !== 'multipart')
    context.warnings.push('Send in parts applies to a multipart body only; this one is sent whole.')
  switch (body.kind) {
    case 'none':
      return NOTHING
    case 'json':
      return prepareJson(body, context, problems)
    case 'text':
    case 'xml':
      return body.text === '' ? NOTHING : typed(body.text, context.rules.contentTypes[body.kind])
    case 'graphql':
      return prepareGraphql(body, context, problems)
    case 'form':
      return prepareForm(body.rows, context.rules)
    case 'multipart':
      return prepareMultipart(body, context, problems)
    case 'file':
      return prepareFile(body, context, problems)
    case 'websocket':
      return NOTHING
  }
}

function typed(text: string, contentType: string | null): PreparedBody {
  return { ...NOTHING, source: textBody(text), contentType }
}

function prepareJson({ text, asTyped }: BodyOf<'json'>, context: BodyContext, problems: Problems): PreparedBody {
  const { rules, typed: before } = context
  if (text.trim() === '') return NOTHING
  if (asTyped) return { ...typed(text, rules.contentTypes.jsonAsTyped), isJson: true }
  const fault = faultOf(text, before.kind === 'json' ? before.text : text)
  if (fault !== null) {
    problems.add(
      'InvalidBody',
      { section: 'body', field: 'text' },
      `The body is not valid JSON${fault}`,
      'Correct it, or tick "Send as typed".',
    )
    return typed(text, rules.contentTypes.json)
  }
  return jsonBody(text, context, { section: 'body', field: 'text' }, problems)
}

/** JSON as the rules write it: as typed, or as Python would after reading it. */
function jsonBody(text: string, { rules, warnings }: BodyContext, where: FieldRef, problems: Problems): PreparedBody {
  const { json: contentType } = rules.contentTypes
  if (rules.json === 'as-typed') return { ...typed(text, contentType), isJson: true }
  if (text.trim() === 'null') {
    warnings.push('To requests null means that there is no JSON, so no body is sent. Tick "Send as typed" to send it.')
    return NOTHING
  }
  try {
    return { ...typed(pythonJson(text), contentType), isJson: true }
  } catch (error) {
    if (!(error instanceof OutOfRange)) throw error
    const hint = 'Python makes it infinity, which JSON does not have. Tick "Send as typed" to send it.'
    problems.add('InvalidBody', where, `The number ${error.literal.slice(0, 40)} is too large for a float.`, hint)
    return NOTHING
  }
}

function prepareGraphql({ query, variables }: BodyOf<'graphql'>, context: BodyContext, problems: Problems): PreparedBody {
  if (query.trim() === '') return NOTHING
  const { typed: before } = context
  const where = { section: 'body', field: 'variables' } as const
  const fault = variables.trim() === '' ? null : faultOf(variables, before.kind === 'graphql' ? before.variables : variables)
  if (fault !== null) {
    problems.add(
      'InvalidBody',
      where,
      `The GraphQL variables are not valid JSON${fault}`,
      'Correct them; they are an object such as { "id": 1 }.',
    )
    return NOTHING
  }
  // The variables' own text goes in, so that numbers and key order stay as typed.
  return jsonBody(graphqlText({ query, variables }), context, where, problems)
}

/**
 * What is wrong with a text as JSON, to stand behind "is not valid JSON"; null where nothing is. The place is that in
 * the text as typed. Most texts are right, and the engine's own parser says so soonest.
 */
function faultOf(sent: string, asTyped: string): string | null {
  if (parses(sent)) return null
  const fault = jsonFault(asTyped)
  if (fault !== null) return `. ${jsonFaultWords(fault)}`
  // A reference that has no value is a problem of its own, not of the JSON around it. A value may be a secret: not shown.
  if (sent === asTyped || jsonFault(sent) === null) return null
  return ' once its variables are filled in: quote them, or give them values that are JSON.'
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function prepareForm(rows: readonly Row[], rules: BehaviourRules['body']): PreparedBody {
  const sent = rows.filter((row) => row.enabled && (row.name !== '' || row.value !== ''))
  if (sent.length === 0) return NOTHING
  const text =
    rules.form === 'whatwg'
      ? new URLSearchParams(sent.map((row): [string, string] => [row.name, row.value])).toString()
      : sent.map((row) => `${encodeFormText(row.name)}=${encodeFormText(row.value)}`).join('&')
  return typed(text, rules.contentTypes.form)
}

async function prepareMultipart(body: BodyOf<'multipart'>, context: BodyContext, problems: Problems): Promise<PreparedBody> {
  const { typedContentType, rules } = context
  const isTyped = typedContentType !== null && /^\s*multipart\//i.test(typedContentType)
  const isTypedMultipart = isTyped && rules.multipart.typedBoundary === 'heeded'
  const kept = isTypedMultipart ? typedBoundary(typedContentType) : null
  const boundary = kept ?? boundaryFrom(context.seed, rules.multipart.boundary)
  const parts = await preparedParts(body.parts, boundary, { baseDir: context.baseDir, rules: rules.multipart }, problems)
  const sources = context.chunkedUpload
    ? chunkedSources(parts, boundary, context.chunkedUpload, { rules: rules.multipart, problems, warnings: context.warnings })
    : null
  const source = sources?.bodies[0] ?? multipartBody(parts, boundary)
  if (source === null) return NOTHING
  if (isTyped && !isTypedMultipart) {
    context.warnings.push(
      'The typed Content-Type is sent as it is, without the boundary of the body, as by requests: few servers can read that.',
    )
  }
  return {
    ...NOTHING,
    source,
    parts: sources,
    contentType: `multipart/form-data; boundary=${boundary}`,
    amendedContentType: isTypedMultipart && kept === null ? withBoundary(typedContentType, boundary) : null,
  }
}

async function prepareFile(body: BodyOf<'file'>, { baseDir, rules }: BodyContext, problems: Problems): Promise<PreparedBody> {
  if (body.path === '') {
    problems.add(
      'FileNotFound',
      { section: 'body', field: 'path' },
      'No file is chosen for the body.',
      'Choose one, drop one, or set the body type to None.',
    )
    return NOTHING
  }
  try {
    const segment = await fileSegment(body.path, baseDir)
    const { file } = rules.contentTypes
    const found = file === 'by-name' ? await typeByName(body.path) : file
    return {
      ...NOTHING,
      source: segmentsBody([segment]),
      contentType: body.contentType || found,
      isChunked: segment.bytes === 0 && rules.emptyFile === 'chunked',
    }
  } catch (error) {
    problems.catch(error, { section: 'body', field: 'path' })
    return NOTHING
  }
}

/** Loaded here: the table of types is as slow to load as all of this room, and few requests need it. */
async function typeByName(path: string): Promise<string> {
  const { lookup } = await import('mime-types')
  return lookup(path) || 'application/octet-stream'
}
