import { describe, expect, test } from 'vitest'
import { mismatchWords, prefixProblems } from '../../../../src-renderer/lib/prefix-words.ts'

const FAULT = 'is no scheme with a host and path behind it, such as https://api.example.com/v2'

describe('prefixProblems', () => {
  test('a prefix without a scheme is offered one', () => {
    expect(prefixProblems(['api.example.com'], [FAULT])).toEqual(['It has no scheme: perhaps https://api.example.com.'])
  })

  test('what core says of a prefix is said beside it', () => {
    expect(prefixProblems(['ftp://files.example.com'], [FAULT])).toEqual([`It ${FAULT}.`])
  })

  test('of two mounted at one prefix the earlier says that it is not picked', () => {
    expect(prefixProblems(['https://a.test/', 'https://b.test', 'https://A.test'], [null, null, null])).toEqual([
      'Row 3 is mounted at the same prefix, and wins.',
      null,
      null,
    ])
  })

  test('an empty prefix asks for one', () => {
    expect(prefixProblems([' '], [FAULT])).toEqual(['Type where it is mounted, such as https://api.example.com.'])
  })
})

describe('mismatchWords', () => {
  test('names the first part that differs', () => {
    const url = 'https://api.example.com/v2/users'
    expect(mismatchWords('http://api.example.com', url)).toBe('is for http, the URL is https')
    expect(mismatchWords('https://api.example.com.evil.test', url)).toBe('is for another host than api.example.com')
    expect(mismatchWords('https://api.example.com:8443', url)).toBe('is for port 8443, the URL’s is 443')
    expect(mismatchWords('https://api.example.com/v1', url)).toBe('is for /v1 and below, the URL’s path is /v2/users')
  })

  test('tells of a URL with hidden parts only what may be shown', () => {
    const url = 'https://acme-secret.example.com/keys/s%7C%20cret/users'
    const shown = 'https://••••••••.example.com/keys/••••••••/users?x=1'
    expect(mismatchWords('https://other.test', url, shown)).toBe('is for another host than ••••••••.example.com')
    expect(mismatchWords('https://acme-secret.example.com/v2', url, shown)).toBe(
      'is for /v2 and below, the URL’s path is /keys/••••••••/users',
    )
  })
})
