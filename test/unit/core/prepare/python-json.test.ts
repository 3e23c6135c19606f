import { describe, expect, test } from 'vitest'
import { OutOfRange, pythonJson } from '#core/prepare/python-json.ts'

describe('pythonJson', () => {
  for (const [text, python] of [
    ['{"k":"é😀","n":[1,2.0,1e100,true,null]}', String.raw`{"k": "\u00e9\ud83d\ude00", "n": [1, 2.0, 1e+100, true, null]}`],
    [' [ ] ', '[]'],
    ['{ }', '{}'],
    ['{"a":1,"b":2,"a":3}', '{"a": 3, "b": 2}'],
    ['{"2":1,"1":2}', '{"2": 1, "1": 2}'],
    ['12345678901234567890123', '12345678901234567890123'],
    [
      '[1e16, 1e15, 123456789012345680.0, 0.0001, 0.00001, 1.5e-7]',
      '[1e+16, 1000000000000000.0, 1.2345678901234568e+17, 0.0001, 1e-05, 1.5e-07]',
    ],
    ['[-0, -0.0, 0e5, 5e-324, -2.50]', '[0, -0.0, 0.0, 5e-324, -2.5]'],
    [String.raw`"\/\u007f\b\f\n\r\t\"\\\ud800"`, String.raw`"/\u007f\b\f\n\r\t\"\\\ud800"`],
  ] as const) {
    test(`writes ${text} as json.dumps does`, () => expect(pythonJson(text)).toBe(python))
  }

  test('refuses a number that Python would make infinity', () => {
    expect(() => pythonJson('[1, -1e400]')).toThrow(OutOfRange)
    expect(() => pythonJson('{"a":[],"b":{"c":1E400}}')).toThrow(expect.objectContaining({ literal: '1E400' }))
  })

  test('passes over such a number where its key comes again', () => {
    expect(pythonJson('{"a":[1e400],"a":2}')).toBe('{"a": 2}')
  })
})
