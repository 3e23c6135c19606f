import { createHash } from 'node:crypto'
import { open, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { bodyOf, httpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

const MIB = 1024 * 1024

/** A file whose content differs everywhere, so that a lost or doubled piece shows in its hash. */
async function bigFile(mebibytes: number): Promise<{ path: string; sha256: string }> {
  const path = join(await tempDir(), 'big.bin')
  const file = await open(path, 'w')
  const hash = createHash('sha256')
  for (let at = 0; at < mebibytes; at += 1) {
    const block = Buffer.alloc(MIB, `block ${at} `)
    hash.update(block)
    await file.write(block)
  }
  await file.close()
  return { path, sha256: hash.digest('hex') }
}

function bytesOf(steps: readonly ExchangeStep[], kind: 'bodySent' | 'bodyReceived'): number[] {
  return steps.flatMap((step) => (step.kind === kind ? [step.bytes] : []))
}

describe('large bodies', () => {
  test('100 MiB are uploaded whole from a file, with progress to the last byte', async () => {
    const { path, sha256 } = await bigFile(100)
    const server = await httpServer((request, response) => {
      const hash = createHash('sha256')
      request
        .on('data', (chunk: Buffer) => hash.update(chunk))
        .on('end', () => response.end(`${request.headers['content-length'] ?? ''} ${hash.digest('hex')}`))
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })

    expect(await kit.text(exchange.response?.bodyId)).toBe(`${100 * MIB} ${sha256}`)
    const progress = bytesOf(kit.steps, 'bodySent')
    expect(progress.at(-1)).toBe(100 * MIB)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  test('a file goes whole to a server that reads in fits and starts, and the record keeps its first MiB', async () => {
    const { path, sha256 } = await bigFile(16)
    const server = await httpServer((request, response) => {
      const hash = createHash('sha256')
      request
        .on('data', (chunk: Buffer) => {
          hash.update(chunk)
          request.pause()
          setImmediate(() => request.resume())
        })
        .on('end', () => response.end(hash.digest('hex')))
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })

    expect(await kit.text(exchange.response?.bodyId)).toBe(sha256)
    expect(exchange.request?.bodyBytes).toBe(16 * MIB)
    expect(await kit.text(exchange.request?.bodyId)).toBe(Buffer.alloc(MIB, 'block 0 ').toString())
  })

  test('100 MiB are downloaded whole to the body store', async () => {
    const block = Buffer.alloc(MIB, 'abcdefghijk')
    const hash = createHash('sha256')
    for (let at = 0; at < 100; at += 1) hash.update(block)
    const server = await httpServer((_request, response) => {
      let left = 100
      const more = (): void => {
        while (left > 0) {
          left -= 1
          if (!response.write(block)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url })

    expect(exchange.response).toMatchObject({ bodyBytes: 100 * MIB, wireBytes: 100 * MIB, bodyId: hash.digest('hex') })
    expect(bytesOf(kit.steps, 'bodyReceived').at(-1)).toBe(100 * MIB)
  })

  test('a gzip bomb of 100 MiB is decoded as a stream', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100 * MIB))),
    )
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange.response?.bodyBytes).toBe(100 * MIB)
    expect(exchange.response?.wireBytes).toBeLessThan(MIB)
  })
})

describe('decoding', () => {
  const text = 'Привет '.repeat(1000)
  for (const [coding, data] of [
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateRawSync(text)],
  ] as const) {
    test(`${coding} is undone, and both sizes are told`, async () => {
      const server = await httpServer((_request, response) =>
        response.writeHead(200, { 'Content-Encoding': coding, 'Content-Type': 'text/plain' }).end(data),
      )
      const kit = await sendKit()
      const { response } = await kit.send({ url: server.url })

      expect(response).toMatchObject({ wireBytes: data.length, bodyBytes: Buffer.byteLength(text), encoding: 'utf-8' })
      expect(await kit.text(response?.bodyId)).toBe(text)
      expect(response?.headers.some(([name]) => name === 'Content-Encoding')).toBe(true)
    })
  }

  test('is in the encoding that the request asks for, whatever the answer says', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(Buffer.from([0xcf, 0xf0, 0xe8])),
    )
    const kit = await sendKit()
    const { response } = await kit.send({ url: server.url, options: { encoding: 'CP1251' } })

    expect(response).toMatchObject({ encoding: 'windows-1251', encodingFrom: 'override' })
    await expect(kit.prepare({ url: server.url, options: { encoding: 'klingon' } })).rejects.toThrow(/no text encoding named “klingon”/)
  })

  test('is in Latin-1 for text without a charset where the request behaves like requests', async () => {
    const server = await httpServer((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('é'))
    const kit = await sendKit()
    const like = await kit.send({ url: server.url, options: { behaviour: 'requests' } })
    const own = await kit.send({ url: server.url })

    expect(like.response).toMatchObject({ encoding: 'windows-1252', encodingFrom: 'rules' })
    expect(own.response).toMatchObject({ encoding: 'utf-8', encodingFrom: 'guess' })
  })

  test('HEAD, 204 and 304 with Content-Encoding have no body and no complaint', async () => {
    const server = await httpServer((request, response) => {
      const status = request.method === 'HEAD' ? 200 : Number(request.url?.slice(1))
      response.writeHead(status, { 'Content-Encoding': 'gzip', ...(request.method === 'HEAD' && { 'Content-Length': 1000 }) }).end()
    })
    const kit = await sendKit()

    for (const [method, path] of [
      ['HEAD', '/'],
      ['GET', '/204'],
      ['GET', '/304'],
    ] as const) {
      const exchange = await kit.send({ method, url: server.url + path })
      expect(exchange).toMatchObject({
        ok: true,
        warnings: [],
        response: { bodyId: null, bodyBytes: 0, encoding: null, encodingFrom: null },
      })
    }
  })

  test('what is not gzip is kept as it came, with the error', async () => {
    const server = await httpServer((_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain'))
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url })

    expect(exchange.error?.kind).toBe('ContentDecodingError')
    expect(await kit.text(exchange.response?.bodyId)).toBe('plain')
  })
})

