import { describe, expect, test } from 'vitest'
import { isSecretHeaderName as isSecretHeader } from '#contract/model/secret-names.ts'
import { headParts } from '../../../../src-renderer/features/response-viewer/masked-head.ts'
import { maskedValue } from '../../../../src-renderer/lib/mask-header.ts'

const HEAD = [
  'POST /users?page=1 HTTP/1.1',
  'Host: h',
  'Authorization: Basic dXNlcjpwYXNz',
  'proxy-authorization:Bearer abc',
  'Cookie: session=s3cret; theme=dark',
  'X-Api-Key: k1',
  'X-Empty:',
].join('\r\n')

describe('headParts', () => {
  test('hides credentials, keeps their scheme, and cookies', () => {
    const { requestLine, headerLines, hasSecrets } = headParts(HEAD, false)

    expect(requestLine).toBe('POST /users?page=1 HTTP/1.1')
    expect(headerLines).toEqual([
      'Host: h',
      'Authorization: Basic ••••••••',
      'proxy-authorization:Bearer ••••••••',
      'Cookie: session=s3cret; theme=dark',
      'X-Api-Key: ••••••••',
      'X-Empty:',
    ])
    expect(hasSecrets).toBe(true)
  })

  test('tells what revealing shows from what was never kept', () => {
    const kept = 'GET /?t=•••••••• HTTP/1.1\r\nAuthorization: Bearer ••••••••'

    expect(headParts(kept, false)).toMatchObject({ hasSecrets: false, isCut: true })
    expect(headParts(HEAD, false)).toMatchObject({ hasSecrets: true, isCut: false })
  })

  test('shows every byte when revealed', () => {
    const { requestLine, headerLines } = headParts(HEAD, true)

    expect([requestLine, ...headerLines].join('\r\n')).toBe(HEAD)
  })

  test('knows where there is nothing to hide', () => {
    expect(headParts('GET / HTTP/1.1\r\nHost: h', false).hasSecrets).toBe(false)
  })
})

describe('maskedValue', () => {
  test('hides the whole value where there is no scheme', () => {
    expect(maskedValue('Authorization', 'sekret')).not.toContain('sekret')
    expect(maskedValue('authorization', 'Digest username="u", response="abc"')).toBe('Digest ••••••••')
  })

  test('shows cookies, as every table of them does', () => {
    expect(maskedValue('Cookie', 'a=b=c; d=')).toBe('a=b=c; d=')
    expect(isSecretHeader('Cookie')).toBe(true)
  })

  test('leaves other headers alone', () => {
    expect(maskedValue('Accept', 'a/b')).toBe('a/b')
    expect(isSecretHeader('Accept')).toBe(false)
  })

  test('hides what a proxy was asked with', () => {
    const { requestLine, headerLines } = headParts('CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nProxy-Authorization: Basic bWU6cHc=', false)

    expect(requestLine).toBe('CONNECT h:443 HTTP/1.1')
    expect(headerLines).toEqual(['Host: h:443', 'Proxy-Authorization: Basic ••••••••'])
  })

  test('hides credentials in the query', () => {
    const head = 'GET /a?page=1&key=s3cret HTTP/1.1\r\nHost: h'

    expect(headParts(head, false, [], ['key'])).toMatchObject({ requestLine: 'GET /a?page=1&key=•••••••• HTTP/1.1', hasSecrets: true })
    expect(headParts(head, true, [], ['key']).requestLine).toBe('GET /a?page=1&key=s3cret HTTP/1.1')
    expect(headParts(head, false).hasSecrets).toBe(false)
  })

  test('takes the pseudo-headers of HTTP/2 for what the request line is', () => {
    const head = ':method: GET\r\n:authority: h:8080\r\n:path: /\r\naccept: */*\r\nauthorization: Bearer s3cret'
    const { requestLine, headerLines, isHttp2, hasSecrets } = headParts(head, false)

    expect(requestLine).toBe(':method: GET\n:authority: h:8080\n:path: /')
    expect(headerLines[0]).toBe('accept: */*')
    expect(headerLines[1]).not.toContain('s3cret')
    expect([isHttp2, hasSecrets]).toEqual([true, true])
  })
})
