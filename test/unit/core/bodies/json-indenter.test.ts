import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonIndenter, type JsonProblem } from '../../../../src-main/core/bodies/json-indenter.ts'

function indent(pieces: readonly Uint8Array[]): { text: string; problem: JsonProblem | null } {
  const out: Buffer[] = []
  const indenter = new JsonIndenter((bytes) => out.push(Buffer.from(bytes)))
  for (const piece of pieces) indenter.write(piece)
  const { problem, index, length } = indenter.finish()
  const text = Buffer.concat(out).toString('utf8')
  // What it says of its output is checked with every text there is here.
  expect({ length, lines: index.lines, end: index.end }).toEqual({
    length: text.length,
    lines: text.split(/\r\n|\r|\n/).length,
    end: Buffer.byteLength(text),
  })
  return { text, problem }
}

const pretty = (source: string): { text: string; problem: JsonProblem | null } => indent([Buffer.from(source)])

/** The bytes cut at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

/** Tokens of JSON by another road than the indenter's. */
const tokens = (source: string): string[] => source.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? []

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r\n'), maxLength: 3 })
const cuts = fc.array(fc.nat(), { maxLength: 12 })
const scalar = fc.oneof(
  fc.constantFrom('0', '-0', '-0.0', '1.0', '1e400', '-1E+2', '12345678901234567890', '0.10', 'true', 'false', 'null', 'NaN', '-Infinity'),
  fc
    .string({
      unit: fc.oneof(fc.constantFrom('\\"', '\\\\', '\\u00e9', '\\/', '\\n', 'é', '🎉', '{', ']', ',', ' '), fc.constantFrom('a', 'b')),
    })
    .map((text) => `"${text}"`),
)
/** Source text of a random JSON value with odd white space, numbers as they come and names that repeat. */
const source = fc.letrec<{ value: string }>((tie) => {
  const spaced = fc.tuple(space, tie('value'), space).map((parts) => parts.join(''))
  const name = fc.constantFrom('"a"', '"a"', '"\\u0061"', '"é"', '""')
  const member = fc.tuple(space, name, space, spaced).map(([before, key, after, value]) => `${before}${key}${after}:${value}`)
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.tuple(space, fc.array(spaced, { maxLength: 4 })).map(([empty, items]) => `[${items.length > 0 ? items.join(',') : empty}]`),
      fc.tuple(space, fc.array(member, { maxLength: 4 })).map(([empty, members]) => `{${members.length > 0 ? members.join(',') : empty}}`),
    ),
  }
}).value

