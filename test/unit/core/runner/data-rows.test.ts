import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CoreError } from '#core/lib/core-error.ts'
import { readDataFile, type DataTable } from '#core/runner/data-rows.ts'
import { tempDir } from '../../../support/temp-dir.ts'

async function read(content: string | Uint8Array, name = 'data.csv'): Promise<DataTable> {
  const path = join(await tempDir(), name)
  await writeFile(path, content)
  return readDataFile(path)
}

async function faultOf(content: string | Uint8Array, name = 'data.csv'): Promise<CoreError> {
  const error = await read(content, name).then(
    () => null,
    (failure: unknown) => failure,
  )
  if (error instanceof CoreError) return error
  throw new Error(`it was read, or broke otherwise: ${String(error)}`)
}

describe('readDataFile: CSV', () => {
  test('has the names of the columns in its first line', async () => {
    expect(await read('user,age\nada,36\nbob,7\n')).toEqual({
      format: 'csv',
      columns: ['user', 'age'],
      rows: [
        { user: 'ada', age: '36' },
        { user: 'bob', age: '7' },
      ],
      warnings: [],
    })
  })

  test.each([
    ['a byte order mark', '\ufeffuser,age\nada,36'],
    ['semicolons', 'user;age\nada;36'],
    ['tabs', 'user\tage\nada\t36'],
    ['bars', 'user|age\nada|36'],
    ['line ends of Windows', 'user,age\r\nada,36\r\n'],
    ['empty lines', 'user,age\n\nada,36\n\n'],
    ['UTF-16 with its mark', Buffer.from('\ufeffuser,age\nada,36', 'utf16le')],
    ['quotes around all', '"user","age"\n"ada","36"'],
  ])('with %s', async (_what, content) => {
    const { columns, rows } = await read(content)

    expect(columns).toEqual(['user', 'age'])
    expect(rows).toEqual([{ user: 'ada', age: '36' }])
  })

  test('keeps separators, line breaks, quotes and spaces in quoted values', async () => {
    const { rows } = await read('user;note\nada;"one; two\nthree ""four"" "\n')

    expect(rows).toEqual([{ user: 'ada', note: 'one; two\nthree "four" ' }])
  })

  test('takes a separator in a quoted name for none', async () => {
    const { columns } = await read('"a;b;c",d\n1,2')

    expect(columns).toEqual(['a;b;c', 'd'])
  })

  test('tells of rows that have fewer or more values than there are columns', async () => {
    const { rows, warnings } = await read('user,age\nada\nbob,7,x\n')

    expect(rows).toEqual([{ user: 'ada' }, { user: 'bob', age: '7' }])
    expect(warnings).toEqual([
      'Row 1 has fewer values than there are columns: those at the end have none.',
      'Row 2 has more values than there are columns: those are left out.',
    ])
  })

  test('reads what is not UTF-8, and says so', async () => {
    const { rows, warnings } = await read(Buffer.from('name\nJosé\n', 'latin1'))

    expect(rows).toEqual([{ name: 'José' }])
    expect(warnings).toEqual(['data.csv is not UTF-8; it was read as Windows-1252.'])
  })

  test.each([
    ['', 'it is empty'],
    ['user,age\n', 'it has no row below the names of its columns'],
    ['user,user\n1,2', 'two columns are named “user”'],
    ['user,\n1,2', 'column 2 has no name'],
    ['user\n"ada', 'a quote is opened that is never closed'],
  ])('refuses %j', async (content, why) => {
    const { kind, message } = await faultOf(content)

    expect(kind).toBe('Unreadable')
    expect(message).toContain(why)
  })

  test('refuses bytes that are no text', async () => {
    expect((await faultOf(Buffer.from([0, 1, 2, 0, 255]))).message).toContain('it is no text')
  })
})

describe('readDataFile: JSON', () => {
  test('is a list of objects, whatever their values', async () => {
    const { format, columns, rows, warnings } = await read('[{"user": "ada", "tags": ["x"]}, {"user": 7, "on": true}]', 'data.json')

    expect(format).toBe('json')
    expect(columns).toEqual(['user', 'tags', 'on'])
    expect(rows).toEqual([
      { user: 'ada', tags: '["x"]' },
      { user: '7', on: 'true' },
    ])
    expect(warnings).toEqual(['Rows 1, 2 have not every name that others have.'])
  })

  test('is told by its content where the file is called neither', async () => {
    expect((await read('  [{"a": "b"}]', 'rows.txt')).format).toBe('json')
    expect((await read('a\nb', 'rows.txt')).format).toBe('csv')
  })

  test.each([
    ['{"user": "ada"}', 'it must hold a list of objects'],
    ['"ada"', 'it must hold a list of objects'],
    ['[]', 'its list is empty'],
    ['[{"a": 1}, 2]', 'item 2 of its list is 2, not an object'],
    ['[{"a": 1},\n{"a" 2}]', 'it is no JSON'],
  ])('refuses %j', async (content, why) => {
    const { kind, message } = await faultOf(content, 'data.json')

    expect(kind).toBe('Unreadable')
    expect(message).toContain(why)
  })
})

test('a file that is not there is told of by its path', async () => {
  const path = join(await tempDir(), 'none.csv')

  await expect(readDataFile(path)).rejects.toMatchObject({ kind: 'FileNotFound', message: expect.stringContaining(path) as string })
})
