import { describe, expect, test } from 'vitest'
import { reasonWords } from '../../../../src-main/contract/model/route-reason.ts'
import { chooseProxy, ruleNameFault, type ProxyRules } from '../../../../src-main/core/prepare/proxy-choice.ts'
import { parseTargetUrl } from '../../../../src-main/core/prepare/target-url.ts'

/** The proxy's address and the reason, in one text. */
function choice(url: string, rules: Partial<ProxyRules> = {}): string {
  const none = { proxies: {}, noProxy: null, env: {}, precedence: 'nearest', origins: new Map() } as const
  const { proxy, reason } = chooseProxy(parseTargetUrl(url), { ...none, ...rules })
  return `${proxy?.shown ?? 'direct'}: ${reasonWords(reason)}`
}

describe('rules of the request', () => {
  const proxies = { 'https://api.test': 'http://a:1', https: 'http://b:2', 'all://other.test': 'http://c:3', all: 'http://d:4' }
  const cases: [string, string][] = [
    ['https://api.test/', 'http://a:1: proxy rule https://api.test of this request'],
    ['https://API.test/', 'http://a:1: proxy rule https://api.test of this request'],
    ['https://www.api.test/', 'http://b:2: proxy rule https of this request'],
    ['http://other.test/', 'http://c:3: proxy rule all://other.test of this request'],
    ['http://api.test/', 'http://d:4: proxy rule all of this request'],
  ]
  for (const [url, expected] of cases) test(`the most particular: ${url}`, () => expect(choice(url, { proxies })).toBe(expected))

  test('a rule is said to be of the layer that has it', () => {
    const origins = new Map([
      ['proxies.HTTP', { layer: 'session', name: 'alice' }],
      ['noProxy', { layer: 'settings' }],
    ] as const)
    expect(choice('http://h.test/', { proxies: { HTTP: 'http://a:1' }, origins })).toBe('http://a:1: proxy rule http of session alice')
    expect(choice('http://h.test/', { noProxy: 'h.test', origins })).toBe('direct: h.test is in “No proxy for” of Settings')
  })

  test('null is direct, whatever the environment says', () => {
    expect(choice('http://h.test/', { proxies: { http: null }, env: { http_proxy: 'http://e:9' } })).toBe(
      'direct: proxy rule http of this request',
    )
  })

  test('any rule of the request is nearer than the environment', () => {
    expect(choice('http://h.test/', { proxies: { all: 'http://a:1' }, env: { http_proxy: 'http://e:9' } })).toBe(
      'http://a:1: proxy rule all of this request',
    )
  })

  test('an IPv6 host is named in brackets', () => {
    expect(choice('http://[::1]:8080/', { proxies: { 'http://[::1]': 'http://a:1' } })).toBe(
      'http://a:1: proxy rule http://[::1] of this request',
    )
  })

  test('names that never match are told apart', () => {
    const faults = ['http', 'ALL', 'https://h', 'all://[::1]', 'ftp', 'http://h:80', 'http://h/p', 'https://'].map(
      (name) => ruleNameFault(name) !== null,
    )
    expect(faults).toEqual([false, false, false, false, true, true, true, true])
  })

  test('an address that cannot be understood names its field and keeps the password', () => {
    const fault = (): string => choice('http://h.test/', { proxies: { http: 'http://u:secret@:1' } })
    expect(fault).toThrow(
      expect.objectContaining({
        kind: 'InvalidProxyURL',
        parts: expect.objectContaining({ where: { section: 'options', field: 'proxies.http' } }),
      }) as Error,
    )
    expect(fault).not.toThrow(/secret/)
  })
})

