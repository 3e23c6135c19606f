import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLosslessJson, type LosslessJson } from '#core/bodies/lossless-json.ts'

function parsed(text: string): LosslessJson {
  const read = parseLosslessJson(text)
  if (read.kind === 'fault') throw new Error(read.message)
  return read
}

/** Without the places that the values remember. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

describe('lossless JSON', () => {
  test('reads the values that JSON.parse reads, and knows their text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, indent) => {
        const source = JSON.stringify(JSON.parse(text), null, indent)

        const read = parsed(` ${source}\n`)

        expect(plain(read.root)).toEqual(JSON.parse(source))
        expect(read.sourceAt([])).toBe(source)
      }),
      { numRuns: 300 },
    )
  })

  test('takes and refuses what JSON.parse does', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '"',
      '1',
      '-0',
      '1.5e3',
      '01',
      '1.',
      '-',
      'true',
      'nul',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        const read = parseLosslessJson(text)

        // Several values after each other are one text here.
        fc.pre(read.kind === 'fault' || read.several === null)
        expect(read.kind === 'json', text).toBe(isJson)
      }),
      { numRuns: 2000 },
    )
  })

  test.each(['-0', '1.0', '1E400', '12345678901234567890', '0.1000', '-12e-3', 'NaN', '-Infinity'])(
    'keeps %s as it was written',
    (number) => {
      expect(parsed(number).sourceAt([])).toBe(number)
      expect(parsed(`[0,${number}]`).sourceAt([1])).toBe(number)
      expect(parsed(`{"a":{"b":${number}}}`).sourceAt(['a', 'b'])).toBe(number)
    },
  )

  test('has members of any name', () => {
    const { root, sourceAt } = parsed('{"__proto__":{"x":1.0},"constructor":2,"":3}')

    expect(Object.entries(root ?? {}).map(([name]) => name)).toEqual(['__proto__', 'constructor', ''])
    expect(sourceAt(['__proto__', 'x'])).toBe('1.0')
    expect(Object.getPrototypeOf(root)).toBe(Object.prototype)
  })
})
