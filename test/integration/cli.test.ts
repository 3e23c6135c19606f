// `posthaste` as a process: what it prints where, and how it ends.
import { once } from 'node:events'
import { constants } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { exitOf, runCli, startCli, startTarget, type CliResult, type Target } from '../support/cli.ts'
import { proxyServer } from '../support/proxy-server.ts'
import { connectTo } from '../support/web-host.ts'

const BODY = Buffer.from([0, 1, 2, 0xff, 0xfe, 10, 13])

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}

/** A request file for a server, and sending it. */
async function requestTo(
  target: Target,
  path: string,
  more = '',
): Promise<{ file: string; dir: string; send: (...args: string[]) => Promise<CliResult> }> {
  const dir = await folder()
  const file = join(dir, 'request.yml')
  await writeFile(file, `info:\n  name: Request\n  type: http\nhttp:\n  method: GET\n  url: "${target.url}${path}"\n${more}`)
  return { file, dir, send: (...args) => runCli(['send', file, '--data-dir', join(dir, 'data'), ...args]) }
}

describe('posthaste', () => {
  test('says its version', async () => {
    const { code, stdout, stderr } = await runCli(['--version'])

    expect([code, stdout.toString(), stderr]).toEqual([0, `${packageFile.version}\n`, ''])
  })

  test('names its commands', async () => {
    const { code, stdout } = await runCli(['--help'])

    expect(code).toBe(0)
    expect(stdout.toString()).toMatch(/send[\s\S]*serve|serve[\s\S]*send/)
  })

  test.each([
    [['dance'], /unknown command 'dance'/],
    [['send'], /missing required argument 'file'/],
    [['send', 'a.yml', '--var', 'novalue'], /name=value/],
    [['send', 'a.yml', '--timeout', 'soon'], /seconds/],
    [['send', 'a.yml', '--timeout', '0'], /seconds/],
    [['send', 'a.yml', '--colour'], /unknown option '--colour'/],
    [['send', 'a.yml', '--from-part', '0'], /counted from 1/],
    [['serve', '--port', '70000'], /0 to 65535/],
    [['serve', '--port', 'x'], /0 to 65535/],
  ])('ends with 2 for %j', async (args, words) => {
    const { code, stdout, stderr } = await runCli(args)

    expect(stderr).toMatch(words)
    expect([code, stdout.toString()]).toEqual([2, ''])
  })
})

