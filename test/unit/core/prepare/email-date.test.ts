import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailDate } from '#core/prepare/email-date.ts'

// Each was read by `email.utils.mktime_tz(email.utils.parsedate_tz(…))` of CPython 3.11.
describe('a date of a header', () => {
  test.each([
    ['Sun, 01 Mar 2026 12:00:30 GMT', '2026-03-01T12:00:30Z'],
    ['Sunday, 01-Mar-26 12:00:30 GMT', '2026-03-01T12:00:30Z'],
    ['Sun Mar  1 12:00:30 2026', '2026-03-01T12:00:30Z'],
    ['1 Mar 2026 12:00', '2026-03-01T12:00:00Z'],
    ['Sun,1 March 2026 12:00:30 +0130', '2026-03-01T10:30:30Z'],
    ['01 Mar 2026 12:00:30-0500', '2026-03-01T17:00:30Z'],
    ['Sun, 01 Mar 2026 12.00.30 EST', '2026-03-01T17:00:30Z'],
    ['Mar 1 2026 12:00:30 PDT', '2026-03-01T19:00:30Z'],
    ['Sun, 01 Mar 69 00:00:00 GMT', '1969-03-01T00:00:00Z'],
    ['Sun, 32 Jan 2026 25:61:61 nowhere', '2026-02-02T02:02:01Z'],
  ])('%j is %s', (text, iso) => {
    expect(new Date(emailDate(text) ?? NaN)).toEqual(new Date(iso))
  })

  test.each([
    '',
    'soon',
    '1.5',
    '2026-03-01T12:00:30Z',
    '1 Foo 2026 12:00:00 GMT',
    '1 Mar 2026',
    '1 Mar 2026 noon GMT',
    'x Mar 2026 12:00:00 GMT',
  ])('%j is none', (text) => {
    expect(emailDate(text)).toBeNull()
  })

  test('is a number or none, whatever it says', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 :,+.-]{0,30}$/), (text) => {
        expect(emailDate(text)).not.toBeNaN()
      }),
    )
  })
})
