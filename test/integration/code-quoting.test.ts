/**
 * Values that try to be more than values: what a request holds may come from anywhere, and its code is pasted and run. For
 * each language whose tools are here, hostile texts come back as they are, and nothing in them is done.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import type { Part, RequestDocument } from '#contract/model/request.ts'
import { generatorOf } from '#core/codegen/languages.ts'
import { codeOf } from '../support/code-kit.ts'

const run = promisify(execFile)

interface Runner {
  readonly language: CodeLanguageId
  readonly file: string
  readonly command: readonly [string, ...string[]]
  /** Tells whether it is on this machine. */
  readonly needs: readonly [string, ...string[]]
  /** Whether forms with parts are made by the client, not written out. */
  readonly forms?: boolean
  /** A command line ends at a NUL. */
  readonly isCommand?: boolean
}

const NODE = [process.execPath, '--version'] as const
const RUNNERS: readonly Runner[] = [
  { language: 'curl', file: 'code.sh', command: ['bash'], needs: ['curl', '--version'], forms: true, isCommand: true },
  { language: 'curl', file: 'code.sh', command: ['dash'], needs: ['dash', '-c', 'curl --version'], forms: true, isCommand: true },
  { language: 'wget', file: 'code.sh', command: ['dash'], needs: ['dash', '-c', 'wget --version'], isCommand: true },
  { language: 'httpie', file: 'code.sh', command: ['bash'], needs: ['http', '--version'], forms: true, isCommand: true },
  { language: 'fetch', file: 'code.mjs', command: [process.execPath], needs: NODE, forms: true },
  { language: 'undici', file: 'code.mjs', command: [process.execPath], needs: NODE, forms: true },
  { language: 'node-http', file: 'code.mjs', command: [process.execPath], needs: NODE, forms: true },
  { language: 'python', file: 'code.py', command: ['/usr/bin/python3'], needs: ['/usr/bin/python3', '-c', 'import requests'], forms: true },
  { language: 'http-client', file: 'code.py', command: ['/usr/bin/python3'], needs: ['/usr/bin/python3', '--version'] },
  { language: 'go', file: 'main.go', command: ['go', 'run'], needs: ['go', 'version'] },
  { language: 'java', file: 'Main.java', command: ['java'], needs: ['javac', '-version'] },
  { language: 'php', file: 'code.php', command: ['php'], needs: ['php', '-r', 'curl_init();'] },
  { language: 'ruby', file: 'code.rb', command: ['ruby'], needs: ['ruby', '--version'], forms: true },
]

const installed = await Promise.all(
  RUNNERS.map(async (runner) => {
    const [program, ...args] = runner.needs
    return run(program, args).then(
      () => [runner],
      () => [],
    )
  }),
)

/** Ends of literals with something to do behind them, and what languages look for in texts. */
const SNIPPETS = [
  '$(touch ran)',
  '`touch ran`',
  "'; touch ran; '",
  '"; touch ran; "',
  "' + require('fs').writeFileSync('ran', '') + '",
  "${require('node:fs').writeFileSync('ran', '')}",
  "#{File.write('ran', '')}",
  "{__import__('os').system('touch ran')}",
  "' . touch('ran') . '",
  '" + os.Create("ran") + "',
  '\\(x)',
  "'''",
  '"""',
  "'",
  '"',
  '`',
  '\\',
  '\\\\',
  "\\'",
  '\\"',
  '\\u0022',
  '\\u000a',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\n\t',
  '\u0000',
  '\u0003',
  '\u001b[201~',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u202e',
  '${HOME}',
  '$HOME',
  '%PATH%',
  '%%',
  '!!',
  '!curl',
  '?>',
  '<?php',
  '*/',
  '//',
  '#',
  '@secret.txt',
  '<secret.txt',
  '-o ran',
  '--output=ran',
  'é😀',
  ' ',
  'a',
] as const

const hostile = fc.array(fc.constantFrom(...SNIPPETS), { minLength: 1, maxLength: 12 }).map((words) => words.join(''))
/** Always the same ones: a failure is one again. */
const TEXTS = [...SNIPPETS, ...fc.sample(hostile, { seed: 41, numRuns: 60 })]