describe('JsonIndenter', () => {
  test('lays out as JSON.stringify does, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), cuts, (value, spaces, places) => {
        const compact = Buffer.from(JSON.stringify(value, null, spaces))

        expect(indent(cut(compact, places))).toEqual({ text: JSON.stringify(value, null, 2), problem: null })
      }),
    )
  })

  test('keeps every token as it came, white space and cuts whatever they are', () => {
    fc.assert(
      fc.property(source, cuts, (json, places) => {
        const { text, problem } = indent(cut(Buffer.from(json), places))

        expect(problem).toBeNull()
        expect(tokens(text)).toEqual(tokens(json))
        expect(pretty(text).text).toBe(text)
      }),
    )
  })

  test('puts each of several values on lines of its own, with an empty line behind one of several lines', () => {
    expect(pretty('{"a":1}\n{"b":[]}\r\n\x1e3 "x"')).toEqual({ text: '{\n  "a": 1\n}\n\n{\n  "b": []\n}\n\n3\n"x"', problem: null })
  })

  test('finds nothing wrong with an empty text', () => {
    expect(pretty('')).toEqual({ text: '', problem: null })
    expect(pretty(' \n').problem).toBeNull()
  })

  test.each([
    ['{"a":1 xyz}', '{\n  "a": 1 xyz}', 1, 8, 'expected “,” or the end of the list or object'],
    ['[1,]', '[\n  1,\n  ]', 1, 4, 'expected a value'],
    ['{"a":1,}', '{\n  "a": 1,\n  }', 1, 8, 'expected a name in double quotes'],
    ["{'a':1}", "{'a':1}", 1, 2, 'expected a name in double quotes or “}”'],
    ['{"a" 1}', '{\n  "a" 1}', 1, 6, 'expected “:”'],
    ['{"é🎉":\n\n x', '{\n  "é🎉": \nx', 3, 2, 'expected a value'],
    ['["é🎉" 1', '[\n  "é🎉" 1', 1, 8, 'expected “,” or the end of the list or object'],
    ['"a\tb"', '"a\tb"', 1, 3, 'a control character in a string'],
    ['"\\x"', '"\\x"', 1, 3, 'an unknown escape in a string'],
    ['"\\u12g4"', '"\\u12g4"', 1, 6, 'expected a hexadecimal digit'],
    ['[01]', '[\n  01]', 1, 3, 'not a value'],
    ['[1.]', '[\n  1.]', 1, 4, 'not a value'],
    ['[tru]', '[\n  tru]', 1, 5, 'not a value'],
    ['[truex]', '[\n  truex]', 1, 6, 'not a value'],
    ['{}}', '{}}', 1, 3, 'expected a value'],
    ['[1}', '[\n  1}', 1, 3, 'expected “,” or the end of the list or object'],
    ['[1', '[\n  1', 1, 3, 'the text ends too early'],
    ['"abc', '"abc', 1, 5, 'the text ends inside a string'],
    ['-', '-', 1, 2, 'the text ends inside a value'],
    ['<html>', '<html>', 1, 1, 'expected a value'],
  ])('says where %j stops being JSON and lets the rest through', (json, text, line, column, reason) => {
    const places = Array.from({ length: json.length }, (_, index) => index)

    expect(pretty(json)).toEqual({ text, problem: { line, column, reason } })
    expect(indent(cut(Buffer.from(json), places)).problem?.reason).toBe(reason)
  })

  test('loses nothing but white space before the first fault, and nothing after', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \nu1-.eatrufls'), maxLength: 40 }), cuts, (text, places) => {
        const squeezed = (value: string): string => value.replaceAll(/\s/g, '')

        expect(squeezed(indent(cut(Buffer.from(text), places)).text)).toBe(squeezed(text))
      }),
    )
  })

  test('accepts exactly what JSON.parse accepts, for single values', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '0', '.5', 'e1', 'true', 'null', ' '),
          maxLength: 9,
        }),
        (text) => {
          const one = `[${text}]`
          let parses = true
          try {
            JSON.parse(one)
          } catch {
            parses = false
          }

          // Brackets inside may make several values of the text, each of which is fine for the indenter.
          fc.pre(parses || !closesEarly(one))
          expect(pretty(one).problem === null).toBe(parses)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('does not let nesting multiply the text without limit', () => {
    const depth = 300_000
    let bytes = 0
    const indenter = new JsonIndenter((piece) => (bytes += piece.length))

    indenter.write(Buffer.alloc(depth, '['))
    indenter.write(Buffer.alloc(depth, ']'))

    expect(indenter.finish().problem).toBeNull()
    expect(bytes).toBeLessThan(40 * 1024 * 1024)
  })

  test('gives up on nesting beyond a million levels', () => {
    const indenter = new JsonIndenter(() => undefined)

    indenter.write(Buffer.alloc(1_048_577, '['))

    expect(indenter.fault()).toEqual({ line: 1, column: 1_048_577, reason: 'nested deeper than 1048576 levels' })
  })
})

/** Whether the first bracket is closed before the text ends. No string of these tests holds a bracket. */
function closesEarly(text: string): boolean {
  let depth = 0
  return [...text].some((char, index) => {
    if (char === '[' || char === '{') depth += 1
    if (char === ']' || char === '}') depth -= 1
    return depth <= 0 && index < text.length - 1
  })
}
