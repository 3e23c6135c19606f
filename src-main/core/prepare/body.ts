/** From the form's body to the bytes to send and the Content-Type they have. */
import { lookup } from 'mime-types'
import { jsonFault, jsonFaultWords } from '#contract/json-text.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import type { Body, Row } from '#contract/model/request.ts'
import { fileSegment, segmentsBody, textBody } from './body-segments.ts'
import { boundaryFrom, multipartBody, typedBoundary } from './multipart.ts'
import type { BodySource } from './prepared-request.ts'
import type { Problems } from './problems.ts'

export interface PreparedBody {
  readonly source: BodySource | null
  /** Sent unless the user typed a Content-Type. */
  readonly contentType: string | null
  /** A typed Content-Type to send instead of the one typed: a multipart type that lacked its boundary. */
  readonly amendedContentType: string | null
}

export interface BodyContext {
  readonly baseDir: string | null
  readonly seed: string
  /** The Content-Type that the user typed, if any. */
  readonly typedContentType: string | null
  /** The body before its variables were filled in: a fault is shown where it was typed. */
  readonly typed: Body
}

type BodyOf<K extends Body['kind']> = Extract<Body, { kind: K }>

const NOTHING: PreparedBody = { source: null, contentType: null, amendedContentType: null }

/** Prepare a body; what cannot be sent becomes problems in its fields. */
export async function prepareBody(body: Body, context: BodyContext, problems: Problems): Promise<PreparedBody> {
  switch (body.kind) {
    case 'none':
      return NOTHING
    case 'json':
      return prepareJson(body, context.typed, problems)
    case 'text':
      return body.text === '' ? NOTHING : typed(body.text, 'text/plain; charset=utf-8')
    case 'xml':
      return body.text === '' ? NOTHING : typed(body.text, 'application/xml')
    case 'graphql':
      return prepareGraphql(body, context.typed, problems)
    case 'form':
      return prepareForm(body.rows)
    case 'multipart':
      return prepareMultipart(body, context, problems)
    case 'file':
      return prepareFile(body, context.baseDir, problems)
  }
}

function typed(text: string, contentType: string): PreparedBody {
  return { source: textBody(text), contentType, amendedContentType: null }
}

function prepareJson({ text, asTyped }: BodyOf<'json'>, before: Body, problems: Problems): PreparedBody {
  if (text.trim() === '') return NOTHING
  const fault = asTyped ? null : faultOf(text, before.kind === 'json' ? before.text : text)
  if (fault !== null) {
    problems.add(
      'InvalidBody',
      { section: 'body', field: 'text' },
      `The body is not valid JSON${fault}`,
      'Correct it, or tick "Send as typed".',
    )
  }
  return typed(text, 'application/json')
}

function prepareGraphql({ query, variables }: BodyOf<'graphql'>, before: Body, problems: Problems): PreparedBody {
  if (query.trim() === '') return NOTHING
  const fault = variables.trim() === '' ? null : faultOf(variables, before.kind === 'graphql' ? before.variables : variables)
  if (fault !== null) {
    problems.add(
      'InvalidBody',
      { section: 'body', field: 'variables' },
      `The GraphQL variables are not valid JSON${fault}`,
      'Correct them; they are an object such as { "id": 1 }.',
    )
  }
  // The variables' own text goes in, so that numbers and key order stay as typed.
  const rest = variables.trim() === '' ? '' : `,"variables":${variables.trim()}`
  return typed(`{"query":${JSON.stringify(query)}${rest}}`, 'application/json')
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

function prepareForm(rows: readonly Row[]): PreparedBody {
  const sent = rows.filter((row) => row.enabled && (row.name !== '' || row.value !== ''))
  if (sent.length === 0) return NOTHING
  const text = sent.map((row) => `${encodeFormText(row.name)}=${encodeFormText(row.value)}`).join('&')
  return typed(text, 'application/x-www-form-urlencoded')
}

async function prepareMultipart(body: BodyOf<'multipart'>, context: BodyContext, problems: Problems): Promise<PreparedBody> {
  const { typedContentType } = context
  const isTypedMultipart = typedContentType !== null && /^\s*multipart\//i.test(typedContentType)
  const kept = isTypedMultipart ? typedBoundary(typedContentType) : null
  const boundary = kept ?? boundaryFrom(context.seed)
  const source = await multipartBody(body.parts, boundary, context.baseDir, problems)
  if (source === null) return NOTHING
  return {
    source,
    contentType: `multipart/form-data; boundary=${boundary}`,
    amendedContentType: isTypedMultipart && kept === null ? `${typedContentType.replace(/;?\s*$/, '')}; boundary=${boundary}` : null,
  }
}

async function prepareFile(body: BodyOf<'file'>, baseDir: string | null, problems: Problems): Promise<PreparedBody> {
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
    return {
      source: segmentsBody([segment]),
      contentType: body.contentType || lookup(body.path) || 'application/octet-stream',
      amendedContentType: null,
    }
  } catch (error) {
    problems.catch(error, { section: 'body', field: 'path' })
    return NOTHING
  }
}
