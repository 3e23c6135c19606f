// Scripts of requests, folders and collections around real sends.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { runCli } from '../support/cli.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { requestFile, scriptKit } from '../support/script-kit.ts'

/** Answers with what it was asked, as JSON. */
function echo(): Promise<HttpServer> {
  return httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      response.setHeader('Content-Type', 'application/json')
      response.setHeader('Set-Cookie', 'seen=yes; Path=/')
      response.end(JSON.stringify({ method: request.method, path: request.url, headers: request.headers, body: body.toString() }))
    })
  })
}

describe('before a request', () => {
  test('a script changes URL, method, headers and body, and what is prepared is what was changed', async () => {
    const server = await echo()
    const kit = await scriptKit()
    const before = `
      req.setUrl(req.getUrl() + '/changed?a=1')
      req.setMethod('POST')
      req.setHeader('X-One', 'eins')
      pm.request.headers.upsert({ key: 'X-Two', value: 'zwei' })
      pm.request.url.query.add({ key: 'b', value: 'x y' })
      req.setBody({ id: 7 })`
    const tests = `
      test('sent', () => {
        expect(res.status).to.equal(200)
        expect(res.body.path).to.equal('/base/changed?a=1&b=x%20y')
        expect(req.getMethod()).to.equal('POST')
        expect(req.getBody()).to.deep.equal({ id: 7 })
      })`
    await kit.write('a.yml', requestFile(`${server.url}/base`, { 'before-request': before, tests }))

    const { checks, error } = await kit.sendFile('a.yml')

    expect(error).toBeNull()
    expect(checks).toMatchObject({ faults: [], tests: [{ name: 'sent', passed: true, from: { type: 'tests' } }] })
    expect(server.requests).toEqual(['POST /base/changed?a=1&b=x%20y'])
  })
})

test('variables that a script sets are there for the next request, and in no file of the collection', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write('login.yml', requestFile(`${server.url}/login`, { 'after-response': `bru.setEnvVar('token', 't-' + res.status)` }))
  await kit.write('next.yml', requestFile(`${server.url}/next/{{token}}`))

  await kit.sendFile('login.yml')
  await kit.sendFile('next.yml')

  expect(server.requests).toEqual(['GET /login', 'GET /next/t-200'])
  expect(await readFile(join(kit.root, 'opencollection.yml'), 'utf8')).not.toContain('t-200')
})

test('send() sends a saved request', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write(
    'auth/login.yml',
    requestFile(`${server.url}/login`, { 'after-response': `bru.setVar('token', 'abc')` }, { info: { name: 'Log in', type: 'http' } }),
  )
  const before = `const answer = await send('Log in'); console.log(answer.status, answer.body.path, bru.getVar('token')); await bru.runRequest('auth/login')`
  await kit.write('a.yml', requestFile(`${server.url}/a?t={{token}}`, { 'before-request': before }))

  const { checks, error } = await kit.sendFile('a.yml')

  expect(error).toBeNull()
  expect(checks?.console.map(({ text, line }) => [text, line])).toEqual([['200 /login abc', 1]])
  expect(server.requests).toEqual(['GET /login', 'GET /login', 'GET /a?t=abc'])
})

test('scripts run in order: outside in before the request, inside out behind its answer, tests after assertions', async () => {
  const server = await echo()
  const all = (where: string) =>
    ['before-request', 'after-response', 'tests'].map((type) => ({ type, code: `console.log('${where} ${type}')` }))
  const kit = await scriptKit(all('collection'))
  await kit.write('outer/folder.yml', { info: { name: 'Outer', type: 'folder' }, request: { scripts: all('outer') } })
  await kit.write('outer/inner/folder.yml', { info: { name: 'Inner', type: 'folder' }, request: { scripts: all('inner') } })
  await kit.write('outer/inner/a.yml', requestFile(server.url, Object.fromEntries(all('own').map(({ type, code }) => [type, code]))))

  const { checks } = await kit.sendFile('outer/inner/a.yml')

  const places = ['collection', 'outer', 'inner', 'own']
  expect(checks?.console.map(({ text }) => text)).toEqual([
    ...places.map((place) => `${place} before-request`),
    ...places.toReversed().map((place) => `${place} after-response`),
    ...places.toReversed().map((place) => `${place} tests`),
  ])
  expect(checks?.console.slice(0, 4).map(({ from }) => from.of)).toEqual(['Shop', 'Outer', 'Inner', undefined])
})