const KEPT = ['node_modules', 'secret.txt', 'sent.txt']

let server: Server
let folder = ''
let url = ''
const received: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-quoting-'))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'secret.txt'), 'a file of nobody’s business')
  await writeFile(join(folder, 'sent.txt'), 'a file that is sent')
  server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push({ headers: request.headers, body })
      response.end('ok')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** What arrives when the code of a request is run; undefined: nothing does. */
async function sent({ language, file, command: [program, ...args] }: Runner, document: Partial<RequestDocument>) {
  const code = await codeOf(await generatorOf(language), { method: 'POST', url, ...document }, { root: folder })
  await writeFile(join(folder, file), code.text)
  received.length = 0
  await run(program, [...args, file], { cwd: folder, timeout: 60_000 })
  return received[0]
}

async function expectNothingDone(file: string): Promise<void> {
  const found = await readdir(folder)
  for (const name of found) if (!KEPT.includes(name)) await rm(join(folder, name))
  expect(found.toSorted()).toEqual([file, ...KEPT].toSorted())
}

const part = (name: string, value: string, contentType = ''): Part => ({
  kind: 'text',
  name,
  value,
  enabled: true,
  contentType,
  headers: [],
})

describe.each(installed.flat())('$language by $command', (runner) => {
  const sayable = (text: string): string => (runner.isCommand === true ? text.replaceAll('\0', '') : text)

  test('sends a hostile body as it is', async () => {
    const text = sayable(TEXTS.join('|'))

    const got = await sent(runner, { body: { kind: 'text', text: `-${text}` } })

    expect(got?.body.toString('utf8')).toBe(`-${text}`)
    await expectNothingDone(runner.file)
  })

  test('sends hostile headers as they are', async () => {
    const values = [...SNIPPETS, ...TEXTS]
      .map((text) => text.replace(/[^\x21-\x7e]/g, ''))
      .filter((text) => text !== '' && (runner.language !== 'httpie' || !/\\[:;=@]/.test(text)))
    const headers = values.map((value, index) => ({ name: `x-${index}`, value, enabled: true }))

    const got = await sent(runner, { headers })

    expect(values.map((_, index) => got?.headers[`x-${index}`])).toEqual(values)
    await expectNothingDone(runner.file)
  })
})

describe.each(installed.flat().filter(({ forms }) => forms === true))('a form by $language by $command', (runner) => {
  test('sends hostile values, and no file that it does not name', async () => {
    const values = [
      '@secret.txt',
      '=@secret.txt',
      '<secret.txt',
      '"; touch ran; "',
      "'; touch ran; '",
      '$(touch ran)',
      'a;type=text/x',
      '"a\\"',
    ]
    const parts = values.map((value, index) => part(`n${index}`, value))
    const file: Part = {
      kind: 'file',
      name: 'up',
      files: [join(folder, 'sent.txt')],
      filename: '',
      enabled: true,
      contentType: '',
      headers: [],
    }

    const got = await sent(runner, { body: { kind: 'multipart', parts: [...parts, file] } })

    const form = await new Response(new Uint8Array(got?.body ?? []), {
      headers: { 'content-type': got?.headers['content-type'] ?? '' },
    }).formData()
    expect(values.map((_, index) => form.get(`n${index}`))).toEqual(values)
    expect(got?.body.toString()).toContain('a file that is sent')
    expect(got?.body.toString()).not.toContain('nobody')
    await expectNothingDone(runner.file)
  })

  test('names and types of parts name no file, and no option', async () => {
    const names = ['a=@secret.txt;b', '--output=ran', '-o', 'a\\', "'; touch ran; '", '`touch ran`', '${x}', 'a;type=x']
    const types = ['text/plain,secret.txt', 'text/plain;headers=@secret.txt', 'text/plain; charset=utf-8']
    const parts = [...names.map((name) => part(name, 'b=@secret.txt')), ...types.map((type, index) => part(`t${index}`, 'x', type))]

    const got = await sent(runner, { body: { kind: 'multipart', parts } })

    expect(got?.body.toString()).toContain('b=@secret.txt')
    expect(got?.body.toString()).not.toContain('nobody')
    await expectNothingDone(runner.file)
  })
})