describe('an upload', () => {
  test('that the server answers early is over with its answer', async () => {
    const { path } = await bigFile(32)
    const server = await rawServer(({ socket, received }) => {
      if (!received.includes('\r\n\r\n') || socket.writableEnded) return
      socket.pause()
      socket.end('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large')
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })

    expect(exchange).toMatchObject({ ok: true, response: { status: 413 } })
    expect(await kit.text(exchange.response?.bodyId)).toBe('too large')
    expect(exchange.warnings).toEqual([expect.stringContaining('before the whole body was sent')])
  })

  for (const [size, mebibytes] of [
    ['a small', 0],
    ['a large', 4],
  ] as const) {
    test(`of ${size} file that has become shorter is refused, and the file named`, async () => {
      const path = join(await tempDir(), 'report.bin')
      await writeFile(path, Buffer.alloc(mebibytes * MIB + 1000))
      const server = await httpServer(
        (request, response) =>
          void bodyOf(request).then(
            () => response.end(),
            () => undefined,
          ),
      )
      const kit = await sendKit()
      const request = await kit.prepare({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })
      await truncate(path, mebibytes * MIB + 10)
      const exchange = await kit.send({ url: server.url }, { change: () => request })

      expect(exchange.error).toMatchObject({ kind: 'InvalidBody', where: { section: 'body' } })
      expect(exchange.error?.message).toContain('report.bin')
      expect(exchange.response).toBeNull()
    })

    test(`of ${size} file that has gone is refused, and the file named`, async () => {
      const path = join(await tempDir(), 'report.bin')
      await writeFile(path, Buffer.alloc(mebibytes * MIB + 1000))
      const server = await httpServer(
        (request, response) =>
          void bodyOf(request).then(
            () => response.end(),
            () => undefined,
          ),
      )
      const kit = await sendKit()
      const request = await kit.prepare({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })
      await rm(path)
      const exchange = await kit.send({ url: server.url }, { change: () => request })

      expect(exchange.error?.kind).toBe('FileNotFound')
      expect(exchange.error?.message).toContain('report.bin')
    })
  }
})

