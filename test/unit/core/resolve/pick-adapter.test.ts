import { describe, expect, test } from 'vitest'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { pickAdapter, prefixFault } from '#core/resolve/pick-adapter.ts'

function picked(prefixes: readonly string[], url: string): string | undefined {
  return pickAdapter(
    prefixes.map((prefix) => ({ prefix })),
    parseTargetUrl(url),
  )?.prefix
}

describe('pickAdapter', () => {
  test.each([
    [['https://', 'https://api.test'], 'https://api.test/x', 'https://api.test'],
    [['https://api.test', 'https://api.test/v2'], 'https://api.test/v2/users?x=1', 'https://api.test/v2'],
    [['https://api.test/v2/', 'https://api.test'], 'https://api.test/v2', 'https://api.test/v2/'],
    [['https://api.test/v2'], 'https://api.test/v20', undefined],
    [['https://api.github.com'], 'https://api.github.com.evil.test/', undefined],
    [['https://API.test'], 'https://api.TEST/', 'https://API.test'],
    [['https://api.test:8443'], 'https://api.test/', undefined],
    [['https://api.test'], 'https://api.test:443/', 'https://api.test'],
    [['http://[::1]:80'], 'http://[::1]/', 'http://[::1]:80'],
    [['http://'], 'https://h/', undefined],
    [['ftp://h', 'nonsense'], 'https://h/', undefined],
  ])('of %j, for %s: %s', (prefixes, url, expected) => {
    expect(picked(prefixes, url)).toBe(expected)
  })

  test('a prefix that can match nothing says why', () => {
    expect(prefixFault('https://api.test/v2')).toBeNull()
    expect(prefixFault('api.test')).toContain('is no scheme')
  })
})
