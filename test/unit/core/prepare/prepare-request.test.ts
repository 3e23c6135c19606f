import { givenVariables } from '#core/prepare/references.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Part, RequestDocument, Row } from '#contract/model/request.ts'
import { authContext } from '#core/auth/auth-flow.ts'
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { prepareRequest, type PrepareContext } from '#core/prepare/prepare-request.ts'
import type { Preparation } from '#core/prepare/prepared-request.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-prepare-'))
  await writeFile(join(folder, 'sid.jpg'), Buffer.from([0xff, 0xd8, 0x00, 0x0a]))
  await writeFile(join(folder, 'empty.txt'), '')
})
afterAll(() => rm(folder, { recursive: true }))

const row = (name: string, value: string, enabled = true): Row => ({ name, value, enabled })

async function prepare(change: Partial<RequestDocument>, context: Partial<PrepareContext> = {}): Promise<Preparation> {
  const document = { ...emptyRequest(), url: 'http://h.test/p', ...change }
  return prepareRequest(document, {
    baseDir: folder,
    seed: 'a seed for tests',
    variables: givenVariables(new Map()),
    env: {},
    userAgent: 'Posthaste/test',
    cookiesFor: () => [],
    ...authContext({
      digest: createDigestMemory(),
      seed: 'test',
      now: Date.now,
      baseDir: null,
      tokenFor: async () => null,
    }),
    ...context,
  })
}

function lines({ request }: Preparation): string[] {
  return (request?.headers ?? []).map((header) => `${header.name}: ${header.value}`)
}

async function bodyOf({ request }: Preparation): Promise<string> {
  return request?.body ? (await buffer(request.body.open())).toString('latin1') : ''
}

function problemsOf({ problems }: Preparation): string[] {
  return problems.map(
    (problem) => `${problem.kind} ${problem.where?.section ?? '?'}${problem.where?.row === undefined ? '' : `.${problem.where.row}`}`,
  )
}

test('a method is sent in capitals, and the preview says so', async () => {
  const { request, preview } = await prepare({ method: ' purge ' })

  expect([request?.method, preview.method]).toEqual(['PURGE', 'PURGE'])
})

describe('headers', () => {
  test('the defaults stand in the order of the wire', async () => {
    expect(lines(await prepare({}))).toEqual([
      'Host: h.test',
      'Connection: keep-alive',
      'User-Agent: Posthaste/test',
      'Accept: */*',
      'Accept-Encoding: gzip, deflate, br, zstd',
    ])
  })

  test('a typed header takes the place of the default and keeps its case; duplicates stay', async () => {
    const prepared = await prepare({ headers: [row('X-A', '1'), row('ACCEPT', 'a/b'), row('X-A', '2'), row('X-Off', 'x', false)] })

    expect(lines(prepared)).toEqual([
      'Host: h.test',
      'Connection: keep-alive',
      'User-Agent: Posthaste/test',
      'ACCEPT: a/b',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'X-A: 1',
      'X-A: 2',
    ])
  })

  test('an empty POST announces length 0, an empty DELETE nothing', async () => {
    expect(lines(await prepare({ method: 'POST' })).at(-1)).toBe('Content-Length: 0')
    expect(lines(await prepare({ method: 'delete' })).some((line) => /^content-length/i.test(line))).toBe(false)
  })

  test.each([
    [row('X Y', '1'), 'holds a space'],
    [row('', '1'), 'no name'],
    [row('X-A', 'a\r\nEvil: 1'), 'line break'],
    [row('X-A', '€'), 'Latin-1'],
    [row('Transfer-Encoding', 'chunked'), 'connection'],
  ])('refuses %j beside its cell', async (bad, words) => {
    const { request, problems } = await prepare({ headers: [row('X-Fine', '1'), bad] })

    expect(request).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ kind: 'InvalidHeader', where: { section: 'headers', row: 1 } })
    expect(problems[0]?.message).toContain(words)
  })

  test.each(['__proto__', 'constructor', 'toString'])('takes %s for a name like any other', async (name) => {
    const { problems } = await prepare({ headers: [row(name, '1')] })

    expect(problems).toEqual([])
  })

  test('a typed Content-Length gives way to the true one, and says so', async () => {
    const prepared = await prepare({ method: 'POST', headers: [row('Content-Length', '99')], body: { kind: 'text', text: 'abc' } })

    expect(lines(prepared).at(-1)).toBe('Content-Length: 3')
    expect(prepared.preview.warnings.join()).toContain('The typed Content-Length: 99 is not sent: Content-Length: 3 is')
  })
})

