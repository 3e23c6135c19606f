import { describe, expect, test } from 'vitest'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { isSecretHeader, plainTextWarnings } from '#core/prepare/secret-headers.ts'

function header(name: string, source: PreparedHeader['source'] = 'user'): PreparedHeader {
  return { name, value: 'hush', source }
}

describe('isSecretHeader', () => {
  test.each(['Authorization', 'X-Auth', 'x-api-key', 'APIKEY', 'api_key', 'X-Token', 'Session-Id', 'Client-Secret', 'Cookie'])(
    'takes %s for one',
    (name) => {
      expect(isSecretHeader(header(name))).toBe(true)
    },
  )

  test.each(['Accept', 'User-Agent', 'X-Request-Id', 'Content-Type', 'Cookie-Consent'])('does not take %s for one', (name) => {
    expect(isSecretHeader(header(name))).toBe(false)
  })

  test('takes whatever auth has made for one', () => {
    expect(isSecretHeader(header('X-Custom', 'auth'))).toBe(true)
  })
})

describe('plainTextWarnings', () => {
  const headers = [header('Accept'), header('Authorization', 'auth'), header('X-Api-Key'), header('X-Api-Key'), header('Cookie', 'cookies')]

  test('names each secret once and never its value', () => {
    const warnings = plainTextWarnings(parseTargetUrl('http://example.test/'), headers)

    expect(warnings.map((warning) => warning.split(' ', 1)[0])).toEqual(['Authorization', 'X-Api-Key', 'Cookie'])
    expect(warnings.join()).toContain('example.test')
    expect(warnings.join()).not.toContain('hush')
  })

  test.each([
    'https://example.test/',
    'http://localhost/',
    'http://127.0.0.1:8080/',
    'http://127.9.9.9/',
    'http://[::1]/',
    'http://app.localhost/',
  ])('has none for %s', (url) => {
    expect(plainTextWarnings(parseTargetUrl(url), headers)).toEqual([])
  })

  test.each(['http://127.0.0.1.example.test/', 'http://localhost.example.test/', 'http://10.0.0.1/'])('is not fooled by %s', (url) => {
    expect(plainTextWarnings(parseTargetUrl(url), headers)).toHaveLength(3)
  })
})
