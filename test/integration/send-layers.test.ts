// A request in its collection, sent by the command line: session, folders, environment and variables around it.
import type { IncomingMessage } from 'node:http'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createCore } from '#core/create-core.ts'
import { runCli, startTarget, type CliResult } from '../support/cli.ts'

interface Seen {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly raw: readonly string[]
}

interface Shop {
  readonly url: string
  readonly seen: Seen[]
  readonly dir: string
  readonly send: (file: string, ...args: string[]) => Promise<CliResult>
}

const REQUEST = (url: string, more = ''): string => `info: { name: R, type: http }\nhttp:\n  method: GET\n  url: "${url}"\n${more}`

/** A collection with these files, and a server that answers with a cookie and remembers what it was sent. */
async function shop(files: (url: string) => Readonly<Record<string, string>>): Promise<Shop> {
  const seen: Seen[] = []
  const { url } = await startTarget((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers, raw: request.rawHeaders })
    if (request.url?.startsWith('/login')) response.setHeader('Set-Cookie', 'sid=1; Path=/')
    response.end('ok')
  })
  const dir = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  for (const [path, text] of Object.entries(files(url))) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  const data = join(dir, 'private')
  return { url, seen, dir, send: (file, ...args) => runCli(['send', join(dir, file), '--data-dir', data, ...args]) }
}

const COLLECTION = `opencollection: "1.0.0"
info: { name: Shop API }
request:
  headers: [ { name: X-All, value: "1" }, { name: X-Who, value: nobody } ]
  variables: [ { name: version, value: v1 } ]
extensions:
  posthaste:
    sessions:
      - name: alice
        headers: [ { name: X-Who, value: "{{who}}" } ]
        params: [ { name: key, value: "a b" } ]
        auth: { type: bearer, token: "{{alice_token}}" }
      - name: bob
        headers: [ { name: X-All, value: null } ]
`

function files(url: string): Readonly<Record<string, string>> {
  return {
    'opencollection.yml': COLLECTION,
    'environments/staging.yml': `name: staging\nextends: base\nvariables:\n  - { name: who, value: "Alice {{version}}" }\n`,
    'environments/base.yml': `name: base\ndotEnvFilePath: .env\nvariables:\n  - { name: host, value: "${url}" }\n`,
    '.env': 'alice_token=t0ken\nhost=unused\n',
    'Users/folder.yml':
      'info: { name: Users, type: folder }\nrequest:\n  headers: [ { name: X-Folder, value: users } ]\n  variables: [ { name: version, value: v2 } ]\n',
    'Users/Get.yml': REQUEST('{{host}}/{{version}}/users?q=1'),
    'Login.yml': REQUEST('{{host}}/login'),
    'Plain.yml': REQUEST(`${url}/plain`, '  headers: [ { name: x-all, value: own } ]\n'),
  }
}

