import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { CoreError } from '../../../../src-main/core/lib/core-error.ts'
import { createContentDecoder } from '../../../../src-main/core/send/decode-content.ts'

const TEXT = Buffer.from('Привет, мир. '.repeat(20_000))

interface Decoded {
  readonly body: Buffer
  readonly warnings: readonly string[]
  readonly error: CoreError | null
}

async function decode(encoding: string, data: Uint8Array, chunkBytes = 4096): Promise<Decoded> {
  const out: Buffer[] = []
  const decoder = createContentDecoder(encoding, (chunk) => void out.push(Buffer.from(chunk)))
  for (let at = 0; at < data.length; at += chunkBytes) await decoder.write(Buffer.from(data.subarray(at, at + chunkBytes)))
  return { ...(await decoder.end()), body: Buffer.concat(out) }
}

describe('createContentDecoder', () => {
  const whole: [string, string, Uint8Array][] = [
    ['gzip', 'gzip', gzipSync(TEXT)],
    ['x-gzip', 'x-gzip', gzipSync(TEXT)],
    ['upper case', 'GZip', gzipSync(TEXT)],
    ['zlib deflate', 'deflate', deflateSync(TEXT)],
    ['raw deflate', 'deflate', deflateRawSync(TEXT)],
    ['br', 'br', brotliCompressSync(TEXT)],
    ['zstd', 'zstd', zstdCompressSync(TEXT)],
    ['a stack', 'deflate, gzip, br', brotliCompressSync(gzipSync(deflateSync(TEXT)))],
    ['five on top of each other', 'gzip,gzip,gzip,gzip,gzip', [1, 2, 3, 4, 5].reduce<Buffer>((data) => gzipSync(data), TEXT)],
    ['several members of gzip', 'gzip', Buffer.concat([gzipSync(TEXT.subarray(0, 1000)), gzipSync(TEXT.subarray(1000))])],
    ['several frames of zstd', 'zstd', Buffer.concat([zstdCompressSync(TEXT.subarray(0, 1000)), zstdCompressSync(TEXT.subarray(1000))])],
    ['identity', 'identity', TEXT],
    ['none at all', '', TEXT],
  ]
  for (const [name, encoding, data] of whole) {
    for (const chunkBytes of [data.length, 4096, 7]) {
      test(`decodes ${name} in chunks of ${chunkBytes === data.length ? 'all' : chunkBytes}`, async () => {
        const decoded = await decode(encoding, data, chunkBytes)

        expect(decoded.body.equals(TEXT)).toBe(true)
        expect(decoded.error).toBeNull()
        expect(decoded.warnings).toEqual([])
      })
    }
  }

  test('reads a gzip header with name, comment, extra field and checksum', async () => {
    const plain = gzipSync(TEXT)
    const header = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 4, 0]),
      Buffer.from('abcdname\0comment\0\x12\x34'),
    ])
    const data = Buffer.concat([header, plain.subarray(10)])

    for (const chunkBytes of [data.length, 1]) expect((await decode('gzip', data.subarray(0), chunkBytes)).body.equals(TEXT)).toBe(true)
  })

  test('has no output and no complaint for an empty body', async () => {
    expect(await decode('gzip', Buffer.alloc(0))).toEqual({ body: Buffer.alloc(0), warnings: [], error: null })
  })

  const cut: [string, Buffer][] = [
    ['gzip', gzipSync(TEXT, { level: 0 })],
    ['deflate', deflateSync(TEXT, { level: 0 })],
    ['br', brotliCompressSync(TEXT, { params: {} })],
  ]
  for (const [encoding, data] of cut) {
    test(`keeps what there is of ${encoding} data that is cut short, and warns`, async () => {
      const decoded = await decode(encoding, data.subarray(0, Math.floor(data.length * 0.7)), 1000)

      expect(decoded.error).toBeNull()
      expect(decoded.warnings).toEqual([expect.stringContaining('cut short')])
      expect(TEXT.subarray(0, decoded.body.length).equals(decoded.body)).toBe(true)
      if (encoding !== 'br') expect(decoded.body.length).toBeGreaterThan(TEXT.length / 2)
    })
  }

  test('warns of gzip data that lacks only its trailer', async () => {
    const data = gzipSync(TEXT)
    const decoded = await decode('gzip', data.subarray(0, data.length - 4))

    expect(decoded.body.equals(TEXT)).toBe(true)
    expect(decoded.warnings).toEqual([expect.stringContaining('cut short')])
  })

  for (const [encoding, data] of [
    ['gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
  ] as const) {
    for (const chunkBytes of [1 << 20, data.length]) {
      test(`leaves out bytes after the end of ${encoding} data, ${chunkBytes === data.length ? 'in a chunk of their own' : 'in the same chunk'}`, async () => {
        const decoded = await decode(encoding, Buffer.concat([data, Buffer.from('GARBAGE!')]), chunkBytes)

        expect(decoded.body.equals(TEXT)).toBe(true)
        expect(decoded.error).toBeNull()
        expect(decoded.warnings).toEqual([expect.stringContaining('8 bytes more')])
      })
    }
  }

  for (const encoding of ['gzip', 'br', 'zstd', 'deflate', 'gzip, br']) {
    test(`keeps the bytes as received where they are not ${encoding}`, async () => {
      const data = Buffer.from('<html>this is plain text, whatever the header says</html>'.repeat(2000))
      const decoded = await decode(encoding, data)

      expect(decoded.body.equals(data)).toBe(true)
      expect(decoded.error?.kind).toBe('ContentDecodingError')
      expect(decoded.error?.message).toContain('cannot be decoded')
    })
  }

  test('keeps the bytes as received where only the inner coding is wrong', async () => {
    const data = gzipSync(Buffer.from('not brotli at all, really not'.repeat(10)))
    const decoded = await decode('br, gzip', data)

    expect(decoded.body.equals(data)).toBe(true)
    expect(decoded.error?.message).toContain('br')
  })

  test('keeps what was decoded before a fault in the middle', async () => {
    const text = Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296).join(' '))
    const data = gzipSync(text)
    data.subarray(Math.floor(data.length / 2)).reverse()
    const decoded = await decode('gzip', data, 1000)

    expect(decoded.error?.kind).toBe('ContentDecodingError')
    expect(decoded.error?.parts.hint).toContain('decoded before')
    expect(decoded.body.length).toBeGreaterThan(100_000)
    expect(decoded.body.subarray(0, 100_000).equals(text.subarray(0, 100_000))).toBe(true)
  })

  test('finds gzip data whose checksum is wrong', async () => {
    const data = gzipSync(TEXT)
    data.writeUInt32LE(1, data.length - 8)

    expect((await decode('gzip', data)).error?.message).toContain('checksum')
  })

  test('shows a body of unknown coding as it is, with a warning', async () => {
    const decoded = await decode('sdch', TEXT)

    expect(decoded.body.equals(TEXT)).toBe(true)
    expect(decoded.error).toBeNull()
    expect(decoded.warnings).toEqual(['The Content-Encoding "sdch" is not known; the body is shown as it was received.'])
  })

  test('undoes what lies over an unknown coding', async () => {
    expect((await decode('aes128gcm, gzip', gzipSync(TEXT))).body.equals(TEXT)).toBe(true)
  })

  test('refuses more than five codings', async () => {
    const decoded = await decode('gzip,gzip,gzip,gzip,gzip,gzip', TEXT)

    expect(decoded.error?.kind).toBe('ContentDecodingError')
    expect(decoded.body.equals(TEXT)).toBe(true)
  })

  test('waits for whoever takes the decoded bytes', async () => {
    const data = gzipSync(Buffer.alloc(8 * 1024 * 1024))
    let taken = 0
    let inHand = 0
    let most = 0
    const decoder = createContentDecoder('gzip', async (chunk) => {
      inHand += chunk.length
      most = Math.max(most, inHand)
      await new Promise((resolve) => setImmediate(resolve))
      inHand -= chunk.length
      taken += chunk.length
    })

    await decoder.write(data)
    await decoder.end()

    expect(taken).toBe(8 * 1024 * 1024)
    expect(most).toBeLessThanOrEqual(128 * 1024)
  })

  test('passes on the failure of whoever takes the decoded bytes', async () => {
    const decoder = createContentDecoder('gzip', () => Promise.reject(new Error('disk full')))
    const write = decoder.write(gzipSync(TEXT))

    await expect(Promise.resolve(write).then(() => decoder.end())).rejects.toThrow('disk full')
  })

  describe('a bomb', () => {
    const MIB = 1024 * 1024
    const limits = { bytes: 2 * MIB, times: 100 }
    const bombs: [string, Buffer, string][] = [
      ['gzip', gzipSync(Buffer.alloc(64 * MIB)), 'gzip'],
      ['brotli', brotliCompressSync(Buffer.alloc(64 * MIB)), 'br'],
      ['zstd', zstdCompressSync(Buffer.alloc(64 * MIB)), 'zstd'],
      ['gzip in gzip', gzipSync(gzipSync(Buffer.alloc(64 * MIB))), 'gzip, gzip'],
    ]
    test.each(bombs)('of %s is stopped where it is plain what it is; what came until then is kept', async (_name, data, encoding) => {
      let kept = 0
      const decoder = createContentDecoder(encoding, (chunk) => void (kept += chunk.length), limits)
      let refused: unknown = null
      for (let at = 0; at < data.length && refused === null; at += 4096) {
        await Promise.resolve(decoder.write(Buffer.from(data.subarray(at, at + 4096)))).catch((reason: unknown) => (refused = reason))
      }
      const { error } = await decoder.end()

      // Whoever reads the wire is to stop there: more of it may come without end.
      expect(refused).toBe(error)
      expect(error).toMatchObject({ kind: 'ContentDecodingError', message: expect.stringMatching(/over 100 times as much/) })
      expect(error?.parts.hint).toContain('Accept-Encoding: identity')
      expect(kept).toBeGreaterThan(MIB)
      expect(kept).toBeLessThanOrEqual(limits.bytes)
    })

    test('is none where the data is only large, or only packed well', async () => {
      const large = Buffer.concat(Array.from({ length: 40 }, () => randomBytes(MIB / 10)))
      const packedWell = Buffer.alloc(MIB)
      for (const data of [large, packedWell]) {
        let kept = 0
        const decoder = createContentDecoder('gzip', (chunk) => void (kept += chunk.length), limits)
        await decoder.write(gzipSync(data))

        expect(await decoder.end()).toEqual({ warnings: [], error: null })
        expect(kept).toBe(data.length)
      }
    })
  })
})
