import { expect, test } from 'vitest'
import { withoutBearer } from '../../../../src-renderer/forms/bearer-token.ts'

test.each([
  ['Bearer abc.def', 'abc.def'],
  ['  bearer\tabc ', 'abc'],
  ['Bearer {{token}}', '{{token}}'],
  ['abc', null],
  ['Bearer', null],
  ['Bearerabc', null],
  ['', null],
])('a token %j is %j without its prefix', (token, expected) => {
  expect(withoutBearer(token)).toBe(expected)
})