test('where the collection says sequential, scripts behind the answer run outside in as well', async () => {
  const server = await echo()
  const kit = await scriptKit()
  const scripts = [{ type: 'after-response', code: `console.log('collection')` }]
  const extensions = { bruno: { scripts: { flow: 'sequential' } } }
  await kit.write('opencollection.yml', { opencollection: '1.0.0', info: { name: 'Shop' }, request: { scripts }, extensions })
  await kit.write('a.yml', requestFile(server.url, { 'after-response': `console.log('own')` }))

  const { checks } = await kit.sendFile('a.yml')

  expect(checks?.console.map(({ text }) => text)).toEqual(['collection', 'own'])
})

describe('a before-request script', () => {
  test('that breaks stops the request, with its place and what it printed', async () => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write(
      'a.yml',
      requestFile(server.url, { 'before-request': `console.log('so far')\nconst a = null\n  a.b()`, tests: `test('x', () => {})` }),
    )

    const { error, checks, ok, response } = await kit.sendFile('a.yml')

    expect([ok, response, server.requests]).toEqual([false, null, []])
    expect(error).toMatchObject({ kind: 'ScriptError', stage: 'prepare', details: { line: 3 } })
    expect(error?.message).toMatch(
      /^The before-request script broke at line 3, column \d+, so nothing was sent: TypeError: cannot read property 'b' of null$/,
    )
    expect(checks).toMatchObject({ console: [{ text: 'so far', line: 1 }], faults: [{ line: 3 }], tests: [] })
  })

  test('that is no program says where', async () => {
    const kit = await scriptKit()
    await kit.write('a.yml', requestFile('http://127.0.0.1:1', { 'before-request': 'const a = 1\nfoo(' }))

    const { error } = await kit.sendFile('a.yml')

    expect(error?.message).toContain('line 2, column 5, so nothing was sent: SyntaxError')
  })

  test.each(['bru.runner.skipRequest()', 'pm.execution.skipRequest()', 'req.skip()'])('%s leaves the request out', async (code) => {
    const server = await echo()
    const kit = await scriptKit([{ type: 'before-request', code }])
    await kit.write('a.yml', requestFile(server.url, { 'before-request': `console.log('not run')` }))

    const { error, checks } = await kit.sendFile('a.yml')

    expect([error?.kind, checks?.flow, checks?.console, server.requests]).toEqual(['Cancelled', { isSkipped: true }, [], []])
  })

  test('sees and takes away what the collection gives', async () => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write('opencollection.yml', {
      opencollection: '1.0.0',
      info: { name: 'Shop' },
      request: {
        headers: [
          { name: 'X-Shop', value: 'one' },
          { name: 'X-Gone', value: 'two' },
        ],
      },
    })
    const before = `console.log(req.getHeader('x-shop')); req.deleteHeader('X-Gone'); req.setHeader('X-Own', 'three')`
    await kit.write(
      'a.yml',
      requestFile(server.url, {
        'before-request': before,
        tests: `console.log(Object.keys(res.body.headers).filter((name) => name.startsWith('x-')).join())`,
      }),
    )

    const { checks } = await kit.sendFile('a.yml')

    expect(checks?.console.map(({ text }) => text)).toEqual(['one', 'x-shop,x-own'])
  })

  test('names no file that the request does not have', async () => {
    const server = await echo()
    const kit = await scriptKit()
    const before = `req.setBody([{ name: 'text', value: 'a' }, { name: 'file', files: ['/etc/passwd'] }])`
    const http = { method: 'POST', url: server.url, body: { type: 'multipart-form', data: [{ name: 'text', type: 'text', value: 'b' }] } }
    await kit.write('a.yml', { ...requestFile(server.url, { 'before-request': before, tests: 'console.log(res.body.body)' }), http })

    const { checks } = await kit.sendFile('a.yml')

    expect(checks?.console[0]?.text).toContain('name="text"')
    expect(checks?.console[0]?.text).not.toContain('root:')
    expect(checks?.console[0]?.text).not.toContain('name="file"')
  })
})

