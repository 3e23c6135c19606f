/** From the form's body to the bytes to send and the Content-Type they have. */
import { lookup } from 'mime-types'
import { encodeFormText } from '#contract/model/url-query.ts'
import type { Body, Row } from '#contract/model/request.ts'
import { fileSegment, segmentsBody, textBody } from './body-segments.ts'
import { jsonFault } from './json-text.ts'
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
}

const NOTHING: PreparedBody = { source: null, contentType: null, amendedContentType: null }

/** Prepare a body; what cannot be sent becomes problems in its fields. */
export async function prepareBody(body: Body, context: BodyContext, problems: Problems): Promise<PreparedBody> {
  switch (body.kind) {
    case 'none':
      return NOTHING
    case 'json':
      return prepareJson(body.text, body.asTyped, problems)
    case 'text':
      return body.text === '' ? NOTHING : typed(body.text, 'text/plain; charset=utf-8')
    case 'xml':
      return body.text === '' ? NOTHING : typed(body.text, 'application/xml')
    case 'graphql':
      return prepareGraphql(body.query, body.variables, problems)
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

function prepareJson(text: string, asTyped: boolean, problems: Problems): PreparedBody {
  if (text.trim() === '') return NOTHING
  const fault = asTyped ? null : jsonFault(text)
  if (fault !== null) {
    const place = fault.line === null ? '' : ` (line ${fault.line}, column ${fault.column ?? 1})`
    problems.add(
      'InvalidBody',
      { section: 'body', field: 'text' },
      `The body is not valid JSON: ${fault.message}${place}.`,
      'Correct it, or tick "Send as typed".',
    )
  }
  return typed(text, 'application/json')
}

function prepareGraphql(query: string, variables: string, problems: Problems): PreparedBody {
  if (query.trim() === '') return NOTHING
  const fault = variables.trim() === '' ? null : jsonFault(variables)
  if (fault !== null) {
    problems.add(
      'InvalidBody',
      { section: 'body', field: 'variables' },
      `The GraphQL variables are not valid JSON: ${fault.message}.`,
      'Correct them; they are an object such as { "id": 1 }.',
    )
  }
  // The variables' own text goes in, so that numbers and key order stay as typed.
  const rest = variables.trim() === '' ? '' : `,"variables":${variables.trim()}`
  return typed(`{"query":${JSON.stringify(query)}${rest}}`, 'application/json')
}

function prepareForm(rows: readonly Row[]): PreparedBody {
  const sent = rows.filter((row) => row.enabled && (row.name !== '' || row.value !== ''))
  if (sent.length === 0) return NOTHING
  const text = sent.map((row) => `${encodeFormText(row.name)}=${encodeFormText(row.value)}`).join('&')
  return typed(text, 'application/x-www-form-urlencoded')
}

async function prepareMultipart(
  body: Extract<Body, { kind: 'multipart' }>,
  context: BodyContext,
  problems: Problems,
): Promise<PreparedBody> {
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

async function prepareFile(body: Extract<Body, { kind: 'file' }>, baseDir: string | null, problems: Problems): Promise<PreparedBody> {
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
