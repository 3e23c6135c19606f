import { describe, expect, test } from 'vitest'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { Auth } from '#contract/model/request.ts'
import { secretParamsOf, withMaskedParams } from '#contract/model/secret-params.ts'

describe('params that hold credentials', () => {
  test('are known by the credentials', () => {
    const key: Auth = { kind: 'apikey', key: 'api key', value: 'v', placement: 'query' }
    expect(secretParamsOf(key)).toEqual(['api key'])
    expect(secretParamsOf({ ...key, placement: 'header' })).toEqual([])
    expect(secretParamsOf({ ...key, key: '' })).toEqual([])
    expect(secretParamsOf({ kind: 'bearer', token: 't' })).toEqual([])
    const oauth2 = emptyAuth('oauth2')
    expect(oauth2.kind === 'oauth2' && secretParamsOf({ ...oauth2, tokenPlacement: 'query', tokenQueryName: 't' })).toEqual(['t'])
    const oauth1 = emptyAuth('oauth1')
    expect(oauth1.kind === 'oauth1' && secretParamsOf({ ...oauth1, placement: 'query' })).toEqual(['oauth_signature'])
  })

  test.each([
    ['GET /a?x=1&api+key=s3cret HTTP/1.1', 'GET /a?x=1&api+key=* HTTP/1.1'],
    ['https://h/?api%20key=s3cret&api+key=2#f', 'https://h/?api%20key=*&api+key=*#f'],
    [':method: GET\n:path: /?api+key=s\n:scheme: https', ':method: GET\n:path: /?api+key=*\n:scheme: https'],
    ['/api+key=s?other=1&api+keys=2', '/api+key=s?other=1&api+keys=2'],
    ['/?api+key=', '/?api+key='],
  ])('are masked in %s', (text, masked) => {
    expect(withMaskedParams(text, ['api key'], '*')).toBe(masked)
  })

  test('without names nothing is touched', () => {
    expect(withMaskedParams('/?a=1', [], '*')).toBe('/?a=1')
  })
})
