import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Assertion } from '#contract/model/assertion.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { Auth } from '#contract/model/request.ts'
import { toK6 } from '#core/export/k6/to-k6.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { folderItem, requestItem, shopTree, tree, variable } from '../../../support/export-trees.ts'
import { runK6, type K6World } from '../../../support/k6-stand-in.ts'

function scriptOf(from: ExportTree, load: Parameters<typeof toK6>[1] = {}): string {
  return toK6(from, load).files[0]?.text ?? ''
}

function run(from: ExportTree, world: K6World = {}, load: Parameters<typeof toK6>[1] = {}): ReturnType<typeof runK6> {
  return runK6(scriptOf(from, load), world)
}

function assertion(expression: string, operator: string, value = ''): Assertion {
  return { expression, operator, value, enabled: true }
}

describe('a k6 script', () => {
  test('sends what the requests say, in their groups', () => {
    const { calls, groups, checks, options } = run(shopTree(), {
      env: { TOKEN: 't0', PASSWORD: 'p"w' },
      files: { 'cat.png': 'bytes' },
      answer: { status: 201, headers: {}, body: '{}' },
    })

    expect(groups).toEqual(['Orders'])
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://localhost:8080/orders?notify=true',
      'GET http://localhost:8080/orders/7',
      'POST http://localhost:8080/login',
      'POST http://localhost:8080/files',
      'PUT http://localhost:8080/notes',
    ])
    expect(calls[0]).toMatchObject({
      body: '{\n  "amount": 9.5,\n  "tags": [\n    "a"\n  ]\n}',
      params: {
        headers: { 'X-Trace': 't-1', 'Content-Type': 'application/json', Authorization: 'Bearer t0' },
        tags: { name: 'Orders / Create an order' },
      },
    })
    expect(calls[1]?.params['headers']).toEqual({ Authorization: `Basic ${Buffer.from('ada:p"w').toString('base64')}` })
    expect(calls[2]).toMatchObject({ body: 'user=ada', params: { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } } })
    expect(calls[2]?.params['headers']).not.toHaveProperty('Authorization')
    expect(calls[3]?.body).toEqual([
      ['note', 'hello'],
      ['photo', { data: 'bytes', name: 'cat.png', type: 'image/png' }],
    ])
    expect(calls[4]?.body).toBe('a\nb')
    expect(checks).toEqual({ 'res.status eq 201': true })
    expect(options).toEqual({ thresholds: { checks: ['rate==1'] } })
  })

  test('speaks on a WebSocket, and checks what k6 tells of it', () => {
    const socket = requestItem({
      name: 'Chat',
      url: 'ws://x.test/chat?room={{room}}',
      cookies: [{ name: 'a', value: 'b', enabled: true }],
      body: {
        kind: 'websocket',
        messages: [
          { title: 'one', type: 'text', data: 'Hello {{room}}' },
          { title: 'two', type: 'binary', data: 'AP8H' },
        ],
      },
      assertions: [assertion('res.status', 'eq', '101'), assertion('res.text', 'contains', 'Hello')],
    })
    const from = tree([socket], { defaults: { ...tree([]).defaults, variables: [variable('room', '7')] } })

    const { calls, checks } = run(from)

    expect(calls).toEqual([
      {
        method: 'WS',
        url: 'ws://x.test/chat?room=7',
        body: ['Hello 7', Buffer.from([0, 255, 7])],
        params: { headers: { Cookie: 'a=b' }, tags: { name: 'Chat' } },
      },
    ])
    expect(checks).toEqual({ 'res.status eq 101': true })
    expect(toK6(from, {}).notes.map(({ message }) => message)).toEqual(['The assertion res.text contains is no check of k6.'])
  })

  test('variables come from the environment before what they are here; secrets have no value', () => {
    const script = scriptOf(shopTree())

    expect(script).toContain("vars.token = __ENV.TOKEN || ''")
    expect(run(shopTree(), { env: { BASE_URL: 'https://live.example.com' }, files: { 'cat.png': '' } }).calls[0]?.url).toBe(
      'https://live.example.com/orders?notify=true',
    )
  })

  test('a value is encoded for its place in the URL, and taken as it is in front of it', () => {
    const variables = [variable('base', 'https://x.example.com/v1'), variable('q', 'a b&c'), variable('seg', 'a/b')]
    const item = requestItem({
      url: '{{base}}/{{seg}}/:id?q={{q}}&x=`${1}`',
      params: [{ name: 'id', value: '{{q}}', enabled: true, kind: 'path' }],
      variables,
    })

    expect(run(tree([item])).calls[0]?.url).toBe('https://x.example.com/v1/a%2Fb/a%20b%26c?q=a%20b%26c&x=`${1}`')
  })

  test('texts of any letters stay as they are', () => {
    const text = 'a\'b"c`d${e}\\f\r\n\u2028{{x}}\u0000'
    const item = requestItem({
      url: 'https://x.example.com',
      method: 'POST',
      body: { kind: 'text', text },
      variables: [variable('x', "v'`${")],
    })

    expect(run(tree([item])).calls[0]?.body).toBe(text.replace('{{x}}', "v'`${"))
  })

  test('rows of a data file are variables, one row for each iteration', () => {
    const item = requestItem({ url: 'https://x.example.com/{{name}}' })
    const files = { 'rows.csv': '\uFEFFname;note\r\n"a;""b""";1\r\nc;2\r\n', 'rows.json': '[{"name":"j"}]' }

    expect(run(tree([item]), { files }, { data: 'rows.csv' }).calls[0]?.url).toBe('https://x.example.com/a%3B%22b%22')
    expect(run(tree([item]), { files, iteration: 3 }, { data: 'rows.csv' }).calls[0]?.url).toBe('https://x.example.com/c')
    expect(run(tree([item]), { files }, { data: 'rows.json' }).calls[0]?.url).toBe('https://x.example.com/j')
  })

  test('stages are options; without checks failed requests count', () => {
    const { options } = run(
      tree([requestItem({ url: 'https://x.example.com' })]),
      {},
      { stages: [{ duration: '30s', target: 20 }], pause: 1 },
    )

    expect(options).toEqual({ stages: [{ duration: '30s', target: 20 }], thresholds: { http_req_failed: ['rate<0.01'] } })
  })

  test('limits of the time of an answer are thresholds of its request, beside all checks', () => {
    const times = [assertion('res.responseTime', 'lt', '500'), assertion('res.responseTime', 'lte', '{{most}}')]
    const slow = requestItem({ name: 'Get', url: 'https://x.example.com', assertions: times })
    const odd = requestItem({ name: 'Odd, name', url: 'https://x.example.com', assertions: times })

    const { options, calls } = run(tree([folderItem('Users', [slow]), odd]))

    expect(options).toEqual({ thresholds: { checks: ['rate==1'], 'http_req_duration{name:Users / Get}': ['max<500'] } })
    expect(calls[0]?.params['tags']).toEqual({ name: 'Users / Get' })
  })

  test('a token that needs no person is fetched once', () => {
    const auth = {
      ...emptyAuth('oauth2'),
      accessTokenUrl: 'https://id.example.com/token',
      clientId: 'c',
      clientSecret: '{{secret}}',
      scope: 'a b',
    } as Auth
    const items = [requestItem({ url: 'https://x.example.com/1', auth }), requestItem({ url: 'https://x.example.com/2', auth })]

    const { calls } = run(tree(items), { env: { SECRET: 's' }, answer: { status: 200, headers: {}, body: '{"access_token":"tok"}' } })

    expect(calls).toHaveLength(3)
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'https://id.example.com/token',
      body: { grant_type: 'client_credentials', scope: 'a b' },
      params: { headers: { Authorization: `Basic ${Buffer.from('c:s').toString('base64')}` } },
    })
    expect(calls[2]?.params['headers']).toEqual({ Authorization: 'Bearer tok' })
  })

  test('Digest, keys in the query, redirects and timeouts are what k6 has for them', () => {
    const items = [
      requestItem({
        url: 'https://x.example.com/d',
        auth: { kind: 'digest', username: 'u:', password: '{{pw}}' },
        options: { followRedirects: false, timeout: { read: 2.5 } },
      }),
      requestItem({
        url: 'https://x.example.com/k?a=1',
        auth: { kind: 'apikey', key: 'api key', value: '{{pw}}', placement: 'query' },
        options: { maxRedirects: 3 },
      }),
    ]

    const { calls } = run(tree(items), { env: { PW: 'p@' } })

    expect(calls[0]).toMatchObject({ url: 'https://u%3A:p%40@x.example.com/d', params: { auth: 'digest', redirects: 0, timeout: '2.5s' } })
    expect(calls[1]).toMatchObject({ url: 'https://x.example.com/k?a=1&api%20key=p%40', params: { redirects: 3 } })
  })

  test('folders in folders are groups in groups, and the order stays', () => {
    const at = (path: string): ReturnType<typeof requestItem> => requestItem({ name: path, url: `https://x.example.com/${path}` })
    const { groups, calls } = run(tree([folderItem('A', [at('1'), folderItem('B', [at('2')]), at('3')]), at('4')]))

    expect(groups).toEqual(['A', 'B'])
    expect(calls.map(({ url }) => url.slice(-1))).toEqual(['1', '2', '3', '4'])
  })

  test('dynamic values are made, and what cannot be made is read from the environment and named', () => {
    const item = requestItem({
      url: 'https://x.example.com/{{$timestamp}}',
      headers: [
        { name: 'X-Id', value: '{{$uuid}}', enabled: true },
        { name: 'X-City', value: '{{$randomCity}}', enabled: true },
      ],
    })

    const { calls } = run(tree([item]), { env: { RANDOM_CITY: 'Ulm' } })

    expect(calls[0]?.url).toMatch(/\/\d{10}$/)
    expect(calls[0]?.params['headers']).toEqual({ 'X-Id': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/), 'X-City': 'Ulm' })
    expect(toK6(tree([item]), {}).notes).toHaveLength(1)
  })
})

