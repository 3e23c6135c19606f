import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withReferences } from '../../../../src-renderer/lib/put-references.ts'

describe('references in the place of values', () => {
  test('wherever a text holds one, as it is or encoded, at any depth', () => {
    const document = {
      url: 'http://h/?t=a%2Bb%2Fc',
      auth: { kind: 'bearer', token: 'a+b/c' },
      rows: [{ value: 'Bearer a+b/c!', enabled: true }],
    }

    expect(withReferences(document, [{ name: 'tok', value: 'a+b/c' }])).toEqual({
      url: 'http://h/?t={{tok}}',
      auth: { kind: 'bearer', token: '{{tok}}' },
      rows: [{ value: 'Bearer {{tok}}!', enabled: true }],
    })
  })

  test('leave no value in any text, and everything else as it was', () => {
    const value = fc.string({ minLength: 4 }).filter((text) => !text.includes('{') && !text.includes('}') && !'{{v}}'.includes(text))
    fc.assert(
      fc.property(value, fc.jsonValue(), (secret, rest) => {
        const replaced = withReferences({ rest, deep: [{ text: `<${secret}>` }] }, [{ name: 'v', value: secret }])

        expect(replaced.deep).toEqual([{ text: '<{{v}}>' }])
        if (!JSON.stringify(rest).includes(JSON.stringify(secret).slice(1, -1))) expect(replaced.rest).toEqual(rest)
      }),
    )
  })

  test('an empty value is found nowhere', () => {
    expect(withReferences({ a: 'text' }, [{ name: 'v', value: '' }])).toEqual({ a: 'text' })
  })
})
