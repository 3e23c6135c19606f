import { describe, expect, test } from 'vitest'
import { dynamicValues } from '#core/resolve/dynamic.ts'
import { DYNAMIC_NAMES, withReferences } from '#core/import/collection-parts/references.ts'

describe('DYNAMIC_NAMES', () => {
  test('are those that Send makes values for', () => {
    expect([...DYNAMIC_NAMES].sort()).toEqual([...dynamicValues('', 0).names].sort())
  })
})

describe('withReferences', () => {
  const upper = (text: string): string => withReferences(text, '<<', '>>', (inner) => `{{${inner.toUpperCase()}}}`)

  test.each([
    ['a <<b>> c <<d>>', 'a {{B}} c {{D}}'],
    ['<<a', '<<a'],
    ['a>>', 'a>>'],
    ['<<a <<b>>', '<<a {{B}}'],
    ['<<>>', '{{}}'],
    ['', ''],
  ])('changes %j to %j', (from, to) => {
    expect(upper(from)).toBe(to)
  })

  test('leaves what is to be left', () => {
    expect(withReferences('{{a}} {{b}}', '{{', '}}', (inner) => (inner === 'a' ? null : 'B'))).toBe('{{a}} B')
  })

  test('takes no longer for many opening marks than for as many letters', () => {
    const started = performance.now()

    upper('<<'.repeat(2_000_000) + 'x>>')

    expect(performance.now() - started).toBeLessThan(2000)
  })
})
