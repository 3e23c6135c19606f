/** `posthaste run` as a process, against real servers: what is sent, what is said of it, and what is left when it is cut off. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exitOf, runCli, startCli, startTarget, type CliResult } from '../support/cli.ts'
import { validJunit } from '../support/junit-schema.ts'
import { tempDir } from '../support/temp-dir.ts'
import { writeTour } from '../../src-main/core/storage/tour-files.ts'
import { tourIn } from '../../src-main/core/storage/tour.ts'

interface Report {
  readonly ok: boolean
  readonly run: { readonly state: string; readonly name: string }
  readonly counts: Readonly<Record<string, number>>
  readonly totals: { readonly count: number }
  readonly requests: readonly { readonly name: string; readonly folders: readonly string[] }[]
  readonly results: readonly {
    readonly name: string
    readonly iteration: number
    readonly url: string
    readonly status: number | null
    readonly outcome: string
    readonly data: Readonly<Record<string, string>>
    readonly error: { readonly kind: string; readonly message: string } | null
    readonly tests: readonly { readonly name: string }[]
    readonly failure: { readonly body: string | null; readonly requestHead: string } | null
  }[]
}

const COLLECTION = 'opencollection: 1.0.0\ninfo: { name: Shop }\n'

const requestFile = (name: string, url: string, seq = 1): string =>
  `info: { name: ${JSON.stringify(name)}, type: http, seq: ${seq} }\nhttp: { method: GET, url: ${JSON.stringify(url)} }\n`

/** A folder of files by their paths. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await tempDir()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  return dir
}

async function run(
  args: readonly string[],
  options: { env?: Record<string, string>; dataDir?: string } = {},
): Promise<CliResult & { out: string }> {
  const dataDir = options.dataDir ?? (await tempDir())
  const result = await runCli(['run', ...args, '--data-dir', dataDir], { env: { HOME: dataDir, ...options.env } })
  return { ...result, out: result.stdout.toString() }
}

async function reportOf(args: readonly string[]): Promise<{ report: Report; result: CliResult }> {
  const result = await run([...args, '--json'])
  return { report: JSON.parse(result.stdout.toString()) as Report, result }
}

const ok = (_request: unknown, response: { end: (text: string) => void }): void => response.end('{"ok": true}')

describe('what is run', () => {
  test.each(['en', 'zh-CN'] as const)('the tour (%s): each of its steps is answered, with no network', async (language) => {
    const folder = join(await tempDir(), 'tour')
    await mkdir(folder)
    await writeTour(folder, tourIn(language))

    const { report } = await reportOf([folder])

    expect(report.results.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  })

  test('a collection, by seq, then name, folders included', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'b.yml': requestFile('B', `${target.url}/b`, 3),
      'a.yml': requestFile('A', `${target.url}/a`, 3),
      'users/folder.yml': 'info: { name: Users, type: folder, seq: 2 }\n',
      'users/z.yml': requestFile('Z', `${target.url}/z`, 1),
      'users/y.yml': requestFile('Y', `${target.url}/y`, 2),
      'first.yml': requestFile('First', `${target.url}/first`, 1),
    })

    const { code, out, stderr } = await run([folder])

    expect(target.seen).toEqual(['GET /first', 'GET /z', 'GET /y', 'GET /a', 'GET /b'])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(out).toMatch(/^Shop · 5 requests\n✓ First · GET 200 OK · .*\n✓ Users \/ Z · /)
    expect(out).toContain('5 requests: 5 passed')
    expect(out).not.toContain('\u001b')
  })

  test('a folder of it, and request files, in the order they are named', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'a.yml': requestFile('A', `${target.url}/a`),
      'users/z.yml': requestFile('Z', `${target.url}/z`),
      'users/y.yml': requestFile('Y', `${target.url}/y`, 2),
    })

    const { code } = await run([join(folder, 'users'), join(folder, 'a.yml')])

    expect(code).toBe(0)
    expect(target.seen).toEqual(['GET /z', 'GET /y', 'GET /a'])
  })

  test('with what is around it: variables of the folder, the environment, the data and the command line, each over the one before', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': `${COLLECTION}request: { variables: [{ name: host, value: "${target.url}" }, { name: a, value: collection }, { name: b, value: collection }, { name: c, value: collection }, { name: d, value: collection }] }\n`,
      'environments/Test.yml':
        'name: Test\nvariables: [{ name: b, value: environment }, { name: c, value: environment }, { name: d, value: environment }]\n',
      'get.yml': requestFile('Get', '{{host}}/{{a}}/{{b}}/{{c}}/{{d}}'),
      'rows.csv': 'c,d\ndata,data\n',
    })

    const { code, out } = await run([join(folder), '--env', 'Test', '--data', join(folder, 'rows.csv'), '--var', 'd=given'])

    expect([code, target.seen]).toEqual([0, ['GET /collection/environment/data/given']])
    expect(out).toContain('data rows.csv')
  })

  test('and told of once: what in its files counts for nothing, as send tells of it', async () => {
    const target = await startTarget((_request, response) => response.end('x'))
    const dir = await folderOf({
      'opencollection.yml': `${COLLECTION}extensions: { posthaste: { sessions: [ { name: alice, http3: true } ] } }\n`,
      'Users/folder.yml': 'info: { name: Users, type: folder }\nrequest: { posthaste: { verfy: false } }\n',
      'Users/a.yml': `${requestFile('A', target.url)}posthaste: { retrie: { total: 1 } }\n`,
      'Users/b.yml': requestFile('B', target.url, 2),
    })
    const told = [
      'posthaste.retrie of the request “A” is not understood, and does not count. Did you mean posthaste.retry?',
      'posthaste.verfy of the folder “Users” is not understood, and does not count. Did you mean posthaste.verify?',
    ]
    const ofSession = 'http3 of the session “alice” is not understood, and does not count. Did you mean http2?'

    const { out } = await run([dir])
    const { report } = await reportOf([join(dir, 'Users/a.yml')])
    const sent = await runCli(['send', join(dir, 'Users/a.yml'), '--session', 'alice', '--data-dir', await tempDir()])

    for (const line of [...told, ofSession]) expect(out.split(line)).toHaveLength(2)
    expect(report).toMatchObject({ notes: [...told.slice(0, 1), ofSession, ...told.slice(1)], results: [{ outcome: 'passed' }] })
    expect(sent.stderr.split('\n').filter(Boolean)).toEqual([told[0], ofSession, told[1]].map((line) => `Warning: ${line}`))
  })

  test('a Postman collection, with nothing written', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'shop.json': JSON.stringify({
        info: { name: 'Postman shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        variable: [{ key: 'base', value: target.url }],
        item: [
          { name: 'Folder', item: [{ name: 'Inner', request: { method: 'POST', url: '{{base}}/inner?x={{x}}' } }] },
          { name: 'Outer', request: { method: 'GET', url: '{{base}}/outer' } },
        ],
      }),
    })

    const { report, result } = await reportOf([join(folder, 'shop.json'), '--var', 'x=1'])

    expect([result.code, target.seen]).toEqual([0, ['POST /inner?x=1', 'GET /outer']])
    expect(report.run.name).toBe('Postman shop')
    expect(report.requests.map(({ name, folders }) => [...folders, name])).toEqual([['Folder', 'Inner'], ['Outer']])
    expect(await readdir(folder)).toEqual(['shop.json'])
  })

  test('a Postman collection, with the scripts of its collection and folders', async () => {
    const target = await startTarget(ok)
    const event = (name: string): object => ({ listen: 'test', script: { exec: [`pm.test('${name}', () => pm.response.to.be.ok)`] } })
    const folder = await folderOf({
      'shop.json': JSON.stringify({
        info: { name: 'Postman shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        event: [event('of the collection')],
        item: [
          {
            name: 'Folder',
            event: [event('of the folder')],
            item: [{ name: 'Inner', event: [event('its own')], request: { method: 'GET', url: `${target.url}/inner` } }],
          },
        ],
      }),
    })

    const { report } = await reportOf([join(folder, 'shop.json')])

    expect(report.results[0]?.tests.map(({ name }) => name)).toEqual(['its own', 'of the folder', 'of the collection'])
  })

  test('a folder of .bru files, with its environments', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'bruno.json': '{"version": "1", "name": "Old shop", "type": "collection"}',
      'get.bru': 'meta {\n  name: Get\n  type: http\n  seq: 1\n}\n\nget {\n  url: {{base}}/bru\n}\n',
      'environments/Local.bru': `vars {\n  base: ${target.url}\n}\n`,
    })

    const { code } = await run([folder, '--env', 'Local'])

    expect([code, target.seen]).toEqual([0, ['GET /bru']])
  })
})

describe('data', () => {
  test('is one iteration for each row, quoted line breaks, marks and semicolons included', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'get.yml': requestFile('Get', `${target.url}/?u={{user}}&n={{note}}`),
      'rows.csv': '\ufeffuser;note\r\nada;"one\ntwo"\r\nbob;"a;b"\r\n',
    })

    const { report, result } = await reportOf([folder, '--data', join(folder, 'rows.csv')])

    expect(result.code).toBe(0)
    expect(target.seen).toEqual(['GET /?u=ada&n=one%0Atwo', 'GET /?u=bob&n=a%3Bb'])
    expect(report.results.map(({ iteration, data }) => [iteration, data['user']])).toEqual([
      [1, 'ada'],
      [2, 'bob'],
    ])
  })

  test('begins again where there are more iterations than rows', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({ 'get.yml': requestFile('Get', `${target.url}/{{n}}`), 'rows.json': '[{"n": 1}, {"n": 2}]' })

    await run([join(folder, 'get.yml'), '--data', join(folder, 'rows.json'), '--iterations', '3'])

    expect(target.seen).toEqual(['GET /1', 'GET /2', 'GET /1'])
  })

  test('that lacks a column is told of with the column and the variable', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'get.yml': requestFile('Get', `${target.url}/{{user_id}}`),
      'rows.csv': 'user,age\nada,36\n',
    })

    const { code, out } = await run([folder, '--data', join(folder, 'rows.csv')])

    expect([code, target.seen]).toEqual([3, []])
    expect(out).toContain('The variable {{user_id}} has no value')
    expect(out).toContain('rows.csv has no column “user_id” (it has user, age)')
  })

  test('with a row that has no value is told of with the row', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({ 'get.yml': requestFile('Get', `${target.url}/{{age}}`), 'rows.json': '[{"age": 1}, {"user": "bob"}]' })

    const { code, out } = await run([join(folder, 'get.yml'), '--data', join(folder, 'rows.json')])

    expect([code, target.seen]).toEqual([3, ['GET /1']])
    expect(out).toContain('row 2 of rows.json has no value for it')
  })

  test.each([
    ['rows.json', '{"user": "ada"}', 'it must hold a list of objects'],
    ['rows.json', '[{]', 'it is no JSON'],
    ['rows.csv', 'a,a\n1,2', 'two columns are named “a”'],
    ['rows.csv', 'user\n"ada', 'a quote is opened that is never closed'],
  ])('%s that holds %j is refused, and nothing is sent', async (name, text, why) => {
    const target = await startTarget(ok)
    const folder = await folderOf({ 'get.yml': requestFile('Get', target.url), [name]: text })

    const { code, stderr } = await run([join(folder, 'get.yml'), '--data', join(folder, name)])

    expect([code, target.seen]).toEqual([2, []])
    expect(stderr).toContain(why)
  })
})

describe('what cannot be run', () => {
  test('a collection with a broken file sends nothing, and names the file and its line', async () => {
    const target = await startTarget(ok)
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'a.yml': requestFile('A', target.url),
      'sub/broken.yml': 'info: { name: B\nhttp: [',
    })

    const { code, stderr } = await run([folder])

    expect([code, target.seen]).toEqual([2, []])
    expect(stderr).toMatch(/broken\.yml/)
    expect(stderr).toMatch(/line \d/)
  })

  test.each<[string, (folder: string) => string[], RegExp]>([
    ['a path that is not there', (folder) => [join(folder, 'none')], /FileNotFound: There is no file or folder .*none/],
    ['an environment that is not there', (folder) => [folder, '--env', 'Nope'], /There is no environment “Nope”/],
    ['a session that is not there', (folder) => [folder, '--session', 'Nope'], /There is no session “Nope”/],
    ['data that is not there', (folder) => [folder, '--data', join(folder, 'none.csv')], /There is no data file .*none\.csv/],
    ['a number that is none', (folder) => [folder, '--parallel', '0'], /from 1 to 1000/],
    ['a reporter that is none', (folder) => [folder, '--reporter', 'pdf'], /json, junit, html/],
    [
      'two reporters for one file',
      (folder) => [folder, '--reporter', 'json', '--reporter', 'junit', '--report', 'x.json'],
      /there are 2 and 1/,
    ],
    ['a report in a folder that is not there', (folder) => [folder, '--report', join(folder, 'no', 'x.json')], /There is no folder/],
  ])('%s is bad usage', async (_what, args, words) => {
    const target = await startTarget(ok)
    const folder = await folderOf({ 'opencollection.yml': COLLECTION, 'a.yml': requestFile('A', target.url) })

    const { code, stderr } = await run(args(folder))

    expect([code, target.seen]).toEqual([2, []])
    expect(stderr).toMatch(words)
  })
})

describe('how it ends', () => {
  const mixed = async () => {
    const target = await startTarget((request, response) => {
      response.statusCode = request.url === '/bad' ? 404 : 200
      response.end('{"why": "<script>alert(1)</script>"}')
    })
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'a.yml': requestFile('A', `${target.url}/a`, 1),
      'b.yml': requestFile('B', `${target.url}/bad`, 2),
      'c.yml': requestFile('C', `${target.url}/c`, 3),
    })
    return { target, folder }
  }

  test('0 whatever the status, 1 with --fail', async () => {
    const { target, folder } = await mixed()

    expect((await run([folder])).code).toBe(0)
    const { code, out } = await run([folder, '--fail'])
    expect(code).toBe(1)
    expect(out).toContain('✗ B · GET 404 Not Found')
    expect(target.seen).toHaveLength(6)
  })

  test('at the first failure with --bail', async () => {
    const { target, folder } = await mixed()

    const { report, result } = await reportOf([folder, '--fail', '--bail'])

    expect([result.code, report.run.state, report.counts['done'], report.ok]).toEqual([1, 'bailed', 2, false])
    expect(target.seen).toEqual(['GET /a', 'GET /bad'])
    expect(report.results[1]?.failure?.body).toBe('{"why": "<script>alert(1)</script>"}')
  })

  test('3 where a server is not there', async () => {
    const folder = await folderOf({ 'a.yml': requestFile('A', 'http://127.0.0.1:1/') })

    const { report, result } = await reportOf([join(folder, 'a.yml')])

    expect(result.code).toBe(3)
    expect(report.results[0]).toMatchObject({ status: null, outcome: 'failed', error: { kind: 'ConnectionError' } })
  })

  test('with reports of every kind, at once', async () => {
    const { folder } = await mixed()
    const file = (ending: string): string => join(folder, `out.${ending}`)

    const { code, out } = await run([
      folder,
      '--fail',
      '--reporter',
      'html',
      '--report',
      file('x'),
      '--reporter',
      'junit',
      '--report',
      file('xml'),
      '--reporter',
      'json',
      '--report',
      file('json'),
      '--reporter',
      'csv',
      '--report',
      file('csv'),
    ])

    expect(code).toBe(1)
    expect(out).toContain('3 requests: 2 passed, 1 failed')
    expect((await validJunit(await readFile(file('xml'), 'utf8'))).attributes).toMatchObject({ tests: '3', failures: '1', errors: '0' })
    expect((JSON.parse(await readFile(file('json'), 'utf8')) as Report).counts).toMatchObject({ done: 3, failed: 1 })
    expect((await readFile(file('csv'), 'utf8')).split('\r\n')).toHaveLength(5)
    const html = await readFile(file('x'), 'utf8')
    expect(html).toContain('&#60;script&#62;alert(1)')
    expect(html).not.toContain('<script')
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([])
  })

  test('with one report on standard output, and the lines for people beside it', async () => {
    const { folder } = await mixed()

    const { stdout, stderr } = await run([folder, '--reporter', 'junit'])

    expect((await validJunit(stdout.toString())).children).toHaveLength(3)
    expect(stderr).toContain('✓ A · GET 200 OK')
  })

  test('with the body of the last answer in a file', async () => {
    const target = await startTarget((request, response) => response.end(request.url))
    const folder = await folderOf({ 'get.yml': requestFile('Get', `${target.url}/{{n}}`), 'rows.csv': 'n\none\ntwo\n' })

    const { code } = await run([join(folder, 'get.yml'), '--data', join(folder, 'rows.csv'), '--output', join(folder, 'body')])

    expect(code).toBe(0)
    expect(await readFile(join(folder, 'body'), 'utf8')).toBe('/two')
  })

  test('with no history, and no body left behind', async () => {
    const target = await startTarget((_request, response) => response.end('x'.repeat(600_000)))
    const folder = await folderOf({ 'get.yml': requestFile('Get', target.url) })
    const dataDir = await tempDir()

    const { code } = await run([join(folder, 'get.yml'), '--iterations', '4', '--parallel', '2'], { dataDir })

    expect(code).toBe(0)
    const files = await readdir(dataDir, { recursive: true })
    expect(files.filter((name) => /history|bodies/.test(name))).toEqual([])
    const [results] = files.filter((name) => name.endsWith('results.jsonl'))
    expect((await stat(join(dataDir, results ?? ''))).size).toBeLessThan(1000)
  })
})

describe('beside each other', () => {
  test('iterations have cookies of their own', async () => {
    let count = 0
    const waiting: (() => void)[] = []
    const sent: (string | undefined)[] = []
    const target = await startTarget((request, response) => {
      if (request.url === '/login') {
        count += 1
        response.setHeader('Set-Cookie', `user=${count}`)
        // Both have signed in before either goes on.
        waiting.push(() => response.end())
        if (waiting.length === 2) waiting.forEach((go) => go())
        return
      }
      sent.push(request.headers.cookie)
      response.end()
    })
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'a.yml': requestFile('Login', `${target.url}/login`, 1),
      'b.yml': requestFile('Who', `${target.url}/who`, 2),
    })

    const { code } = await run([folder, '--iterations', '2', '--parallel', '2'])

    expect(code).toBe(0)
    expect(sent.sort()).toEqual(['user=1', 'user=2'])
  })

  test('as many requests of one place as iterations are under way at once', async () => {
    const waiting: (() => void)[] = []
    const target = await startTarget((_request, response) => {
      waiting.push(() => response.end())
      if (waiting.length === 40) waiting.forEach((go) => go())
    })
    const folder = await folderOf({ 'get.yml': requestFile('Get', target.url) })

    const { code } = await run([join(folder, 'get.yml'), '--iterations', '40', '--parallel', '40', '--timeout', '30'])

    expect(code).toBe(0)
  })
})

describe('checks', () => {
  const ASSERTED = (url: string): string =>
    `${requestFile('Get', url)}runtime:\n  assertions:\n    - { expression: res.status, operator: eq, value: "200" }\n    - { expression: res.body.name, operator: eq, value: "Ada" }\n`

  test('that fail are told of with expected and actual, everywhere', async () => {
    const target = await startTarget((_request, response) => response.setHeader('Content-Type', 'application/json').end('{"name": "Bob"}'))
    const folder = await folderOf({ 'get.yml': ASSERTED(target.url) })
    const [junit, html] = [join(folder, 'out.xml'), join(folder, 'out.html')]

    const { code, out } = await run([join(folder, 'get.yml'), '--report', junit, '--report', html])

    expect(code).toBe(1)
    expect(out).toContain('    res.body.name eq Ada\n      expected Ada\n      actual   Bob\n')
    expect(out).toContain('2 checks: 1 passed, 1 failed')
    const [suite] = (await validJunit(await readFile(junit, 'utf8'))).children
    expect(suite?.children.map(({ attributes, children }) => [attributes['name'], children[0]?.attributes['message']])).toEqual([
      ['res.status eq 200', undefined],
      ['res.body.name eq Ada', 'expected Ada, actual Bob'],
      [undefined, undefined],
    ])
    expect(await readFile(html, 'utf8')).toContain('<dt>expected</dt><dd>Ada</dd><dt>actual</dt><dd>Bob</dd>')
  })

  test('capture a token for the calls after it, in each of many iterations beside each other; no file changes', async () => {
    const seen: string[] = []
    let count = 0
    const target = await startTarget((request, response) => {
      response.setHeader('Content-Type', 'application/json')
      if (request.url === '/login') {
        count += 1
        response.end(JSON.stringify({ token: `t${count}` }))
      } else {
        seen.push(`${request.headers.authorization}`)
        // The first ones end last, so that iterations mingle.
        setTimeout(() => response.end('{}'), Math.max(0, 40 - seen.length * 4))
      }
    })
    const folder = await folderOf({
      'opencollection.yml': COLLECTION,
      'a.yml': `${requestFile('Login', `${target.url}/login`, 1)}runtime:\n  actions:\n    - { type: set-variable, phase: after-response, selector: { expression: res.body.token, method: jsonq }, variable: { name: token, scope: collection } }\n`,
      'b.yml': `info: { name: B, type: http, seq: 2 }\nhttp: { method: GET, url: "${target.url}/b", headers: [{ name: Authorization, value: "B {{token}}" }] }\n`,
      'c.yml': `info: { name: C, type: http, seq: 3 }\nhttp: { method: GET, url: "${target.url}/c", headers: [{ name: Authorization, value: "C {{token}}" }] }\n`,
    })
    const dataDir = await tempDir()

    const { code } = await run([folder, '--iterations', '8', '--parallel', '8'], { dataDir })

    expect(code).toBe(0)
    const tokens = Array.from({ length: 8 }, (_none, at) => `t${at + 1}`)
    expect(seen.toSorted()).toEqual([...tokens.map((token) => `B ${token}`), ...tokens.map((token) => `C ${token}`)])
    expect(await readFile(join(folder, 'opencollection.yml'), 'utf8')).toBe(COLLECTION)
    expect(await readdir(dataDir)).not.toContain('captured.json')
  })

  test('show no value of a secret, of the data or of the command line neither', async () => {
    const target = await startTarget((request, response) =>
      response.end(`you said ${String(request.headers['x-a'])} ${String(request.headers['x-b'])}`),
    )
    const folder = await folderOf({
      'get.yml': `info: { name: Get, type: http }\nhttp: { method: GET, url: "${target.url}", headers: [{ name: X-A, value: "{{api_token}}" }, { name: X-B, value: "{{password}}" }, { name: Authorization, value: Bearer typed-in-clear }] }\nruntime: { assertions: [{ expression: res.text, operator: eq, value: nothing }] }\n`,
      'rows.csv': 'password\nhunter2-of-data\n',
    })
    const html = join(folder, 'out.html')

    const { stdout, stderr, code } = await run([
      join(folder, 'get.yml'),
      '--data',
      join(folder, 'rows.csv'),
      '--var',
      'api_token=given-by-hand',
      '--report',
      html,
      '--json',
    ])

    expect(code).toBe(1)
    for (const text of [stdout.toString(), stderr, await readFile(html, 'utf8')]) {
      expect(text).toContain('you said')
      expect(text).not.toMatch(/hunter2|given-by-hand|typed-in-clear/)
    }
  })
})

test('scripts say which request is next, leave one out, and keep variables of their iteration', async () => {
  const target = await startTarget(ok)
  const scripted = (name: string, seq: number, type: string, code: string): string =>
    `${requestFile(name, `${target.url}/${name}?n={{n}}`, seq)}runtime:\n  scripts:\n    - { type: ${type}, code: ${JSON.stringify(code)} }\n`
  const folder = await folderOf({
    'opencollection.yml': COLLECTION,
    'a.yml': scripted('a', 1, 'before-request', 'bru.setVar("n", "i" + pm.info.iteration)'),
    'b.yml': scripted('b', 2, 'after-response', 'bru.runner.setNextRequest("d")'),
    'c.yml': requestFile('c', `${target.url}/c`, 3),
    'd.yml': scripted('d', 4, 'before-request', 'bru.runner.skipRequest()'),
    'e.yml': requestFile('e', `${target.url}/e?n={{n}}`, 5),
  })

  const { report, result } = await reportOf([folder, '--iterations', '2'])

  expect(target.seen).toEqual(['GET /a?n=i0', 'GET /b?n=i0', 'GET /e?n=i0', 'GET /a?n=i1', 'GET /b?n=i1', 'GET /e?n=i1'])
  expect(result.code).toBe(0)
  expect(report.results.map(({ name, outcome }) => `${name} ${outcome}`).slice(0, 4)).toEqual([
    'a passed',
    'b passed',
    'd skipped',
    'e passed',
  ])
})

describe('cut off', () => {
  /** Answers some, then holds the rest. */
  const stalling = async (answered: number) => {
    let count = 0
    let onStall = (): void => undefined
    const stalled = new Promise<void>((resolve) => (onStall = resolve))
    const target = await startTarget((_request, response) => {
      count += 1
      if (count <= answered) response.end('{}')
      else onStall()
    })
    const folder = await folderOf({ 'get.yml': requestFile('Get', target.url) })
    return { folder, stalled }
  }

  test('by Ctrl-C it cancels what is under way, and writes the reports', async () => {
    const { folder, stalled } = await stalling(5)
    const dataDir = await tempDir()
    const report = join(folder, 'out.json')
    const child = startCli(['run', join(folder, 'get.yml'), '--iterations', '100', '--report', report, '--data-dir', dataDir])
    await stalled
    child.kill('SIGINT')

    expect(await exitOf(child)).toBe(3)
    const written = JSON.parse(await readFile(report, 'utf8')) as Report
    expect([written.run.state, written.counts['done'], written.results.length]).toEqual(['stopped', 5, 5])
  })

  test('by SIGKILL it leaves the report of a moment before, and results that can be read', async () => {
    const { folder, stalled } = await stalling(50)
    const dataDir = await tempDir()
    const [json, junit] = [join(folder, 'out.json'), join(folder, 'out.xml')]
    const child = startCli([
      'run',
      join(folder, 'get.yml'),
      '--iterations',
      '100',
      '--report',
      json,
      '--report',
      junit,
      '--data-dir',
      dataDir,
    ])
    await stalled
    const partial = async (): Promise<Report> => JSON.parse(await readFile(json, 'utf8')) as Report
    await expect.poll(async () => (await partial()).results.length, { timeout: 30_000 }).toBe(50)
    const suites = async (): Promise<string[]> =>
      (await validJunit(await readFile(junit, 'utf8'))).children.map(({ attributes }) => attributes['name'] ?? '')
    // One for each result, and one that says that it did not come to its end.
    await expect.poll(async () => (await suites()).length, { timeout: 30_000 }).toBe(51)
    expect((await suites()).at(-1)).toBe('The run')
    child.kill('SIGKILL')
    await once(child, 'close')

    expect((await partial()).run.state).toBe('running')
    const [id = ''] = await readdir(join(dataDir, 'runs'))
    const lines = (await readFile(join(dataDir, 'runs', id, 'results.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(50)
    expect((await stat(join(dataDir, 'runs', id, 'results.idx'))).size).toBe(50 * 48)
  })
})

describe('completion', () => {
  /** What bash offers for a line. */
  const offered = (script: string, ...words: string[]): string[] => {
    const line = `${script}\nCOMP_WORDS=(posthaste ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _posthaste; printf '%s\\n' "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', line], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
  }

  test('of bash knows commands, options and values', async () => {
    const { stdout, code } = await runCli(['completion', 'bash'])
    const script = stdout.toString()

    expect(code).toBe(0)
    expect(offered(script, 'r')).toEqual(['run'])
    expect(offered(script, 'run', '--it')).toEqual(['--iterations'])
    expect(offered(script, 'run', '--reporter', 'j')).toEqual(['json', 'junit'])
    expect(offered(script, 'export', '--to', 'k')).toEqual(['k6', 'kotlin'])
    expect(offered(script, 'run', '--env', '')).toEqual([])
    expect(offered(script, 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
  })

  test.each(['zsh', 'fish'])('of %s names every command', async (shell) => {
    const { stdout } = await runCli(['completion', shell])

    for (const command of ['serve', 'send', 'run', 'import', 'export', 'mock', 'completion']) expect(stdout.toString()).toContain(command)
    expect(stdout.toString()).toContain('junit')
  })

  test('of a shell that is none is bad usage', async () => {
    expect((await runCli(['completion', 'tcsh'])).code).toBe(2)
  })
})

test('--help has examples and what the exit status says', async () => {
  const { stdout, code } = await runCli(['run', '--help'])

  expect(code).toBe(0)
  expect(stdout.toString()).toContain('Examples:\n  posthaste run api/')
  expect(stdout.toString()).toContain('Exit status: 0 all well')
  expect(stdout.toString()).toMatch(/\(default: 1\)/)
  expect(stdout.toString()).not.toMatch(/default: (?:false|\[|\{)/)
})