describe('posthaste send', () => {
  test('tries again as the file says, tells each wait on standard error, and keeps the attempts', async () => {
    let count = 0
    const target = await startTarget((_request, response) => {
      count += 1
      response.writeHead(count < 3 ? 503 : 200).end('at last')
    })
    const { send } = await requestTo(target, '/x', 'posthaste:\n  retry: { total: 3, backoff_factor: 0.05, status_forcelist: [503] }\n')

    const { code, stdout, stderr } = await send('--json')

    expect([code, stderr]).toEqual([0, 'Attempt 2 of 4 now: 503 Service Unavailable\nAttempt 3 of 4 in 0.1 s: 503 Service Unavailable\n'])
    expect(JSON.parse(stdout.toString())).toMatchObject({
      ok: true,
      response: { status: 200, bodyText: 'at last' },
      attempts: [
        { number: 1, reason: '503 Service Unavailable', waited: 0, response: { status: 503, bodyText: 'at last' } },
        { number: 2, waited: 100 },
      ],
    })
  })

  test('has the defaults of the settings, and goes on without a settings file that cannot be understood', async () => {
    const target = await startTarget((_request, response) => response.writeHead(302, { location: '/to' }).end('here'))
    const { dir, send } = await requestTo(target, '/from')
    await mkdir(join(dir, 'data'))
    const settings = join(dir, 'data', 'settings.json')
    await writeFile(settings, '{ "defaults": { "followRedirects": false } }')

    const stopped = await send('--json')
    await writeFile(settings, '{ "defaults": ')
    const { code, stderr } = await send('--json', '--session', 'default')

    expect([stopped.code, target.seen.slice(0, 1)]).toEqual([0, ['GET /from']])
    expect(JSON.parse(stopped.stdout.toString())).toMatchObject({ response: { status: 302, bodyText: 'here' }, history: [] })
    expect(code).toBe(3)
    expect(stderr).toContain('settings.json cannot be understood')
  })

  test('stops at the first redirect in step mode, and says so', async () => {
    const target = await startTarget((_request, response) => response.writeHead(302, { location: '/to' }).end('here'))
    const { send } = await requestTo(target, '/from', 'posthaste: { step_redirects: true }\n')

    const { code, stdout, stderr } = await send()

    expect([code, stdout.toString()]).toEqual([0, 'here'])
    expect(stderr).toBe(`Warning: Redirects are followed step by step: stopped at the 302 to ${target.url}/to.\n`)
    expect(target.seen).toEqual(['GET /from'])
  })

  test('sends a file in parts, and goes on from the part that did not arrive', async () => {
    let count = 0
    const target = await startTarget((request, response) => {
      count += 1
      request.resume().on('end', () => response.writeHead(count === 2 ? 500 : 200).end(`${count}`))
    })
    const body = `  body:\n    type: multipart-form\n    data: [ { name: file, type: file, value: [ ./data.bin ] } ]\nposthaste: { chunked_upload: { parts: 3 } }\n`
    const { dir, send } = await requestTo(target, '/up', body)
    await writeFile(join(dir, 'data.bin'), 'abcdef')

    const stopped = await send('--json')
    const resumed = await send('--from-part', '2')

    expect(stopped.code).toBe(3)
    expect(JSON.parse(stopped.stdout.toString())).toMatchObject({
      error: { kind: 'HTTPError', message: expect.stringMatching(/^Part 2 of 3 was answered with 500/) },
      history: [{ kind: 'part', because: '200: part 1 of 3 was taken' }],
    })
    expect([resumed.code, resumed.stdout.toString(), target.seen.length]).toEqual([0, '4', 4])
  })

  test('writes the body to standard output, byte for byte, and nothing else', async () => {
    const target = await startTarget((_request, response) => response.end(BODY))
    const { send } = await requestTo(target, '/x')

    const { code, stdout, stderr } = await send()

    expect([code, stdout, stderr]).toEqual([0, BODY, ''])
    expect(target.seen).toEqual(['GET /x'])
  })

  test('prints the whole exchange with --json', async () => {
    const target = await startTarget((request, response) => {
      if (request.url === '/from') response.writeHead(302, { location: '/to' }).end()
      else response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}')
    })
    const { send } = await requestTo(target, '/from')

    const { code, stdout, stderr } = await send('--json')

    expect([code, stderr]).toEqual([0, ''])
    const exchange = JSON.parse(stdout.toString()) as Record<string, unknown>
    expect(exchange).toMatchObject({
      ok: true,
      request: { method: 'GET', url: `${target.url}/to`, bodyBytes: 0 },
      response: { status: 201, reason: 'Created', encoding: 'utf-8', bodyBytes: 11, bodyText: '{"ok":true}' },
      history: [{ request: { url: `${target.url}/from` }, response: { status: 302 } }],
      assertions: [],
    })
    expect(exchange).not.toHaveProperty('error')
    expect(exchange['timings']).toMatchObject({ total: expect.any(Number), reusedConnection: expect.any(Boolean) })
  })

  test('reads a request from standard input', async () => {
    const target = await startTarget((_request, response) => response.end('hello'))
    const { file, dir } = await requestTo(target, '/in')

    const { code, stdout } = await runCli(['send', '-', '--data-dir', join(dir, 'data')], { stdin: await readFile(file, 'utf8') })

    expect([code, stdout.toString()]).toEqual([0, 'hello'])
  })

  test('gets an address, with its variables, without a file', async () => {
    const target = await startTarget((request, response) => response.end(`${request.method} ${request.url}`))
    const dir = await folder()
    const args = [`${target.url}/users?name={{name}}&q=a+b`, '--var', 'name=jane doe', '--data-dir', dir]

    const { code, stdout, stderr } = await runCli(['send', ...args])

    expect([code, stdout.toString(), stderr]).toEqual([0, 'GET /users?name=jane+doe&q=a+b', ''])
  })

  test('fills in variables', async () => {
    const target = await startTarget((_request, response) => response.end('hello'))
    const { send } = await requestTo(target, '/{{who}}?q={{what}}')

    const { code } = await send('--var', 'who=jane', '--var', 'what=a=b')

    expect([code, target.seen]).toEqual([0, ['GET /jane?q=a%3Db']])
  })

  test('writes the body to a file with --output, and says where', async () => {
    const target = await startTarget((_request, response) => response.end(BODY))
    const { send, dir } = await requestTo(target, '/x')
    const output = join(dir, 'body.bin')

    const plain = await send('--output', output)
    const json = await send('--output', output, '--json')

    expect([plain.code, plain.stdout.length]).toEqual([0, 0])
    expect(await readFile(output)).toEqual(BODY)
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ response: { savedTo: output } })
  })

  test('writes a large body once: the history has the same file, and not what is written to it later', async () => {
    const part = Buffer.alloc(1024 ** 2, 'x')
    const large = Readable.from(Array.from({ length: 64 }, () => part))
    const target = await startTarget((_request, response) => void large.pipe(response))
    const { send, dir } = await requestTo(target, '/x')
    const output = join(dir, 'body.bin')

    const { code } = await send('--output', output, '--json')

    const kept = (await readdir(join(dir, 'data', 'bodies'), { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name))
    const theirs = await stat(output)
    const ours = await stat(join(dir, 'data', 'bodies', kept[0] ?? ''))
    expect([code, kept.length, theirs.size, ours.size]).toEqual([0, 1, 64 * 1024 ** 2, 64 * 1024 ** 2])
    // Where blocks can be cloned, these are two files.
    const clones = await copyFile(output, join(dir, 'clone'), constants.COPYFILE_FICLONE_FORCE).then(
      () => true,
      () => false,
    )
    expect(theirs.ino === ours.ino).toBe(!clones)
  })

  test('leaves the file of --output as it is where nothing of the body came', async () => {
    const target = await startTarget((_request, response) => {
      response.writeHead(200, { 'Content-Length': '5' }).flushHeaders()
      response.socket?.end()
    })
    const { send, dir } = await requestTo(target, '/x')
    const output = join(dir, 'body.bin')
    await writeFile(output, 'before')

    const { code, stdout } = await send('--output', output, '--json')

    expect([code, await readFile(output, 'utf8')]).toEqual([3, 'before'])
    expect(JSON.parse(stdout.toString())).not.toHaveProperty('response.savedTo')
  })

  test('says which option of the file it does not understand', async () => {
    const target = await startTarget((_request, response) => response.end('x'))
    const { send } = await requestTo(target, '/x', 'posthaste: { tls: { min_version: newest }, proxies: 7, retrie: { total: 1 } }\n')

    const plain = await send()
    const json = await send('--json')

    const of = (key: string, more: string): string =>
      `posthaste.${key} of the request “Request” is not understood, and does not count. ${more}`
    const said = [
      of('proxies', 'posthaste.proxies takes a mapping.'),
      of('retrie', 'Did you mean posthaste.retry?'),
      of('tls', 'posthaste.tls.min_version takes TLSv1, TLSv1.1, TLSv1.2, TLSv1.3.'),
    ]
    expect([plain.code, json.code]).toEqual([0, 0])
    expect(plain.stderr.split('\n').filter(Boolean).toSorted()).toEqual(said.map((line) => `Warning: ${line}`))
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ warnings: expect.arrayContaining(said) })
  })

  test('goes on with --output where it broke off, with --resume', async () => {
    const file = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251))
    const seen: (string | undefined)[] = []
    const target = await startTarget((request, response) => {
      const { range } = request.headers
      seen.push(range)
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
      const headers = { ETag: '"v1"', 'Content-Length': String(file.length - start) }
      if (seen.length === 2) response.writeHead(500).end('busy')
      else if (start === 0) response.writeHead(200, headers).write(file.subarray(0, 120_000), () => response.socket?.end())
      else response.writeHead(206, { ...headers, 'Content-Range': `bytes ${start}-299999/300000` }).end(file.subarray(start))
    })
    const { send, dir } = await requestTo(target, '/x')
    const output = join(dir, 'body.bin')

    const broken = await send('--output', output, '--resume')
    const refused = await send('--output', output, '--resume')
    const whole = await send('--output', output, '--resume')

    expect([broken.code, refused.code, whole.code]).toEqual([3, 1, 0])
    expect(broken.stderr).toContain('has what came; with --resume the same command gets the rest')
    expect(refused.stderr).toContain('left as it is')
    expect(seen).toEqual([undefined, 'bytes=120000-', 'bytes=120000-'])
    expect((await readFile(output)).equals(file)).toBe(true)
    expect((await send('--resume')).code).toBe(2)
  })

  test('sends nothing where the output cannot be written', async () => {
    const target = await startTarget((_request, response) => response.end(BODY))
    const { send, dir } = await requestTo(target, '/x')

    const { code, stderr } = await send('--output', join(dir, 'missing', 'body.bin'))

    expect(stderr).toContain('There is no folder')
    expect([code, target.seen]).toEqual([2, []])
  })

  test('ends with 1 for a status of 400 or more, where --fail asks for it', async () => {
    const target = await startTarget((_request, response) => response.writeHead(404).end('no such thing'))
    const { send } = await requestTo(target, '/x?key=secret')

    const plain = await send()
    const failing = await send('--fail')
    const json = await send('--fail', '--json')

    expect([plain.code, plain.stderr]).toEqual([0, ''])
    expect([failing.code, failing.stdout.toString()]).toEqual([1, 'no such thing'])
    expect(failing.stderr).toBe(`HTTPError: 404 Not Found from ${target.url}/x\n`)
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ ok: false, response: { status: 404 }, error: { kind: 'HTTPError' } })
  })

  test('ends with 3 and says why and what to do where nobody answers', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const address = probe.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    probe.close()
    await once(probe, 'close')
    const more =
      '  headers: [{ name: X-Key, value: "{{key}}" }]\n  body: { type: text, data: "to whom" }\nruntime: { variables: [{ name: key, value: "k-1" }] }\n'
    const { send } = await requestTo({ url: `http://127.0.0.1:${port}`, seen: [] }, '/', more)

    const plain = await send()
    const json = await send('--json')

    expect([plain.code, plain.stdout.length]).toEqual([3, 0])
    expect(plain.stderr).toMatch(new RegExp(`^ConnectionError: .*127\\.0\\.0\\.1:${port}.*\n.+\n$`))
    expect(json.code).toBe(3)
    expect(JSON.parse(json.stdout.toString())).toMatchObject({
      ok: false,
      request: { method: 'GET', url: `http://127.0.0.1:${port}/`, httpVersion: '1.1', bodyBytes: 7, bodyText: 'to whom' },
      response: null,
      error: { kind: 'ConnectionError' },
    })
    expect(JSON.parse(json.stdout.toString())).toHaveProperty('request.headers', expect.arrayContaining([['X-Key', 'k-1']]))
  })

  test('ends with 3 where the answer takes longer than --timeout', async () => {
    const target = await startTarget(() => undefined)
    const { send } = await requestTo(target, '/')

    const { code, stderr } = await send('--timeout', '0.3')

    expect(stderr).toMatch(/^ReadTimeout: /)
    expect(stderr).toContain('To wait longer, give --timeout more seconds.')
    expect(code).toBe(3)
  })

  test('ends with 2 for a file that is not there or cannot be understood', async () => {
    const dir = await folder()
    const broken = join(dir, 'broken.yml')
    await writeFile(broken, 'http: [unclosed')
    const send = (file: string, ...args: string[]): Promise<CliResult> => runCli(['send', file, '--data-dir', join(dir, 'data'), ...args])

    const missing = await send(join(dir, 'missing.yml'))
    const unreadable = await send(broken)
    const json = await send(broken, '--json')

    expect(missing.stderr).toContain('missing.yml')
    expect(unreadable.stderr).toContain('broken.yml')
    expect([missing.code, unreadable.code, json.code]).toEqual([2, 2, 2])
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ ok: false, request: null, error: { kind: expect.any(String) } })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('is cancelled by %s', async (signal) => {
    const asked = Promise.withResolvers<void>()
    const target = await startTarget(() => asked.resolve())
    const { file, dir } = await requestTo(target, '/')
    const child = startCli(['send', file, '--data-dir', join(dir, 'data')])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    await asked.promise

    child.kill(signal)

    expect(await exitOf(child)).toBe(3)
    expect(stderr).toMatch(/^Cancelled: /)
  })

  test.each([
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('is cancelled by %s and ended at once by %s', async (first, second) => {
    // The answer is let in, and its reader takes none of it: the process has something to wait for after it was cancelled.
    const target = await startTarget((_request, response) => {
      response.write(Buffer.alloc(4_000_000, 'a'))
    })
    const { file, dir } = await requestTo(target, '/')
    const child = startCli(['send', file, '--data-dir', join(dir, 'data')])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    await vi.waitFor(() => expect(target.seen).toHaveLength(1), 10_000)

    child.kill(first)
    await once(child.stdout, 'readable')
    child.kill(second)

    expect(await exitOf(child)).toBe(null)
    expect(child.signalCode).toBe(second)
    expect(stderr).toBe('')
  })

  test.runIf(process.platform === 'linux')('warns of a data folder that cannot be made, and sends', async () => {
    const target = await startTarget((_request, response) => response.setHeader('set-cookie', 'a=1').end(Buffer.alloc(300_000, 'a')))
    const { file } = await requestTo(target, '/')

    const { code, stdout, stderr } = await runCli(['send', file, '--data-dir', '/proc/posthaste'])

    expect([code, stdout.length]).toEqual([0, 300_000])
    expect(stderr).toMatch(/^The data folder \/proc\/posthaste cannot be written: .*\n$/)
  })

  test('ends quietly when whoever reads it has seen enough', async () => {
    const target = await startTarget((_request, response) => response.end(Buffer.alloc(8_000_000, 'a')))
    const { file, dir } = await requestTo(target, '/')
    const child = startCli(['send', file, '--data-dir', join(dir, 'data')])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))

    await once(child.stdout, 'data')
    child.stdout.destroy()

    expect(await exitOf(child)).toBe(0)
    expect(stderr).toBe('')
  })
})