describe('what becomes of a typed header that is not simply sent', () => {
  const notesOf = async (change: Partial<RequestDocument>): Promise<readonly (readonly [number, string])[]> =>
    (await prepare(change)).preview.headerNotes.map(({ row: index, message }) => [index, message] as const)
  const text = { kind: 'text', text: 'abc' } as const
  const basic = { kind: 'basic', username: 'u', password: 'p' } as const

  test.each(['posthaste', 'requests', 'curl', 'browser'] as const)(
    'as %s a wrong length is said beside its row, a true one is not',
    async (behaviour) => {
      const options = { ...emptyRequest().options, behaviour }
      const headers = [row('X-A', '1'), row('content-length', '99')]

      expect(await notesOf({ method: 'POST', options, headers, body: text })).toEqual([
        [1, 'Not sent as typed: Content-Length: 3 is, the true length of the body.'],
      ])
      expect(await notesOf({ method: 'POST', options, headers: [row('Content-Length', '3')], body: text })).toEqual([])
    },
  )

  test('a length without a body is not promised to be sent truly', async () => {
    const headers = [row('Content-Length', '5')]

    expect(await notesOf({ headers })).toEqual([[0, 'Not sent: this request has no body, so it says no length.']])
    expect((await prepare({ headers })).preview.warnings.join()).toContain('it says no length')
  })

  test('a Host that is not the URL’s says what still goes by the URL', async () => {
    expect(await notesOf({ headers: [row('host', 'H.test'), row('X-A', '1')] })).toEqual([])
    expect(await notesOf({ headers: [row('Host', 'other.test')] })).toEqual([
      [0, expect.stringMatching(/^Sent in place of h\.test\. What is connected to/)],
    ])
  })

  test('of two Hosts the one that is left out says so, and a row that is off nothing', async () => {
    expect(await notesOf({ headers: [row('Host', 'a.test'), row('Host', 'h.test'), row('Host', 'c.test', false)] })).toEqual([
      [0, 'Not sent: of several Host only the last is.'],
    ])
  })

  test('an Authorization that gives way to Auth says so', async () => {
    const options = { ...emptyRequest().options, behaviour: 'requests' as const }

    expect(await notesOf({ headers: [row('Authorization', 'mine')], auth: basic, options })).toEqual([
      [0, 'Not sent: the one from Auth is.'],
    ])
    expect(await notesOf({ headers: [row('Authorization', 'mine')], auth: basic })).toEqual([])
  })

  test('a row with a problem has no second word', async () => {
    expect(await notesOf({ headers: [row('Host', 'a\nb')] })).toEqual([])
  })
})

