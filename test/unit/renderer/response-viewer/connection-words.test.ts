import { describe, expect, test } from 'vitest'
import {
  addressText,
  localPortText,
  peerWord,
  remoteText,
  validityInWords,
  wayInWords,
  withoutTls,
} from '../../../../src-renderer/features/response-viewer/connection-words.ts'

test('addressText puts IPv6 into brackets', () => {
  expect(addressText('127.0.0.1', 443)).toBe('127.0.0.1:443')
  expect(addressText('::1', 8080)).toBe('[::1]:8080')
  expect(addressText(null, 80)).toBe('unknown')
})

test('an address that an option gave says for which host', () => {
  const connection = { remoteAddress: '127.0.0.1', remotePort: 80, localPort: 5000, tls: null, proxy: null }

  expect(remoteText(connection)).toBe('127.0.0.1:80')
  expect(remoteText({ ...connection, resolvedHost: 'api.test' })).toBe('127.0.0.1:80, set for api.test under Resolve')
})

test('a Unix socket is called one, and has no port', () => {
  const tcp = { remoteAddress: '127.0.0.1', remotePort: 80, localPort: 5000, tls: null, proxy: null }
  const socket = { ...tcp, remoteAddress: '/run/app.sock', remotePort: null, localPort: null }
  const unknown = { ...tcp, remoteAddress: null, remotePort: null, localPort: null }

  expect([tcp, socket, unknown].map((connection) => [peerWord(connection), localPortText(connection)])).toEqual([
    ['Server', '5000'],
    ['Unix socket', null],
    ['Server', 'unknown'],
  ])
})

describe('validityInWords', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')

  test.each([
    ['Jan  2 00:00:00 2026 GMT', 'Apr  2 00:00:00 2026 GMT', '2026-01-02 to 2026-04-02, 31 days left'],
    ['Jan  2 00:00:00 2025 GMT', 'Feb 28 00:00:00 2026 GMT', '2025-01-02 to 2026-02-28, expired 1 day ago'],
    ['Apr  2 00:00:00 2026 GMT', 'Apr  3 00:00:00 2026 GMT', '2026-04-02 to 2026-04-03, not yet valid'],
    ['once', 'never', 'once to never'],
  ])('%s to %s', (from, to, words) => {
    expect(validityInWords(from, to, now)).toBe(words)
  })
})

describe('a proxy in words', () => {
  const proxy = { url: 'https://p.test:443', mode: 'forward', why: 'proxy rule all of this request' } as const

  test('says what it is asked to do', () => {
    expect(wayInWords(proxy)).toBe('https://p.test:443, which is sent the request itself')
    expect(wayInWords({ ...proxy, mode: 'tunnel' })).toBe('https://p.test:443, a tunnel')
  })

  test('TLS that ends at the proxy is not called none, and not called whole', () => {
    expect([withoutTls(proxy), withoutTls({ ...proxy, url: 'http://p.test:80' }), withoutTls(null)]).toEqual([
      'To the proxy only: plain text from there on',
      'None: plain text on the wire',
      'None: plain text on the wire',
    ])
  })
})