describe('texts that try to be more than texts', () => {
  const text = fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '\\',
        '${',
        '${calls.push(1)}',
        '}',
        '$',
        '\n',
        '\n\n\n',
        '\r',
        '\t',
        '\u2028',
        '\0',
        '\u202e',
        '*/',
        '//',
        'a',
        '\\u0027',
        '`+calls.push(1)+`',
      ),
      { minLength: 1, maxLength: 10 },
    )
    .map((words) => words.join(''))

  test('are what they are, wherever they stand', () => {
    fc.assert(
      fc.property(text, (value) => {
        const item = requestItem({
          name: value,
          method: 'POST',
          url: 'https://x.example.com/',
          headers: [{ name: 'X-A', value, enabled: true }],
          cookies: [{ name: '__proto__', value, enabled: true }],
          body: { kind: 'text', text: value },
          assertions: [assertion('res.text', 'eq', value)],
        })

        const { calls, groups } = run(tree([folderItem(value, [item])]), { env: {} })

        expect(groups).toEqual([value])
        expect(calls).toHaveLength(1)
        expect(calls[0]).toMatchObject({ body: value, params: { headers: { 'X-A': value }, tags: { name: `${value} / ${value}` } } })
        expect(Object.entries(calls[0]?.params['cookies'] ?? {})).toEqual([['__proto__', value]])
      }),
      { numRuns: 200 },
    )
  })

  test('the prefix of a token is a text', () => {
    const auth = {
      ...emptyAuth('oauth2'),
      flow: 'client_credentials',
      accessTokenUrl: 'https://x.example.com/t',
      tokenPrefix: '`${calls}\\',
    } as Auth
    const item = requestItem({ url: 'https://x.example.com/', auth })

    const { calls } = run(tree([item]), { answer: { status: 200, headers: {}, body: '{"access_token":"t1"}' } })

    expect(calls.at(-1)?.params['headers']).toEqual({ Authorization: '`${calls}\\ t1' })
  })
})