describe('bodies', () => {
  test('JSON goes as typed', async () => {
    const text = '{ "n": 1.0,\n "big": 12345678901234567890, "é": "\\u00e9" }'
    const prepared = await prepare({ method: 'POST', body: { kind: 'json', text, asTyped: false } })

    expect(Buffer.from(await bodyOf(prepared), 'latin1').toString('utf8')).toBe(text)
    expect(lines(prepared)).toContain('Content-Type: application/json')
  })

  test('invalid JSON is named with its place, and can be sent as typed', async () => {
    const invalid = await prepare({ method: 'POST', body: { kind: 'json', text: '{\n "a": 1,\n}', asTyped: false } })
    const typed = await prepare({ method: 'POST', body: { kind: 'json', text: '{\n "a": 1,\n}', asTyped: true } })

    expect(problemsOf(invalid)).toEqual(['InvalidBody body'])
    expect(invalid.problems[0]?.message).toBe('The body is not valid JSON. Line 2, column 8: JSON has no trailing comma.')
    expect(await bodyOf(typed)).toBe('{\n "a": 1,\n}')
  })

  test('invalid JSON is placed where it was typed, whatever its variables stand for', async () => {
    const json = (text: string, id: string): Promise<Preparation> =>
      prepare({ method: 'POST', body: { kind: 'json', text, asTyped: false } }, { variables: givenVariables(new Map([['id', id]])) })

    const messages = []
    for (const [text, id] of [
      ['{"id": "{{id}}" "b": 1}', 'a much longer value\nof two lines'],
      ['{"id": {{id}}}', '12'],
      ['{"id": {{id}}}', 'hunter2'],
    ] as const)
      messages.push((await json(text, id)).problems.map((problem) => problem.message))

    expect(messages).toEqual([
      ['The body is not valid JSON. Line 1, column 17: a comma is missing before "b".'],
      [],
      ['The body is not valid JSON once its variables are filled in: quote them, or give them values that are JSON.'],
    ])
  })

  test('GraphQL variables that are no JSON are placed, too', async () => {
    const { problems } = await prepare({ method: 'POST', body: { kind: 'graphql', query: '{ a }', variables: '{"a":\n1,}' } })

    expect(problems[0]?.message).toBe('The GraphQL variables are not valid JSON. Line 2, column 2: JSON has no trailing comma.')
  })

  test('a form is encoded as quote_plus does, disabled rows left out', async () => {
    const rows = [row('a b', 'c&d=é'), row('off', '1', false), row('a b', '~*')]
    const prepared = await prepare({ method: 'POST', body: { kind: 'form', rows } })

    expect(await bodyOf(prepared)).toBe('a+b=c%26d%3D%C3%A9&a+b=~%2A')
    expect(lines(prepared)).toContain('Content-Type: application/x-www-form-urlencoded')
  })

  test('multipart writes every part in order with its own name, type and headers', async () => {
    const parts: Part[] = [
      { kind: 'text', name: 'meta"data', value: '{"a":1}', enabled: true, contentType: 'application/json', headers: [row('X-Part', '1')] },
      { kind: 'file', name: 'file', files: ['./sid.jpg'], filename: 'фото.jpg', enabled: true, contentType: '', headers: [] },
      { kind: 'file', name: 'more', files: ['sid.jpg', 'empty.txt'], filename: '', enabled: true, contentType: '', headers: [] },
    ]
    const prepared = await prepare({ method: 'POST', body: { kind: 'multipart', parts } })
    const boundary = /boundary=(\w{32})$/.exec(lines(prepared).find((line) => line.startsWith('Content-Type')) ?? '')?.[1] ?? ''
    const text = Buffer.from(await bodyOf(prepared), 'latin1')

    expect(boundary).not.toBe('')
    expect(text.toString('latin1')).toBe(
      Buffer.from(
        [
          `--${boundary}`,
          'Content-Disposition: form-data; name="meta%22data"',
          'Content-Type: application/json',
          'X-Part: 1',
          '',
          '{"a":1}',
          `--${boundary}`,
          'Content-Disposition: form-data; name="file"; filename="фото.jpg"; filename*=UTF-8\'\'%D1%84%D0%BE%D1%82%D0%BE.jpg',
          'Content-Type: image/jpeg',
          '',
          'JPEG',
          `--${boundary}`,
          'Content-Disposition: form-data; name="more"; filename="sid.jpg"',
          'Content-Type: image/jpeg',
          '',
          'JPEG',
          `--${boundary}`,
          'Content-Disposition: form-data; name="more"; filename="empty.txt"',
          'Content-Type: text/plain',
          '',
          '',
          `--${boundary}--`,
          '',
        ].join('\r\n'),
      )
        .toString('latin1')
        .replaceAll('JPEG', '\xff\xd8\x00\x0a'),
    )
    expect(prepared.request?.body?.bytes).toBe(text.length)
    expect(prepared.preview.bodyText).toContain('‹sid.jpg, 4 bytes›')
  })

  test('a file is named in the preview as it is sent, not as its copy is called', async () => {
    const path = join(folder, 'name-of-the-copy.txt')
    await writeFile(path, 'x')
    const part: Part = { kind: 'file', name: 'f', files: [path], filename: 'a:b.txt', enabled: true, contentType: '', headers: [] }

    const { preview } = await prepare({ body: { kind: 'multipart', parts: [part] } })

    expect(preview.bodyText).toContain('‹a:b.txt, 1 byte›')
  })

  test('the same seed makes the same boundary, another seed another', async () => {
    const parts: Part[] = [{ kind: 'text', name: 'a', value: '1', enabled: true, contentType: '', headers: [] }]
    const one = await bodyOf(await prepare({ body: { kind: 'multipart', parts } }))
    const again = await bodyOf(await prepare({ body: { kind: 'multipart', parts } }))
    const other = await bodyOf(await prepare({ body: { kind: 'multipart', parts } }, { seed: 'another seed' }))

    expect(again).toBe(one)
    expect(other).not.toBe(one)
  })

  test('a typed multipart type keeps its boundary, or is given one', async () => {
    const body = {
      kind: 'multipart' as const,
      parts: [{ kind: 'text' as const, name: 'a', value: '1', enabled: true, contentType: '', headers: [] }],
    }
    const kept = await prepare({ body, headers: [row('Content-Type', 'multipart/mixed; boundary=mine')] })
    const amended = await prepare({ body, headers: [row('Content-Type', 'multipart/form-data')] })

    expect(await bodyOf(kept)).toMatch(/^--mine\r\n/)
    expect(lines(amended).find((line) => line.startsWith('Content-Type'))).toMatch(/^Content-Type: multipart\/form-data; boundary=\w{32}$/)
  })

  test.each([
    ['of any length', 'b'.repeat(80), `--${'b'.repeat(80)}\r\n`],
    ['in quotation marks', '"a b;c"; charset=x', '--a b;c\r\n'],
  ])('a typed boundary is that of the body: %s', async (_what, typed, start) => {
    const parts: Part[] = [{ kind: 'text', name: 'a', value: '1', enabled: true, contentType: '', headers: [] }]
    const prepared = await prepare({
      body: { kind: 'multipart', parts },
      headers: [row('Content-Type', `multipart/mixed; boundary=${typed}`)],
    })

    expect((await bodyOf(prepared)).startsWith(start)).toBe(true)
    expect(lines(prepared)).toContain(`Content-Type: multipart/mixed; boundary=${typed}`)
  })

  test.each(['""', '', 'é', '"é"'])('a typed boundary that no body can have makes room for another: %s', async (typed) => {
    const parts: Part[] = [{ kind: 'text', name: 'a', value: '1', enabled: true, contentType: '', headers: [] }]
    const prepared = await prepare({
      body: { kind: 'multipart', parts },
      headers: [row('Content-Type', `multipart/mixed; boundary=${typed}; charset=x`)],
    })

    const line = lines(prepared).find((text) => text.startsWith('Content-Type')) ?? ''
    expect(line).toMatch(/^Content-Type: multipart\/mixed; charset=x; boundary=\w{32}$/)
    expect((await bodyOf(prepared)).startsWith(`--${line.slice(-32)}\r\n`)).toBe(true)
  })

  test('a missing file is named before sending, beside its row', async () => {
    const prepared = await prepare({
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [{ kind: 'file', name: 'f', files: ['gone.bin'], filename: '', enabled: true, contentType: '', headers: [] }],
      },
    })

    expect(problemsOf(prepared)).toEqual(['FileNotFound body.0'])
    expect(prepared.problems[0]?.message).toContain('gone.bin')
  })

  test.skipIf(process.platform === 'win32')('a pipe or a device is not sent as the nothing that the system says it is', async () => {
    const prepared = await prepare({ method: 'POST', body: { kind: 'file', path: '/dev/null', contentType: '' } })

    expect(prepared.problems).toMatchObject([{ kind: 'InvalidBody', message: '"/dev/null" is a pipe or a device, not a file.' }])
  })

  test('the announced length is the true one, whatever the rows', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/\{\{/g, ''))
    const part = fc.record({ name: text, value: text, contentType: fc.constantFrom('', 'text/plain') })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (values) => {
        const parts: Part[] = values.map((value) => ({ kind: 'text', ...value, enabled: true, headers: [] }))
        const { request } = await prepare({ method: 'POST', body: { kind: 'multipart', parts } })
        if (!request?.body) return
        expect((await buffer(request.body.open())).byteLength).toBe(request.body.bytes)
      }),
      { numRuns: 50 },
    )
  })
})

