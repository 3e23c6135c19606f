import { describe, expect, test } from 'vitest'
import type { TableFacts } from '#contract/model/body.ts'
import { MAX_LINE_UNITS } from '../../../../src-main/core/bodies/line-reader.ts'
import { delimiterOf, loadTableRows } from '../../../../src-main/core/bodies/table-rows.ts'

interface Read {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly string[]
  readonly facts: TableFacts
  readonly note: string | null
}

async function read(csv: string, { tabs = false, step = csv.length || 1 } = {}): Promise<Read> {
  const out: Buffer[] = []
  const stage = (await loadTableRows(tabs))((bytes) => out.push(Buffer.from(bytes)))
  const bytes = Buffer.from(csv)
  for (let at = 0; at < bytes.length; at += step) stage.write(bytes.subarray(at, at + step))
  stage.end()
  const text = Buffer.concat(out).toString('utf8')
  const lines = text === '' ? [] : text.split('\n')
  return { rows: lines.map((line) => JSON.parse(line) as string[]), lines, facts: stage.facts(), note: stage.note() }
}

describe('the rows of a table', () => {
  test('quotes, line breaks in them and doubled quotes are undone', async () => {
    const csv = 'name,said\r\n"Doe, Jane","one\r\ntwo ""x"""\r\n\r\nÅse,\r\n'

    const { rows, facts, note } = await read(csv)

    expect(rows).toEqual([
      ['name', 'said'],
      ['Doe, Jane', 'one\r\ntwo "x"'],
      ['Åse', ''],
    ])
    expect(facts).toMatchObject({ delimiter: ',', rows: 3, columns: 2, ragged: 0, widths: [9, 14] })
    expect(note).toBeNull()
    expect((await read(csv, { step: 1 })).rows).toEqual(rows)
  })

  test('columns are as wide as their cells are shown: wide characters twice, accents of their own not at all', async () => {
    const { facts } = await read('a,b\n世界,e\u0301e\u0301\n')

    expect(facts.widths).toEqual([4, 2])
  })

  test('rows of unequal length stay, and are counted', async () => {
    const { rows, facts } = await read('a,b,c\n1\n1,2,3,4\n1,2,3\n')

    expect(rows.map((row) => row.length)).toEqual([3, 1, 4, 3])
    expect(facts).toMatchObject({ columns: 4, ragged: 2 })
  })

  test('columns of numbers are told from others, whatever stands above and between them', async () => {
    const { facts } = await read('id;price;text;none\n1;1.000,50;a;\n-2;3,4%;5;\n;7e3;6;\n')

    expect(facts).toMatchObject({ delimiter: ';', numeric: [true, true, false, false] })
  })

  test('a quote in the middle of a cell is a quote', async () => {
    expect((await read('a,b\n5" disk,"x"\n')).rows[1]).toEqual(['5" disk', 'x'])
  })

  test('a quote that is never closed is said', async () => {
    const { rows, note } = await read('a,b\n1,2\n"open,3\n4,5\n')

    expect(rows).toHaveLength(2)
    expect(note).toMatch(/^Shown up to row 2, where it stops being a table: Quote Not Closed/)
  })

  test('a row is never longer than a line may be, its cells being cut', async () => {
    const { lines, rows } = await read(`a,b\n${'x'.repeat(50_000)},"${'\u0001'.repeat(30_000)}"\n${'y,'.repeat(5000)}z\n`)

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(MAX_LINE_UNITS)
    expect(rows[1]?.[0]).toMatch(/^x+…$/)
  })

  test('what the type says of tabs holds, and nothing has no rows', async () => {
    expect((await read('a,b\n1,2', { tabs: true })).rows).toEqual([['a,b'], ['1,2']])
    expect((await read('')).facts).toMatchObject({ rows: 0, columns: 0 })
    expect((await read('only')).rows).toEqual([['only']])
  })

  test('a hundred thousand rows take a moment', async () => {
    const csv = 'id,name\n' + '1,"a name, quoted"\n'.repeat(100_000)

    const { facts } = await read(csv, { step: 1024 * 1024 })

    expect(facts.rows).toBe(100_001)
  })
})

test.each([
  ['a,b,c\n1,2,3\n', ','],
  ['a;b\n"1,5";2\n"3,4";5\n', ';'],
  ['a\tb c, d\n1\t2\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['no separator\nat all\n', ','],
  ['date;amount\n1,2;3,4\n5,6;7,8\n', ';'],
])('what separates the cells of %j is %j', (sample, expected) => {
  expect(delimiterOf(sample)).toBe(expected)
})
