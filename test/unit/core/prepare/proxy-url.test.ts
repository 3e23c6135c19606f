import { describe, expect, test } from 'vitest'
import { parseProxyUrl } from '../../../../src-main/core/prepare/proxy-url.ts'

describe('the URL of a proxy', () => {
  const cases: [string, Partial<ReturnType<typeof parseProxyUrl>>][] = [
    ['127.0.0.1:3128', { scheme: 'http', host: '127.0.0.1', port: 3128, credentials: null, shown: 'http://127.0.0.1:3128' }],
    ['http://p.test', { port: 80 }],
    ['https://p.test/', { scheme: 'https', port: 443 }],
    ['SOCKS5H://p.test', { scheme: 'socks5h', port: 1080 }],
    ['socks4://p.test:80', { port: 80 }],
    ['http://u%40x:p%3Aw@p.test:1', { credentials: { username: 'u@x', password: 'p:w' }, shown: 'http://…@p.test:1' }],
    ['http://user@p.test:1', { credentials: { username: 'user', password: '' } }],
    ['http://[::1]:3128', { host: '::1', port: 3128, shown: 'http://[::1]:3128' }],
    ['  p.test:1  ', { host: 'p.test', port: 1 }],
  ]
  for (const [text, expected] of cases) test(text, () => expect(parseProxyUrl(text)).toMatchObject(expected))

  for (const text of [
    'http://',
    'http:///path',
    'http://:3128',
    'http://a b:1',
    'ftp://p.test:1',
    'http://p.test:port',
    'http://u:hidden@',
  ]) {
    test(`${text} is refused, and nothing secret is said`, () => {
      expect(() => parseProxyUrl(text)).toThrow(expect.objectContaining({ kind: 'InvalidProxyURL' }) as Error)
      expect(() => parseProxyUrl(text)).not.toThrow(/hidden/)
    })
  }
})
