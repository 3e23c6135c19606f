import { describe, expect, test } from 'vitest'
import { createBodyStore, type BodyStore } from '#core/bodies/body-store.ts'
import { mergePages, type PageBody } from '#core/bodies/merge-pages.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const signal = new AbortController().signal

async function merged(bodies: readonly (string | Buffer)[], contentType: string, encoding: string | null = 'utf-8') {
  const store: BodyStore = createBodyStore({ dir: await tempDir(), now: Date.now })
  const pages: PageBody[] = []
  for (const body of bodies) pages.push({ bodyId: (await store.put(Buffer.from(body))).id, contentType, encoding })
  const result = await mergePages(pages, store, signal)
  const text = result && (await store.read(result.bodyId, 0, result.bodyBytes)).toString()
  await store.flush()
  return { result, text }
}

describe('mergePages', () => {
  test('lists become one list, empty ones too', async () => {
    const { result, text } = await merged(['[1, 2]', ' [] ', '\uFEFF[{"a":3}]\n'], 'application/json')
    expect(text).toBe('[1, 2,\n{"a":3}]')
    expect(result).toMatchObject({ kind: 'lists', items: 3, contentType: 'application/json' })
  })

  test('lists that are longer than what is read at once stay whole', async () => {
    const page = JSON.stringify(Array.from({ length: 60_000 }, (_, index) => ({ id: index })))
    const { result, text } = await merged([page, page], 'application/json')
    expect(result?.items).toBe(120_000)
    expect(JSON.parse(text ?? '')).toHaveLength(120_000)
  })

  test('other JSON becomes a list of what each page is', async () => {
    const { result, text } = await merged(['{"items":[1]}', '[2]'], 'application/problem+json')
    expect(text).toBe('[{"items":[1]},\n[2]]')
    expect(result?.kind).toBe('values')
  })

  test('texts stand one after the other', async () => {
    const { result, text } = await merged(['a,b', 'c,d'], 'text/csv; charset=utf-8')
    expect(text).toBe('a,b\nc,d')
    expect(result).toMatchObject({ kind: 'texts', contentType: 'text/csv; charset=utf-8', items: null })
  })

  test('lines of lists are texts, not lists', async () => {
    expect((await merged(['[1]\n[2]', '[3]'], 'application/x-ndjson')).text).toBe('[1]\n[2]\n[3]')
  })

  test('pictures, texts of two bytes a letter and nothing at all are not put together', async () => {
    expect((await merged([Buffer.from([1, 2])], 'image/png', null)).result).toBeNull()
    expect((await merged([Buffer.from('[1]', 'utf16le')], 'application/json', 'utf-16le')).result).toBeNull()
    expect((await merged([], 'text/plain')).result).toBeNull()
  })

  test('what nobody waits for any more is given up', async () => {
    const store = createBodyStore({ dir: await tempDir(), now: Date.now })
    const { id } = await store.put(Buffer.from('[1]'))
    const page = { bodyId: id, contentType: 'application/json', encoding: 'utf-8' }
    await expect(mergePages([page], store, AbortSignal.abort())).rejects.toThrow('aborted')
    await store.flush()
  })
})
