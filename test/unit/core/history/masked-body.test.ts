import { describe, expect, test } from 'vitest'
import { maskFor } from '#core/history/mask.ts'
import { maskedBody } from '#core/history/masked-body.ts'

function masked(bytes: Buffer, ...secrets: string[]): Buffer | null {
  const mask = maskFor(secrets)
  if (!mask) throw new Error('There is nothing to mask.')
  return maskedBody(bytes, mask)
}

describe('a body that was sent', () => {
  test.each([
    ['as it is', 'a=p@ss word!&b', 'a=••••••••&b'],
    ['as a form', 'a=p%40ss+word%21&b', 'a=••••••••&b'],
    ['as in a URL', 'a=p%40ss%20word!&b', 'a=••••••••&b'],
    ['as credentials of Basic', `Basic ${Buffer.from('me:p@ss word!').toString('base64')}`, 'Basic ••••••••'],
  ])('loses a secret %s', (_how, body, expected) => {
    expect(masked(Buffer.from(body), 'p@ss word!')?.toString()).toBe(expected)
  })

  test('loses a secret in JSON, whichever of its ways of writing a character it is written in', () => {
    const bodies = ['{"a":"“é\\"x"}', '{"a":"\\u201c\\u00e9\\"x"}']

    expect(bodies.map((body) => masked(Buffer.from(body), '“é"x')?.toString())).toEqual(['{"a":"••••••••"}', '{"a":"••••••••"}'])
  })

  test('that is no text keeps every other byte', () => {
    const before = Buffer.from([0, 0xff, 0xfe, 0x80])
    const body = Buffer.concat([before, Buffer.from('clé-77'), before])

    expect(masked(body, 'clé-77')).toEqual(Buffer.concat([before, Buffer.from('••••••••'), before]))
  })

  test('that holds no secret is left alone', () => {
    expect(masked(Buffer.from('nothing'), 'secret')).toBeNull()
  })
})
