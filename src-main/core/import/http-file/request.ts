/** One block of a .http file as a request. */
import type { Auth, Options, RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { Notes } from '../notes.ts'
import { requestName } from '../request-parts/request-name.ts'
import { documentOf, type RawBody, type RawRequest } from '../request-parts/raw-request.ts'
import { urlOfTarget, valueOf, withoutOwnHost, type Headers } from '../request-parts/target.ts'
import type { Block, Meta } from './blocks.ts'
import { bodyOf, graphqlOf, messagesOf } from './body.ts'
import { readHandlers } from './handlers.ts'
import type { NamedAnswers } from './named-answers.ts'
import { ownReferences } from './references.ts'

const LINE = /^(?:([A-Z][A-Z-]*)\s+)?(\S.*?)(?:(?<!\s)\s+(HTTP\/\d(?:\.\d)?(?:\s*\([^)]*\))?))?$/
/** Metas that shape no request. */
const SILENT = new Set(['name', 'no-log', 'no-auto-encoding', 'note', 'no-client-version'])

/** @returns null for a block without a request */
export function documentOfBlock(block: Block, notes: Notes, answers?: NamedAnswers): RequestDocument | null {
  const { request } = block
  if (!request) {
    for (const { text, line } of block.others) notes.add('lost', othersWords(text), line, block.title)
    return null
  }
  const [, method = 'GET', target = '', version = ''] = LINE.exec(request.text) ?? []
  const name = nameOfBlock(block)
  const say: Notes['add'] = (severity, message, line = request.line) =>
    notes.add(severity, message, line, name || requestName(method, target))
  if (method === 'GRPC' || method === 'RSOCKET') {
    say('lost', `${method} requests cannot be made.`)
    return null
  }
  for (const { text, line } of block.others) say(text.startsWith('<>') ? 'changed' : 'lost', othersWords(text), line)
  const own = (text: string): string => ownReferences(text, say, answers)
  const typed = block.headers.map(([header, value]) => [header, own(value)] as const)
  const { url, isGuessed } = urlOfTarget(own(target.trim()), typed)
  if (isGuessed) say('changed', `The text does not say whether it is http or https: ${url.slice(0, url.indexOf(':'))} is taken.`)
  const auth = authOf(valueOf(typed, 'authorization'))
  const { options, variables } = optionsOf(block.metas, version, say)
  return documentOf(
    {
      name,
      method: method === 'GRAPHQL' ? 'POST' : method === 'WEBSOCKET' ? 'GET' : method,
      url,
      headers: sentHeaders(typed, url, auth !== null),
      body: bodyOfBlock(block, method, typed, own, say),
      defaultType: null,
      auth,
      options,
      line: request.line,
      more: moreOf(block, variables, say),
    },
    notes,
  )
}

export function nameOfBlock(block: Block): string {
  return block.title || metaName(block)
}

/** The name by which other requests know it. */
export function metaName({ metas }: Block): string {
  return metas.find((meta) => meta.name === 'name')?.value ?? ''
}

/** What stands around a request. */
export function moreOf(block: Block, variables: readonly Variable[], say: Notes['add']): NonNullable<RawRequest['more']> {
  const { scripts, captures } = readHandlers(block.scripts, say)
  return {
    docs: block.comments.join('\n').trim(),
    scripts: [...scripts],
    variables: [...variables],
    ...(captures.length > 0 && { captures: [...captures] }),
  }
}

function othersWords(text: string): string {
  if (/^import\s/.test(text)) return 'Another file is not imported: hand it over along with this one.'
  if (/^run\s/.test(text)) return 'Running another request is not carried over.'
  if (text.startsWith('<>')) return 'The saved response that it refers to is not read.'
  if (text.startsWith('>>')) return 'Where the response is saved is not carried over.'
  if (/^[<>]/.test(text)) return 'A script in a file of its own is not read.'
  return 'A line is no header: it is not carried over.'
}

function sentHeaders(headers: Headers, url: string, hasAuth: boolean): Headers {
  return withoutOwnHost(headers, url).filter(([name]) => {
    const key = name.toLowerCase()
    return key !== 'x-request-type' && !(hasAuth && key === 'authorization')
  })
}

function bodyOfBlock(block: Block, method: string, headers: Headers, own: (text: string) => string, say: Notes['add']): RawBody {
  const lines = block.body.map(own)
  const type = valueOf(headers, 'content-type')
  if (method === 'WEBSOCKET') return { kind: 'made', body: messagesOf(lines, say) }
  if (method === 'GRAPHQL' || /^graphql$/i.test(valueOf(headers, 'x-request-type') ?? '')) return { kind: 'made', body: graphqlOf(lines) }
  const { body, text } = bodyOf(lines, type, say)
  if (text !== null) return { kind: 'text', text }
  return body.kind === 'none' ? { kind: 'none' } : { kind: 'made', body }
}

/** `Basic user password`, `Digest user password`, `AWS id key token:… region:… service:…`; what is encoded is left. */
function authOf(value: string | null): Auth | null {
  const [scheme = '', first = '', second, ...rest] = (value ?? '').trim().split(/\s+/)
  const kind = /^basic$/i.test(scheme) ? 'basic' : /^digest$/i.test(scheme) ? 'digest' : null
  if (kind !== null && second !== undefined) return { kind, username: first, password: [second, ...rest].join(' ') }
  if (kind !== null && second === undefined && first.includes(':')) {
    const colon = first.indexOf(':')
    return { kind, username: first.slice(0, colon), password: first.slice(colon + 1) }
  }
  if (scheme !== 'AWS' || second === undefined) return null
  const part = (name: string): string => rest.find((one) => one.startsWith(`${name}:`))?.slice(name.length + 1) ?? ''
  return {
    kind: 'awsv4',
    accessKeyId: first,
    secretAccessKey: second,
    sessionToken: part('token'),
    service: part('service'),
    region: part('region'),
  }
}

export function optionsOf(metas: readonly Meta[], version: string, say: Notes['add']): { options: Options; variables: Variable[] } {
  let options: Options = /^HTTP\/2/.test(version) ? { http2: true } : {}
  const variables: Variable[] = []
  for (const { name, value, line } of metas) {
    const seconds = secondsOf(value)
    if (name === 'no-redirect') options = { ...options, followRedirects: false }
    else if (name === 'timeout' && seconds !== null) options = { ...options, timeout: { ...options.timeout, read: seconds } }
    else if (name === 'connection-timeout' && seconds !== null) options = { ...options, timeout: { ...options.timeout, connect: seconds } }
    else if (name === 'prompt') variables.push(promptOf(value))
    else if (!SILENT.has(name)) say('lost', `@${name} is not carried over.`, line)
  }
  return { options, variables }
}

/** `10`, `10 s`, `500 ms`, `2 m` */
function secondsOf(text: string): number | null {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(text) ?? []
  if (count === undefined) return null
  return Number(count) * (unit === 'ms' ? 0.001 : unit === 'm' ? 60 : 1)
}

function promptOf(text: string): Variable {
  const [, name = '', description = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? []
  return { name, value: '', enabled: true, ask: true, ...(description !== '' && { description }) }
}
