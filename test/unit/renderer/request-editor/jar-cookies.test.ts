import { describe, expect, test } from 'vitest'
import type { CookieForUrl } from '#contract/model/cookie.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { jarCookies } from '../../../../src-renderer/features/request-editor/jar-cookies.ts'

function found(name: string, reason: string | null = null): CookieForUrl {
  const cookie = { name, value: '1', domain: 'example.com', path: '/a', expires: null, secure: false, httpOnly: false, sameSite: null }
  return { cookie: { ...cookie, hostOnly: false, created: null, lastUsed: null }, isSent: reason === null, reason }
}

function wordsFor(change: Partial<RequestDocument>): string[] {
  return jarCookies([found('sid'), found('other', 'it has expired')], { ...emptyRequest(), ...change }).map(({ words }) => words)
}

const OWN = [{ name: 'sid', value: '2', enabled: true }]

describe('jarCookies', () => {
  test('says what the jar says', () => {
    expect(wordsFor({})).toEqual(['sent, as a cookie of .example.com/a', 'not sent: it has expired'])
  })

  test('knows that the request’s own cookie of a name stands in its place, but not where it behaves like requests', () => {
    expect(wordsFor({ cookies: OWN })[0]).toBe('not sent: the request has its own of this name')
    expect(wordsFor({ cookies: [{ name: 'sid', value: '', enabled: false }] })[0]).toMatch(/^sent/)
    expect(wordsFor({ cookies: OWN, options: { behaviour: 'requests' } })[0]).toMatch(/^sent/)
  })

  test('knows that a typed Cookie header stands in place of all', () => {
    expect(wordsFor({ headers: [{ name: 'cookie', value: 'a=1', enabled: true }] })[0]).toBe('not sent: a Cookie header is typed')
  })
})
