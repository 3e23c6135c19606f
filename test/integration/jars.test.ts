import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { KeptCookie } from '#contract/model/cookie.ts'
import type { Preview } from '#contract/model/prepared.ts'
import { DEFAULT_JAR, emptyRequest } from '#contract/model/request-defaults.ts'
import { createJars } from '#core/jars/jars.ts'
import { coreKit } from '../support/core-kit.ts'
import { httpServer } from '../support/http-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { JAR_WRITER } from './jar-writer.ts'

const PROJECT = join(import.meta.dirname, '../..')

async function writerDone(dataDir: string, prefix: string, times: number): Promise<void> {
  const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', JAR_WRITER, dataDir, prefix, String(times)], {
    cwd: PROJECT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
}

describe('a cookie jar of several processes', () => {
  test('holds every cookie that any of them put into it', async () => {
    const dataDir = await tempDir()
    const jars = createJars({ dataDir, watch: false, log: () => undefined, onUnwritten: () => undefined, onChanged: () => undefined })
    onTestFinished(jars.close)
    const others = Promise.all(['a', 'b', 'c'].map((prefix) => writerDone(dataDir, prefix, 15)))
    const own = await jars.jar(DEFAULT_JAR)
    for (let index = 0; index < 15; index += 1) {
      own.cookies.store('http://www.example.com/', [`own${index}=1`])
      await own.flush()
    }
    await others

    const names = (await jars.jar(DEFAULT_JAR)).cookies.list().map(({ name }) => name)
    const expected = ['a', 'b', 'c', 'own'].flatMap((prefix) => Array.from({ length: 15 }, (_, index) => `${prefix}${index}`))
    expect(names.sort()).toEqual(expected.sort())
  }, 60_000)

  test('is used by the next send of the one when the other has set a cookie', async () => {
    const seen: string[] = []
    const server = await httpServer((request, response) => {
      seen.push(request.headers.cookie ?? '')
      if (request.url === '/login') response.setHeader('set-cookie', 'sid=1; Path=/')
      response.end()
    })
    const window = await coreKit()
    const cli = await coreKit({}, window.dataDir)
    await window.send({ url: `${server.url}/` })
    await cli.send({ url: `${server.url}/login` })
    await cli.core.close()
    await window.send({ url: `${server.url}/` })

    expect(seen).toEqual(['', '', 'sid=1'])
  })
})

describe('the commands on cookies', () => {
  const jar = DEFAULT_JAR
  const fields = {
    name: 'a',
    value: '1',
    domain: '127.0.0.1',
    hostOnly: true,
    path: '/',
    expires: null,
    secure: false,
    httpOnly: false,
    sameSite: null,
  }

  test('change what is sent, tell of it, and are on disk when they have answered', async () => {
    const server = await httpServer((request, response) => response.end(request.headers.cookie ?? ''))
    const kit = await coreKit()
    const told: unknown[] = []
    kit.core.on((event) => event.name === 'cookies.changed' && told.push(event.payload.jar))
    await kit.call('cookies.set', { jar, cookie: fields, replaces: null })
    const file = JSON.parse(await readFile(join(kit.dataDir, 'cookies', 'default.json'), 'utf8')) as { cookies: unknown[] }
    const exchange = await kit.send({ url: server.url })

    expect(file.cookies).toHaveLength(1)
    expect(exchange.request?.headers).toContainEqual(['Cookie', 'a=1'])
    await vi.waitFor(() => expect(told).toContainEqual(jar))
    expect(await kit.call('cookies.jars', {})).toEqual({ jars: [{ key: jar, count: 1 }] })
  })

  test('say what goes to a URL and why the rest does not, as the preview has it', async () => {
    const kit = await coreKit()
    await kit.call('cookies.set', { jar, cookie: fields, replaces: null })
    await kit.call('cookies.set', { jar, cookie: { ...fields, name: 'deep', path: '/deep' }, replaces: null })
    await kit.call('cookies.set', { jar, cookie: { ...fields, name: 'else', domain: 'example.com' }, replaces: null })
    const document = { ...emptyRequest(), url: 'http://127.0.0.1:1/' }

    const preview = (await kit.call('request.prepare', { document, nodeId: null, seed: 'a'.repeat(16) })) as Preview
    expect(preview.headers.find(({ source }) => source === 'cookies')?.value).toBe('a=1')
    expect(preview.jar).toEqual(jar)
    expect(await kit.call('cookies.forUrl', { jar: preview.jar, url: preview.url })).toMatchObject({
      cookies: [
        { cookie: { name: 'a' }, isSent: true, reason: null },
        { cookie: { name: 'deep' }, isSent: false, reason: 'it is for the path /deep and what is below it' },
      ],
    })
  })

  test('clear what goes to a host, that of the domains above it too, and give it back', async () => {
    const kit = await coreKit()
    const host = { ...fields, domain: 'api.example.com' }
    await kit.call('cookies.set', { jar, cookie: { ...host, name: 'own', path: '/x' }, replaces: null })
    await kit.call('cookies.set', { jar, cookie: { ...host, name: 'shared', domain: 'example.com', hostOnly: false }, replaces: null })
    await kit.call('cookies.set', { jar, cookie: { ...host, name: 'apex', domain: 'example.com' }, replaces: null })
    const listed = await kit.call('cookies.list', { jar, host: 'api.example.com' })

    const { removed } = (await kit.call('cookies.clear', { jar, host: 'API.example.com' })) as { removed: KeptCookie[] }

    expect(removed.map(({ name }) => name)).toEqual(['own', 'shared'])
    expect(listed).toEqual({ cookies: removed })
    expect(await kit.call('cookies.list', { jar })).toMatchObject({ cookies: [{ name: 'apex' }] })
    expect(await kit.call('cookies.restore', { jar, cookies: removed })).toEqual({ restored: 2 })
    expect(await kit.call('cookies.clear', { jar, host: null })).toMatchObject({ removed: { length: 3 } })
  })
})
