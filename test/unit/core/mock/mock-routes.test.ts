import { describe, expect, test } from 'vitest'
import { bestExample, routeOf, type MockCall, type MockExample } from '../../../../src-main/core/mock/mock-routes.ts'

function example(name: string, url: string, more: Partial<MockExample> & { own?: string } = {}): MockExample {
  const { own, ...rest } = more
  return {
    request: 'r',
    name,
    method: 'GET',
    routes: own === undefined ? [routeOf(url)] : [routeOf(own), { ...routeOf(url), query: [] }],
    headers: [],
    status: 200,
    statusText: 'OK',
    answer: { headers: [], type: null, body: '' },
    ...rest,
  }
}

function call(target: string, more: { method?: string; headers?: Record<string, string>; name?: string; status?: number } = {}): MockCall {
  const [path = '/', search = ''] = target.split('?')
  return {
    method: more.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    header: (name) => more.headers?.[name],
    wanted: { name: more.name ?? null, status: more.status ?? null },
  }
}

const best = (examples: readonly MockExample[], ...of: Parameters<typeof call>): string | null =>
  bestExample(examples, call(...of))?.name ?? null

describe('routeOf', () => {
  test.each([
    ['http://h.test:8080/users/1?a=b#c', '/users/1', false],
    ['{{base}}/users/:id', '/users/:id', true],
    ['{{base}}', '/', true],
    ['https://{{host}}:{{port}}/v1/', '/v1', false],
    ['h.test/users', '/users', false],
    ['/users', '/users', false],
    ['http://h.test', '/', false],
    ['', '/', false],
  ])('of %s is %s', (url, path, isOpen) => {
    expect(routeOf(url)).toMatchObject({ path, isOpen })
  })
})

describe('bestExample', () => {
  test('goes by method and path, in which names and variables stand for anything', () => {
    const all = [
      example('one', '{{base}}/users/:id'),
      example('me', '{{base}}/users/me'),
      example('file', 'http://h/files/{{name}}.json'),
      example('post', '{{base}}/users', { method: 'POST' }),
    ]
    expect(best(all, '/users/7')).toBe('one')
    expect(best(all, '/users/me')).toBe('me')
    expect(best(all, '/users/m%65')).toBe('me')
    expect(best(all, '/users/7/')).toBe('one')
    expect(best(all, '/files/a.b.json')).toBe('file')
    expect(best(all, '/files/a.xml')).toBeNull()
    expect(best(all, '/users', { method: 'POST' })).toBe('post')
    expect(best(all, '/users')).toBeNull()
    expect(best(all, '/users/7/posts')).toBeNull()
  })

  test('a variable at the beginning may bring a path along, and what needs none of it comes first', () => {
    const all = [example('deep', '{{base}}/users'), example('exact', '{{base}}/v2/users')]

    expect(best(all, '/v1/users')).toBe('deep')
    expect(best(all, '/v2/users')).toBe('exact')
    expect(best([example('fixed', 'http://h/users')], '/v1/users')).toBeNull()
  })

  test('an example’s own URL counts for more than its request’s, its query and headers for more than none', () => {
    const all = [
      example('any', '{{base}}/users/:id', { own: '{{base}}/users/1' }),
      example('two', '{{base}}/users/:id', { own: '{{base}}/users/2?full=yes' }),
      example('two for all', '{{base}}/users/:id', { own: '{{base}}/users/2' }),
      example('two in xml', '{{base}}/users/:id', { own: '{{base}}/users/2', headers: [['Accept', 'application/xml']] }),
      example('two of a token', '{{base}}/users/:id', { own: '{{base}}/users/2', headers: [['X-T', 'a-{{t}}']] }),
    ]
    expect(best(all, '/users/2?full=yes')).toBe('two')
    expect(best(all, '/users/2')).toBe('two for all')
    expect(best(all, '/users/2', { headers: { accept: 'application/xml' } })).toBe('two in xml')
    expect(best(all, '/users/2', { headers: { 'x-t': 'a-77' } })).toBe('two of a token')
    expect(best(all, '/users/9')).toBe('any')
  })

  test('of equal ones a success comes first; others are asked for by name or status', () => {
    const all = [example('Gone', '/a', { status: 410 }), example('Fine', '/a'), example('Also fine', '/a')]

    expect(best(all, '/a')).toBe('Fine')
    expect(best(all, '/a', { name: 'also FINE' })).toBe('Also fine')
    expect(best(all, '/a', { status: 410 })).toBe('Gone')
    expect(best(all, '/a', { status: 500 })).toBeNull()
    expect(best(all, '/a', { name: 'Fine', status: 410 })).toBeNull()
    expect(best(all, '/a', { method: 'HEAD' })).toBe('Fine')
  })
})
