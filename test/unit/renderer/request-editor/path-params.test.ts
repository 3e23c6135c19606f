import { describe, expect, test } from 'vitest'
import type { Param } from '../../../../src-main/contract/model/request.ts'
import {
  pathParamNames,
  pathParamsOf,
  withoutPathParam,
  withPathValue,
} from '../../../../src-renderer/features/request-editor/path-params.ts'

describe('pathParamNames', () => {
  test.each([
    ['https://api.example.com/users/:id/posts/:post', ['id', 'post']],
    ['https://api.example.com:8080/users', []],
    ['{{base_url}}/users/:id', ['id']],
    ['/users/:id?x=:no#/:no', ['id']],
    ['https://h/at/10:30/:id', ['id']],
    ['https://h/:id/again/:id', ['id']],
    ['localhost:3000', []],
    ['', []],
  ])('of %s are %j', (url, names) => {
    expect(pathParamNames(url)).toEqual(names)
  })
})

describe('pathParamsOf', () => {
  const params: Param[] = [
    { kind: 'query', name: 'q', value: '1', enabled: true },
    { kind: 'path', name: 'id', value: '7', enabled: true },
    { kind: 'path', name: 'gone', value: 'kept', enabled: true },
    { kind: 'path', name: 'empty', value: '', enabled: true },
  ]

  test('lists the names of the URL with their values and rows, then values without a name', () => {
    expect(pathParamsOf('https://h/:id/:new', params)).toEqual([
      { name: 'id', value: '7', row: 1, inUrl: true },
      { name: 'new', value: '', row: null, inUrl: true },
      { name: 'gone', value: 'kept', row: 2, inUrl: false },
    ])
  })

  test('a value typed for a new name makes its row; one for a known name changes it', () => {
    expect(withPathValue(params, 'new', 'x').at(-1)).toEqual({ kind: 'path', name: 'new', value: 'x', enabled: true })
    expect(withPathValue(params, 'id', '8')).toHaveLength(params.length)
    expect(withPathValue(params, 'id', '8')[1]?.value).toBe('8')
  })

  test('removing one leaves a query row of that name', () => {
    const rows: Param[] = [
      { kind: 'query', name: 'id', value: '1', enabled: true },
      { kind: 'path', name: 'id', value: '2', enabled: true },
    ]

    expect(withoutPathParam(rows, 'id')).toEqual([rows[0]])
  })
})
