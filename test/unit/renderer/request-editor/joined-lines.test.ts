import { describe, expect, test } from 'vitest'
import { pastedAddress } from '../../../../src-renderer/features/request-editor/joined-lines.ts'

describe('pastedAddress', () => {
  test.each([
    ['http://a/b', 'http://a/b', null],
    ['  http://a/b\n', 'http://a/b', null],
    ['http://a/b?x=1\r\n  &y=2', 'http://a/b?x=1&y=2', '2 pasted lines were joined to one address.'],
    ['http://a/\nhttps://b/\n\nhttp://c/', 'http://a/', 'Of 3 pasted addresses, the first was taken.'],
    ['http://a/\n{{path}}', 'http://a/{{path}}', '2 pasted lines were joined to one address.'],
  ])('makes of %j the address %j', (text, address, note) => {
    expect(pastedAddress(text)).toEqual({ text: address, note, quoted: null })
  })

  test.each([
    ["'https://h/a?b=1'", 'https://h/a?b=1'],
    ['  "https://h/a"\n', 'https://h/a'],
    ['" https://h/a "', 'https://h/a'],
    ['`http://h/`', 'http://h/'],
    ['<https://h/a>', 'https://h/a'],
    ['<https://h/a\n  ?b=1>', 'https://h/a?b=1'],
    ['"https://{{host}}/a"', 'https://{{host}}/a'],
    [`"'https://h/'"`, `"'https://h/'"`],
    ['"https://a/", "https://b/"', '"https://a/", "https://b/"'],
    ['"https://a/","https://b/"', '"https://a/","https://b/"'],
    [`'https://h/"`, `'https://h/"`],
    ['"https://h/a b"', '"https://h/a b"'],
    ['"name"', '"name"'],
    ['<a>', '<a>'],
    ['"', '"'],
    ["https://h/?q='x'", "https://h/?q='x'"],
  ])('takes one pair of quotes off a URL, and off nothing else: %j is %j', (text, address) => {
    expect(pastedAddress(text).text).toBe(address)
  })

  test('gives the line with its quotes, for undo', () => {
    expect(pastedAddress(' "https://h/a"\n').quoted).toBe('"https://h/a"')
  })
})
