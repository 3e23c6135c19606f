/**
 * The body of an answer, read as checks need it: small ones whole, once; of larger JSON what simple paths lead to, in one pass
 * over its bytes; queries and regular expressions by the query worker, which can be ended.
 */
import type { QueryKind } from '#contract/model/body-query.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { bodyLanguage } from '../bodies/body-language.ts'
import { isJsonType, mediaType } from '../bodies/declared-charset.ts'
import { parseLosslessJson, type LosslessJson } from '../bodies/lossless-json.ts'
import type { QueryResult, QueryTask } from '../bodies/query-worker.ts'
import { toUtf8 } from '../bodies/utf8-text.ts'
import type { LooseStep, Step } from './expression.ts'
import { headerText } from './headers.ts'
import { looseValue, valueIn } from './json-value.ts'
import { largeJson } from './large-json.ts'
import { queryMatches } from './query-matches.ts'
import { known, problem, textual, type Actual, type CheckProblem, type Large } from './value.ts'
import type { BodyDeps, BodySource } from './body-source.ts'

export interface AnswerBody {
  /** What steps lead to in JSON; of anything else the text, where there are no steps. */
  readonly at: (steps: readonly Step[]) => Promise<Actual | CheckProblem>
  readonly loose: (path: readonly LooseStep[]) => Promise<Actual | CheckProblem>
  readonly text: () => Promise<Actual>
  readonly query: (language: QueryKind, query: string) => Promise<Actual | CheckProblem>
  /** A task of the worker over the body, as far as the worker reads so large ones. */
  readonly task: (make: (source: BodySource) => QueryTask) => Promise<QueryResult | CheckProblem>
  /** Says which paths will be asked for, so that one pass over a large body finds them all. */
  readonly plan: (paths: readonly (readonly Step[])[]) => void
}

const MIB = 1024 * 1024
/** JSON of this size is read where we are; larger is gone through as it streams. */
const IN_PLACE_BYTES = MIB
/** Texts up to this size are held. */
const TEXT_BYTES = 16 * MIB
/** JSON of this size goes by for a query in the worker, where it can be answered so. */
const STREAMED_BYTES = 16 * MIB
/** Longest time for that, in milliseconds for each MiB. */
const STREAMED_MS_PER_MIB = 500
/** What the worker reads whole. */
const WORKER_BYTES = { json: 64 * MIB, markup: 16 * MIB }
/** Bodies of this size go to the worker as they are; larger ones are read from their files there. */
const HANDED_BYTES = 256 * 1024

type Read =
  { readonly kind: 'json'; readonly json: LosslessJson } | { readonly kind: 'other'; readonly text: string; readonly fault: string }

export function answerBody(response: ReceivedResponse, deps: BodyDeps): AnswerBody {
  const { bodyId: id, bodyBytes: bytes } = response
  const contentType = headerText(response.headers, 'content-type') ?? ''
  const encoding = response.encoding ?? 'utf-8'
  let text: Promise<string> | null = null
  let read: Promise<Read> | null = null
  const large = id !== null && bytes > IN_PLACE_BYTES ? largeJson(deps.bodies, id, encoding) : null
  const textOf = (): Promise<string> => (text ??= id === null ? Promise.resolve('') : decoded(deps, id, bytes, encoding))
  const readWhole = (): Promise<Read> => (read ??= textOf().then((content) => readText(content, contentType)))
  const textValue = async (): Promise<Actual> =>
    id !== null && bytes > TEXT_BYTES ? largeText(deps, id, bytes, encoding) : textual(await textOf())
  const ofJson = async (ask: (json: LosslessJson) => Actual): Promise<Actual | CheckProblem> => {
    const whole = await readWhole()
    return whole.kind === 'json' ? ask(whole.json) : notJson(whole)
  }
  return {
    plan: (paths) => large?.plan(paths),
    text: textValue,
    at: async (steps) => {
      if (steps.length === 0 || (steps.length === 1 && steps[0] === 'length')) return wholeBody(steps)
      return large ? large.at(steps) : ofJson((json) => valueIn(json, steps))
    },
    loose: async (path) => {
      if (!large) return ofJson(({ root }) => looseValue(root, path))
      if (path.every(({ deep }) => !deep)) return large.at(path.map(({ key }) => key))
      return problem('So large a body is not searched at any depth: name the way to the value.')
    },
    task: async (make) =>
      bytes > WORKER_BYTES.json ? tooLarge(bytes, WORKER_BYTES.json) : deps.worker.run(make(await source()), deps.signal),
    query: (language, query) => queryBody(deps, bytes, source, language, query),
  }

  async function wholeBody(steps: readonly Step[]): Promise<Actual | CheckProblem> {
    if (large && looksLikeJson(await startOf(deps, id, 1024))) return large.at(steps)
    const whole: Read = large ? { kind: 'other', text: '', fault: '' } : await readWhole()
    if (whole.kind === 'json') return valueIn(whole.json, steps)
    const shown = await textValue()
    if (steps.length === 0) return shown
    return shown.kind === 'value' && typeof shown.value === 'string'
      ? known(shown.value.length)
      : problem('The text is too large to be counted.')
  }

  async function source(): Promise<BodySource> {
    const start = await startOf(deps, id, Math.min(bytes, HANDED_BYTES))
    const isSmall = id === null || bytes <= HANDED_BYTES
    return {
      textId: `${id ?? 'none'} ${encoding} ${contentType}`,
      source: isSmall ? start : await deps.bodies.path(id),
      encoding,
      language: bodyLanguage(contentType, start, isSmall).language,
      scratch: null,
      timeMs: null,
    }
  }
}

