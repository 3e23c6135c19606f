import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonForQuery } from '../../../../src-main/core/bodies/query-json.ts'
import { streamedJson } from '../../../../src-main/core/bodies/query-json-stream.ts'
import type { Match, Matches, QueriedText, QueryProblem } from '../../../../src-main/core/bodies/query-types.ts'
import { streamJsonPath } from '../../../../src-main/core/bodies/stream-json-path.ts'
import type { Utf8File } from '../../../../src-main/core/bodies/utf8-file.ts'

function fileOf(text: string): Utf8File {
  const bytes = Buffer.from(text, 'utf8')
  return { bytes: bytes.length, read: (from, to) => bytes.subarray(from, to), close: () => undefined }
}

test('says how far it is as the text goes by', () => {
  const seen: number[] = []
  const share = new Int32Array(1)

  streamedJson(fileOf('[1,2,3,4]'), 3).query('jsonpath', '$[*]', { share, check: () => void seen.push(share[0] ?? 0) })

  expect([...new Set(seen)]).toEqual([0, 333, 667])
  expect(share[0]).toBe(1000)
})

function told(answer: Matches | QueryProblem): unknown {
  if (answer.kind === 'problem') return answer
  const all = Array.from({ length: answer.kept }, (_, index) => answer.at(index))
  // Of a text the whole query writes anew what is read from the stream as it stands.
  const sourceOf = ({ type, source }: Match): unknown => (type === 'string' ? JSON.parse(source()) : source())
  return { total: answer.total, matches: all.map((match) => [match.type, match.path(), match.text(), sourceOf(match)]) }
}

function ask(text: QueriedText | QueryProblem, expression: string): unknown {
  return text.kind === 'problem' ? text : told(text.query('jsonpath', expression))
}

/** Cut within names and values when a piece is a few bytes. */
const streamed = (text: string, expression: string, pieceBytes?: number): unknown => ask(streamedJson(fileOf(text), pieceBytes), expression)
const whole = (text: string, expression: string): unknown => ask(readJsonForQuery(text), expression)

const name = fc.constantFrom('a', 'b', 'id', 'é', 'x y', '"', '\\', '')
const leaf = fc.oneof(
  fc.constantFrom('12345678901234567890', '1.0', '-0', '1e400', 'true', 'false', 'null', '""', '"\\u00e9\\n"', '7', '3', '"b"'),
  fc.integer({ min: -9, max: 9 }).map(String),
)
const space = fc.constantFrom('', ' ', '\n', '\t ')
const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    leaf,
    fc.tuple(fc.array(tie('value'), { maxLength: 4 }), space).map(([items, gap]) => `[${gap}${items.join(`${gap},${gap}`)}${gap}]`),
    fc
      .tuple(fc.uniqueArray(fc.tuple(name, tie('value')), { maxLength: 4, selector: ([key]) => key }), space)
      .map(
        ([members, gap]) => `{${gap}${members.map(([key, text]) => `${JSON.stringify(key)}${gap}:${gap}${text}`).join(`,${gap}`)}${gap}}`,
      ),
  ),
})).value

const selector = fc.oneof(
  name.map((text) => JSON.stringify(text)),
  fc.constantFrom('*', '0', '1', '2', ':2', '1:', '::2', '1:4:2', '::0', '"a","a"', '0,*', '*,"a"', '1,0'),
  fc.constantFrom(
    '?@.id > 2',
    '?@.a',
    '?!@.b',
    '?@ == 7',
    '?@ == "b"',
    '?@[0] == 7',
    '?length(@.a) > 1',
    '?@.a == @.b',
    '?count(@.*) > 1',
    '?@..id',
    '?@.a && @.id < 5',
    '?@.a[?@.b]',
    '?@ != null, "a"',
  ),
)
const segment = fc.tuple(fc.constantFrom('', '', '..'), selector).map(([dots, inside]) => `${dots}[${inside}]`)
const expression = fc.array(segment, { maxLength: 4 }).map((segments) => `$${segments.join('')}`)

