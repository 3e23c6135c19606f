import { describe, expect, test } from 'vitest'
import { parseDocument, type ErrorCode } from 'yaml'
import { yamlFault } from '../../../../src-main/core/lib/yaml-fault.ts'
import { sentencesFrom } from '../../../../src-renderer/languages/sentences.ts'
import chinese from '../../../../src-renderer/languages/zh-CN.core.json' with { type: 'json' }

const told = sentencesFrom(chinese)

describe('what is wrong with a YAML text', () => {
  test.each([
    ['a: "b\n', 'MISSING_CHAR', 'a quotation mark is not closed'],
    ["a: 'b\n", 'MISSING_CHAR', 'a quotation mark is not closed'],
    ['a: [1, 2\n', 'BAD_INDENT', 'a bracket is not closed'],
    ['[1, 2\n', 'MISSING_CHAR', 'a bracket is not closed'],
    ['a: 1\nb\n', 'MISSING_CHAR', 'a name has no colon after it'],
    ['a\n b: 1\n', 'MULTILINE_IMPLICIT_KEY', 'a name has no colon after it'],
    ['a: {"b" "c": 1}\n', 'MISSING_CHAR', 'a comma is missing between two values in brackets'],
    ['a: "b"#c\n', 'MISSING_CHAR', 'a space is missing before #'],
    ['a: b: c\n', 'BLOCK_AS_IMPLICIT_KEY', 'a value with a colon and a space in it has to stand in quotes'],
    ['a: @b\n', 'BAD_SCALAR_START', 'a value that begins with this character has to stand in quotes'],
    ['a: "\\q"\n', 'BAD_DQ_ESCAPE', 'a backslash in double quotes begins no escape that YAML knows'],
    ['a:\n\tb: 1\n', 'TAB_AS_INDENT', 'a line is indented by a tab, and YAML knows spaces only'],
    ['a:\n    b: 1\n  c: 1\n', 'BAD_INDENT', 'a line is not indented as far as those that it belongs to'],
    ['a: 1\na: 2\n', 'DUPLICATE_KEY', 'map keys must be unique'],
    ['a: &b &c d\n', 'MULTIPLE_ANCHORS', 'a value has more than one anchor'],
    ['a: 1\n---\nb: 1\n', 'MULTIPLE_DOCS', 'it holds more than one YAML document'],
    ['a: ]\n', 'UNEXPECTED_TOKEN', 'something stands here that has no place in it'],
  ])('%j is told in words of ours, in each language', (text, code, words) => {
    const [error] = parseDocument(text, { prettyErrors: false, logLevel: 'error' }).errors

    expect(error?.code).toBe(code)
    expect(error && yamlFault(error)).toBe(words)
    const said = told(`a.yml cannot be read: ${words} (line 3, column 1).`)
    expect(said).toMatch(/^无法读取 a\.yml：.*（第 3 行，第 1 列）。$/)
    expect(said).not.toContain(words)
  })

  test('of no known kind is told as the parser tells it', () => {
    expect(yamlFault({ code: 'NOT_KNOWN' as ErrorCode, message: 'Strange thing here:\n\nmore' })).toBe('strange thing here')
  })
})