describe('assertions as checks', () => {
  const answer = {
    status: 201,
    headers: { 'Content-Type': 'application/json' },
    body: '{"id":7,"name":"Ada","list":[{"a":null}],"empty":""}',
  }

  test.each([
    ['res.status', 'eq', '201', true],
    ['res.status', 'in', '200, 201', true],
    ['res.status', 'between', '200,299', true],
    ['res.status', 'neq', '201', false],
    ["res.headers['content-type']", 'contains', 'json', true],
    ['res.headers.content-type', 'startsWith', 'text', false],
    ['res.body.id', 'eq', '7', true],
    ['res.body.id', 'gt', '7', false],
    ['res.body.name', 'matches', '^A', true],
    ['res.body.list[0].a', 'isNull', '', true],
    ['res.body.list', 'length', '1', true],
    ['res.body.nothing', 'isUndefined', '', true],
    ['res.body.empty', 'isEmpty', '', true],
    ["res.jsonpath('$.list[0].a')", 'isDefined', '', true],
    ['res.text', 'contains', '"Ada"', true],
    ['res.responseTime', 'lt', '100', true],
    ['res.body', 'isJson', '', true],
  ])('%s %s %s is %s', (expression, operator, value, expected) => {
    const item = requestItem({ url: 'https://x.example.com', assertions: [assertion(expression, operator, value)] })

    expect(Object.values(run(tree([item]), { answer }).checks)).toEqual([expected])
  })

  test('what is captured is there for the requests behind it, unless the gate is shut', () => {
    const captures = [
      { name: 'token', expression: 'res.body.token', scope: 'runtime', enabled: true },
      { name: 'unused', expression: "res.headers['x-id']", scope: 'environment', enabled: true },
    ]
    const login = requestItem({ name: 'Log in', url: 'https://x.example.com/login', captures, raiseForStatus: true })
    const me = requestItem({ name: 'Me', url: 'https://x.example.com/me?t={{token}}' })
    const given = (status: number): ReturnType<typeof run> =>
      run(tree([login, me]), { answer: { status, headers: {}, body: '{"token":"t1"}' } })

    const [good, bad] = [given(200), given(401)]

    expect(good.calls[1]?.url).toBe('https://x.example.com/me?t=t1')
    expect(good.checks).toEqual({ raise_for_status: true })
    expect(bad.calls[1]?.url).toBe('https://x.example.com/me?t=')
    expect(bad.checks).toEqual({ raise_for_status: false })
  })

  test('what k6 cannot look at is named', () => {
    const item = requestItem({ name: 'R', url: 'https://x.example.com', assertions: [assertion("res.css('h1')", 'eq', 'x')] })

    expect(toK6(tree([item]), {}).notes).toEqual([
      { severity: 'lost', where: 'R', line: null, message: "The assertion res.css('h1') eq is no check of k6." },
    ])
  })
})
