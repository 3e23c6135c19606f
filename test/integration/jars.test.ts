import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_JAR } from '#contract/model/cookie.ts'
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
    const jars = createJars({ dataDir, watch: false, log: () => undefined, onChanged: () => undefined })
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
