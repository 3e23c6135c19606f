import { describe, expect, test } from 'vitest'
import { addedHeaders, withOverride } from '../../../../src-renderer/features/request-editor/added-headers.ts'
import { headerValues } from '../../../../src-renderer/lib/header-names.ts'

describe('addedHeaders', () => {
  test('are those nobody typed, with where they come from', () => {
    const added = addedHeaders([
      { name: 'host', value: 'h', source: 'engine' },
      { name: 'X-Mine', value: '1', source: 'user', row: 0 },
      { name: 'Content-Type', value: 'application/json', source: 'body' },
      { name: 'Authorization', value: 'Basic abc', source: 'auth' },
    ])

    expect(added.map(({ name, source, secret }) => [name, source, secret])).toEqual([
      ['host', 'added by Posthaste', false],
      ['Content-Type', 'from Body', false],
      ['Authorization', 'from Auth', true],
    ])
  })

  test('the length is always the true one, so it cannot be overridden', () => {
    expect(addedHeaders([{ name: 'content-length', value: '3', source: 'body' }])[0]?.canOverride).toBe(false)
  })

  test('an override is an enabled row with that name and value, after the others', () => {
    const [header] = addedHeaders([{ name: 'Accept', value: '*/*', source: 'engine' }])

    expect(header && withOverride([{ name: 'A', value: '1', enabled: false }], header)).toEqual([
      { name: 'A', value: '1', enabled: false },
      { name: 'Accept', value: '*/*', enabled: true },
    ])
  })
})

test('header values are offered whatever the case of the name', () => {
  expect(headerValues('CONTENT-type')).toContain('application/json')
  expect(headerValues('X-Unknown')).toEqual([])
})