describe('the environment', () => {
  const cases: [string, string, Record<string, string>, string][] = [
    [
      'lower case beats upper case',
      'http://h.test/',
      { http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:2' },
      'http://a:1: http_proxy of the environment',
    ],
    ['upper case alone', 'https://h.test/', { HTTPS_PROXY: 'b:2' }, 'http://b:2: HTTPS_PROXY of the environment'],
    [
      'an empty lower case switches upper case off',
      'http://h.test/',
      { http_proxy: '', HTTP_PROXY: 'http://b:2' },
      'direct: no proxy is set',
    ],
    [
      'all_proxy where the scheme has none',
      'https://h.test/',
      { all_proxy: 'socks5://a:1', http_proxy: 'http://b:2' },
      'socks5://a:1: all_proxy of the environment',
    ],
    ['https does not fall back to http', 'https://h.test/', { http_proxy: 'http://b:2' }, 'direct: no proxy is set'],
    [
      'HTTP_PROXY in a CGI script does not count',
      'http://h.test/',
      { HTTP_PROXY: 'http://b:2', REQUEST_METHOD: 'GET' },
      'direct: no proxy is set',
    ],
    [
      'http_proxy in a CGI script does',
      'http://h.test/',
      { http_proxy: 'http://b:2', REQUEST_METHOD: 'GET' },
      'http://b:2: http_proxy of the environment',
    ],
    ['NO_PROXY', 'http://a.corp/', { http_proxy: 'http://b:2', NO_PROXY: 'x.test,.corp' }, 'direct: NO_PROXY matches .corp'],
    [
      'no_proxy beats NO_PROXY',
      'http://a.corp/',
      { http_proxy: 'http://b:2', NO_PROXY: '.corp', no_proxy: 'x.test' },
      'http://b:2: http_proxy of the environment',
    ],
  ]
  for (const [name, url, env, expected] of cases) test(name, () => expect(choice(url, { env })).toBe(expected))

  test('is not asked where it is not trusted', () => {
    expect(choice('http://h.test/', { env: null })).toBe('direct: no proxy is set, and the environment is not asked')
  })

  test('the request’s own list of hosts takes the place of NO_PROXY', () => {
    const env = { http_proxy: 'http://b:2', NO_PROXY: '.corp' }
    expect(choice('http://a.corp/', { env, noProxy: 'x.test' })).toBe('http://b:2: http_proxy of the environment')
    expect(choice('http://x.test/', { env, noProxy: 'x.test' })).toBe('direct: x.test is in “No proxy for” of this request')
  })

  test('NO_PROXY does not touch the request’s own rules, its own list does', () => {
    const proxies = { http: 'http://a:1' }
    expect(choice('http://a.corp/', { proxies, env: { NO_PROXY: '.corp' } })).toBe('http://a:1: proxy rule http of this request')
    expect(choice('http://a.corp/', { proxies, noProxy: '.corp' })).toBe('direct: .corp is in “No proxy for” of this request')
  })

  test('a variable that cannot be understood is named', () => {
    expect(() => choice('http://h.test/', { env: { HTTP_PROXY: 'ftp://x' } })).toThrow(
      /^HTTP_PROXY of the environment: "ftp:\/\/" is no kind of proxy/,
    )
  })
})

describe('as requests chooses', () => {
  const asRequests = { precedence: 'requests' } as const
  test('the more particular rule of the environment beats one for all of the request', () => {
    const rules = { ...asRequests, proxies: { all: 'http://a:1' }, env: { http_proxy: 'http://e:9' } }
    expect(choice('http://h.test/', rules)).toBe('http://e:9: http_proxy of the environment')
  })

  test('null takes out the rule of its own name only', () => {
    const rules = { ...asRequests, proxies: { http: null }, env: { http_proxy: 'http://e:9', all_proxy: 'http://f:8' } }
    expect(choice('http://h.test/', rules)).toBe('http://f:8: all_proxy of the environment')
    expect(choice('http://h.test/', { ...rules, env: { http_proxy: 'http://e:9' } })).toBe('direct: proxy rule http of this request')
  })

  test('NO_PROXY knows no *.x, no blanks and no IPv6 ranges', () => {
    const env = { http_proxy: 'http://e:9' }
    for (const [list, url] of [
      ['*.corp', 'http://a.corp/'],
      ['a.test b.corp', 'http://b.corp/'],
      ['fd00::/8', 'http://[fd00::1]/'],
    ] as const) {
      expect(choice(url, { ...asRequests, env: { ...env, no_proxy: list } })).toMatch(/^http:\/\/e:9/)
      expect(choice(url, { env: { ...env, no_proxy: list } })).toMatch(/^direct/)
    }
  })
})
