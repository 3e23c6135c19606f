import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TextQuery } from '../../src-main/contract/model/body-search.ts'
import type { ViewId } from '../../src-main/contract/model/ids.ts'
import { createBodySearch, type BodySearch } from '../../src-main/core/bodies/body-search.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { createBodyViews, type BodyViews } from '../../src-main/core/bodies/body-views.ts'

let folder: string
let store: BodyStore
let views: BodyViews
let search: BodySearch

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-search-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
  views = createBodyViews({ store, dir: join(folder, 'views') })
  search = createBodySearch({ textOf: views.text, stuckMs: 1000 })
})

afterEach(async () => {
  await search.close()
  await views.closeAll()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

async function open(body: Uint8Array | string, format: 'pretty' | 'raw' = 'raw', encoding: string | null = 'utf-8'): Promise<ViewId> {
  const { id } = await store.put(Buffer.from(body))
  return (await views.open({ id, contentType: '', format, encoding })).viewId
}

const query = (text: string, flags: Partial<TextQuery> = {}): TextQuery => ({
  text,
  matchCase: false,
  wholeWord: false,
  regex: false,
  ...flags,
})

async function findAll(viewId: ViewId, sought: TextQuery): Promise<{ readonly hits: number[]; readonly pages: number }> {
  const hits: number[] = []
  let pages = 0
  let cursor: string | null = null
  do {
    const page = await search.find({ viewId, query: sought, cursor })
    hits.push(...page.hits)
    cursor = page.next
    pages += 1
  } while (cursor !== null)
  return { hits, pages }
}

/** The same, simply: line by line in a text that is all here. */
function findPlainly(text: string, pattern: RegExp): number[] {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line, number) => [...line.matchAll(pattern)].flatMap(({ index, 0: found }) => [number, index, index + found.length]))
}

/** Short lines, long ones and very long ones, with every line break, characters of every length, and matches anywhere. */
function mixedText(): string {
  const breaks = ['\n', '\r\n', '\r']
  const lengths = [0, 3, 40, 9, 70_000, 12, 0, 1, 65_536, 400_000, 5, 3_000_000, 30, 8]
  const word = (index: number): string => ['needle ', 'Käthe 🎉 ', 'xNEEDLE', 'abc, ', '漢字 '][(index * 7 + (index >> 3)) % 5] ?? ''
  let count = 0
  return Array.from({ length: 60 }, (_, line) => {
    const length = lengths[line % lengths.length] ?? 0
    let text = ''
    while (text.length < length && line < 30 + (length > 100_000 ? -10 : 30)) text += word((count += 1))
    return text + (breaks[line % 3] ?? '')
  }).join('')
}

describe('finding in a view', () => {
  test('tells the places of the hits in lines, whatever the case', async () => {
    const viewId = await open('one two\nTwo\r\nthree\rtwo two')

    expect((await findAll(viewId, query('two'))).hits).toEqual([0, 4, 7, 1, 0, 3, 3, 0, 3, 3, 4, 7])
    expect((await findAll(viewId, query('Two', { matchCase: true }))).hits).toEqual([1, 0, 3])
    expect((await findAll(viewId, query('nowhere'))).hits).toEqual([])
  })

  test('tells them in the text that is shown: decoded, without byte order mark, laid out', async () => {
    expect((await findAll(await open('\ufeffneedle'), query('needle'))).hits).toEqual([0, 0, 6])
    expect((await findAll(await open(iconv.encode('über needle', 'utf-16le'), 'raw', 'utf-16le'), query('NEEDLE'))).hits).toEqual([
      0, 5, 11,
    ])
    expect((await findAll(await open('{"a":"needle"}', 'pretty'), query('needle'))).hits).toEqual([1, 8, 14])
  })

  test.each([
    [query('needle'), /needle/gi],
    [query('needle', { matchCase: true }), /needle/g],
    [query('needle', { wholeWord: true }), /(?<![\p{L}\p{N}_])needle(?![\p{L}\p{N}_])/giu],
    [query('n.{2}d', { regex: true }), /n.{2}d/giu],
    [query('^(?:needle|käthe)|🎉.', { regex: true }), /^(?:needle|käthe)|🎉./giu],
    [query('(?<=\\s)xneedle', { regex: true }), /(?<=\s)xneedle/giu],
    [query('\\S\\s*$', { regex: true }), /\S\s*$/giu],
  ])('finds in lines of any length what is there: %o', async (sought, pattern) => {
    const text = mixedText()
    const { hits } = await findAll(await open(text), sought)

    const expected = findPlainly(text, pattern)
    expect(expected.length).toBeGreaterThan(30)
    expect(hits.length).toBe(expected.length)
    expect(hits).toEqual(expected)
  })

  test('comes in pages that join without a gap, also within a line and within a piece', async () => {
    const text = 'ab'.repeat(40_000) + '\n' + 'ab'.repeat(1_500_000) + '\nab'
    const { hits, pages } = await findAll(await open(text), query('ab'))

    // 1,540,001 hits of which a page has at most 20,000: one that takes too long has fewer, so there may be more pages.
    expect(pages).toBeGreaterThanOrEqual(Math.ceil(1_540_001 / 20_000))
    expect(hits).toEqual(findPlainly(text, /ab/g))
  })

  test('says beside what is typed why it is no expression', async () => {
    const viewId = await open('text')

    await expect(search.find({ viewId, query: query('(', { regex: true }), cursor: null })).rejects.toMatchObject({
      kind: 'InvalidOption',
      message: 'Not a regular expression: unterminated group.',
    })
  })

  test('stops an expression that does not end, and others go on', async () => {
    const viewId = await open(`${'a'.repeat(40)}!\nneedle\n`)
    const other = await open('needle\n'.repeat(500_000))

    const stuck = search.find({ viewId, query: query('(a+)+$', { regex: true }), cursor: null })
    const going = findAll(other, query('needle'))

    await expect(stuck).rejects.toMatchObject({ kind: 'InvalidOption', message: /takes too long/ })
    expect((await going).hits).toHaveLength(1_500_000)
    expect((await findAll(viewId, query('needle'))).hits).toEqual([1, 0, 6])
  })

  test('ends with its call, and with its view', async () => {
    const viewId = await open('needle\n'.repeat(500_000))

    const given = search.find({ viewId, query: query('needle'), cursor: null }, AbortSignal.abort())
    await expect(given).rejects.toMatchObject({ kind: 'Cancelled' })
    await views.close(viewId)
    await expect(search.find({ viewId, query: query('needle'), cursor: null })).rejects.toMatchObject({ kind: 'NotFound' })
    const kept = await open('text')
    await expect(search.find({ viewId: kept, query: query('x'), cursor: 'nonsense' })).rejects.toMatchObject({ kind: 'InvalidCall' })
  })
})

