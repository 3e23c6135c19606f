import { describe, expect, test } from 'vitest'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { contentRangeOf, resumePointOf } from '#contract/model/resume-point.ts'
import { response, sentRequest } from '../../support/exchanges.ts'

const BODY = BodyIdSchema.parse('b'.repeat(64))
const broken = (headers: [string, string][], change: object = {}) =>
  resumePointOf({
    ok: false,
    history: [],
    request: sentRequest('GET'),
    response: { ...response(), bodyId: BODY, bodyBytes: 10, headers, ...change },
  })

describe('an answer that broke off', () => {
  test('is gone on with by its strong entity tag', () => {
    expect(broken([['ETag', '"v1"']])).toEqual({ bodyId: BODY, bytes: 10, ifRange: '"v1"', url: 'http://x/' })
  })

  test('is gone on with by its date, where that is old enough to tell', () => {
    const modified = 'Wed, 21 Oct 2026 07:28:00 GMT'

    expect(
      broken([
        ['Last-Modified', modified],
        ['Date', 'Wed, 21 Oct 2026 07:28:01 GMT'],
      ])?.ifRange,
    ).toBe(modified)
    expect(
      broken([
        ['Last-Modified', modified],
        ['Date', modified],
      ]),
    ).toBeNull()
    expect(broken([['Last-Modified', modified]])).toBeNull()
  })

  test.each<[string, [string, string][]]>([
    ['says nothing to tell it by', []],
    ['has a weak tag', [['ETag', 'W/"v1"']]],
    [
      'takes no ranges',
      [
        ['ETag', '"v1"'],
        ['Accept-Ranges', 'none'],
      ],
    ],
    [
      'is encoded',
      [
        ['ETag', '"v1"'],
        ['Content-Encoding', 'gzip'],
      ],
    ],
  ])('is not where it %s', (_why, headers) => {
    expect(broken(headers)).toBeNull()
  })

  test('is not where it is a part of its own, or an error, or whole', () => {
    const tag: [string, string][] = [['ETag', '"v1"']]

    expect(broken(tag, { status: 206 })).toBeNull()
    expect(broken(tag, { status: 206, resumedFrom: 5 })?.bytes).toBe(10)
    expect(broken(tag, { status: 500 })).toBeNull()
    expect(broken(tag, { bodyBytes: 0 })).toBeNull()
    expect(
      resumePointOf({
        history: [],
        ok: true,
        request: sentRequest('GET'),
        response: { ...response(), bodyId: BODY, bodyBytes: 1, headers: tag },
      }),
    ).toBeNull()
    expect(
      resumePointOf({
        history: [],
        ok: false,
        request: sentRequest('POST'),
        response: { ...response(), bodyId: BODY, bodyBytes: 1, headers: tag },
      }),
    ).toBeNull()
  })
})

test.each([
  ['bytes 5-9/10', { start: 5, end: 9, total: 10 }],
  ['bytes 5-9/*', { start: 5, end: 9, total: null }],
  ['bytes 9-5/10', null],
  ['bytes */10', null],
  ['items 1-2/3', null],
  ['', null],
])('a Content-Range of "%s"', (value, expected) => {
  expect(contentRangeOf(value)).toEqual(expected)
})
