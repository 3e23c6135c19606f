import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCore } from '#core/create-core.ts'
import { runCli } from '../support/cli.ts'

const root = resolve(import.meta.dirname, '../..')
const pages = ['README.md', 'CONTRIBUTING.md', 'docs/file-format.md', 'docs/architecture.md', 'docs/keyboard.md', 'docs/errors.md']

let folder: string
let server: Server
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-readme-'))
  server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await writeFile(
    join(folder, 'request.yml'),
    `info: { name: r, type: http }\nhttp: { method: GET, url: "http://127.0.0.1:${port}/{{user}}" }\n`,
  )
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(join(root, page), 'utf8')
  return [...text.matchAll(/^```\n([\s\S]*?)^```/gm)]
    .flatMap((block) => (block[1] ?? '').split('\n'))
    .filter((line) => /^(?:npm|npx) /.test(line))
}

describe('the README', () => {
  test('names only npm scripts that there are', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    for (const page of pages) {
      const text = await readFile(join(root, page), 'utf8')
      const named = [...text.matchAll(/(?:^|`|&& )npm (?:run )?([a-z][a-z:]*)/gm)]
        .map((match) => match[1] ?? '')
        .filter((name) => name !== 'ci')
      expect(Object.keys(scripts), page).toEqual(expect.arrayContaining(named))
    }
  })

  test('its `posthaste send` commands do what they say', async () => {
    const commands = (await commandsOf('README.md')).filter((line) => line.startsWith('npx posthaste send'))
    expect(commands.length).toBeGreaterThan(1)

    for (const command of commands) {
      const args = command
        .split(' ')
        .slice(2)
        .map((word) => word.replace('request.yml', join(folder, 'request.yml')).replace('answer.bin', join(folder, 'answer.bin')))
      const given = args.includes('--var') ? args : [...args, '--var', 'user=x']
      const { code, stdout, stderr } = await runCli([...given, '--data-dir', join(folder, 'data')])
      expect([code, stderr], command).toEqual([0, expect.any(String)])
      expect(args.includes('--output') ? await readFile(join(folder, 'answer.bin'), 'utf8') : stdout.toString(), command).toContain('hello')
    }
  })

  test('its links and pictures lead somewhere', async () => {
    for (const page of pages) {
      const text = await readFile(join(root, page), 'utf8')
      const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '').filter((link) => !/^https?:/.test(link))
      for (const link of links) expect(existsSync(resolve(root, page, '..', link)), `${page}: ${link}`).toBe(true)
    }
  })

  test('the request in docs/file-format.md is one', async () => {
    const text = await readFile(join(root, 'docs/file-format.md'), 'utf8')
    const yaml = /^```yaml\n([\s\S]*?)^```/m.exec(text)?.[1] ?? ''
    const core = await createCore({
      dataDir: join(folder, 'core'),
      log: () => undefined,
      watch: false,
      env: {},
      now: Date.now,
      capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
    })
    const read = await core.readRequestFile({ text: yaml, baseDir: folder })
    await core.close()

    expect(read.ok && read.value.document).toMatchObject({
      name: 'Create user',
      method: 'POST',
      params: [{ name: 'page', value: '1', enabled: true }],
      headers: [{ enabled: true }, { name: 'X-Off', enabled: false }],
      body: { kind: 'multipart' },
      auth: { kind: 'basic' },
      cookies: [{ name: 'flavour', value: 'oat' }],
      options: { timeout: { connect: 3.05, read: 27, total: 30 } },
    })
  })
})
