/** What an expression comes to over an exchange. The body is read only where it is asked for, and once. */
import type { Exchange, Hop, ReceivedResponse, ResponseCookie } from '#contract/model/exchange.ts'
import { assertNever } from '#contract/result.ts'
import type { JsonValue } from '../bodies/lossless-json.ts'
import { answerBody, type AnswerBody } from './answer-body.ts'
import type { BodyDeps } from './body-source.ts'
import type { Expression, Source, Step } from './expression.ts'
import { headersValue, headerValue } from './headers.ts'
import { stepInto } from './json-value.ts'
import { firstMatch, matchedBy, patternFault, REGEX_MS, type Matched } from './regex.ts'
import { schemaValue, type ReadSchema } from './schema.ts'
import { simplePath } from './simple-path.ts'
import { known, NOTHING, problem, textual, type Actual, type CheckProblem, type Known } from './value.ts'

/** An exchange that has an answer, and what is needed to look at it. */
export interface Answer {
  readonly exchange: Exchange
  readonly response: ReceivedResponse
  readonly body: AnswerBody
  readonly deps: AnswerDeps
}

export interface AnswerDeps extends BodyDeps {
  readonly readSchema: ReadSchema
}

type Found = Actual | CheckProblem

export function answerOf(exchange: Exchange, response: ReceivedResponse, deps: AnswerDeps): Answer {
  return { exchange, response, body: answerBody(response, deps), deps }
}

/** Says which values of the body will be asked for. */
export function planReads({ body }: Answer, expressions: readonly Expression[]): void {
  body.plan(
    expressions.flatMap(({ source, steps }) => {
      if (source.kind === 'body') return [steps]
      const path = source.kind === 'query' && source.language === 'jsonpath' ? simplePath(source.query) : null
      if (path) return [[...path, ...steps]]
      return source.kind === 'loose' && source.path.every(({ deep }) => !deep) ? [[...source.path.map(({ key }) => key), ...steps]] : []
    }),
  )
}

/** The value, or why it cannot be told. */
export function readValue({ source, steps }: Expression, answer: Answer): Found | Promise<Found> {
  if (source.kind === 'body') return answer.body.at(steps)
  const path = source.kind === 'query' && source.language === 'jsonpath' ? simplePath(source.query) : null
  if (path) return answer.body.at([...path, ...steps])
  const found = sourceValue(source, steps, answer)
  return found instanceof Promise ? found.then((value) => stepOn(value, rest(source, steps))) : stepOn(found, rest(source, steps))
}

/** Of names (headers, cookies) the first step has been taken with the source. */
function rest({ kind }: Source, steps: readonly Step[]): readonly Step[] {
  return kind === 'headers' || kind === 'requestHeaders' ? steps.slice(1) : steps
}

function sourceValue(source: Source, steps: readonly Step[], answer: Answer): Found | Promise<Found> {
  const { exchange, response, body } = answer
  switch (source.kind) {
    case 'status':
      return known(response.status)
    case 'statusText':
      return textual(response.reason)
    case 'httpVersion':
      return textual(response.httpVersion)
    case 'ok':
      return known(response.status < 400)
    case 'url':
      return textual(response.url)
    case 'encoding':
      return response.encoding === null ? known(null) : textual(response.encoding)
    case 'responseTime':
      return known(exchange.timings.total)
    case 'timings':
      return known({ ...exchange.timings, other: exchange.timings.other ?? 0 })
    case 'size':
      return known(response.bodyBytes)
    case 'sizes':
      return known(sizesOf(response))
    case 'headers':
      return headersAt(response.headers, steps)
    case 'requestHeaders':
      return headersAt(exchange.request?.headers ?? [], steps)
    case 'requestMethod':
      return exchange.request ? textual(exchange.request.method) : NOTHING
    case 'requestUrl':
      return exchange.request ? textual(exchange.request.url) : NOTHING
    case 'cookies':
      return cookiesAt(response.cookies, steps)
    case 'history':
      return known(exchange.history.map(hopValue))
    case 'body':
    case 'text':
      return body.text()
    case 'loose':
      return body.loose(source.path)
    case 'query':
      return body.query(source.language, source.query)
    case 'regex':
      return regexValue(source, answer)
    case 'schema':
      return schemaValue(source.schema, body, answer.deps.readSchema)
    case 'gate':
      return gateValue(response)
    default:
      return assertNever(source)
  }
}

/** `raise_for_status()` of requests: an answer of 400 or more does not pass. */
export function gateValue({ status, reason }: ReceivedResponse): Known {
  return { ...known(status < 400), shown: `${status} ${reason}`.trim() }
}

function headersAt(headers: ReceivedResponse['headers'], [name]: readonly Step[]): Known {
  if (name === undefined) return known(headersValue(headers))
  const value = headerValue(headers, String(name))
  if (value === undefined) return NOTHING
  return typeof value === 'string' ? textual(value) : known(value)
}

/** A cookie by its name is its value; what else is known of it is a step further. */
function cookiesAt(cookies: readonly ResponseCookie[], [name, ...further]: readonly Step[]): Known {
  if (name === undefined) return known(Object.fromEntries(cookies.map((one) => [one.name, one.value])))
  if (name === 'length') return known({ length: cookies.length })
  const found = cookies.findLast((one) => one.name === String(name))
  if (!found) return known({})
  return further.length > 0 ? known({ [found.name]: { ...found } }) : { ...known({ [found.name]: found.value }), isText: true }
}

function sizesOf({ headers, bodyBytes }: ReceivedResponse): { [name: string]: JsonValue } {
  const ofHeaders = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return { body: bodyBytes, headers: ofHeaders, total: bodyBytes + ofHeaders }
}

function hopValue({ kind, request, response, because }: Hop): JsonValue {
  return {
    kind,
    method: request.method,
    url: request.url,
    status: response.status,
    statusText: response.reason,
    headers: headersValue(response.headers),
    because,
  }
}

async function regexValue({ pattern, flags }: Extract<Source, { kind: 'regex' }>, { body, deps }: Answer): Promise<Found> {
  const text = await body.text()
  const matched: Matched | CheckProblem =
    text.kind === 'value'
      ? await firstMatch(pattern, flags, typeof text.value === 'string' ? text.value : '', deps.worker, deps.signal)
      : (patternFault(pattern, flags) ?? (await inBody(pattern, flags, body)))
  if (matched.kind === 'problem') return matched
  return matched.match === null ? NOTHING : textual(matched.match)
}

async function inBody(pattern: string, flags: string, body: AnswerBody): Promise<Matched | CheckProblem> {
  const result = await body.task(({ source, encoding }) => ({ kind: 'regex', pattern, flags, source, encoding, timeMs: REGEX_MS }))
  return result.kind === 'problem' ? problem(result.message) : matchedBy(result)
}

function stepOn(found: Found, steps: readonly Step[]): Found {
  if (steps.length === 0 || found.kind === 'problem') return found
  switch (found.kind) {
    case 'value': {
      const value = stepInto(found.value, steps)
      return found.isText === true && typeof value.value === 'string' ? { ...value, isText: true } : value
    }
    case 'matches': {
      const [first, ...others] = steps
      if (first === 'length') return known(found.total)
      const item = typeof first === 'number' ? found.items[first] : undefined
      if (!item) return NOTHING
      return others.length === 0 ? item : stepInto(item.value, others)
    }
    case 'large':
      return steps.length === 1 && steps[0] === 'length' && found.length !== null
        ? known(found.length)
        : problem('It is too large to be looked into: name the way to the value.')
  }
}
