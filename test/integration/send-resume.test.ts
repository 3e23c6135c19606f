// Going on with a download that broke off: by Range and If-Range, against a server that tears the connection.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { resumePointOf } from '#contract/model/resume-point.ts'
import { requestForRest } from '#core/send/resumed-body.ts'
import { httpServer, type HttpServer } from '../support/http-server.ts'
import { sendKit, type SendKit } from '../support/send-kit.ts'

const FILE = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7) % 251))

interface FileServer extends HttpServer {
  readonly seen: { range: string | undefined; ifRange: string | undefined; encoding: string | undefined }[]
}

/** Answers ranges of a file; each answer breaks off after so many bytes, where told to. */
async function fileServer(
  cuts: readonly (number | null)[],
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<FileServer> {
  const seen: FileServer['seen'] = []
  const server = await httpServer((request, response) => {
    const { range, 'if-range': ifRange, 'accept-encoding': encoding } = request.headers
    const cut = cuts[seen.length] ?? null
    seen.push({
      range,
      ifRange: typeof ifRange === 'string' ? ifRange : undefined,
      encoding: typeof encoding === 'string' ? encoding : undefined,
    })
    if (answer(request, response)) return
    const start = range === undefined || ifRange !== '"v1"' ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1])
    const headers = { ETag: '"v1"', 'Accept-Ranges': 'bytes', 'Content-Length': String(FILE.length - start) }
    if (start === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'Content-Range': `bytes ${start}-${FILE.length - 1}/${FILE.length}` })
    if (cut === null) return void response.end(FILE.subarray(start))
    response.write(FILE.subarray(start, start + cut), () => response.socket?.end())
  })
  return { ...server, seen }
}

function resume(kit: SendKit, url: string, point: ResumePoint, onStep?: (step: ExchangeStep) => void): Promise<Exchange> {
  return kit.send({ url }, { change: (request) => requestForRest(request, point), ...(onStep && { onStep }) })
}

function pointOf(exchange: Exchange): ResumePoint {
  const point = resumePointOf(exchange)
  if (point === null) throw new Error('It cannot be gone on with.')
  return point
}

const bodyOf = async (kit: SendKit, { response }: Exchange): Promise<Buffer> =>
  response?.bodyId ? kit.bodies.read(response.bodyId, 0, FILE.length + 1) : Buffer.alloc(0)