describe('credentials', () => {
  test('Basic is UTF-8', async () => {
    const prepared = await prepare({ auth: { kind: 'basic', username: 'é', password: 'p:w' } })
    expect(lines(prepared)).toContain(`Authorization: Basic ${Buffer.from('é:p:w').toString('base64')}`)
  })

  test('a typed Authorization wins over Auth and over the URL, and says so', async () => {
    const prepared = await prepare({
      url: 'http://u:p@h.test/',
      auth: { kind: 'bearer', token: 't' },
      headers: [row('authorization', 'Mine')],
    })

    expect(lines(prepared).filter((line) => /^authorization/i.test(line))).toEqual(['authorization: Mine'])
    expect(prepared.preview.warnings.join(' ')).toContain('typed')
  })

  test('an API key can go in the query', async () => {
    const prepared = await prepare({ url: 'http://h.test/p?a=1', auth: { kind: 'apikey', key: 'k y', value: 'v&', placement: 'query' } })
    expect(prepared.request?.url.target).toBe('/p?a=1&k+y=v%26')
  })

  test('over plain http to another machine there is a warning, to this one none', async () => {
    const auth = { kind: 'bearer' as const, token: 't' }
    expect((await prepare({ auth })).preview.warnings.join()).toContain('plain http://')
    expect((await prepare({ auth, url: 'http://127.0.0.1:9/' })).preview.warnings).toEqual([])
    expect((await prepare({ auth, url: 'https://h.test/' })).preview.warnings).toEqual([])
  })
})

