import { describe, expect, test } from 'vitest'
import { loadLayout } from '../../../../src-main/core/bodies/text-layouts.ts'

const layOut = await loadLayout('yaml')

describe('YAML laid out', () => {
  test('keeps every scalar as it was written', () => {
    const scalars = [
      '12345678901234567890',
      '1e400',
      '007',
      '0x1F',
      '"\\u00e9"',
      "'it''s'",
      '1.50',
      '~',
      'yes',
      '2001-12-14',
      '!!int 08',
      '',
    ]
    const text = scalars.map((scalar, index) => `k${index}:   ${scalar}\n`).join('')

    const { text: laidOut, note } = layOut(text)

    expect(note).toBeNull()
    expect(laidOut).toBe(scalars.map((scalar, index) => `k${index}: ${scalar}`.trimEnd()).join('\n'))
  })

  test('keeps names of members, too, and values in flow', () => {
    expect(layOut('{007:   1.0, "\\u00e9" : [ 1e400,0x1F ]}').text).toBe('{ 007: 1.0, "\\u00e9": [ 1e400, 0x1F ] }')
  })

  test('indents the further lines of a scalar anew and leaves its escapes', () => {
    expect(layOut('a:\n      "dou\\u00e9ble\n          lines \\\n          on"\nb: one\n       two\n').text).toBe(
      'a: "dou\\u00e9ble\n  lines \\\n  on"\nb: one\n  two',
    )
  })

  test('keeps comments, anchors, tags and several documents', () => {
    expect(layOut('# top\na:   &x !foo 1 # why\nb:   *x\n---\n-   c\n').text).toBe('# top\na: &x !foo 1 # why\nb: *x\n---\n- c')
  })
})