async function queryBody(
  deps: BodyDeps,
  bytes: number,
  source: () => Promise<BodySource>,
  language: QueryKind,
  query: string,
): Promise<Actual | CheckProblem> {
  if (language !== 'jsonpath' && bytes > WORKER_BYTES.markup) return tooLarge(bytes, WORKER_BYTES.markup)
  const held = await source()
  if (language !== 'jsonpath' || bytes <= STREAMED_BYTES) return queryMatches(deps, held, language, query)
  const timeMs = Math.ceil(bytes / MIB) * STREAMED_MS_PER_MIB
  const streamed = { ...held, textId: `${held.textId} going by`, scratch: await deps.scratch(), timeMs }
  const found = await queryMatches(deps, streamed, language, query)
  // Not every query can be answered as the text goes by.
  return found.kind === 'problem' && bytes <= WORKER_BYTES.json ? queryMatches(deps, held, language, query) : found
}

/** Where the name of a member is asked of a text, nothing is there; that the text is no JSON is worth a word. */
function notJson({ text, fault }: Extract<Read, { kind: 'other' }>): Actual | CheckProblem {
  if (text === '') return problem('The body is empty.')
  return problem(fault === '' ? 'The body is not JSON.' : `The body is not JSON: ${fault}`)
}

function readText(text: string, contentType: string): Read {
  const isJson = isJsonType(mediaType(contentType))
  if (text === '' || !(isJson || looksLikeJson(text))) return { kind: 'other', text, fault: '' }
  const json = parseLosslessJson(text)
  if (json.kind === 'fault') return { kind: 'other', text, fault: isJson ? json.message : '' }
  // Words and numbers one after the other are a text, unless they say that they are JSON.
  return json.several !== null && !isJson && !/^\s*[[{]/.test(text) ? { kind: 'other', text, fault: '' } : { kind: 'json', json }
}

function looksLikeJson(start: string | Buffer): boolean {
  return /^\s*[[{"\d\-tfn]/.test(typeof start === 'string' ? start.slice(0, 1024) : start.toString('latin1', 0, 1024))
}

async function startOf({ bodies }: BodyDeps, id: BodyId | null, length: number): Promise<Buffer> {
  return id === null ? Buffer.alloc(0) : bodies.read(id, 0, length)
}

async function decoded({ bodies }: BodyDeps, id: BodyId, bytes: number, encoding: string): Promise<string> {
  const pieces: Uint8Array[] = []
  const stage = toUtf8(encoding, (piece) => pieces.push(piece))
  stage.write(await bodies.read(id, 0, bytes))
  stage.end()
  return Buffer.concat(pieces).toString('utf8')
}

function largeText({ bodies }: BodyDeps, id: BodyId, bytes: number, encoding: string): Large {
  return { kind: 'large', type: 'string', length: null, bytes, contains: (text) => streamContains(bodies, id, encoding, text) }
}

/** Whether a body has a text somewhere, in little memory. */
async function streamContains(bodies: BodyDeps['bodies'], id: BodyId, encoding: string, text: string): Promise<boolean> {
  const wanted = Buffer.from(text, 'utf8')
  let tail: Uint8Array = Buffer.alloc(0)
  let isFound = wanted.length === 0
  const stage = toUtf8(encoding, (piece) => {
    if (isFound) return
    const window = Buffer.concat([tail, piece])
    isFound = window.includes(wanted)
    tail = window.subarray(Math.max(0, window.length - wanted.length + 1))
  })
  for await (const chunk of bodies.stream(id)) {
    if (Buffer.isBuffer(chunk)) stage.write(chunk)
    if (isFound) return true
  }
  stage.end()
  return isFound
}

function tooLarge(bytes: number, limit: number): CheckProblem {
  return problem(
    `Bodies up to ${limit / MIB} MiB are searched so; this one has ${Math.ceil(bytes / MIB)} MiB. Name the way to the value, such as $.items[0].id.`,
  )
}
