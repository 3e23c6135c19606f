import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isText } from '#contract/model/is-text.ts'

describe('isText', () => {
  test.for(['', 'plain', 'tab\tnew\r\nline\fpage', 'Müller', '\u001B[31mred\u001B[0m', 'a\uFFFDb'])('%j is', (text) => {
    expect(isText(text)).toBe(true)
  })

  test.for(['\0', 'a\u0001b', '\u007FELF\u0002', '\uFFFD'.repeat(9)])('%j is not', (text) => {
    expect(isText(text)).toBe(false)
  })

  test('bytes by chance are none, even where every one of them is a letter of the encoding', () => {
    expect(isText(randomBytes(400).toString('latin1'))).toBe(false)
  })
})
