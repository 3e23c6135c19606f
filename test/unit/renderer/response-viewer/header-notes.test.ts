import { describe, expect, test } from 'vitest'
import { exactTime } from '../../../../src-renderer/lib/time-words.ts'
import { headerNote } from '../../../../src-renderer/features/response-viewer/header-notes.ts'

const AT = Date.UTC(2026, 10, 21, 15, 0, 0)
const shown = (at: number): string => exactTime(new Date(at))

describe('headerNote', () => {
  test('tells dates by their distance to the answer', () => {
    expect(headerNote('Last-Modified', 'Tue, 17 Nov 2026 15:00:00 GMT', AT)).toBe(`4 days ago, ${shown(AT - 4 * 86_400_000)}`)
    expect(headerNote('Sunset', 'Sat, 21 Nov 2026 16:00:00 GMT', AT)).toBe(`in 1 h, ${shown(AT + 3_600_000)}`)
    expect(headerNote('Deprecation', `@${AT / 1000 - 60}`, AT)).toBe(`1 min ago, ${shown(AT - 60_000)}`)
    expect(headerNote('Expires', '-1', AT)).toBe('already past: it is no date')
    expect(headerNote('Last-Modified', 'yesterday', AT)).toBeNull()
  })

  test('notices a clock that is off', () => {
    expect(headerNote('Date', 'Sat, 21 Nov 2026 15:00:01 GMT', AT)).toBe(shown(AT + 1000))
    expect(headerNote('date', 'Sat, 21 Nov 2026 14:00:00 GMT', AT)).toBe(
      `${shown(AT - 3_600_000)}: the server’s clock is 1 h behind this one`,
    )
  })

  test('tells seconds, moments and sizes', () => {
    expect(headerNote('X-RateLimit-Reset', String(AT / 1000 + 23), AT)).toBe(`in 23 s, ${shown(AT + 23_000)}`)
    expect(headerNote('Retry-After', '120', AT)).toBe(`in 2 min, ${shown(AT + 120_000)}`)
    expect(headerNote('Strict-Transport-Security', 'max-age=31536000; includeSubDomains', AT)).toBe('for 1 year')
    expect(headerNote('Content-Length', '2048', AT)).toBe('2.0 kB')
    expect(headerNote('Content-Length', '12', AT)).toBeNull()
    expect(headerNote('ETag', 'W/"a"', AT)).toContain('weak')
    expect(headerNote('toString', 'x', AT)).toBeNull()
  })
})
