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
    expect(pastedAddress(text)).toEqual({ text: address, note })
  })
})
