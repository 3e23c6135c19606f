/** Answers kept as examples in a request's file, as commands: listed, opened as exchanges, added, renamed, and removed with a way back. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ParsedInput } from '#contract/commands.ts'
import { MAX_EXAMPLE_BYTES, type Example } from '#contract/model/example.ts'
import type { Exchange, HeaderList, ReceivedResponse } from '#contract/model/exchange.ts'
import { ExchangeIdSchema, type BodyId, type NodeId } from '#contract/model/ids.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import { bodyLanguage } from '../bodies/body-language.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { toUtf8 } from '../bodies/utf8-text.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import {
  exampleRequest,
  readExamples,
  renamedExample,
  withExample,
  withoutExample,
  type SavedExample,
} from '../storage/opencollection/examples-format.ts'
import { takenBack } from '../storage/opencollection/taken-back.ts'
import type { PlainMap } from '../storage/opencollection/plain-edit.ts'
import type { WorkspaceRequests } from '../storage/workspace-requests.ts'
import type { SecretGuard } from './secret-guard.ts'

export interface ExampleDeps {
  readonly requests: WorkspaceRequests
  readonly bodies: Pick<BodyStore, 'put' | 'read' | 'stat'>
  readonly guard: SecretGuard
  readonly now: () => number
}

interface Removed {
  readonly id: NodeId
  readonly index: number
  readonly example: PlainMap
  /** The file's text before and after. */
  readonly before: string
  readonly after: string
}

type ExampleCommand = `example.${'list' | 'open' | 'add' | 'rename' | 'remove' | 'restore'}`

/** Removed examples that can be had back; more than anyone takes back. */
const MAX_REMOVED = 50

export function exampleHandlers({ requests, bodies, guard, now }: ExampleDeps): Pick<Handlers, ExampleCommand> {
  const removed = new Map<string, Removed>()
  return {
    'example.list': async ({ id }) => ({ examples: readExamples(await requests.text(id), id).map(summaryOf) }),
    'example.open': async ({ id, index, name }) => {
      const example = exampleAt(await requests.text(id), id, index, name)
      return { example: summaryOf(example, index), exchange: await exchangeOf(example, bodies, now()) }
    },
    'example.add': async (input) => {
      const { id, secrets } = input
      const place = { nodeId: id }
      const { example: made, leftOut } = await exampleFrom(input, bodies)
      const example = secrets === 'reference' ? await guard.putReferences(place, made) : made
      await guard({ place, next: example, stored: () => requests.text(id), allowSecrets: secrets === 'clear' })
      let index = 0
      const { revision } = await requests.edit(id, (text, fileName) => {
        index = readExamples(text, fileName).length
        return withExample(text, example, fileName)
      })
      return { revision, index, leftOut }
    },
    'example.rename': async ({ id, index, name, to }) => {
      const { revision } = await requests.edit(id, (text, fileName) => {
        exampleAt(text, fileName, index, name)
        return name === to ? text : renamedExample(text, index, to, fileName)
      })
      return { revision }
    },
    'example.remove': async ({ id, index, name }) => {
      let gone: Removed = { id, index, example: {}, before: '', after: '' }
      const { revision } = await requests.edit(id, (text, fileName) => {
        exampleAt(text, fileName, index, name)
        const without = withoutExample(text, index, fileName)
        gone = { id, index, example: without.example, before: text, after: without.text }
        return without.text
      })
      const removal = randomUUID()
      removed.set(removal, gone)
      const [oldest] = removed.keys()
      if (removed.size > MAX_REMOVED && oldest !== undefined) removed.delete(oldest)
      return { revision, removal }
    },
    'example.restore': async ({ removal }) => {
      const gone = removed.get(removal)
      if (!gone) throw new CoreError('NotFound', 'store', 'This example can no longer be brought back.')
      const { revision } = await requests.edit(gone.id, (text, fileName) => withRemoved(text, gone, fileName))
      removed.delete(removal)
      return { revision }
    },
  }
}

/** With its comments where its place is still known; else as what it says, at its number. */
function withRemoved(text: string, { index, example, before, after }: Removed, fileName: string): string {
  const back = takenBack(text, before, after)
  const plain = withExample(text, example, fileName, index)
  return back !== null && isDeepStrictEqual(readExamples(back, fileName), readExamples(plain, fileName)) ? back : plain
}

function summaryOf({ name, description, request, response }: SavedExample, index: number): Example {
  const { status, statusText } = response
  const isStatus = status !== null && Number.isInteger(status)
  return { index, name, description, method: request.method, url: request.url, status: isStatus ? status : null, statusText }
}

