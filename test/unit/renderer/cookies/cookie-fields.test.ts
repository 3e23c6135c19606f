import { describe, expect, test } from 'vitest'
import { dateFieldText, dateOfField, sameSiteOf } from '../../../../src-renderer/features/cookies/cookie-fields.ts'

describe('the field of a date', () => {
  test('means the same moment there and back, in any zone', () => {
    for (const iso of ['2030-12-31T23:59:58.000Z', '2031-07-01T00:00:00.000Z', '0999-01-01T12:00:00.000Z']) {
      expect(dateOfField(dateFieldText(iso))).toBe(iso)
    }
  })

  test('is empty without a date, and gives back what is none', () => {
    expect([dateFieldText(null), dateOfField(''), dateOfField('soon')]).toEqual(['', '', 'soon'])
  })
})

test('knows the values of SameSite and takes others for none', () => {
  expect(['strict', 'lax', 'none', '', 'odd'].map(sameSiteOf)).toEqual(['strict', 'lax', 'none', null, null])
})
