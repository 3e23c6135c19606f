import { describe, expect, test } from 'vitest'
import { plainJson } from '#core/lib/plain-json.ts'

describe('plainJson', () => {
  test('leaves out what JSON leaves out', () => {
    expect(plainJson({ a: undefined, b: [1, undefined, { c: undefined }], d: null })).toStrictEqual({ b: [1, null, {}], d: null })
  })

  test('keeps a key that is called as the prototype is, as a key', () => {
    const copied = plainJson(JSON.parse('{"__proto__":{"isAdmin":true}}'))

    expect(Object.keys(copied as object)).toEqual(['__proto__'])
    expect((copied as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('refuses a circle, and nesting without end', () => {
    const circle: unknown[] = []
    circle.push({ circle })
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown

    expect(() => plainJson(circle)).toThrow(expect.objectContaining({ kind: 'InvalidCall' }))
    expect(() => plainJson(deep)).toThrow(/nested more than 100 levels/)
  })
})