describe('posthaste serve', () => {
  /** Starts a host; its first line, and the process. */
  async function started(dataDir: string) {
    const child = startCli(['serve', '--no-open', '--port', '0', '--data-dir', dataDir])
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    return { child, line }
  }

  test('leads to the host that already runs on the data folder, and takes over from one that was killed', async () => {
    const dataDir = await folder()
    const first = await started(dataDir)
    // Its note is there once the folder is.
    await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)

    const second = await runCli(['serve', '--no-open', '--port', '0', '--data-dir', dataDir])
    expect([second.code, second.stdout.toString()]).toEqual([0, `${first.line}\n`])
    expect(second.stderr).toContain('already running')
    expect((await stat(join(dataDir, 'web-host.json'))).mode & 0o077).toBe(0)

    first.child.kill('SIGKILL')
    await exitOf(first.child)
    const third = await started(dataDir)
    expect(third.line).toMatch(/^Posthaste is ready at /)
    expect(third.line).not.toBe(first.line)
    third.child.kill('SIGTERM')
    expect(await exitOf(third.child)).toBe(0)
    await expect(stat(join(dataDir, 'web-host.json'))).rejects.toThrow('ENOENT')
  })

  test.runIf(process.platform !== 'win32')(
    'refuses a data folder whose host does not answer, with its process and what to do',
    async () => {
      const dataDir = await folder()
      const first = await started(dataDir)
      await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)
      first.child.kill('SIGSTOP')

      const second = await runCli(['serve', '--no-open', '--data-dir', dataDir])

      expect([second.code, second.stdout.toString()]).toEqual([2, ''])
      expect(second.stderr).toMatch(new RegExp(`process ${first.child.pid}\\b.*--data-dir`))
    },
  )

  test('makes its data folder again where that was removed, says so, and is still the one that others are led to', async () => {
    const dataDir = await folder()
    const first = await started(dataDir)
    const said = text(first.child.stderr)
    await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)

    await rm(dataDir, { recursive: true, maxRetries: 3 })
    await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)

    const second = await runCli(['serve', '--no-open', '--port', '0', '--data-dir', dataDir])
    expect([second.code, second.stdout.toString()]).toEqual([0, `${first.line}\n`])
    expect((await stat(dataDir)).mode & 0o077).toBe(0)
    first.child.kill('SIGTERM')
    expect(await said).toContain(`The data folder ${dataDir} was removed while Posthaste is running. It was made again, and is empty.`)
  })

  test.runIf(process.platform !== 'win32')(
    'ends where its data folder was removed and is by now of another, and writes nothing there',
    async () => {
      const dataDir = await folder()
      const first = await started(dataDir)
      const said = text(first.child.stderr)
      await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)
      first.child.kill('SIGSTOP')
      await rm(dataDir, { recursive: true, maxRetries: 3 })
      const second = await started(dataDir)
      await vi.waitFor(() => stat(join(dataDir, 'web-host.json')), 10_000)

      first.child.kill('SIGCONT')

      expect(await exitOf(first.child)).toBe(1)
      expect(await said).toMatch(/was removed, and by now another Posthaste has it, at http:\/\/127\.0\.0\.1:\d+\. This one ends/)
      const third = await runCli(['serve', '--no-open', '--port', '0', '--data-dir', dataDir])
      expect(third.stdout.toString()).toBe(`${second.line}\n`)
    },
  )

  test('prints one line with its address once it answers, and ends with 0 when told to', async () => {
    const dataDir = await folder()
    const child = startCli(['serve', '--no-open', '--data-dir', dataDir])
    const lines: string[] = []
    const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    await once(reader, 'line')

    const address = /^Posthaste is ready at (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/.exec(lines[0] ?? '')?.[1]
    const answer = await fetch(address ?? '', { redirect: 'manual' })
    child.kill('SIGTERM')

    expect(answer.status).toBe(303)
    expect(await exitOf(child)).toBe(0)
    expect(lines).toHaveLength(1)
  })

  test('comes back on the port it had, also after it was killed, and on another where that is taken', async () => {
    const dataDir = await folder()
    const start = async (): Promise<{ child: ReturnType<typeof startCli>; port: number }> => {
      const child = startCli(['serve', '--no-open', '--data-dir', dataDir])
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1])
      // Kept a moment after the address is told.
      await vi.waitFor(async () => expect(await readFile(join(dataDir, 'web-port.json'), 'utf8')).toBe(`{"port":${port}}\n`), 20_000)
      return { child, port }
    }
    const ports: number[] = []
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGKILL'] as const) {
      const { child, port } = await start()
      ports.push(port)
      child.kill(signal)
      await exitOf(child)
    }
    const taken = createServer().listen(ports[0], '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())

    const other = await start()
    other.child.kill('SIGTERM')

    expect(new Set(ports).size).toBe(1)
    expect(other.port).not.toBe(ports[0])
  })

  test('says that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    const { code, stdout, stderr } = await runCli(['serve', '--no-open', '--port', String(port), '--data-dir', await folder()])

    expect([code, stdout.length]).toEqual([2, 0])
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`)
  })

  test('tells of a data folder that cannot be written in one line, that names it, the reason and what to do', async () => {
    const file = join(await folder(), 'file')
    await writeFile(file, '')
    const child = startCli(['serve', '--no-open', '--data-dir', join(file, 'data')])
    const complaints = text(child.stderr)
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const address = new URL(line.split(' ').at(-1) ?? '')
    const welcome = await fetch(address, { redirect: 'manual' })
    const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { origin, host } = address
    const window = await connectTo(`ws://${host}/ws?client=window-1`, { cookie, origin })

    const answers = []
    for (const name of ['app.info', 'drafts.load', 'workspace.read', 'settings.read']) answers.push(await window.call(name, {}))
    await window.close()
    child.kill('SIGTERM')

    const message = `The data folder ${join(file, 'data')} cannot be written: a part of the path is a file, not a folder.`
    expect(answers.map((frame) => frame.type === 'reply' && frame.result.ok)).toEqual([true, true, true, true])
    expect(answers[0]).toMatchObject({ result: { value: { problem: { message, hint: expect.stringContaining('--data-dir') } } } })
    expect((await complaints).trimEnd().split('\n')).toEqual([
      `${message} Nothing is kept in it. Mend that, or start Posthaste with --data-dir and another folder.`,
    ])
  })

  test('ends with its parent, where the parent asks for it', async () => {
    const child = startCli(['serve', '--no-open', '--data-dir', await folder()], { env: { POSTHASTE_EXIT_WITH_PARENT: '1' } })
    await once(child.stdout, 'data')

    child.stdin.end()

    expect(await exitOf(child)).toBe(0)
  })
})

describe('posthaste send and proxies', () => {
  test('takes them from the file, from the environment, and from neither where it is told so', async () => {
    const target = await startTarget((_request, response) => response.end('in'))
    const proxy = await proxyServer()
    const named = await requestTo(target, '/', `posthaste:\n  proxies: { http: "${proxy.url.replace('://', '://u:s3cret@')}" }\n`)
    const silent = await requestTo(target, '/')
    const distrustful = await requestTo(target, '/', 'posthaste: { trust_env: false }\n')
    const env = { HTTP_PROXY: proxy.url }

    const results = [
      await named.send('--json'),
      await runCli(['send', silent.file, '--json', '--data-dir', join(silent.dir, 'data')], { env }),
      await runCli(['send', distrustful.file, '--json', '--data-dir', join(distrustful.dir, 'data')], { env }),
    ].map(({ stdout }) => JSON.parse(stdout.toString()) as { connection: { proxy: { why: string } | null } }) // as docs have it

    expect(results.map(({ connection }) => connection.proxy?.why)).toEqual([
      'proxy rule http of this request',
      'HTTP_PROXY of the environment',
      undefined,
    ])
    expect(proxy.asked.length).toBe(2)
    expect(JSON.stringify(results)).not.toContain('s3cret')
  })
})
