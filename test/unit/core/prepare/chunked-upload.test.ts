import { givenVariables } from '#core/prepare/references.ts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Options, Part } from '#contract/model/request.ts'
import { slicesOf } from '#core/prepare/chunked-upload.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import type { Preparation } from '#core/prepare/prepared-request.ts'
import { newProxyAuth } from '../../../support/proxy-auth.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const base = { enabled: true, contentType: '', headers: [] }
const textRow = (name: string, value: string): Part => ({ ...base, kind: 'text', name, value })
const fileRow = (...files: string[]): Part => ({ ...base, kind: 'file', name: 'file', files, filename: '' })

async function fileOf(content: string): Promise<string> {
  const path = join(await tempDir(), 'data.txt')
  await writeFile(path, content)
  return path
}

function prepared(parts: Part[], chunkedUpload: Options['chunkedUpload']): Promise<Preparation> {
  return prepareRequest(
    {
      ...emptyRequest(),
      method: 'POST',
      url: 'http://h/',
      body: { kind: 'multipart', parts },
      options: { ...(chunkedUpload && { chunkedUpload }) },
    },
    {
      baseDir: null,
      seed: 'test',
      variables: givenVariables(new Map()),
      userAgent: 'test',
      cookiesFor: () => [],
      env: {},
      authParts: async () => ({ headers: [], query: [], fault: null }),
      authFlow: () => null,
      proxyAuth: newProxyAuth,
    },
  )
}

/** The bodies of all requests, without what is the same in each. */
async function bodies({ request }: Preparation): Promise<string[]> {
  if (!request?.parts) throw new Error('It is not sent in parts.')
  const { parts } = request
  return Promise.all(
    Array.from({ length: parts.count }, async (_each, index) => {
      const { body, headers } = parts.request(index + 1)
      const whole = body ? await text(body.open()) : ''
      expect(headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value).toBe(String(Buffer.byteLength(whole)))
      return whole.replaceAll(/--[0-9a-f]{32}/g, '--B').replaceAll('Content-Disposition: form-data; ', '')
    }),
  )
}

describe('a file in parts', () => {
  test('is sent in slices of one length but the last, each with its number before it', async () => {
    const path = await fileOf('0123456789')

    const all = await bodies(await prepared([textRow('a', '1'), fileRow(path), textRow('z', '2')], { parts: 3 }))

    expect(all).toEqual(
      ['0123', '4567', '89'].map((slice, index) =>
        [
          '--B\r\nname="a"\r\n\r\n1',
          `--B\r\nname="chunk_index"\r\n\r\n${index}`,
          '--B\r\nname="total_chunks"\r\n\r\n3',
          `--B\r\nname="file"; filename="data.txt"\r\nContent-Type: text/plain\r\n\r\n${slice}`,
          '--B\r\nname="z"\r\n\r\n2',
          '--B--\r\n',
        ].join('\r\n'),
      ),
    )
  })

  test('has the names that were chosen for its fields', async () => {
    const [first] = await bodies(await prepared([fileRow(await fileOf('ab'))], { parts: 2, indexField: 'i', totalField: 'n' }))

    expect(first).toContain('name="i"\r\n\r\n0\r\n')
    expect(first).toContain('name="n"\r\n\r\n2\r\n')
  })

  test('takes the place of rows that say the same by hand', async () => {
    const preparation = await prepared([textRow('chunk_index', '0'), textRow('total_chunks', '9'), fileRow(await fileOf('ab'))], {
      parts: 2,
    })
    const [, second] = await bodies(preparation)

    expect(second?.match(/chunk_index/g)).toHaveLength(1)
    expect(second).toContain('name="total_chunks"\r\n\r\n2\r\n')
    expect(preparation.preview.warnings.join()).toContain('fills in chunk_index and total_chunks itself')
  })

  test('is previewed as the first of its requests', async () => {
    const { preview } = await prepared([fileRow(await fileOf('0123456789'))], { parts: 5 })

    expect(preview.requests).toBe(5)
    expect(preview.bodyText).toContain('‹data.txt, 2 bytes›')
  })

  test('has no more parts than bytes, and an empty file is one', async () => {
    const few = await prepared([fileRow(await fileOf('abc'))], { parts: 10 })
    const none = await prepared([fileRow(await fileOf(''))], { parts: 10 })

    expect([few.preview.requests, none.preview.requests]).toEqual([3, 1])
    expect(few.preview.warnings.join()).toContain('sent in 3 parts')
  })

  test('is whole again when its slices are put together, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 1000 }), (bytes, count) => {
        const slices = slicesOf({ kind: 'file', path: '/f', start: 0, bytes, version: '' }, count)
        const ends = slices.map(({ start, bytes: length }) => start + length)
        expect(slices.map(({ start }) => start)).toEqual([0, ...ends.slice(0, -1)])
        expect(ends.at(-1)).toBe(bytes)
        expect(slices.length).toBeLessThanOrEqual(Math.max(1, Math.min(count, bytes)))
        if (bytes > 0) expect(Math.min(...slices.map(({ bytes: length }) => length))).toBeGreaterThan(0)
      }),
    )
  })
})

describe('what cannot be sent in parts', () => {
  const problemOf = async (parts: Part[], option: Options['chunkedUpload']): Promise<unknown> => (await prepared(parts, option)).problems

  test('is refused beside the switch', async () => {
    const path = await fileOf('abc')
    const where = (field: string): object => ({ section: 'body', field: `chunkedUpload.${field}` })

    expect(await problemOf([textRow('a', '1')], { parts: 2 })).toMatchObject([
      { where: where('parts'), message: 'There is no file to send in parts.' },
    ])
    expect(await problemOf([fileRow(path, path)], { parts: 2 })).toMatchObject([{ where: where('parts') }])
    expect(await problemOf([fileRow(path), fileRow(path)], { parts: 2 })).toMatchObject([{ where: where('parts') }])
    expect(await problemOf([fileRow(path)], { parts: 0 })).toMatchObject([{ where: where('parts') }])
    expect(await problemOf([fileRow(path)], { parts: 1001 })).toMatchObject([{ where: where('parts') }])
    expect(await problemOf([fileRow(path)], { parts: 2, indexField: 'n', totalField: 'n' })).toMatchObject([{ where: where('totalField') }])
  })

  test('a missing file is said once, beside its row', async () => {
    expect(await problemOf([fileRow('/no/such/file')], { parts: 2 })).toMatchObject([
      { kind: 'FileNotFound', where: { row: 0, field: 'files' } },
    ])
  })

  test('any other body is sent whole, with a warning', async () => {
    const { request, preview } = await prepareRequest(
      { ...emptyRequest(), url: 'http://h/', body: { kind: 'text', text: 'hi' }, options: { chunkedUpload: { parts: 3 } } },
      {
        baseDir: null,
        seed: 'test',
        variables: givenVariables(new Map()),
        userAgent: 'test',
        cookiesFor: () => [],
        env: {},
        authParts: async () => ({ headers: [], query: [], fault: null }),
        authFlow: () => null,
        proxyAuth: newProxyAuth,
      },
    )

    expect([request?.parts, preview.requests]).toEqual([null, 1])
    expect(preview.warnings.join()).toContain('sent whole')
  })
})
