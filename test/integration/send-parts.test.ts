import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { createGate } from '#core/send/gate.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

const CONTENT = 'abcdefghijklmnopqrstuvwxyz'

interface Taken {
  readonly index: string
  readonly total: string
  readonly content: string
  readonly cookie: string | undefined
}

/** Takes parts, and answers each with the status that `answer` gives. */
async function partServer(answer: (part: Taken, count: number) => number = () => 201): Promise<HttpServer & { taken: Taken[] }> {
  const taken: Taken[] = []
  const server = await httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      const text = body.toString('latin1')
      const field = (name: string): string => new RegExp(`name="${name}"\r\n\r\n([^\r]*)`).exec(text)?.[1] ?? ''
      const content = /filename="data\.bin"\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)\r\n/.exec(text)?.[1] ?? ''
      const part = { index: field('chunk_index'), total: field('total_chunks'), content, cookie: request.headers.cookie }
      const status = answer(part, taken.push(part))
      response.writeHead(status, { 'set-cookie': `seen=${part.index}`, ...(status === 307 && { location: '/moved' }) }).end(part.index)
    })
  })
  return { ...server, taken }
}

async function upload(url: string, content = CONTENT, options: Options = {}): Promise<Partial<RequestDocument> & { path: string }> {
  const path = join(await tempDir(), 'data.bin')
  await writeFile(path, content)
  return {
    path,
    url,
    method: 'POST',
    body: {
      kind: 'multipart',
      parts: [{ kind: 'file', name: 'file', files: [path], filename: '', enabled: true, contentType: '', headers: [] }],
    },
    options: { chunkedUpload: { parts: 4 }, ...options },
  }
}

const contents = (taken: readonly Taken[]): string => taken.map(({ content }) => content).join('')
const partSteps = (steps: readonly ExchangeStep[]): unknown[] =>
  steps.flatMap((step) => (step.kind === 'part' ? [[step.number, step.of, step.sentBefore, step.totalBytes]] : []))