describe('posthaste send in a collection', () => {
  test('puts session, folder, environment and .env together', async () => {
    const { seen, send } = await shop(files)

    const { code, stderr } = await send('Users/Get.yml', '--env', 'staging', '--session', 'alice')

    expect([code, stderr]).toEqual([0, ''])
    expect(seen.map(({ url }) => url)).toEqual(['/v2/users?q=1&key=a+b'])
    expect(seen[0]?.headers).toMatchObject({
      'x-all': '1',
      'x-who': 'Alice v2',
      'x-folder': 'users',
      authorization: 'Bearer t0ken',
    })
  })

  test('a null of the session takes a header away, and a request’s own header stands in the place of the inherited one', async () => {
    const { seen, send } = await shop(files)

    await send('Plain.yml', '--session', 'bob')
    await send('Plain.yml')

    expect(seen.map(({ headers }) => [headers['x-all'], headers['x-who']])).toEqual([
      ['own', 'nobody'],
      ['own', 'nobody'],
    ])
    const names = seen.map(({ raw }) => raw.filter((_text, index) => index % 2 === 0 && /^x-/i.test(raw[index] ?? '')))
    expect(names[1]).toEqual(['X-Who', 'x-all'])
  })

  test('cookies stay in the jar of their session', async () => {
    const { seen, send } = await shop(files)

    await send('Login.yml', '--env', 'base', '--session', 'alice', '--var', 'who=a')
    await send('Users/Get.yml', '--env', 'base', '--session', 'alice', '--var', 'who=a')
    await send('Users/Get.yml', '--env', 'base', '--session', 'bob')

    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'sid=1', undefined])
  })

  test('an environment that is not there is bad usage, and the others are named', async () => {
    const { seen, send } = await shop(files)

    const { code, stderr } = await send('Plain.yml', '--env', 'production')

    expect(code).toBe(2)
    expect(stderr).toContain('There is no environment “production”')
    expect(stderr).toContain('base, staging')
    expect(seen).toEqual([])
  })

  test('a session that is not there is bad usage too; the default one always is there', async () => {
    const { seen, send } = await shop(files)

    const { code, stderr } = await send('Plain.yml', '--session', 'carol')

    expect(code).toBe(2)
    expect(stderr).toContain('There is no session “carol”')
    expect(stderr).toMatch(/There are: default.*alice/)
    expect(seen).toEqual([])
    expect((await send('Plain.yml', '--session', 'default')).code).toBe(0)
  })

  test('a session that a request itself names and is not there is an empty one, which is said', async () => {
    const { seen, send } = await shop((url) => ({ ...files(url), 'Pinned.yml': `${REQUEST(url)}posthaste: { session: carol }\n` }))

    const { code, stderr } = await send('Pinned.yml')

    expect(code).toBe(0)
    expect(stderr).toContain('no session “carol”')
    expect(seen).toHaveLength(1)
  })

  test('a variable without a value keeps the request here, and says where it was looked for', async () => {
    const { seen, send } = await shop(files)

    const { code, stderr } = await send('Users/Get.yml', '--session', 'alice')

    expect(code).toBe(3)
    expect(stderr).toContain('UndefinedVariable')
    expect(stderr).toContain('folder Users, collection Shop API')
    expect(seen).toEqual([])
  })

  test('rules of a variable keep a wrong value here', async () => {
    const { send } = await shop((url) => ({
      'opencollection.yml': `opencollection: "1.0.0"\ninfo: { name: C }\nrequest:\n  variables:\n    - { name: id, value: "", posthaste: { ask: true, type: integer } }\n`,
      'R.yml': REQUEST(`${url}/{{id}}`),
    }))

    expect((await send('R.yml')).stderr).toContain('--var id=')
    expect((await send('R.yml', '--var', 'id=x')).stderr).toContain('must be a whole number')
    expect((await send('R.yml', '--var', 'id=7')).code).toBe(0)
  })

  test('all that keeps a request here is told at once, each once', async () => {
    const { send } = await shop((url) => ({
      'opencollection.yml': `opencollection: "1.0.0"\ninfo: { name: C }\nrequest:\n  variables: [ { name: size, value: x, posthaste: { type: integer } } ]\n`,
      'R.yml': REQUEST(`${url}/{{size}}/{{who}}?again={{who}}`, '  headers: [ { name: "X Y", value: "1" } ]\n'),
    }))

    const { stderr } = await send('R.yml')
    const json = JSON.parse((await send('R.yml', '--json')).stdout.toString()) as { error: { kind: string; others: { kind: string }[] } }

    expect(stderr.match(/^[A-Z]\w+:/gm)).toEqual(['InvalidVariable:', 'UndefinedVariable:', 'InvalidHeader:'])
    expect([json.error, ...json.error.others].map(({ kind }) => kind)).toEqual(['InvalidVariable', 'UndefinedVariable', 'InvalidHeader'])
  })

  test('what an option of a layer did is said to be of that layer', async () => {
    const { url } = await startTarget(() => undefined) // never answers
    const { send } = await shop(() => ({
      'opencollection.yml': `${COLLECTION}        proxies: { http: "http://127.0.0.1:1" }\n`,
      'Slow/folder.yml': 'info: { name: Slow, type: folder }\nrequest: { posthaste: { timeout: { total: 0.3 } } }\n',
      'Slow/R.yml': REQUEST(url),
      'Silent.yml': `${REQUEST(url)}posthaste: { timeout: { read: 0.3 } }\n`,
      'R.yml': REQUEST(url),
    }))

    const results = [await send('Slow/R.yml'), await send('Silent.yml'), await send('R.yml', '--session', 'bob')]

    expect(results.map(({ code }) => code)).toEqual([3, 3, 3])
    expect(results[0]?.stderr).toContain('To wait longer, raise the total timeout in Options of folder Slow.')
    expect(results[1]?.stderr).toContain('To wait longer, give --timeout more seconds.')
    expect(results[2]?.stderr).toContain('because of proxy rule http of session bob')
  })

  test('an environment that cannot be read is told of, and the rest is sent', async () => {
    const { send } = await shop((url) => ({ ...files(url), 'environments/torn.yml': 'variables: [ {' }))

    const { code, stderr } = await send('Plain.yml')

    expect(code).toBe(0)
    expect(stderr).toContain('torn.yml')
  })
})

describe('secrets', () => {
  test('go over the wire, and are masked in what is printed of it unless they are wanted', async () => {
    const { seen, send, dir } = await shop((url) => ({
      'opencollection.yml': `opencollection: "1.0.0"\ninfo: { name: C }\nrequest:\n  variables: [ { secret: true, name: token } ]\n`,
      'R.yml': REQUEST(`${url}/?t={{token}}`, '  headers: [ { name: X-Token, value: "k {{token}}" } ]\n'),
    }))
    expect((await send('R.yml')).stderr).toContain('not kept on this machine')
    const core = await createCore({
      dataDir: join(dir, 'private'),
      log: () => undefined,
      watch: false,
      now: () => Date.now(),
      env: {},
      capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
    })
    const context = { signal: new AbortController().signal, clientId: 'test' }
    const opened = await core.call('collection.open', { path: dir }, context)
    const id = opened.ok ? (opened.value as { id: string }).id : ''
    await core.call(
      'secret.set',
      { collectionId: id, origin: { layer: 'collection', id, name: 'C' }, name: 'token', value: 'hush hush' },
      context,
    )
    await core.close()

    const masked = JSON.parse((await send('R.yml', '--json')).stdout.toString()) as {
      request: { url: string; headers: [string, string][] }
    }
    const shown = (await send('R.yml', '--json', '--show-secrets')).stdout.toString()

    expect(seen.map(({ headers, url }) => [headers['x-token'], url])).toEqual([
      ['k hush hush', '/?t=hush+hush'],
      ['k hush hush', '/?t=hush+hush'],
    ])
    expect(JSON.stringify(masked)).not.toMatch(/hush/)
    expect(masked.request.headers).toContainEqual(['X-Token', 'k ••••••••'])
    expect(shown).toContain('hush+hush')
  })
})
