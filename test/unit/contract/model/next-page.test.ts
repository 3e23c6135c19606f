import { describe, expect, test } from 'vitest'
import { atPage, mayPage } from '#contract/model/next-page.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import type { RequestDocument } from '#contract/model/request.ts'

function request(url: string): RequestDocument {
  return { ...emptyRequest(), url, params: paramsFromUrl(url, []) }
}

describe('atPage', () => {
  test('keeps what was typed where only the query differs', () => {
    const next = atPage(request('{{base}}/items?page=1'), 'https://h.test/items?page=2&size=5', 'https://h.test/items?page=1')
    expect(next.url).toBe('{{base}}/items?page=2&size=5')
    expect(next.params.map(({ name, value }) => [name, value])).toEqual([
      ['page', '2'],
      ['size', '5'],
    ])
  })

  test('puts the whole address in where the place is another, without the rows of its path', () => {
    const document: RequestDocument = {
      ...request('https://h.test/:id'),
      params: [{ kind: 'path', name: 'id', value: '7', enabled: true }],
    }
    const next = atPage(document, 'https://h.test/7/more', 'https://h.test/7')
    expect(next.url).toBe('https://h.test/7/more')
    expect(next.params).toEqual([])
  })

  test('names no variable that the server made up', () => {
    expect(atPage(request('https://h.test/'), 'https://h.test/?a={{token}}', null).url).toBe('https://h.test/?a=%7B%7Btoken%7D%7D')
  })
})

test('mayPage knows the methods that change nothing', () => {
  expect(['get', 'HEAD', 'QUERY', 'POST', 'DELETE'].map(mayPage)).toEqual([true, true, true, false, false])
})
