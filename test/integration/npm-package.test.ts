// What `npm pack` makes, installed as a stranger would: into an empty folder, with no network, and with nothing of this
// checkout in reach.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startTarget } from '../support/cli.ts'
import packageFile from '../../package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '..', '..')
const run = promisify(execFile)
let dir: string
let home: string
/** Neither the settings nor the cache of who runs the tests; no fetching, so nothing can come from elsewhere. */
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-npm-'))
  home = join(dir, 'home')
  await mkdir(home)
  env = {
    PATH: process.env['PATH'],
    HOME: home,
    npm_config_cache: join(dir, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], { cwd: ROOT, env })
  await run('npm', ['install', '--no-audit', '--no-fund', join(dir, `posthaste-${packageFile.version}.tgz`)], { cwd: home, env })
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }))

const posthaste = (...args: string[]): ReturnType<typeof run> => run('npx', ['posthaste', ...args], { cwd: home, env })

test('it holds what was built, its licence and those of what is bundled, and needs no other package', async () => {
  const installed = join(home, 'node_modules', 'posthaste')
  const names = await readdir(installed, { recursive: true })

  expect((await readdir(installed)).sort()).toEqual(['LICENSE', 'README.md', 'out', 'package.json'])
  expect(names.filter((name) => /\.(?:map|ts|tsx)$|build-stamp/.test(name))).toEqual([])
  expect(names).toContain(join('out', 'THIRD-PARTY-NOTICES.txt'))
  expect((await readdir(join(home, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['posthaste'])
})

test('its command sends, asserts and imports', async () => {
  const { url } = await startTarget((_request, response) => response.end('{"hello":"world"}'))
  const request = `info: { name: r, type: http }
http: { method: GET, url: "${url}/" }
runtime: { assertions: [ { expression: res.body.hello, operator: eq, value: world } ] }
`
  await writeFile(join(home, 'request.yml'), request)
  await writeFile(join(home, 'command.txt'), `curl ${url}/from-curl`)

  expect((await posthaste('--version')).stdout).toBe(`${packageFile.version}\n`)
  expect((await posthaste('send', 'request.yml')).stdout).toBe('{"hello":"world"}')
  expect((await posthaste('run', 'request.yml', '--json')).stdout).toContain('"passed": 1')
  await posthaste('import', 'command.txt', '--into', 'api')
  expect(await readdir(join(home, 'api'))).toContain('opencollection.yml')
})

test('its `serve` answers with the window', async () => {
  const child = spawn('npx', ['posthaste', 'serve', '--port', '0', '--no-open', '--data-dir', join(dir, 'data')], {
    cwd: home,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // npx is a process before the one that serves: both are of the group that ends here.
  const stop = (): void => {
    // One that the signal ended has no exit code.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM')
  }
  onTestFinished(stop)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const address = line.replace('Posthaste is ready at ', '')

  const admitted = await fetch(address, { redirect: 'manual' })
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = await fetch(new URL('/', address), { headers: { cookie } })
  const html = await page.text()
  const script = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1] ?? ''
  const first = await fetch(new URL(script, address), { headers: { cookie } })
  stop()
  await once(child, 'exit')

  expect([admitted.status, page.status, first.status]).toEqual([303, 200, 200])
  expect(html).toContain('<title>Posthaste</title>')
  expect(first.headers.get('content-type')).toContain('javascript')
})

test('on a Node that is too old, its command says so and which it needs', async () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"
  const cli = join(home, 'node_modules', 'posthaste', 'out', 'main', 'cli.js')

  await expect(run(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(older)}`, cli, 'send'])).rejects.toMatchObject(
    {
      code: 2,
      stderr: expect.stringMatching(
        /^Posthaste needs Node 22\.19 or later, and this is 20\.20\.2\. .+ `npx -p node@24 posthaste` fetches one\.$/m,
      ),
    },
  )
  expect(packageFile.engines.node).toBe('>=22.19')
})
