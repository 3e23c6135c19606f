import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BodyComparison } from '#contract/model/compare.ts'
import type { BodyId } from '../../src-main/contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { compareHandlers } from '../../src-main/core/commands/compare.ts'

let folder: string
let store: BodyStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-compare-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
})

afterEach(async () => {
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const put = async (body: Uint8Array | string): Promise<BodyId> => (await store.put(Buffer.from(body))).id

async function compare(
  left: Uint8Array | string,
  right: Uint8Array | string,
  {
    ignore = [],
    encoding = null,
    contentType = 'application/json',
    signal = new AbortController().signal,
  }: { ignore?: string[]; encoding?: string | null; contentType?: string; signal?: AbortSignal } = {},
): Promise<BodyComparison> {
  const side = async (body: Uint8Array | string) => ({ id: await put(body), contentType, encoding })
  const input = { left: await side(left), right: await side(right), ignore }
  return compareHandlers(store)['body.compare'](input, { signal, clientId: 'test' })
}

/** Records, some MiB of them. */
function many(value: (n: number) => unknown): string {
  return JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ id: n, text: `record number ${n}`, value: value(n) })))
}

describe('body.compare', () => {
  test('compares small bodies, in any encoding', async () => {
    const utf16 = Buffer.from('\ufeff{"a":"é"}', 'utf16le')

    expect(await compare(utf16, '{"a":"é"}')).toEqual({ kind: 'json', changes: [], counts: { added: 0, removed: 0, changed: 0, moved: 0 } })
    expect(await compare(Buffer.from('{"a":"\xe9"}', 'latin1'), '{"a":"x"}', { encoding: 'windows-1252' })).toMatchObject({
      changes: [{ kind: 'changed', path: '$.a', from: null, left: '"é"', right: '"x"' }],
    })
    await expect(compare('{}', '[]', { encoding: 'nonsense' })).rejects.toMatchObject({ kind: 'InvalidOption' })
  })

  test('says when both are the same bytes, whatever they are', async () => {
    expect(await compare('plain', 'plain')).toEqual({ kind: 'same' })
  })

  test('says why what is no JSON is not compared so', async () => {
    expect(await compare('<p>', '{}')).toEqual({
      kind: 'none',
      reason: 'The left body cannot be compared value by value: it is no valid JSON at line 1: expected a value.',
    })
  })

  test('does not blame what never was meant to be JSON', async () => {
    const texts = { contentType: 'text/plain' }

    expect(await compare('one', 'two', texts)).toEqual({ kind: 'none', reason: 'Neither body is JSON: they are compared line by line.' })
    expect(await compare('{}', 'two', texts)).toEqual({
      kind: 'none',
      reason: 'The right body is no JSON: they are compared line by line.',
    })
  })

  test('compares large bodies in a thread of its own, without the paths to ignore', async () => {
    const left = many((n) => ({ n, at: 'then' }))
    const right = many((n) => ({ n: n === 31_000 ? -1 : n, at: 'now' }))

    expect(await compare(left, right, { ignore: ['at'] })).toMatchObject({
      kind: 'json',
      changes: [{ kind: 'changed', path: '$[31000].value.n', left: '31000', right: '-1' }],
    })
    expect(await compare(left, right)).toMatchObject({ kind: 'json', counts: { added: 0, removed: 0, changed: 40_001, moved: 0 } })
    expect(await compare(left, 'x'.repeat(100_000))).toMatchObject({ kind: 'none' })
  })

  test('stops when the call is cancelled', async () => {
    const abort = new AbortController()
    const comparing = compare(
      many((n) => n),
      many((n) => -n),
      { signal: abort.signal },
    )
    setImmediate(() => abort.abort())

    await expect(comparing).rejects.toMatchObject({ kind: 'Cancelled' })
  })

  test('refuses what is too large, and a body that is gone', async () => {
    expect(await compare(Buffer.alloc(32 * 1024 * 1024 + 1, ' '), '{}')).toEqual({
      kind: 'none',
      reason: 'Bodies are compared value by value up to 32 MiB.',
    })
    const side = { id: '0'.repeat(64) as BodyId, contentType: '', encoding: null }
    const asking = compareHandlers(store)['body.compare'](
      { left: side, right: side, ignore: [] },
      { signal: new AbortController().signal, clientId: 'test' },
    )
    await expect(asking).rejects.toMatchObject({ kind: 'NotFound' })
  })
})