function exampleAt(text: string, fileName: string, index: number, name: string): SavedExample {
  const example = readExamples(text, fileName)[index]
  if (example?.name === name) return example
  throw new CoreError('NotFound', 'store', `The example “${name}” is no longer at its place in the file.`, {
    hint: 'The file was changed meanwhile; open the list of examples again.',
  })
}

/** An example in the form of an exchange that took no time. */
async function exchangeOf({ request, response }: SavedExample, bodies: ExampleDeps['bodies'], at: number): Promise<Exchange> {
  const put = async (text: string | undefined): Promise<{ id: BodyId | null; bytes: number }> =>
    text === undefined || text === '' ? { id: null, bytes: 0 } : bodies.put(Buffer.from(text, 'utf8'))
  const [sent, received] = await Promise.all([put(request.body?.data), put(response.body?.data)])
  const lines = request.headers.map(([name, value]) => `${name}: ${value}`)
  return {
    id: ExchangeIdSchema.parse(`example-${randomUUID()}`),
    startedAt: new Date(at).toISOString(),
    ok: true,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: '1.1',
      headers: request.headers,
      head: [`${request.method} ${request.url} HTTP/1.1`, ...lines].join('\r\n'),
      bodyBytes: sent.bytes,
      bodyId: sent.id,
    },
    response: {
      url: request.url,
      status: response.status ?? 200,
      reason: response.statusText,
      httpVersion: '1.1',
      headers: response.headers,
      informational: [],
      trailers: [],
      cookies: [],
      encoding: received.id === null ? null : 'utf-8',
      // The file's text is UTF-8, whatever a header says of the bytes that once came.
      encodingFrom: received.id === null ? null : 'file',
      bodyBytes: received.bytes,
      wireBytes: received.bytes,
      bodyId: received.id,
    },
    history: [],
    attempts: [],
    timings: NO_TIMINGS,
    connection: null,
    warnings: [],
    error: null,
  }
}

async function exampleFrom(
  { name, document, response }: ParsedInput<'example.add'>,
  bodies: ExampleDeps['bodies'],
): Promise<{ readonly example: PlainMap; readonly leftOut: string[] }> {
  const { kept, leftOut } = sharable(response.headers)
  const body = await bodyOf(response, bodies)
  const example = {
    name,
    request: exampleRequest(document),
    response: {
      status: response.status,
      ...(response.reason !== '' && { statusText: response.reason }),
      ...(kept.length > 0 && { headers: kept.map(([header, value]) => ({ name: header, value })) }),
      ...(body && { body }),
    },
  }
  return { example, leftOut }
}

/** A file of a collection is shared: what opens somebody's account does not belong in it. */
function sharable(headers: HeaderList): { readonly kept: HeaderList; readonly leftOut: string[] } {
  const isSecret = ([name]: HeaderList[number]): boolean => isSecretHeaderName(name) || /^set-cookie2?$/i.test(name)
  return { kept: headers.filter((header) => !isSecret(header)), leftOut: [...new Set(headers.filter(isSecret).map(([name]) => name))] }
}

async function bodyOf(response: ReceivedResponse, bodies: ExampleDeps['bodies']): Promise<PlainMap | null> {
  const { bodyId } = response
  if (bodyId === null) return null
  const stored = await bodies.stat(bodyId)
  if (!stored) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  if (stored.bytes > MAX_EXAMPLE_BYTES) throw tooLarge(stored.bytes)
  const bytes = stored.bytes === 0 ? Buffer.alloc(0) : await bodies.read(bodyId, 0, stored.bytes)
  const text = textOf(bytes, response.encoding ?? 'utf-8')
  if (text.length > MAX_EXAMPLE_BYTES) throw tooLarge(text.length)
  const contentType = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const { language } = bodyLanguage(contentType, text, true)
  return { type: ['json', 'xml', 'html'].includes(language) ? language : 'text', data: text.toString('utf8') }
}

/** @throws {CoreError} `InvalidBody` where the bytes are no text in the encoding */
function textOf(bytes: Buffer, encoding: string): Buffer {
  const pieces: Buffer[] = []
  const stage = toUtf8(encoding, (piece) => pieces.push(Buffer.from(piece)))
  stage.write(bytes)
  stage.end()
  const text = Buffer.concat(pieces)
  if (!text.includes(0) && !text.includes('\uFFFD')) return text
  throw new CoreError('InvalidBody', 'store', 'The body is no text, and an example can hold only text.', {
    hint: 'Download it to a file instead.',
  })
}

function tooLarge(bytes: number): CoreError {
  return new CoreError('TooLarge', 'store', `The body has ${(bytes / 1024 ** 2).toFixed(1)} MiB; an example can hold 1 MiB.`, {
    hint: 'Download it to a file instead.',
  })
}
