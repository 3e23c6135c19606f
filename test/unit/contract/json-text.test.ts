import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFault, jsonFaultWords, scanJson } from '#contract/json-text.ts'

describe('jsonFault', () => {
  test('finds none in any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFault(text)).toBeNull()
      }),
    )
  })

  test('finds one in any JSON that is cut short, unless what is left is JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length)

        expect(jsonFault(cut) === null, cut).toBe(parses(cut))
      }),
    )
  })

  test('points at the offset of its line and column', () => {
    const text = '{\r\n  "a": 1,\r\n  "é😀": tru\r\n}'

    expect(jsonFault(text)).toMatchObject({ line: 3, column: 10, offset: text.indexOf('tru') })
  })

  test('takes a variable for a value or a name, and text beside one in a string for text', () => {
    expect(['{{a}}', '[{{ a }},1]', '{{{key}}:1}', '"x{{a}}y"'].map(jsonFault)).toEqual([null, null, null, null])
  })

  test('reads a long text without keeping its tokens, as fast as it is long', () => {
    const text = `[${'{"a":[1,2,{"b":"c"}]},'.repeat(20_000)}1]`

    expect(jsonFault(text)).toBeNull()
    expect(scanJson('[1,{"a":null}]').tokens.map((token) => token.text)).toEqual(['[', '1', ',', '{', '"a"', ':', 'null', '}', ']'])
  })

  test('is said in one sentence', () => {
    expect(jsonFaultWords({ message: 'there is a comma too many', offset: 3, line: 1, column: 4 })).toBe(
      'Line 1, column 4: there is a comma too many.',
    )
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
