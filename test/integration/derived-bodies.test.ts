import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BodyId } from '../../src-main/contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { derivedBodyHandlers, MAX_PAGE_BYTES } from '../../src-main/core/commands/derived-bodies.ts'
import type { CallContext } from '../../src-main/core/dispatch.ts'

let folder: string
let store: BodyStore
let handlers: ReturnType<typeof derivedBodyHandlers>
const context: CallContext = { signal: new AbortController().signal, clientId: 'test' }
const GONE = '0'.repeat(64) as BodyId

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-derived-'))
  store = createBodyStore({ dir: folder, now: Date.now })
  handlers = derivedBodyHandlers(store)
})
afterEach(async () => {
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const put = async (body: Uint8Array | string): Promise<BodyId> => (await store.put(Buffer.from(body))).id
const text = async ({ id, bytes }: { readonly id: BodyId; readonly bytes: number }): Promise<string> =>
  (await store.read(id, 0, bytes)).toString('utf8')

describe('body.page', () => {
  test('is the page in UTF-8, its links leading nowhere', async () => {
    const id = await put(Buffer.from('<head><meta charset="iso-8859-1"></head><p>caf\xe9', 'latin1'))

    const page = await handlers['body.page']({ id, contentType: 'text/html', encoding: null }, context)

    expect(await text(page)).toBe('<head><base target="_blank"><meta charset="iso-8859-1"></head><p>café')
    expect(page.isCut).toBe(false)
  })

  test('reads in the encoding that was chosen, and refuses one that is none', async () => {
    const id = await put(Buffer.from('<p>\xef\xf0\xe8\xe2\xe5\xf2', 'latin1'))

    expect(await text(await handlers['body.page']({ id, contentType: '', encoding: 'windows-1251' }, context))).toContain('привет')
    await expect(handlers['body.page']({ id, contentType: '', encoding: 'nonsense' }, context)).rejects.toMatchObject({
      kind: 'InvalidOption',
    })
  })

  test('is cut where it is too long to be drawn', async () => {
    const id = await put(`<p>${'x'.repeat(MAX_PAGE_BYTES)}`)

    const page = await handlers['body.page']({ id, contentType: 'text/html', encoding: null }, context)

    expect(page.isCut).toBe(true)
    expect(page.bytes).toBeLessThan(MAX_PAGE_BYTES + 100)
  })
})

describe('body.parts and body.part', () => {
  test('list the parts of a body and open each as a body', async () => {
    const big = 'z'.repeat(1_000_000)
    const id = await put(
      `--b\r\nContent-Type: text/plain\r\n\r\n${big}\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--`,
    )

    const { parts, note } = await handlers['body.parts']({ id, contentType: 'multipart/mixed; boundary=b' }, context)

    expect(note).toBeNull()
    expect(parts.map(({ length }) => length)).toEqual([big.length, 8])
    const [first, second] = parts
    if (!first || !second) throw new Error('unreachable')
    const opened = await handlers['body.part']({ id, offset: first.offset, length: first.length, transferEncoding: '' }, context)
    expect(opened.bytes).toBe(big.length)
    expect(await text(opened)).toBe(big)
    expect(await text(await handlers['body.part']({ id, offset: second.offset, length: 8, transferEncoding: 'base64' }, context))).toBe(
      'hello',
    )
  })

  test('take the boundary from the first line, and say where there is none', async () => {
    const contentType = 'multipart/form-data'
    expect((await handlers['body.parts']({ id: await put('--x\r\n\r\na\r\n--x--'), contentType }, context)).parts).toHaveLength(1)
    expect(await handlers['body.parts']({ id: await put('words'), contentType }, context)).toEqual({
      parts: [],
      note: 'Neither the Content-Type nor the first line of the body names a boundary.',
    })
  })

  test('stop when the call is cancelled, and refuse a body that is not kept', async () => {
    const id = await put('x'.repeat(600_000))
    const cancelled = { ...context, signal: AbortSignal.abort() }

    const part = { id, offset: 0, length: 600_000, transferEncoding: '' }
    await expect(handlers['body.part'](part, cancelled)).rejects.toMatchObject({ kind: 'Cancelled' })
    await expect(handlers['body.parts']({ id: GONE, contentType: '' }, context)).rejects.toMatchObject({ kind: 'NotFound' })
  })
})
