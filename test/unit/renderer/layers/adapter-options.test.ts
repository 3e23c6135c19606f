import { describe, expect, test } from 'vitest'
import type { Adapter } from '#contract/model/session.ts'
import { adapterOptions, adapterWords, isOfAdapter, withAdapterOptions } from '../../../../src-renderer/features/layers/adapter-options.ts'

const ADAPTER: Adapter = {
  prefix: 'https://api.example.com',
  pool: { maxConnections: 4 },
  retry: { total: 2 },
  verify: false,
  timeout: { read: null },
}

describe('the options of an adapter', () => {
  test('stand apart from where it is mounted and its pool', () => {
    expect(adapterOptions(ADAPTER)).toEqual({ retry: { total: 2 }, verify: false, timeout: { read: null } })
  })

  test('go back beside them; one that an adapter cannot have is left out', () => {
    expect(withAdapterOptions(ADAPTER, { verify: true, lenient: true })).toEqual({
      prefix: 'https://api.example.com',
      pool: { maxConnections: 4 },
      verify: true,
    })
    expect([isOfAdapter('http2'), isOfAdapter('followRedirects')]).toEqual([true, false])
  })

  test('are told in a line; an adapter that changes nothing has none', () => {
    expect(adapterWords(ADAPTER)).toBe('retries: 2 · timeouts: read without limit · at most 4 connections · not verified')
    expect(adapterWords({ prefix: 'https://a.test' })).toBe('')
  })
})
