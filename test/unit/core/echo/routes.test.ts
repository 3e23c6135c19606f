import { describe, expect, test } from 'vitest'
import { indexPage } from '../../../../src-main/core/echo/pages.ts'
import { findRoute, ROUTES } from '../../../../src-main/core/echo/routes.ts'

describe('findRoute', () => {
  test('takes the segments of a path, decoded', () => {
    expect(findRoute('GET', '/basic-auth/j%C3%BCrgen/a%2Fb')).toMatchObject({ kind: 'route', params: { user: 'jürgen', password: 'a/b' } })
    expect(findRoute('GET', '/etag/100%')).toMatchObject({ params: { etag: '100%' } })
  })

  test.each(['/anything', '/anything/', '/anything/a/b'])('lets %s be anything, by any method', (path) => {
    expect(findRoute('BREW', path)).toMatchObject({ kind: 'route', route: { path: '/anything/*' } })
  })

  test('answers HEAD where it answers GET', () => {
    expect(findRoute('HEAD', '/get').kind).toBe('route')
    expect(findRoute('HEAD', '/post')).toEqual({ kind: 'otherMethods', methods: ['POST'] })
  })

  test('tells a path for other methods from no path', () => {
    expect(findRoute('DELETE', '/upload')).toEqual({ kind: 'otherMethods', methods: ['GET', 'POST', 'PUT'] })
    expect(findRoute('GET', '/none')).toEqual({ kind: 'none' })
    expect(findRoute('GET', '/get/more')).toEqual({ kind: 'none' })
  })

  test('finds every route by the example it gives', () => {
    for (const { example, path } of ROUTES) {
      if (example !== undefined) expect(findRoute('GET', example.split('?')[0] ?? '')).toMatchObject({ route: { path } })
    }
  })
})

describe('indexPage', () => {
  test('lists every route, and no version can add markup', () => {
    const page = indexPage(ROUTES, '<b>1</b>')

    for (const { path } of ROUTES) expect(page).toContain(`<code>${path}</code>`)
    expect(page).not.toContain('<b>')
  })
})