describe('cookies', () => {
  test('the request own cookies replace those of the jar by name', async () => {
    const prepared = await prepare(
      { cookies: [row('a', 'own')] },
      {
        cookiesFor: () => [
          ['a', 'jar'],
          ['b', 'jar'],
        ],
      },
    )
    expect(lines(prepared)).toContain('Cookie: b=jar; a=own')
  })

  test('a value that would start another cookie is refused beside its cell', async () => {
    expect(problemsOf(await prepare({ cookies: [row('a', 'x; b=1')] }))).toEqual(['InvalidHeader cookies.0'])
  })
})

describe('variables and path parameters', () => {
  test('a value is encoded for its place', async () => {
    const variables = new Map([
      ['base', 'http://v.test/api'],
      ['id', 'a/b?c'],
      ['q', 'x&y=1 2'],
    ])
    const prepared = await prepare(
      { url: '{{base}}/{{id}}?q={{q}}', headers: [row('X-Q', '{{q}}')] },
      { variables: givenVariables(variables) },
    )

    expect(prepared.preview.url).toBe('http://v.test/api/a%2Fb%3Fc?q=x%26y%3D1+2')
    expect(lines(prepared)).toContain('X-Q: x&y=1 2')
  })

  test('an undefined variable is a problem beside its field, and only that', async () => {
    expect(problemsOf(await prepare({ url: '{{nope}}/x' }))).toEqual(['UndefinedVariable url'])
    expect(problemsOf(await prepare({ body: { kind: 'json', text: '{"a":"{{nope}}"}', asTyped: false } }))).toEqual([
      'UndefinedVariable body',
    ])
  })

  test('path rows fill :name, and a port is no name', async () => {
    const params = [{ kind: 'path' as const, name: 'id', value: 'a b', enabled: true }]
    expect((await prepare({ url: 'http://h.test:81/users/:id/x', params })).preview.url).toBe('http://h.test:81/users/a%20b/x')
  })
})

describe('options', () => {
  test('timeouts are seconds with defaults; null is no limit', async () => {
    const { request } = await prepare({ options: { timeout: { connect: 3.05, read: null } } })
    expect(request?.policy.timeouts).toEqual({ connect: 3050, read: null, total: null })
  })

  test('0 and an unknown CA file are refused beside their field', async () => {
    const prepared = await prepare({ options: { timeout: { read: 0 }, verify: '/no/such/ca.pem' } })
    expect(prepared.problems.map((problem) => problem.where?.field)).toEqual(['timeout.read', 'verify'])
  })

  test('every problem is found at once, and nothing is sent', async () => {
    const prepared = await prepare({ method: 'A B', url: 'h.test', headers: [row('X Y', '1')] })

    expect(problemsOf(prepared)).toEqual(['InvalidHeader method', 'InvalidHeader headers.0', 'MissingSchema url'])
    expect(prepared.request).toBeNull()
  })
})

test('a field with a reference that has no value is told of as that alone', async () => {
  const row = { name: 'X-{{none}}', value: '1', enabled: true }
  const { problems } = await prepare({
    url: '{{none}}/{{none}}',
    headers: [row, { name: 'Y Z', value: '{{none}}', enabled: true }],
    cookies: [row],
    options: { proxies: { http: '{{none}}' }, cert: { cert: '{{none}}' } },
  })

  expect(new Set(problems.map(({ kind, where }) => `${kind} ${where?.section ?? ''}`))).toEqual(
    new Set([
      'UndefinedVariable url',
      'UndefinedVariable headers',
      'UndefinedVariable cookies',
      'UndefinedVariable options',
      'InvalidHeader headers',
    ]),
  )
})