describe('a download that broke off', () => {
  test('is gone on with until it is whole, be it torn again', async () => {
    const server = await fileServer([300_000, 250_000, null])
    const kit = await sendKit()
    const first = await kit.send({ url: server.url })
    expect(first).toMatchObject({ ok: false, error: { kind: 'ChunkedEncodingError' }, response: { bodyBytes: 300_000 } })

    const told: ExchangeStep[] = []
    const second = await resume(kit, server.url, pointOf(first), (step) => told.push(step))
    expect(second).toMatchObject({ ok: false, response: { status: 206, bodyBytes: 550_000, wireBytes: 250_000, resumedFrom: 300_000 } })
    const third = await resume(kit, server.url, pointOf(second))

    expect(third).toMatchObject({ ok: true, warnings: [], response: { status: 206, bodyBytes: FILE.length, resumedFrom: 550_000 } })
    expect((await bodyOf(kit, third)).equals(FILE)).toBe(true)
    expect(server.seen.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [undefined, undefined],
      ['bytes=300000-', '"v1"'],
      ['bytes=550000-', '"v1"'],
    ])
    expect(server.seen[1]?.encoding).toBe('identity')
    expect(told.find(({ kind }) => kind === 'responseHead')).toMatchObject({ bodyBytes: FILE.length })
    const received = told.filter((step) => step.kind === 'bodyReceived')
    expect(received.every(({ bytes, total }) => bytes > 300_000 && total === FILE.length)).toBe(true)
  })

  test('is the same body as one that came in one go', async () => {
    const server = await fileServer([1000, null, null])
    const kit = await sendKit()

    const joined = await resume(kit, server.url, pointOf(await kit.send({ url: server.url })))
    const whole = await kit.send({ url: server.url })

    expect(joined.response?.bodyId).toBe(whole.response?.bodyId)
  })

  test('begins anew where the file has changed, and says so', async () => {
    const server = await fileServer([1000], (request, response) => {
      if (request.headers.range === undefined) return false
      response.writeHead(200, { ETag: '"v2"' }).end('another file')
      return true
    })
    const kit = await sendKit()

    const again = await resume(kit, server.url, pointOf(await kit.send({ url: server.url })))

    expect(again).toMatchObject({ ok: true, response: { status: 200 }, warnings: [expect.stringContaining('whole body again')] })
    expect(await kit.text(again.response?.bodyId)).toBe('another file')
  })

  test.each<[string, Record<string, string>, string]>([
    ['from another byte', { 'Content-Range': 'bytes 5-8/700000' }, 'follows byte 1000'],
    ['of another version', { 'Content-Range': 'bytes 1000-1003/700000', ETag: '"v2"' }, 'another version'],
    ['without saying which', {}, 'follows byte 1000'],
  ])('is not joined with a part %s', async (_why, headers, warning) => {
    const server = await fileServer([1000], (request, response) => {
      if (request.headers.range === undefined) return false
      response.writeHead(206, headers).end('part')
      return true
    })
    const kit = await sendKit()

    const again = await resume(kit, server.url, pointOf(await kit.send({ url: server.url })))

    expect(again).toMatchObject({ ok: true, response: { status: 206, bodyBytes: 4 }, warnings: [expect.stringContaining(warning)] })
    expect(again.response?.resumedFrom).toBeUndefined()
  })

  test.each([
    ['was whole already', 1000, 1000, 'Nothing was missing'],
    ['is another by now', 10, 9, 'is another by now'],
  ])('of which there is no rest, since it %s', async (_why, total, bytes, warning) => {
    const server = await fileServer([1000], (request, response) => {
      if (request.headers.range === undefined) return false
      response.writeHead(416, { 'Content-Range': `bytes */${total}` }).end('no such ')
      return true
    })
    const kit = await sendKit()

    const again = await resume(kit, server.url, pointOf(await kit.send({ url: server.url })))

    expect(again).toMatchObject({ response: { status: 416 }, warnings: [expect.stringContaining(warning)] })
    const body = await bodyOf(kit, again)
    expect(body.equals(bytes === 1000 ? FILE.subarray(0, 1000) : Buffer.from('no such '))).toBe(true)
  })

  test('whose rest never begins keeps what there was', async () => {
    const server = await fileServer([1000, 0, null])
    const kit = await sendKit()

    const torn = await resume(kit, server.url, pointOf(await kit.send({ url: server.url })))
    expect(torn).toMatchObject({ ok: false, response: { status: 206, bodyBytes: 1000 } })
    const whole = await resume(kit, server.url, pointOf(torn))

    expect((await bodyOf(kit, whole)).equals(FILE)).toBe(true)
  })

  test('is not gone on with at another address', async () => {
    const server = await fileServer([1000])
    const kit = await sendKit()
    const point = pointOf(await kit.send({ url: `${server.url}/a` }))
    const request = await kit.prepare({ url: `${server.url}/b` })

    expect(() => requestForRest(request, point)).toThrow(expect.objectContaining({ kind: 'InvalidOption' }))
  })

  test('is not gone on with by a request that has a range of its own', async () => {
    const server = await fileServer([1000])
    const kit = await sendKit()
    const point = pointOf(await kit.send({ url: server.url }))
    const request = await kit.prepare({ url: server.url, headers: [{ name: 'Range', value: 'bytes=0-5', enabled: true }] })

    expect(() => requestForRest(request, point)).toThrow(expect.objectContaining({ kind: 'InvalidOption' }))
  })
})
