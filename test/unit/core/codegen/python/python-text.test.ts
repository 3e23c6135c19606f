import { describe, expect, test } from 'vitest'
import { pythonLines, pythonString, pythonText } from '#core/codegen/python/python-text.ts'

const environ = (quote: string): string => `os.environ[${quote}A${quote}]`

describe('a string literal', () => {
  test.each([
    ['', '""'],
    ['abc', '"abc"'],
    ['é 日本 😀', '"é 日本 😀"'],
    ["it's", '"it\'s"'],
    ['say "hi"', '\'say "hi"\''],
    ['"it\'s"', "'\"it\\'s\"'"],
    [`"'`, `"\\"'"`],
    ['a\\b\n\r\t', '"a\\\\b\\n\\r\\t"'],
    ['\0\x1b\x7f\x85\xa0', '"\\x00\\x1b\\x7f\\x85\\xa0"'],
    ['\u2028\u202e\ufeff', '"\\u2028\\u202e\\ufeff"'],
    ['\ud800', '"\\ud800"'],
    ['{x}', '"{x}"'],
  ])('of %j is %s', (text, literal) => {
    expect(pythonString(text)).toBe(literal)
  })
})

describe('a text with an expression in it', () => {
  test.each([
    [[environ], 'os.environ["A"]'],
    [['Bearer ', environ], 'f"Bearer {os.environ[\'A\']}"'],
    [['{"a": "', environ, '"}'], 'f\'{{"a": "{os.environ["A"]}"}}\''],
    [[environ, environ], "f\"{os.environ['A']}{os.environ['A']}\""],
  ])('%#', (parts, code) => {
    expect(pythonText(parts)).toBe(code)
  })
})

describe('a text of several lines', () => {
  test('is laid out in triple quotes', () => {
    expect(pythonLines(['<a>\n  "b\\c"\t</a>\n'])).toBe('"""<a>\n  "b\\\\c"\\t</a>\n"""')
    expect(pythonLines(['{\n', environ, '}'])).toBe('f"""{{\n{os.environ["A"]}}}"""')
  })

  test.each(['one line', 'one line\n', 'a\r\nb', 'a\n"""b', 'a\n"'])('%j is not', (text) => {
    expect(pythonLines([text])).toBeNull()
  })
})
