import { describe, expect, test } from 'vitest'
import { readJsonForQuery } from '#core/bodies/query-json.ts'
import { readForQueries } from '#core/bodies/query-text.ts'
import type { Match, Matches, QueryProblem } from '#core/bodies/query-types.ts'

async function query(text: string, expression: string, keep?: number): Promise<Matches | QueryProblem> {
  const read = await readForQueries(text, 'json')
  if (read.kind === 'problem') return read
  return read.query('jsonpath', expression, keep === undefined ? {} : { keep })
}

async function found(text: string, expression: string): Promise<readonly Match[]> {
  const answer = await query(text, expression)
  if (answer.kind === 'problem') throw new Error(answer.message)
  return Array.from({ length: answer.kept }, (_, index) => answer.at(index))
}

async function sources(text: string, expression: string): Promise<readonly string[]> {
  return (await found(text, expression)).map((match) => match.source())
}

async function paths(text: string, expression: string): Promise<readonly string[]> {
  return (await found(text, expression)).map((match) => match.path())
}

/** RFC 9535 §1.5. */
const STORE = `{ "store": {
    "book": [
      { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
      { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
      { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
      { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99 }
    ],
    "bicycle": { "color": "red", "price": 399 }
  } }`

describe('JSONPath, by the examples of RFC 9535 table 2', () => {
  test.each<[string, readonly string[]]>([
    ['$.store.book[*].author', ['"Nigel Rees"', '"Evelyn Waugh"', '"Herman Melville"', '"J. R. R. Tolkien"']],
    ['$..author', ['"Nigel Rees"', '"Evelyn Waugh"', '"Herman Melville"', '"J. R. R. Tolkien"']],
    ['$.store..price', ['8.95', '12.99', '8.99', '22.99', '399']],
    ['$..book[2].author', ['"Herman Melville"']],
    ['$..book[2].publisher', []],
    ['$..book[-1].title', ['"The Lord of the Rings"']],
    ['$..book[0,1].title', ['"Sayings of the Century"', '"Sword of Honour"']],
    ['$..book[:2].title', ['"Sayings of the Century"', '"Sword of Honour"']],
    ['$..book[?@.isbn].title', ['"Moby Dick"', '"The Lord of the Rings"']],
    ['$..book[?@.price<10].title', ['"Sayings of the Century"', '"Moby Dick"']],
  ])('%s', async (expression, expected) => {
    expect(await sources(STORE, expression)).toEqual(expected)
  })

  test('finds every member value and item with $..*', async () => {
    expect((await found(STORE, '$..*')).length).toBe(27)
  })
})

describe('JSONPath', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing equals nothing, and null is something', '$[?@.c == $.x]', ['1', '{"b":null}']],
    ['a test of existence', '$[?@.c]', ['{"c":null,"d":1}']],
    ['a function with a regular expression', "$[?match(@.b, 'a.')]", []],
    ['a length', '$[?length(@) > 1]', ['{"c":null,"d":1}']],
    ['a count', '$[?count(@.*) == 1]', ['{"b":null}']],
  ])('answers by the letter of the RFC: %s', async (_, expression, expected) => {
    expect(await sources('[1,{"b":null},{"c":null,"d":1}]', expression)).toEqual(expected)
  })

  test('shows numbers digit by digit, and compares them', async () => {
    const text = '[{"id": 12345678901234567890, "price": 1.50},{"id":1e2},{"id":4}]'

    expect(await sources(text, '$[?@.id > 5].id')).toEqual(['12345678901234567890', '1e2'])
    expect(await sources(text, '$[?@.price == 1.5]')).toEqual(['{"id": 12345678901234567890, "price": 1.50}'])
    expect(await sources('12345678901234567890', '$')).toEqual(['12345678901234567890'])
  })

  test('takes the last of two members of one name, digits included', async () => {
    expect(await sources('{"a": 1.0, "a": 2}', '$.a')).toEqual(['2'])
  })

  test('gives the shortest path that leads to the match alone', async () => {
    const text = '{"items":[{"id":1}],"a b":{"it\'s":2},"__proto__":3}'

    expect(await paths(text, '$..id')).toEqual(['$.items[0].id'])
    expect(await sources(text, (await paths(text, '$["a b"].*'))[0] ?? '')).toEqual(['2'])
    expect(await sources(text, '$.__proto__')).toEqual(['3'])
  })

  test('says where an expression is wrong', async () => {
    expect(await query('{}', '$.a[?@.b ==]')).toEqual({
      kind: 'problem',
      of: 'expression',
      message: 'unexpected end of expression',
      position: 11,
    })
    expect(await query('{}', 'a')).toMatchObject({ of: 'expression', position: 0 })
    expect(await query('{}', '  $.')).toMatchObject({ of: 'expression', position: 4 })
  })

  test('says where the body is no JSON', async () => {
    expect(await query('{"a":\n  tru}', '$')).toMatchObject({
      of: 'body',
      message: 'Not valid JSON at line 2, column 3: expected a value.',
    })
    expect(await query('', '$')).toMatchObject({ of: 'body' })
    expect(await query('["\\x"]', '$')).toMatchObject({ of: 'body', message: expect.stringContaining('unknown escape') as string })
    expect(await query('[1', '$')).toMatchObject({ of: 'body' })
  })

  test('takes lines of JSON for one list', async () => {
    expect(await sources('{"a":1.0}\n{"a":2}\n', '$[*].a')).toEqual(['1.0', '2'])
    expect(await sources('1\n2.0\n', '$')).toEqual(['[1,\n2.0]'])
  })

  test('goes through lists longer than a call has room for, and keeps as many as asked', async () => {
    const text = `[${Array.from({ length: 300_000 }, (_, index) => index).join(',')}]`

    const answer = await query(text, '$[*]', 10)

    expect(answer).toMatchObject({ kind: 'matches', total: 300_000, kept: 10 })
  })

  test('refuses what is nested beyond sense', async () => {
    expect(await query('['.repeat(100_000), '$')).toMatchObject({ of: 'body', message: expect.stringContaining('2,000 deep') as string })
    expect((await found(`${'['.repeat(1999)}1${']'.repeat(1999)}`, '$..[?@ == 1]')).length).toBe(1)
  })
})

test('says that an integer beyond 2^53 is compared as the double next to it, but not of one in quotes', () => {
  const noteOf = (expression: string): string | null => {
    const read = readJsonForQuery('[12345678901234567890]')
    if (read.kind === 'problem') throw new Error(read.message)
    const answer = read.query('jsonpath', expression)
    if (answer.kind === 'problem') throw new Error(answer.message)
    return answer.note
  }

  expect(noteOf('$[?@ == 12345678901234567891]')).toContain('12345678901234567891 is the same as all that round to 12345678901234567168')
  expect(noteOf('$[?@ == 9007199254740992]')).toBeNull()
  expect(noteOf("$[?@ == '12345678901234567891']")).toBeNull()
})