describe('JSONPath over JSON that streams by', () => {
  test('finds what a query of the whole text finds, in the same order', () => {
    fc.assert(
      fc.property(value, expression, fc.integer({ min: 1, max: 40 }), (text, path, pieceBytes) => {
        expect(streamed(text, path, pieceBytes)).toEqual(whole(text, path))
      }),
      { numRuns: 3000 },
    )
  })

  test('takes several values as a list of them', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 4 }), expression, (values, path) => {
        fc.pre(path !== '$')
        expect(streamed(values.join('\n'), path)).toEqual(whole(values.join('\n'), path))
      }),
      { numRuns: 300 },
    )
  })

  test('keeps digits and strings as they stand, and finds both of a name that stands twice', () => {
    const answer = streamedJson(fileOf('{"a":\u0020 12345678901234567890 ,"b":"\\u00e9","a":1.0}'.replace('\u0020', ' '))).query(
      'jsonpath',
      '$[*]',
    )

    if (answer.kind === 'problem') throw new Error(answer.message)
    expect(Array.from({ length: 3 }, (_, index) => answer.at(index).source())).toEqual(['12345678901234567890', '"\\u00e9"', '1.0'])
  })

  test.each([
    ['$[-1]', 'counts from the end'],
    ['$[::-1]', 'negative step'],
    ['$[?@.a == $.b]', 'another part of the body'],
    ['$[?@.a[?@.b == $.c]]', 'another part of the body'],
  ])('refuses %s in words', (path, words) => {
    expect(streamed('[1]', path)).toMatchObject({ kind: 'problem', of: 'limit', message: expect.stringContaining(words) as unknown })
  })

  test('asks filters of members of an object of any size, and refuses to hold one that is too long', () => {
    const long = 'x'.repeat(5 * 1024 * 1024)
    const text = `{"big":{"text":"${long}","id":7},"list":["${long}"]}`

    expect(streamed(text, '$[?@.id == 7].id')).toMatchObject({ kind: 'problem', message: expect.stringContaining('$.big') as unknown })
    const answer = streamedJson(fileOf(text)).query('jsonpath', '$..[?@.id == 7]')
    if (answer.kind === 'problem') throw new Error(answer.message)
    expect(answer.total).toBe(1)
    expect(answer.at(0).path()).toBe('$.big')
    expect(answer.at(0).beginning?.(8)).toMatchObject({ text: '{"text":' })
  })

  test('says where a body is broken, with what stands before it', () => {
    expect(streamed('not json', '$.a')).toMatchObject({ kind: 'problem', of: 'body' })
    const answer = streamedJson(fileOf('{"a":1,\n"b":2,\n"c"')).query('jsonpath', '$.a')
    expect(answer).toMatchObject({ kind: 'matches', total: 1, note: expect.stringContaining('line 3') as unknown })
  })

  test('shows where an expression is wrong', () => {
    expect(streamed('[1]', '$[')).toMatchObject({ kind: 'problem', of: 'expression' })
  })

  test('gives the texts of matches of a stream that is read once', async () => {
    const open = (text: string) => () => Readable.from(text.split('').map((one) => Buffer.from(one)))
    const found: unknown[] = []

    const answer = await streamJsonPath(open('{"b":{"a":1.0},"a": "x" }'), '$..a', (match) => found.push([match.path, match.source]))
    const several = await streamJsonPath(open('{"a":1}\n{"a":2}'), '$[?@.a > 1].a', (match) => found.push([match.path, match.source]))
    const broken = await streamJsonPath(open('{"a":'), '$.a', () => undefined)

    expect([answer, several]).toEqual([
      { kind: 'matches', total: 2 },
      { kind: 'matches', total: 1 },
    ])
    expect(found).toEqual([
      ['$.a', '"x"'],
      ['$.b.a', '1.0'],
      ['$[1].a', '2'],
    ])
    expect(broken.kind).toBe('problem')
  })
})
