import { describe, expect, test } from 'vitest'
import { parseTargetUrl, resolveLocation } from '#core/prepare/target-url.ts'
import { CoreError } from '#core/lib/core-error.ts'

function kindOf(text: string): string {
  try {
    parseTargetUrl(text)
    return 'ok'
  } catch (error) {
    return error instanceof CoreError ? error.kind : 'bug'
  }
}

describe('parseTargetUrl', () => {
  test.each([
    ['http://h.test', '/', 'h.test', 80],
    ['HTTP://H.Test/A/../b?c=d e#f', '/b?c=d%20e', 'h.test', 80],
    ['http://h.test:80/x', '/x', 'h.test:80', 80],
    ['https://h.test:8443?q', '/?q', 'h.test:8443', 8443],
    ['http://[::1]:9/x', '/x', '[::1]:9', 9],
    ['http://faß.de/', '/', 'xn--fa-hia.de', 80],
    ['http://0x7f.1/', '/', '0x7f.1', 80],
    ['http://-a-.b-.test/', '/', '-a-.b-.test', 80],
    ['http://h.test//a//b', '//a//b', 'h.test', 80],
    ['http://h.test/a b[x]{y}|^"<>`\\', '/a%20b%5Bx%5D%7By%7D%7C%5E%22%3C%3E%60%5C', 'h.test', 80],
    ["http://h.test/!'()*;=:@,$&+", "/!'()*;=:@,$&+", 'h.test', 80],
    ['http://h.test/%7e/%2f/%zz/é', '/%7e/%2f/%25zz/%C3%A9', 'h.test', 80],
    ['  http://h.test/a\tb  ', '/a%09b', 'h.test', 80],
    ['http://h.test/?a=1+2&b=:/?', '/?a=1+2&b=:/?', 'h.test', 80],
  ])('%s asks for %s of %s', (text, target, authority, port) => {
    expect(parseTargetUrl(text)).toMatchObject({ target, authority, port })
  })

  test.each([
    ['', 'InvalidURL'],
    ['h.test/x', 'MissingSchema'],
    ['//h.test/x', 'MissingSchema'],
    ['localhost:8000/x', 'MissingSchema'],
    ['ftp://h.test/', 'InvalidSchema'],
    ['javascript:alert(1)', 'InvalidSchema'],
    ['http://', 'InvalidURL'],
    ['http:///x', 'InvalidURL'],
    ['http:h.test', 'InvalidURL'],
    ['http://*.h.test/', 'InvalidURL'],
    ['http://.h.test/', 'InvalidURL'],
    ['http://a b/', 'InvalidURL'],
    ['http://h.test:99999/', 'InvalidURL'],
    ['http://h.test:0/', 'InvalidURL'],
    ['http://h.test:8x/', 'InvalidURL'],
    ['http://[::1/', 'InvalidURL'],
    ['http://[zz]/', 'InvalidURL'],
  ])('%j is refused as %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })

  test.each([
    ['localhost:8000/x', 'http://localhost:8000/x'],
    ['api.localhost/x', 'http://api.localhost/x'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['127.0.0.1:5000/a?b', 'http://127.0.0.1:5000/a?b'],
    ['[::1]:9/', 'http://[::1]:9/'],
    ['//localhost/x', 'http://localhost/x'],
    ['127.0.0.1.example.test/', 'https://127.0.0.1.example.test/'],
    ['localhost.example.test:8000/', 'https://localhost.example.test:8000/'],
    ['192.0.2.1/x', 'https://192.0.2.1/x'],
  ])('suggests for %s, which has no scheme, the one it likely has', (text, suggestion) => {
    expect(() => parseTargetUrl(text)).toThrow(
      expect.objectContaining({ kind: 'MissingSchema', parts: expect.objectContaining({ hint: `Perhaps you meant ${suggestion}?` }) }),
    )
  })

  test('says that a bracket is not closed', () => {
    expect(() => parseTargetUrl('http://[::1/x')).toThrow('The bracket of "[::1" is not closed.')
    expect(() => parseTargetUrl('http://user:secret@[::1:80')).toThrow('The bracket of "[::1:80" is not closed.')
  })

  test('suggests the scheme that is missing', () => {
    expect(() => parseTargetUrl('h.test/x')).toThrow(
      expect.objectContaining({ parts: expect.objectContaining({ hint: 'Perhaps you meant https://h.test/x?' }) }),
    )
  })

  test('takes credentials off the URL, decoded, and keeps them out of messages', () => {
    const url = parseTargetUrl('http://us%40er:p%3Aw@h.test/')

    expect(url.credentials).toEqual({ username: 'us@er', password: 'p:w' })
    expect(url.href).toBe('http://h.test/')
    expect(() => parseTargetUrl('http://user:hunter2@h.test:x/')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })
})

describe('resolveLocation', () => {
  const from = parseTargetUrl('http://h.test:81/a/b?c=1#frag')

  test.each([
    ['/x', 'http://h.test:81/x#frag'],
    ['x/y', 'http://h.test:81/a/x/y#frag'],
    ['../z', 'http://h.test:81/z#frag'],
    ['?q=2', 'http://h.test:81/a/b?q=2#frag'],
    ['//o.test/p', 'http://o.test/p#frag'],
    ['https://o.test/p#own', 'https://o.test/p#own'],
    ['#only', 'http://h.test:81/a/b?c=1#only'],
    ['/é ü', 'http://h.test:81/%C3%A9%20%C3%BC#frag'],
  ])('%s leads to %s', (location, href) => {
    expect(resolveLocation(from, location).href).toBe(href)
  })

  test('refuses another scheme', () => {
    expect(() => resolveLocation(from, 'file:///etc/passwd')).toThrow(expect.objectContaining({ kind: 'InvalidSchema' }))
  })
})