describe('an upload in parts', () => {
  test('sends them in order, each a hop of its own, with the cookies the last one brought', async () => {
    const server = await partServer()
    const kit = await sendKit()

    const exchange = await kit.send(await upload(server.url))

    expect(server.taken.map(({ index, total, content }) => [index, total, content])).toEqual([
      ['0', '4', 'abcdefg'],
      ['1', '4', 'hijklmn'],
      ['2', '4', 'opqrstu'],
      ['3', '4', 'vwxyz'],
    ])
    expect(server.taken.map(({ cookie }) => cookie)).toEqual([undefined, 'seen=0', 'seen=1', 'seen=2'])
    expect(exchange).toMatchObject({ ok: true, response: { status: 201 } })
    expect(exchange.history.map(({ kind, because }) => [kind, because])).toEqual([
      ['part', '201: part 1 of 4 was taken'],
      ['part', '201: part 2 of 4 was taken'],
      ['part', '201: part 3 of 4 was taken'],
    ])
    expect(await kit.text(exchange.response?.bodyId)).toBe('3')
  })

  test('counts its bytes over all parts', async () => {
    const server = await partServer()
    const kit = await sendKit()

    const exchange = await kit.send(await upload(server.url))

    const lengths = [...exchange.history.map(({ request }) => request.bodyBytes), exchange.request?.bodyBytes ?? 0]
    const before = (count: number): number => lengths.slice(0, count).reduce((sum, bytes) => sum + bytes, 0)
    expect(partSteps(kit.steps)).toEqual([1, 2, 3, 4].map((number) => [number, 4, before(number - 1), before(4)]))
  })

  test('of one part is an ordinary request', async () => {
    const server = await partServer(() => 500)
    const kit = await sendKit()

    const exchange = await kit.send(await upload(server.url, ''))

    expect(exchange).toMatchObject({ ok: true, response: { status: 500 }, history: [] })
    expect(partSteps(kit.steps)).toEqual([])
    expect(server.taken).toMatchObject([{ index: '0', total: '1', content: '' }])
  })

  test('stops at a status of 400 or more, says which part, and goes on from there when told to', async () => {
    const server = await partServer((_part, count) => (count === 3 ? 507 : 200))
    const kit = await sendKit()
    const document = await upload(server.url)

    const stopped = await kit.send(document)
    const resumed = await kit.send(document, { fromPart: 3 })

    expect(stopped).toMatchObject({
      ok: false,
      response: { status: 507 },
      error: { kind: 'HTTPError', details: { part: 3, of: 4, resumeFrom: 3 } },
    })
    expect(stopped.error?.message).toBe('Part 3 of 4 was answered with 507 Insufficient Storage. The parts after it were not sent.')
    expect(resumed).toMatchObject({ ok: true, history: [{ kind: 'part', because: '200: part 3 of 4 was taken' }] })
    expect(server.taken.map(({ index }) => index)).toEqual(['0', '1', '2', '2', '3'])
    expect(contents([...server.taken.slice(0, 2), ...server.taken.slice(3)])).toBe(CONTENT)
  })

  test('stops where the connection fails, and keeps the kind of the failure', async () => {
    const server = await httpServer((request, response) => {
      void bodyOf(request).then((body) => (body.includes('hijklmn') ? request.socket.destroy() : response.end()))
    })
    const kit = await sendKit()

    const exchange = await kit.send(await upload(server.url))

    expect(exchange.error).toMatchObject({ kind: 'ConnectionError', details: { resumeFrom: 2 } })
    expect(exchange.error?.message).toMatch(/^Part 2 of 4: /)
    expect(exchange.history).toHaveLength(1)
  })

  test('can be cancelled between and within parts, and resumed', async () => {
    const server = await partServer()
    const kit = await sendKit()
    const cancel = new AbortController()

    const exchange = await kit.send(await upload(server.url), {
      signal: cancel.signal,
      onStep: (step) => step.kind === 'part' && step.number === 2 && cancel.abort(),
    })

    expect(exchange.error).toMatchObject({ kind: 'Cancelled', details: { resumeFrom: 2 } })
    expect(server.taken).toHaveLength(1)
  })

  test('follows redirects and retries within a part, and sends the next one to the first address again', async () => {
    const server = await partServer((_part, count) => (count === 1 ? 307 : count === 2 ? 503 : 200))
    const kit = await sendKit()
    const options = { chunkedUpload: { parts: 2 }, retry: { total: 1, statusForcelist: [503], allowedMethods: null } }

    const exchange = await kit.send(await upload(`${server.url}/start`, CONTENT, options))

    expect(server.requests).toEqual(['POST /start', 'POST /moved', 'POST /moved', 'POST /start'])
    expect(server.taken.map(({ index }) => index)).toEqual(['0', '0', '0', '1'])
    expect(exchange).toMatchObject({ ok: true, attempts: [{ response: { status: 503 } }] })
    expect(exchange.history.map(({ kind }) => kind)).toEqual(['redirect', 'part'])
  })

  test('that a person stops at a redirect leaves the rest unsent, and says so', async () => {
    const server = await partServer(() => 307)
    const kit = await sendKit()
    const cancel = new AbortController()

    const exchange = await kit.send(await upload(server.url, CONTENT, { stepRedirects: true }), {
      gate: createGate(),
      signal: cancel.signal,
      onStep: (step) => step.kind === 'paused' && setImmediate(() => cancel.abort()),
    })

    expect(exchange).toMatchObject({ ok: true, response: { status: 307 }, warnings: ['Parts 2 to 4 were not sent.'] })
  })

  test('does not go on with a file that is another one by now, unless told to', async () => {
    const server = await partServer((_part, count) => (count === 3 || count === 4 ? 507 : 200))
    const kit = await sendKit()
    const document = await upload(server.url)
    const partsOf = String((await kit.send(document)).error?.details?.['partsOf'])

    const again = await kit.send(document, { fromPart: 3, partsOf })
    await writeFile(document.path, CONTENT.toUpperCase().slice(1))
    const refused = await kit.send(document, { fromPart: 3, partsOf }).catch((error: unknown) => error)
    const forced = await kit.send(document, { fromPart: 3 })

    expect(again.error).toMatchObject({ kind: 'HTTPError', details: { partsOf } })
    expect(refused).toMatchObject({
      kind: 'InvalidBody',
      message: 'The file, or the number of its parts, changed since parts 1 to 2 were sent.',
    })
    expect(forced.ok).toBe(true)
    expect(server.taken.map(({ index }) => index)).toEqual(['0', '1', '2', '2', '2', '3'])
  })

  test('does not mix two versions of the file', async () => {
    const document = await upload('')
    const changed = Promise.withResolvers<void>()
    const server = await httpServer((request, response) => {
      void bodyOf(request)
        .then(() => writeFile(document.path, CONTENT.toUpperCase()))
        .then(() => changed.resolve(), changed.reject)
        .then(() => response.end())
    })
    const kit = await sendKit()

    const exchange = await kit.send({ ...document, url: server.url })

    await changed.promise
    expect(exchange.error).toMatchObject({ kind: 'InvalidBody', details: { resumeFrom: 2 } })
    expect(exchange.error?.message).toContain('Part 2 of 4: The file "data.bin" changed')
    expect(exchange.error?.hint).toMatch(/ Once the cause is mended, go on from part 2\.$/)
    expect(server.requests).toHaveLength(1)
  })

  test('says so where the file has gone meanwhile', async () => {
    const document = await upload('')
    const server = await httpServer((request, response) => {
      void bodyOf(request)
        .then(() => rm(document.path))
        .then(() => response.end())
    })
    const kit = await sendKit()

    const exchange = await kit.send({ ...document, url: server.url })

    expect(exchange.error).toMatchObject({ kind: 'FileNotFound', details: { resumeFrom: 2 } })
    expect(server.requests).toHaveLength(1)
  })

  test('has no part beyond its last', async () => {
    const kit = await sendKit()
    const document = await upload('http://127.0.0.1:9/')

    await expect(kit.send(document, { fromPart: 5 })).rejects.toThrow('There is no part 5: the request is sent in 4.')
  })
})
