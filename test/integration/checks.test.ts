// What an answer must be: assertions, the gate, captures and messages, by the command line and by a window, over real sockets.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit } from '../support/core-kit.ts'
import { runCli, startTarget, type CliResult } from '../support/cli.ts'

const TOKEN = 'tok-4711-abcdef'

/** Gives a token to who logs in, and something worth protecting to who has it. */
function api(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json')
  if (request.url === '/login') {
    response.setHeader('X-Request-Id', 'r-1')
    response.end(JSON.stringify({ token: TOKEN, user: { id: 12345678901234567890n.toString(), name: 'Ann' } }))
  } else if (request.url === '/me') {
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`
    response.statusCode = isKnown ? 200 : 401
    response.end(isKnown ? '{"name":"Ann"}' : '{"message":"Who are you?"}')
  } else {
    response.statusCode = 404
    response.end('{"message":"No such page","id":7}')
  }
}

interface Shop {
  readonly url: string
  readonly dir: string
  readonly send: (file: string, ...args: string[]) => Promise<CliResult>
  readonly json: (file: string, ...args: string[]) => Promise<{ code: number | null; printed: Printed }>
  readonly read: (path: string) => Promise<string>
}

interface Printed {
  readonly ok: boolean
  readonly assertions: readonly Record<string, unknown>[]
  readonly captured: readonly Record<string, unknown>[]
  readonly tests: readonly unknown[]
  readonly console: readonly unknown[]
  readonly messages: readonly string[]
  readonly response: { readonly status: number }
}

async function shop(files: (url: string) => Readonly<Record<string, string>>): Promise<Shop> {
  const { url } = await startTarget(api)
  const dir = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  for (const [path, text] of Object.entries(files(url))) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  const send = (file: string, ...args: string[]): Promise<CliResult> =>
    runCli(['send', join(dir, file), '--data-dir', join(dir, '.data'), ...args])
  return {
    url,
    dir,
    send,
    json: async (file, ...args) => {
      const { code, stdout } = await send(file, '--json', ...args)
      return { code, printed: JSON.parse(stdout.toString()) as Printed }
    },
    read: (path) => readFile(join(dir, path), 'utf8'),
  }
}

const requestFile = (url: string, more: string): string => `info: { name: R, type: http }\nhttp:\n  method: GET\n  url: "${url}"\n${more}`

describe('posthaste send', () => {
  test('tells what each assertion came to, and ends with 1 where one fails', async () => {
    const { json } = await shop((url) => ({
      'good.yml': requestFile(
        `${url}/login`,
        'runtime:\n  assertions:\n    - { expression: res.status, operator: eq, value: 200 }\n    - { expression: res.body.user.name, operator: startsWith, value: A }\n    - { expression: res.missing, operator: eq, value: 1, disabled: true }\n    - { expression: "res.headers[\'content-type\']", operator: contains, value: json }\n',
      ),
      'bad.yml': requestFile(
        `${url}/login`,
        'runtime:\n  assertions:\n    - { expression: res.status, operator: eq, value: 201 }\n    - { expression: res.body.user.name, operator: isString }\n',
      ),
    }))

    const good = await json('good.yml')
    expect(good.printed.assertions).toEqual([
      { expression: 'res.status', operator: 'eq', value: '200', actual: '200', passed: true },
      { expression: 'res.body.user.name', operator: 'startsWith', value: 'A', actual: 'Ann', passed: true },
      { expression: "res.headers['content-type']", operator: 'contains', value: 'json', actual: 'application/json', passed: true },
    ])
    expect(good).toMatchObject({ code: 0, printed: { ok: true, captured: [], tests: [], console: [], messages: [] } })

    const bad = await json('bad.yml')
    expect(bad.printed.assertions).toEqual([
      { expression: 'res.status', operator: 'eq', value: '201', actual: '200', passed: false },
      { expression: 'res.body.user.name', operator: 'isString', value: '', actual: 'Ann', passed: true },
    ])
    expect(bad).toMatchObject({ code: 1, printed: { ok: true } })
  })

  test('without --json, says on standard error what failed, expected beside actual, and the message of the status', async () => {
    const { send } = await shop((url) => ({
      'r.yml': requestFile(
        `${url}/nowhere`,
        'runtime:\n  assertions:\n    - { expression: res.status, operator: lt, value: 400 }\n    - { expression: res.body.id, operator: eq, value: 7 }\n    - { expression: res.body.nothing, operator: eq, value: x }\nposthaste:\n  status_messages: [ { status: 4xx, show: res.body.message } ]\n',
      ),
    }))

    const { code, stdout, stderr } = await send('r.yml')

    expect([code, stdout.toString()]).toEqual([1, '{"message":"No such page","id":7}'])
    expect(stderr.split('\n')).toEqual([
      'No such page',
      '✗ res.status is less than 400: it is 404',
      '✗ res.body.nothing equals x: there is nothing',
      '2 of 3 checks failed',
      '',
    ])
  })

  test('a request that could not be completed is that, whatever it asserts', async () => {
    const { json } = await shop(() => ({
      'r.yml': requestFile('http://127.0.0.1:1/', 'runtime: { assertions: [ { expression: res.status, operator: eq, value: 200 } ] }\n'),
    }))

    expect(await json('r.yml')).toMatchObject({ code: 3, printed: { ok: false, assertions: [] } })
  })

  test('login, token, protected call: what one captures the next one uses, in each scope', async () => {
    const capture = (scope: string, name = 'token'): string =>
      `runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n      selector: { expression: res.body.token, method: jsonq }\n      variable: { name: ${name}, scope: ${scope} }\n`
    const me = (url: string): string =>
      requestFile(
        `${url}/me`,
        '  auth: { type: bearer, token: "{{token}}" }\nruntime: { assertions: [ { expression: res.body.name, operator: eq, value: Ann } ] }\n',
      )
    const each = ['runtime', 'environment', 'folder', 'collection']
    for (const scope of each) {
      const { json, read } = await shop((url) => ({
        'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop }\n# ours\n',
        'environments/dev.yml': 'name: dev\nvariables:\n  - { name: other, value: "1" } # kept\n',
        'users/folder.yml': 'info: { name: Users, type: folder }\n',
        'users/login.yml': requestFile(`${url}/login`, capture(scope)),
        'users/me.yml': me(url),
      }))

      const first = await json('users/login.yml', '--env', 'dev')
      expect(first).toMatchObject({ code: 0, printed: { captured: [{ name: 'token', scope, value: TOKEN }] } })
      expect(await json('users/me.yml', '--env', 'dev')).toMatchObject({ code: 0, printed: { response: { status: 200 } } })

      const holder = { environment: 'environments/dev.yml', folder: 'users/folder.yml', collection: 'opencollection.yml' }[scope]
      for (const path of ['environments/dev.yml', 'users/folder.yml', 'opencollection.yml'])
        expect((await read(path)).includes(TOKEN)).toBe(path === holder)
      expect(await read('environments/dev.yml')).toContain('# kept')
      expect(await read('opencollection.yml')).toContain('# ours')
    }
  })

  test('a secret variable gets its value in the vault, and nothing shows it', async () => {
    const { json, read, send } = await shop((url) => ({
      'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop }\n',
      'environments/dev.yml': 'name: dev\nvariables:\n  - { secret: true, name: token }\n',
      'login.yml': requestFile(
        `${url}/login`,
        'runtime:\n  assertions: [ { expression: res.body.token, operator: eq, value: x } ]\n  actions:\n    - type: set-variable\n      selector: { expression: res.body.token, method: jsonq }\n      variable: { name: token, scope: environment }\n',
      ),
      'me.yml': requestFile(
        `${url}/me`,
        '  auth: { type: bearer, token: "{{token}}" }\nruntime: { assertions: [ { expression: res.status, operator: eq, value: 200 }, { expression: "req.headers.authorization", operator: eq, value: "Basic {{token}}" } ] }\n',
      ),
      'unnamed.yml': requestFile(`${url}/login`, 'runtime: { assertions: [ { expression: res.body.token, operator: isString } ] }\n'),
      'leak.yml': requestFile(
        `${url}/login`,
        'runtime:\n  variables: [ { name: same, value: "{{token}}" } ]\n  actions:\n    - type: set-variable\n      selector: { expression: res.body.token, method: jsonq }\n      variable: { name: plain, scope: environment }\n',
      ),
    }))
    const before = await read('environments/dev.yml')

    const login = await json('login.yml', '--env', 'dev')
    expect(login.printed.captured).toEqual([{ name: 'token', scope: 'environment', value: '••••••••' }])
    expect(login.printed.assertions).toMatchObject([{ actual: '••••••••', passed: false }])
    expect(await read('environments/dev.yml')).toBe(before)

    const me = await json('me.yml', '--env', 'dev')
    expect(me.printed.assertions).toMatchObject([{ passed: true }, { value: 'Basic ••••••••', actual: 'Bearer ••••••••', passed: false }])

    // The answer has the value of a secret that this request does not name.
    const unnamed = await json('unnamed.yml', '--env', 'dev')
    expect(unnamed.printed.assertions).toMatchObject([{ actual: '••••••••', passed: true }])

    const leak = await json('leak.yml', '--env', 'dev')
    expect(leak).toMatchObject({
      code: 1,
      printed: { captured: [{ name: 'plain', value: null, problem: expect.stringMatching(/in clear/) as string }] },
    })
    expect(await read('environments/dev.yml')).toBe(before)
    expect((await send('me.yml', '--env', 'dev')).stderr).not.toContain(TOKEN)
    expect(await read('.data/captured.json').catch(() => '')).not.toContain(TOKEN)
  })

  test('a schema is a file of the collection, and none outside of it', async () => {
    const schema = (path: string): string => `runtime: { assertions: [ { expression: "res.schema('${path}')", operator: passes } ] }\n`
    const { json } = await shop((url) => ({
      'opencollection.yml': 'opencollection: "1.0.0"\ninfo: { name: Shop }\n',
      'schemas/login.json': '{"type":"object","required":["token"],"properties":{"user":{"properties":{"id":{"type":"integer"}}}}}',
      'users/login.yml': requestFile(`${url}/login`, schema('./schemas/login.json')),
      'users/out.yml': requestFile(`${url}/login`, schema('../../../../../../etc/hostname')),
      'users/none.yml': requestFile(`${url}/login`, schema('nothing.json')),
      'schemas/broken.yaml': 'type: [object\n',
      'users/broken.yml': requestFile(`${url}/login`, schema('./schemas/broken.yaml')),
    }))

    expect(await json('users/login.yml')).toMatchObject({ code: 1, printed: { assertions: [{ actual: '$.user.id must be integer' }] } })
    expect((await json('users/out.yml')).printed.assertions).toMatchObject([
      { passed: false, problem: expect.stringMatching(/outside|no schema/) as string },
    ])
    expect((await json('users/none.yml')).printed.assertions).toMatchObject([
      { problem: 'There is no schema nothing.json in the collection’s folder.' },
    ])
    expect((await json('users/broken.yml')).printed.assertions).toMatchObject([
      { passed: false, problem: expect.stringMatching(/broken\.yaml cannot be read: .*line \d/) as string },
    ])
  })

  test('the gate fails a status of 400 and more, and nothing is captured then', async () => {
    const gate =
      'runtime:\n  actions:\n    - { type: set-variable, selector: { expression: res.body.id, method: jsonq }, variable: { name: id, scope: runtime } }\nposthaste: { raise_for_status: true }\n'
    const { json, read } = await shop((url) => ({
      'bad.yml': requestFile(`${url}/nowhere`, gate),
      'good.yml': requestFile(`${url}/login`, gate),
    }))

    expect(await json('bad.yml')).toMatchObject({
      code: 1,
      printed: {
        assertions: [{ expression: 'res.raise_for_status()', operator: 'passes', actual: '404 Not Found', passed: false }],
        captured: [],
      },
    })
    expect(await read('.data/captured.json').catch(() => 'none')).toBe('none')
    expect(await json('good.yml')).toMatchObject({
      code: 1,
      printed: { assertions: [{ passed: true }], captured: [{ name: 'id', value: null, problem: 'The answer has no such value.' }] },
    })
  })
})

describe('a window', () => {
  test('has the checks with the answer, and in the history', async () => {
    const { url } = await startTarget(api)
    const { core, call } = await coreKit()
    const steps: string[] = []
    const done = Promise.withResolvers<Exchange>()
    core.on((event) => {
      if (event.name !== 'exchange.progressed') return
      steps.push(event.payload.step.kind)
      if (event.payload.step.kind === 'done') done.resolve(event.payload.step.exchange)
    })
    const asked = [{ expression: "res.jsonpath('$.user.id')", operator: 'eq', value: '12345678901234567890', enabled: true }]
    const document = { ...emptyRequest(), url: `${url}/login`, assertions: asked }

    await call('exchange.send', { document, nodeId: null, seed: 'a-seed-of-the-test', draftId: null })
    const exchange = await done.promise

    const passed = [
      {
        expression: "res.jsonpath('$.user.id')",
        operator: 'eq',
        value: '12345678901234567890',
        actual: '12345678901234567890',
        passed: true,
        row: 0,
      },
    ]
    expect(exchange.checks).toEqual({ assertions: passed, captured: [], messages: [], tests: [], console: [], faults: [] })
    expect(steps.slice(-2)).toEqual(['checking', 'done'])
    await expect
      .poll(() => call('history.read', { id: exchange.id }).catch(() => null))
      .toMatchObject({ exchange: { checks: { assertions: passed } } })
  })

  test('captures into the environment in use, and the next request has it', async () => {
    const { url } = await startTarget(api)
    const { core, call, dataDir } = await coreKit()
    const root = join(dataDir, 'shop')
    await mkdir(join(root, 'environments'), { recursive: true })
    await writeFile(join(root, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop }\n')
    await writeFile(join(root, 'environments', 'dev.yml'), 'name: dev\nvariables: []\n')
    const { id: collectionId } = (await call('collection.open', { path: root })) as { id: string }
    const context = { collectionId, environment: 'dev', session: null }
    const send = async (change: object): Promise<Exchange> => {
      const done = Promise.withResolvers<Exchange>()
      const off = core.on((event) => {
        if (event.name === 'exchange.progressed' && event.payload.step.kind === 'done') done.resolve(event.payload.step.exchange)
      })
      await call('exchange.send', {
        document: { ...emptyRequest(), ...change },
        nodeId: null,
        seed: 'a-seed-of-the-test',
        draftId: null,
        context,
      })
      const exchange = await done.promise
      off()
      return exchange
    }

    const captures = [{ name: 'token', expression: 'res.body.token', scope: 'environment', enabled: true }]
    const login = await send({ url: `${url}/login`, captures })
    const me = await send({ url: `${url}/me`, auth: { kind: 'bearer', token: '{{token}}' }, raiseForStatus: true })

    expect(login.checks?.captured).toEqual([{ name: 'token', scope: 'environment', value: TOKEN, row: 0 }])
    expect(me.checks?.assertions).toMatchObject([{ expression: 'res.raise_for_status()', passed: true }])
    expect(await call('environment.list', { collectionId })).toMatchObject({
      environments: [{ environment: { variables: [{ name: 'token', value: TOKEN, enabled: true }] } }],
    })
  })

  test('what is cancelled while it is checked keeps its answer', async () => {
    const { url } = await startTarget((_request, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ a: `${'a'.repeat(60)}!` }))
    })
    const { send } = await coreKit()
    const controller = new AbortController()
    const assertions = [{ expression: 'res.body.a', operator: 'matches', value: '^(a+)+$', enabled: true }]

    const exchange = await send(
      { url, assertions },
      { signal: controller.signal, onStep: ({ kind }) => void (kind === 'checking' && setImmediate(() => controller.abort())) },
    )

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 }, warnings: ['The checks of this answer were cancelled.'] })
    expect(exchange.checks).toBeUndefined()
  })

  test('what is sent again is checked again', async () => {
    const { url } = await startTarget(api)
    const { core, call, send } = await coreKit()
    const first = await send({
      url: `${url}/login`,
      assertions: [{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }],
    })
    await expect.poll(() => call('history.read', { id: first.id }).catch(() => null)).not.toBeNull()
    const done = Promise.withResolvers<Exchange>()
    core.on((event) => {
      if (event.name === 'exchange.progressed' && event.payload.step.kind === 'done') done.resolve(event.payload.step.exchange)
    })

    await call('history.resend', { id: first.id, draftId: null })

    expect((await done.promise).checks).toEqual(first.checks)
  })
})