test('the preview says that a script may change the request, and makes no use of it', async () => {
  const kit = await scriptKit()
  const document = { ...emptyRequest(), url: 'http://x.test/', scripts: [{ type: 'before-request', code: `req.setUrl('http://y.test/')` }] }

  const preview = await kit.call('request.prepare', { document, nodeId: null, seed: 'seed-seed' })

  expect(preview).toMatchObject({
    url: 'http://x.test/',
    warnings: ['A before-request script (of this request) runs first, and may change the request.'],
  })
})

test('values of secrets are masked in what is printed, tested and thrown', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write('environments/dev.yml', { name: 'dev', variables: [{ name: 'key', secret: true }] })
  const code = `const key = bru.getEnvVar('key') ?? bru.getVar('key'); console.log('key', key); test(key, () => { throw new Error(key) }); throw new Error('broke: ' + key)`
  await kit.write('a.yml', requestFile(server.url, { tests: code }))

  const { checks } = await kit.sendFile('a.yml', { environment: 'dev', given: { key: 'hush-hush' } })

  expect(JSON.stringify(checks)).not.toContain('hush')
  expect(checks?.console[0]?.text).toBe('key ••••••••')
})

describe('send()', () => {
  test.each([
    [`await send('nothing')`, 'There is no saved request “nothing” in this collection.'],
    [
      `await pm.sendRequest('http://x.test/')`,
      'pm.sendRequest: scripts send saved requests of this collection alone. Save the request, and give its name or path.',
    ],
    [
      `await pm.sendRequest({ url: 'http://x.test/' })`,
      'pm.sendRequest: scripts send saved requests of this collection alone. Save the request, and give its name or path.',
    ],
    [
      `pm.sendRequest({ url: 'http://x.test/' }, (error, answer) => pm.environment.set('x', answer.json().x))`,
      'pm.sendRequest: scripts send saved requests of this collection alone. Save the request, and give its name or path.',
    ],
    [`pm.sendRequest('Up', () => { throw new Error('mine') })`, 'mine'],
    [`pm.sendRequest('Down', (error, answer) => answer.json())`, "TypeError: cannot read property 'json' of undefined"],
    [`await send()`, 'send: the name of a saved request of this collection, or its path. Scripts send nothing else.'],
    [`await send('../../etc/passwd')`, 'There is no saved request “../../etc/passwd” in this collection.'],
    [`await send('Down')`, /^send: “Down”: .*127\.0\.0\.1/],
    [`await send('Same')`, 'There are several requests “Same”: b/same.yml, same.yml.'],
    [`await bru.sendRequest({})`, 'bru.sendRequest is not there: scripts send saved requests alone, by bru.runRequest(name).'],
  ])('%s', async (code, message) => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write('down.yml', requestFile('http://127.0.0.1:1/', {}, { info: { name: 'Down', type: 'http' } }))
    await kit.write('up.yml', requestFile(server.url, {}, { info: { name: 'Up', type: 'http' } }))
    for (const path of ['same.yml', 'b/same.yml'])
      await kit.write(path, requestFile(server.url, {}, { info: { name: 'Same', type: 'http' } }))
    await kit.write('a.yml', requestFile(server.url, { tests: code }))

    const { checks } = await kit.sendFile('a.yml')

    expect(checks?.faults).toHaveLength(1)
    expect(checks?.faults[0]?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  test('of itself ends', async () => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write('a.yml', requestFile(server.url, { 'after-response': `await send('a')` }))

    const { checks } = await kit.sendFile('a.yml')

    expect(checks?.faults).toEqual([])
    expect(server.requests).toHaveLength(4)
  })

  test('again and again ends', async () => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write('b.yml', requestFile(server.url))
    await kit.write('a.yml', requestFile(server.url, { tests: `for (;;) await send('b')` }))

    const { checks } = await kit.sendFile('a.yml')

    expect(checks?.faults.map(({ message }) => message)).toEqual(['send: the scripts of one request can send 50 others, and have.'])
    expect(server.requests).toHaveLength(51)
  })

  test('waits for a slow server without using up the time of the script', async () => {
    let isSlow = true
    const server = await httpServer((request, response) => {
      if (request.url !== '/slow' || !isSlow) return void response.end('{}')
      isSlow = false
      setTimeout(() => response.end('{"late":true}'), 5500)
    })
    const kit = await scriptKit()
    await kit.write('slow.yml', requestFile(`${server.url}/slow`))
    await kit.write('a.yml', requestFile(server.url, { tests: `console.log((await send('slow')).body.late)` }))

    const { checks } = await kit.sendFile('a.yml')

    expect([checks?.console.map(({ text }) => text), checks?.faults]).toEqual([['true'], []])
  })
})