test('lines are read by their numbers', async () => {
  const viewId = await open(Array.from({ length: 100_000 }, (_, index) => `line ${index}`).join('\n'))

  expect(await search.linesAt({ viewId, lines: [0, 3, 4, 50_000, 99_999, 100_000] })).toEqual({
    lines: ['line 0', 'line 3', 'line 4', 'line 50000', 'line 99999', ''],
  })
})

describe('laying a view out in rows', () => {
  test('cuts lines at their width, wide characters counted twice, and knows where each row is from', async () => {
    const viewId = await open('abcdefghijklm\r\n\r漢字漢字漢字🎉\tx\n')

    expect(await search.wrap({ viewId, columns: 10 })).toEqual({ rows: 6 })
    expect(await search.rows({ viewId, columns: 10, from: 0, count: 10 })).toEqual({
      rows: ['abcdefghij', 'klm', '', '漢字漢字漢', '字🎉\tx', ''],
      places: [0, 0, 0, 10, 1, 0, 2, 0, 2, 5, 3, 0],
    })
    expect(await search.rows({ viewId, columns: 10, from: 1, count: 2 })).toEqual({ rows: ['klm', ''], places: [0, 10, 1, 0] })
  })

  test('makes one row of an empty text, and none beyond the end', async () => {
    const viewId = await open('')

    expect(await search.wrap({ viewId, columns: 80 })).toEqual({ rows: 1 })
    expect(await search.rows({ viewId, columns: 80, from: 0, count: 5 })).toEqual({ rows: [''], places: [0, 0] })
    expect(await search.rows({ viewId, columns: 80, from: 1, count: 5 })).toEqual({ rows: [], places: [] })
  })

  test('loses nothing of a text of any kind, and finds each place again', async () => {
    const text = mixedText()
    const viewId = await open(text)
    const { rows: count } = await search.wrap({ viewId, columns: 90 })
    const lines: string[] = []
    for (let from = 0; from < count; from += 2000) {
      const { rows, places } = await search.rows({ viewId, columns: 90, from, count: 2000 })
      rows.forEach((row, index) => {
        if (places[2 * index + 1] === 0) lines.push(row)
        else lines.push(`${lines.pop() ?? ''}${row}`)
        expect(places[2 * index + 1]).toBe((lines.at(-1)?.length ?? 0) - row.length)
      })
    }

    expect(lines).toEqual(text.split(/\r\n|\r|\n/))
    const long = lines.findIndex(({ length }) => length >= 3_000_000)
    for (const [line, column] of [
      [0, 0],
      [long, 1_234_567],
      [long, 2_999_999],
      [long + 1, 4],
      [long + 1, 20],
    ] as const) {
      const place = await search.rowOf({ viewId, columns: 90, line, column })
      const { rows, places } = await search.rows({ viewId, columns: 90, from: place.row, count: 1 })
      expect(places).toEqual([line, column - place.column])
      expect(place.column).toBeLessThanOrEqual(rows[0]?.length ?? 0)
    }
  })
})

describe('in a view that is still being made', () => {
  test('everything is found that is found once it is whole, page by page as it comes', async () => {
    const body = `[${Array.from({ length: 150_000 }, (_, id) => `{"id":${id},"name":"Käthe ${id}","more":"${'m'.repeat(60)}"}`).join(',')}]`
    const { id } = await store.put(Buffer.from(body))
    const early = await views.open({ id, contentType: '', format: 'pretty', encoding: null, early: true })
    expect(early.share).toBeDefined()

    const found = await findAll(early.viewId, query('käthe 1499'))
    const rows = await search.wrap({ viewId: early.viewId, columns: 2000 })

    const whole = await views.open({ id, contentType: '', format: 'pretty', encoding: null })
    expect(found.hits).toEqual((await findAll(whole.viewId, query('käthe 1499'))).hits)
    expect(found.hits.length / 3).toBe(111)
    expect(rows.rows).toBe(whole.lines)
  })

  test('a line that has not ended is searched once it has', async () => {
    const { id } = await store.put(Buffer.from(`["${'x'.repeat(30_000_000)} needle"]`))
    const early = await views.open({ id, contentType: '', format: 'raw', encoding: null, early: true })

    const { hits } = await findAll(early.viewId, query('needle'))

    expect(hits).toEqual([0, 30_000_003, 30_000_009])
  })
})
