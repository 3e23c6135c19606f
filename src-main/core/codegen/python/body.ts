/**
 * The body of a call: `json=` and `data=`. What requests makes of a value goes into the code only where that is the very
 * body that the prepared request has; otherwise the text does.
 */
import type { Body } from '#contract/model/request.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import { pythonJson } from '../../prepare/python-json.ts'
import { NO_BODY, typeCode, wantedType, type BodyContext, type PythonBody, type Wanted } from './body-parts.ts'
import { jsonLiteral } from './json-literal.ts'
import { multipartBody } from './files.ts'
import { argument, dict, pairs, type Item } from './python-layout.ts'
import { hasRepeated } from './url.ts'

type BodyOf<K extends Body['kind']> = Extract<Body, { kind: K }>

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** The body of a request. */
export function bodyOf(context: BodyContext): PythonBody {
  const { source } = context
  const { body } = source.form
  // Nothing is sent of an empty one.
  if (source.request.body === null) return NO_BODY
  switch (body.kind) {
    case 'none':
    case 'websocket':
      return NO_BODY
    case 'json':
      return jsonBody(body, context)
    case 'text':
    case 'xml':
      return textBody(body.text, wantedType(context), context)
    case 'graphql':
      return graphqlBody(body, context)
    case 'form':
      return formBody(body, context)
    case 'multipart':
      return multipartBody(body, context)
    case 'file': {
      const path = context.script.path(body.path)
      const base = { ...NO_BODY, items: [argument('data', 'file')], files: [{ name: 'file', path }] }
      return { ...base, type: typeCode(wantedType(context), context) }
    }
  }
}

/** A text as it is; in bytes where it is more than ASCII, because not every version of urllib3 takes UTF-8 for granted. */
function textBody(text: string, wanted: Wanted, context: BodyContext): PythonBody {
  const { script, source } = context
  const code = script.lines(text, 'body')
  const isPlain = /^[\0-\x7f]*$/.test(text) && !source.placeholders.isIn(text)
  return { ...NO_BODY, items: [argument('data', isPlain ? code : `${code}.encode()`)], type: typeCode(wanted, context) }
}

function jsonBody({ text, asTyped }: BodyOf<'json'>, context: BodyContext): PythonBody {
  const { rules, script } = context
  const wanted = wantedType(context)
  const isRewritten = rules.body.json === 'python' && !asTyped
  const written = dumped(text)
  const sent = isRewritten ? (written ?? text) : text
  // Without a type of its own only where it is sent as typed: a placeholder in it may have made it no JSON for the moment.
  const isTypeless = wanted === null && (asTyped || isOmitted(context))
  if (written === sent && !isTypeless) {
    const literal = jsonLiteral(text, script.exact)
    if (literal !== null && literal !== 'None') return withType([argument('json', literal)], JSON_TYPE, wanted, context)
  }
  return textBody(sent, wanted === null && !isTypeless ? { kind: 'own', value: JSON_TYPE } : wanted, context)
}

function isOmitted({ source, rules }: BodyContext): boolean {
  return rules.head.onOmit.takes === 'all' && source.omitted.has('content-type')
}

/** What `json.dumps` makes of a text; null where it is no JSON. */
function dumped(text: string): string | null {
  try {
    JSON.parse(text)
    return pythonJson(text)
  } catch {
    return null
  }
}

/** How the query and its variables are put into JSON is Posthaste's doing, so that requests may as well do it. */
function graphqlBody({ query, variables }: BodyOf<'graphql'>, context: BodyContext): PythonBody {
  const { script } = context
  const wanted = wantedType(context)
  const given = variables.trim()
  const literal = given === '' ? null : dumped(given) === null ? null : jsonLiteral(given, script.exact)
  if (wanted === null || (given !== '' && literal === null)) {
    return textBody(graphqlText({ query, variables }), wanted ?? { kind: 'own', value: JSON_TYPE }, context)
  }
  const code = query.isWellFormed() ? script.lines(query, 'query') : script.exact(query)
  const value = dict([['"query"', code], ...(literal === null ? [] : [['"variables"', literal] as const])])
  return withType([argument('json', value)], JSON_TYPE, wanted, context)
}

function formBody({ rows }: BodyOf<'form'>, context: BodyContext): PythonBody {
  const { rules, script } = context
  const wanted = wantedType(context)
  const sent = rows.filter((row) => row.enabled && (row.name !== '' || row.value !== '')).map(({ name, value }) => [name, value] as const)
  const encoded = sent.map((row) => row.map(encodeFormText).join('=')).join('&')
  const text =
    rules.body.form === 'whatwg' ? new URLSearchParams(sent.map(([name, value]): [string, string] => [name, value])).toString() : encoded
  if (text !== encoded || wanted === null) {
    return { ...NO_BODY, items: [argument('data', script.encoded(text))], type: typeCode(wanted, context) }
  }
  const code = pairs(
    sent.map(([name, value]) => [script.text(name), script.text(value)]),
    hasRepeated(sent),
  )
  return withType([argument('data', code)], FORM_TYPE, wanted, context)
}

function withType(items: readonly Item[], ownType: string, wanted: Wanted, context: BodyContext): PythonBody {
  const isOwn = wanted?.kind === 'own' && wanted.value === ownType
  return { ...NO_BODY, items, ownType, type: isOwn ? null : typeCode(wanted, context) }
}
