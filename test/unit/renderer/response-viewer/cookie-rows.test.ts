import { describe, expect, test } from 'vitest'
import type { ResponseCookie } from '#contract/model/exchange.ts'
import { cookieRows, countInWords } from '../../../../src-renderer/features/response-viewer/cookie-rows.ts'

const COOKIE: ResponseCookie = {
  name: 'a',
  value: '1',
  domain: null,
  path: null,
  expires: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
}

describe('cookieRows', () => {
  test('puts what became of it beside each cookie, in wire order', () => {
    const rows = cookieRows({
      cookies: [COOKIE, { ...COOKIE, name: 'b' }],
      cookieOutcomes: [
        { name: 'nonsense', index: null, kind: 'refused', reason: 'it is not a cookie' },
        { name: 'a', index: 0, kind: 'kept', reason: null },
        { name: 'b', index: 1, kind: 'deleted', reason: null },
      ],
    })
    expect(rows.map(({ name, cookie, outcome }) => [name, cookie?.name ?? null, outcome?.kind])).toEqual([
      ['nonsense', null, 'refused'],
      ['a', 'a', 'kept'],
      ['b', 'b', 'deleted'],
    ])
    expect(countInWords(rows)).toBe('3 cookies set; of these 1 deleted, 1 not kept')
  })

  test('has the cookies alone where nothing more was recorded', () => {
    const rows = cookieRows({ cookies: [COOKIE] })
    expect(rows).toEqual([{ name: 'a', cookie: COOKIE, outcome: null }])
    expect(countInWords(rows)).toBe('One cookie set')
  })
})