test('an assertion may be any expression of JavaScript over the answer', async () => {
  const server = await echo()
  const kit = await scriptKit()
  const assertion = (expression: string, operator: string, value: string) => ({ expression, operator, value })
  const assertions = [
    assertion('res.body.path.toUpperCase()', 'eq', '/A'),
    assertion('Object.keys(res.body).length * 2', 'eq', '8'),
    assertion('(() => { for (;;); })()', 'eq', '1'),
    assertion('res.body.nothing.at(0)', 'eq', '1'),
    assertion('res.body[', 'eq', '1'),
  ]
  await kit.write('a.yml', requestFile(`${server.url}/a`, {}, { runtime: { assertions } }))

  const { checks } = await kit.sendFile('a.yml')

  expect(checks?.assertions.map(({ passed }) => passed)).toEqual([true, true, false, false, false])
  expect(checks?.assertions[2]?.problem).toContain('had not ended after 1 s')
  expect(checks?.assertions[4]?.problem).toBe('SyntaxError: the expression ends too early')
})

test('cancelling a send ends its script', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write('a.yml', requestFile(server.url, { 'before-request': 'for (;;);' }))
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)

  const { error } = await kit.sendFile('a.yml', { signal: controller.signal })

  expect([error?.kind, server.requests]).toEqual(['Cancelled', []])
})

describe('posthaste send', () => {
  test('runs scripts, tells what failed, and ends with 1', async () => {
    const server = await echo()
    const kit = await scriptKit()
    const tests = `console.log('said'); pm.test('good', () => {}); pm.test('bad', () => pm.response.to.have.status(404))`
    await kit.write('a.yml', requestFile(`${server.url}/a`, { tests }))

    const { code, stdout, stderr } = await runCli(['send', join(kit.root, 'a.yml'), '--data-dir', join(kit.root, 'data'), '--json'])
    const plain = await runCli(['send', join(kit.root, 'a.yml'), '--data-dir', join(kit.root, 'data')])

    expect([code, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout.toString())).toMatchObject({
      tests: [
        { name: 'good', passed: true },
        { name: 'bad', passed: false, message: 'expected response to have status code 404 but got 200' },
      ],
      console: [{ level: 'log', text: 'said', line: 1 }],
    })
    expect([plain.code, plain.stderr]).toEqual([
      1,
      expect.stringMatching(/^said\n✗ bad: expected response to have status code 404 but got 200\n/),
    ])
  })

  test('of a script that never ends comes to an end, with 3 and nothing sent', async () => {
    const server = await echo()
    const kit = await scriptKit()
    await kit.write('a.yml', requestFile(`${server.url}/a`, { 'before-request': 'for (;;);' }))

    const { code, stderr } = await runCli(['send', join(kit.root, 'a.yml'), '--data-dir', join(kit.root, 'data')])

    expect([code, server.requests]).toEqual([3, []])
    expect(stderr).toContain('ScriptError')
    expect(stderr).toContain('it had not ended after 5 s')
  })
})