describe('the way to the server', () => {
  const proxied = { options: { proxies: { all: 'http://u:s3cret@p.test:3128' } } }

  test('an HTTP proxy is sent the whole URL and its credentials, which the route does not show', async () => {
    const { preview, request } = await prepare(proxied)

    expect(preview.route).toEqual({
      proxy: 'http://…@p.test:3128',
      reason: { kind: 'rule', name: 'all', origin: { layer: 'request' } },
      instead: null,
    })
    expect(preview.target).toBe('http://h.test/p')
    expect(preview.headers.at(-1)).toEqual({ name: 'Proxy-Authorization', value: 'Basic dTpzM2NyZXQ=', source: 'proxy' })
    expect(request?.headers).toEqual(preview.headers)
    expect(preview.warnings).toEqual([])
  })

  test('a tunnel changes nothing in the head', async () => {
    const { preview } = await prepare({ ...proxied, url: 'https://h.test/p' })
    expect([preview.target, lines(await prepare({ ...proxied, url: 'https://h.test/p' })).join()]).toEqual([
      '/p',
      expect.not.stringContaining('Proxy'),
    ])
    expect(preview.route?.proxy).toBe('http://…@p.test:3128')
  })

  test('a typed Proxy-Authorization: to the proxy itself as typed, kept from a server behind a tunnel, told of without a proxy', async () => {
    const headers = [row('Proxy-Authorization', 'Mine')]
    const [forwarded, tunnelled, direct] = [
      await prepare({ ...proxied, headers }),
      await prepare({ ...proxied, headers, url: 'https://h.test/' }),
      await prepare({ headers }),
    ]

    expect([forwarded, tunnelled, direct].map((prepared) => lines(prepared).filter((line) => line.startsWith('Proxy')))).toEqual([
      ['Proxy-Authorization: Mine'],
      [],
      ['Proxy-Authorization: Mine'],
    ])
    expect(tunnelled.request?.proxyAuthorization).toBe('Mine')
    expect(tunnelled.preview.warnings.join()).toContain('kept from h.test')
    expect(direct.preview.warnings.join()).toContain('No proxy is used')
  })

  test('variables are filled in, and what is wrong with them stands beside its field', async () => {
    const options = { proxies: { http: 'http://{{proxy}}:1' }, noProxy: '{{nope}}', resolve: { 'h.test': '{{ip}}' } }
    const prepared = await prepare(
      { options },
      {
        variables: givenVariables(
          new Map([
            ['proxy', 'p.test'],
            ['ip', '10.0.0.1'],
          ]),
        ),
      },
    )

    expect(prepared.problems.map(({ kind, where }) => [kind, where?.field])).toEqual([['UndefinedVariable', 'noProxy']])
    expect(prepared.preview.route?.proxy).toBe('http://p.test:1')
  })

  test('rules that make no sense are problems beside them, and a name that never matches is a warning', async () => {
    const options = { proxies: { https: 'ftp://x', 'http://h:80': 'http://p:1' }, resolve: { 'h.test': 'elsewhere' } }
    const prepared = await prepare({ options })

    expect(prepared.problems.map(({ kind, where }) => [kind, where?.field])).toEqual([
      ['InvalidProxyURL', 'proxies.https'],
      ['InvalidOption', 'resolve.h.test'],
    ])
    expect(prepared.preview.warnings.join()).toContain('"http://h:80" is not used: its name holds a port')
  })

  test('a Unix socket leaves proxies out, an address takes the place of the look-up', async () => {
    const unix = await prepare({ options: { ...proxied.options, unixSocket: '/run/app.sock' } })
    const address = await prepare({ options: { resolve: { 'H.test:80': '[::1]' } } })
    const relative = await prepare({ options: { unixSocket: './app.sock' } })
    const lost = await prepare({ options: { unixSocket: './app.sock' } }, { baseDir: null })

    expect(unix.preview.route).toEqual({ proxy: null, reason: { kind: 'socket', origin: { layer: 'request' } }, instead: '/run/app.sock' })
    expect(address.preview.route).toMatchObject({ proxy: null, instead: '[::1]:80' })
    expect(relative.preview.route?.instead).toBe(join(folder, 'app.sock'))
    expect(lost.problems).toMatchObject([{ kind: 'FileNotFound', where: { field: 'unixSocket' } }])
  })
})
