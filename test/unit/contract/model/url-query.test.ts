import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeQueryText,
  encodeFormText,
  encodeQueryText,
  parseQuery,
  paramsFromUrl,
  reconcile,
  splitUrl,
} from '#contract/model/url-query.ts'
import type { Param } from '#contract/model/request.ts'

const query = (name: string, value: string, enabled = true): Param => ({ name, value, enabled, kind: 'query' })

describe('splitUrl', () => {
  test('cuts at the first question mark and hash', () => {
    expect(splitUrl('http://h/a?b=c?d#e?f')).toEqual({ base: 'http://h/a', query: 'b=c?d', fragment: '#e?f' })
  })

  test('looks past marks inside a variable', () => {
    expect(splitUrl('{{a?b#c}}/x?y=1')).toEqual({ base: '{{a?b#c}}/x', query: 'y=1', fragment: '' })
  })
})

describe('encoding and decoding of query text', () => {
  test('encodes as quote_plus does', () => {
    expect(encodeFormText("a b+c:/?~*'()!é")).toBe('a+b%2Bc%3A%2F%3F~%2A%27%28%29%21%C3%A9')
  })

  test('keeps variables', () => {
    expect(encodeQueryText('x {{my var}} y')).toBe('x+{{my var}}+y')
  })

  test('keeps a malformed escape as typed', () => {
    expect(decodeQueryText('100%+%zz+%E9')).toBe('100% %zz %E9')
  })

  test('decoding undoes encoding for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.isWellFormed() && !/\{\{|\}\}/.test(text))
        expect(decodeQueryText(encodeQueryText(text))).toBe(text)
      }),
    )
  })
})

describe('paramsFromUrl', () => {
  test('shows the pairs decoded, duplicates and empty values included', () => {
    expect(paramsFromUrl('http://h/?a=1&a=2&b&c=x%20y+z', [])).toEqual([
      query('a', '1'),
      query('a', '2'),
      query('b', ''),
      query('c', 'x y z'),
    ])
  })

  test('keeps disabled rows in their place and path rows at the end', () => {
    const previous: Param[] = [
      query('a', '1'),
      query('off', 'x', false),
      query('b', '2'),
      { name: 'id', value: '7', enabled: true, kind: 'path' },
    ]

    const rows = paramsFromUrl('http://h/:id?a=1&b=3&c=4', previous)

    expect(rows.map((row) => `${row.kind}:${row.name}=${row.value}:${row.enabled}`)).toEqual([
      'query:a=1:true',
      'query:off=x:false',
      'query:b=3:true',
      'query:c=4:true',
      'path:id=7:true',
    ])
  })
})

describe('reconcile', () => {
  test('rows that the URL holds are those of the URL and keep its text', () => {
    expect(reconcile('http://h/?a=x%20y', [query('a', 'x y'), query('off', '1', false)])).toEqual({
      url: 'http://h/?a=x%20y',
      params: [query('a', 'x y'), query('off', '1', false)],
    })
  })

  test('rows that the URL lacks are appended to it, encoded', () => {
    const { url, params } = reconcile('http://h/?a=1', [query('b', 'é ü')])

    expect(url).toBe('http://h/?a=1&b=%C3%A9+%C3%BC')
    expect(params).toEqual([query('a', '1'), query('b', 'é ü')])
  })

  test('the pairs of the URL and the enabled query rows always agree afterwards', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const row = fc.record({
      name,
      value: fc.constantFrom('1', '2', ''),
      enabled: fc.boolean(),
      kind: fc.constantFrom('query' as const, 'path' as const),
    })
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 6 }),
        fc.array(fc.tuple(name, fc.constantFrom('1', '2', '')), { maxLength: 5 }),
        (rows, pairs) => {
          const typed = `http://h/${pairs.length ? '?' : ''}${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`
          const { url, params } = reconcile(typed, rows)
          const enabled = params
            .filter((param) => param.kind === 'query' && param.enabled)
            .map(({ name: key, value }) => ({ name: key, value }))
          const inUrl = parseQuery(splitUrl(url).query ?? '').map(({ name: key, value }) => ({ name: key, value }))
          expect(enabled).toEqual(inUrl)
        },
      ),
    )
  })
})
