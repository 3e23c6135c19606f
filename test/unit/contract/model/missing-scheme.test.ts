import { describe, expect, test } from 'vitest'
import { hasScheme, withLikelyScheme } from '#contract/model/missing-scheme.ts'

describe('an address without a scheme', () => {
  test.each([
    ['example.com/a', 'https://example.com/a'],
    [' //example.com ', 'https://example.com'],
    ['://example.com', 'https://example.com'],
    ['{{host}}/a', 'https://{{host}}/a'],
    ['localhost:3000', 'http://localhost:3000'],
    ['user:pass@localhost/x', 'http://user:pass@localhost/x'],
    ['api.localhost?a', 'http://api.localhost?a'],
    ['://127.0.0.53', 'http://127.0.0.53'],
    ['[::1]:9/', 'http://[::1]:9/'],
    ['localhost.example.test', 'https://localhost.example.test'],
  ])('%s was likely meant to be %s', (typed, mended) => {
    expect(withLikelyScheme(typed)).toBe(mended)
  })
  test.each([
    ['http://localhost', true],
    [' FTP://a', true],
    ['localhost:3000/x', false],
    ['://a', false],
    ['{{base}}/x', false],
  ])('%s has one: %s', (typed, has) => {
    expect(hasScheme(typed)).toBe(has)
  })
})