describe('cancelling', () => {
  test('before anything is sent', async () => {
    const server = await httpServer((_request, response) => response.end())
    const exchange = await (await sendKit()).send({ url: server.url }, { signal: AbortSignal.abort() })

    expect(exchange).toMatchObject({ ok: false, request: null, error: { kind: 'Cancelled' } })
    expect(server.requests).toEqual([])
  })

  test('in the middle of an upload closes the connection at once', async () => {
    const { path } = await bigFile(64)
    const closed = Promise.withResolvers<void>()
    const cancel = new AbortController()
    const server = await rawServer(
      ({ socket }) => void (cancel.signal.aborted || socket.pause()),
      (socket) => void socket.on('close', () => closed.resolve()),
    )
    const kit = await sendKit()
    const exchange = await kit.send(
      { url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } },
      { signal: cancel.signal, onStep: (step) => step.kind === 'bodySent' && cancel.abort() },
    )
    server.sockets[0]?.resume()
    await closed.promise

    expect(exchange.error).toMatchObject({ kind: 'Cancelled', message: `The request to 127.0.0.1:${server.port} was cancelled.` })
    expect(exchange.request?.bodyBytes).toBeGreaterThan(0)
    expect(exchange.request?.bodyBytes).toBeLessThan(64 * MIB)
    expect(exchange.response).toBeNull()
  })

  test('in the middle of a download keeps what came', async () => {
    const closed = Promise.withResolvers<void>()
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).write('the first part')
      response.on('close', () => closed.resolve())
    })
    const cancel = new AbortController()
    const kit = await sendKit()
    const exchange = await kit.send(
      { url: server.url },
      { signal: cancel.signal, onStep: (step) => step.kind === 'bodyReceived' && cancel.abort() },
    )
    await closed.promise

    expect(exchange.error).toMatchObject({ kind: 'Cancelled', hint: 'What had come until then is kept.' })
    expect(exchange.response).toMatchObject({ status: 200, encoding: 'utf-8' })
    expect(await kit.text(exchange.response?.bodyId)).toBe('the first part')
  })

  test('while it waits for an answer', async () => {
    const server = await rawServer(() => undefined)
    const cancel = new AbortController()
    const exchange = await (
      await sendKit()
    ).send(
      { url: server.url },
      { signal: cancel.signal, onStep: (step) => step.kind === 'requestHead' && setImmediate(() => cancel.abort()) },
    )

    expect(exchange.error?.kind).toBe('Cancelled')
    // Nothing had come.
    expect(exchange.error?.hint).toBeUndefined()
    expect(exchange.request?.head).toContain('GET / HTTP/1.1')
  })

  test('while it connects', async () => {
    const server = await rawServer(() => undefined)
    const cancel = new AbortController()
    const exchange = await (
      await sendKit()
    ).send(
      { url: `https://127.0.0.1:${server.port}` },
      { signal: cancel.signal, onStep: (step) => step.kind === 'connected' && setImmediate(() => cancel.abort()) },
    )

    expect(exchange.error?.kind).toBe('Cancelled')
  })
})

describe('a store that cannot be written', () => {
  test('fails a large download with StorageError that names the folder', async () => {
    const kit = await sendKit()
    await writeFile(join(kit.bodiesDir, 'tmp'), 'a file where a folder should be')
    const server = await httpServer((_request, response) => response.end(Buffer.alloc(4 * MIB)))
    const exchange = await kit.send({ url: server.url })

    expect(exchange.error).toMatchObject({ kind: 'StorageError', message: expect.stringContaining(kit.bodiesDir) as string })
    expect(exchange.response).toMatchObject({ status: 200, bodyId: null, wireBytes: expect.any(Number) as number })
  })

  test('still shows a small answer, with a warning once it is known', async () => {
    const kit = await sendKit()
    await writeFile(join(kit.bodiesDir, 'tmp'), 'a file where a folder should be')
    const server = await httpServer((_request, response) => response.end('small'))
    const first = await kit.send({ url: server.url })
    await expect(kit.bodies.flush()).rejects.toMatchObject({ kind: 'StorageError' })
    const second = await kit.send({ url: server.url })

    expect(await kit.text(first.response?.bodyId)).toBe('small')
    expect(second.ok).toBe(true)
    expect(second.warnings).toEqual([expect.stringContaining(kit.bodiesDir)])
  })
})
