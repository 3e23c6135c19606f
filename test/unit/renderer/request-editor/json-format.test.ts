import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJson, isJsonWithVariables, jsonVerdict } from '../../../../src-renderer/features/request-editor/json-format.ts'

describe('formatJson', () => {
  test('indents objects and arrays by two spaces', () => {
    expect(formatJson('{"a":[1,{"b":null}],"c":"d"}')).toBe('{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": "d"\n}')
  })

  test('keeps every token as typed: numbers, escapes and duplicate names', () => {
    const typed = '{"n":1.0,"big":12345678901234567890,"e":1E400,"s":"\\u00e9\\/","n":-0}'

    expect(formatJson(typed)?.replace(/\s/g, '')).toBe(typed)
  })

  test('leaves empty objects and arrays on one line', () => {
    expect(formatJson('{ "a" : { } , "b":[ ] }')).toBe('{\n  "a": {},\n  "b": []\n}')
  })

  test('keeps white space inside strings', () => {
    expect(formatJson('["a  b , c"]')).toBe('[\n  "a  b , c"\n]')
  })

  test('keeps unquoted variables', () => {
    expect(formatJson('{"id":{{ user_id }},"name":"{{name}}"}')).toBe('{\n  "id": {{ user_id }},\n  "name": "{{name}}"\n}')
  })

  test('writes the line breaks the text has', () => {
    expect(formatJson('[1,\r\n2]')).toBe('[\r\n  1,\r\n  2\r\n]')
  })

  test('changes nothing about a text that is not JSON', () => {
    expect(formatJson('{"a":1,}')).toBeNull()
    expect(formatJson('')).toBeNull()
  })

  test('gives the same value and is stable, for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const formatted = formatJson(text)

        expect(JSON.parse(formatted ?? '')).toEqual(JSON.parse(text))
        expect(formatJson(formatted ?? '')).toBe(formatted)
      }),
    )
  })
})

describe('jsonVerdict', () => {
  test('agrees with JSON.parse on any small text', () => {
    const alphabet = ['{', '}', '[', ']', ',', ':', '"', 'a', '1', '0', '.', '-', 'e', ' ', '\n', '\\', 'true', 'null', '"a"', '/', "'"]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        fc.pre(!text.includes('{{') && text.trim() !== '')

        expect(jsonVerdict(text)?.valid, text).toBe(parses(text))
      }),
      { numRuns: 20_000 },
    )
  })

  test.each([
    ['{"a":1,}', 'Line 1, column 7: JSON has no trailing comma.'],
    ['[1,\n2,\n]', 'Line 2, column 2: JSON has no trailing comma.'],
    ['// no\n1', 'Line 1, column 1: JSON has no comments.'],
    ['{"a":1 /* no */}', 'Line 1, column 8: JSON has no comments.'],
    ['{"a" 1}', 'Line 1, column 6: a colon is missing before "1".'],
    ['{"a":1\n"b":2}', 'Line 2, column 1: a comma is missing before "b".'],
    ['{"a":}', 'Line 1, column 6: a value is missing before "}".'],
    ["{'a':1}", 'Line 1, column 2: text stands in double quotes, not single ones.'],
    ['{a:1}', 'Line 1, column 2: "a" is not a value; text stands in double quotes.'],
    ['{1:2}', 'Line 1, column 2: "1" stands where a name in double quotes is expected.'],
    ['[01]', 'Line 1, column 2: "01" is not a number.'],
    ['{"a"}', 'Line 1, column 5: a colon and a value are missing before "}".'],
    ['[1,,2]', 'Line 1, column 4: there is a comma too many.'],
    ['{"a":1,\n,"b":2}', 'Line 2, column 1: there is a comma too many.'],
    ['[,1]', 'Line 1, column 2: a value is missing before ",".'],
    ['[1', 'Line 1, column 1: "[" is not closed.'],
    ['{"a":[1,\n {"b":2}', 'Line 1, column 6: "[" is not closed.'],
    ['{"a":{{id}},}', 'Line 1, column 12: JSON has no trailing comma.'],
    ['[1}', 'Line 1, column 3: "}" closes a "[".'],
    ['1]', 'Line 1, column 2: "]" follows the value.'],
    ['"abc', 'Line 1, column 1: a text is not closed.'],
    ['"a\\x"', 'Line 1, column 1: a text holds an escape that JSON does not know.'],
  ])('says of %j what is wrong and where', (text, words) => {
    expect(jsonVerdict(text)).toMatchObject({ valid: false, words })
  })

  test('has nothing to say of an empty text', () => {
    expect(jsonVerdict(' \n')).toBeNull()
  })

  test('reads a long text in one pass', () => {
    const text = `[${Array.from({ length: 20_000 }, (_, index) => `{"id":${index},"name":"n${index}"}`).join(',')}]`

    expect(jsonVerdict(text)?.valid).toBe(true)
  })
})

describe('isJsonWithVariables', () => {
  test('holds for JSON in which a variable stands for a value or a name', () => {
    expect(isJsonWithVariables('{"id":{{id}},{{key}}:1}')).toBe(true)
  })

  test('does not hold for what is broken elsewhere, or has no variable', () => {
    expect(isJsonWithVariables('{"id":{{id}},}')).toBe(false)
    expect(isJsonWithVariables('{"id":1}')).toBe(false)
  })
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
