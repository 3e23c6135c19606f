/**
 * Command lines of curl, run by the real curl and imported and sent by Posthaste: both send the same, but for what the
 * table `EXCEPTIONS` says. The lines are generated; a failing one is shown with its seed.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { curlImporter } from '#core/import/curl/curl-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { startRecorder, type Recorder } from './support/recorder.ts'
import { quoted, sentOf } from './support/sent-by-commands.ts'

const run = promisify(execFile)
/** Other lines with `IMPORT_CURL_SEED=…`, more of them with `IMPORT_CURL_RUNS=…`. */
const SEED = Number(process.env['IMPORT_CURL_SEED'] ?? 1)
const RUNS = Number(process.env['IMPORT_CURL_RUNS'] ?? 150)

/**
 * What may differ, and why. Names of headers are compared without case, and their order is not: both say nothing in HTTP.
 *
 * - User-Agent, Accept-Encoding, Connection: what is not typed is Posthaste's own.
 * - Content-Length: 0 of a method that has content by its meaning (RFC 9110 §8.6), where nothing is sent.
 * - Cookie: pairs are parted by `; `, as RFC 6265 says; curl joins the texts of several -b with `;`.
 * - Content-Range, which curl makes of -r beside a body: it is a note.
 * - Expect: Posthaste does not wait for 100 Continue.
 * - The boundary of a multipart body, and with it the length.
 * - Characters of the URL that RFC 3986 does not have are percent-encoded, and the digits of escapes may be in either case.
 */
const EXCEPTIONS = new Set(['user-agent', 'accept-encoding', 'connection', 'expect', 'content-range'])

let dir: string
let recorder: Recorder

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-import-curl-'))
  await writeFile(join(dir, 'note.txt'), 'abc')
  await writeFile(join(dir, 'data.json'), '{"a":[1]}')
  await writeFile(join(dir, 'photo.png'), 'no photo')
  recorder = await startRecorder(join(dir, 'wire'), () => [])
})
afterAll(async () => {
  await recorder.close()
  await rm(dir, { recursive: true })
})

type Bit = readonly string[]

const plain = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~ &=+%;:,/?@!$\'"()*é\\{}[]|<>#`^\n\t日'), maxLength: 14 })
const oneLine = plain.map((text) => text.replace(/[\n\t]/g, ' '))
const token = fc.string({ unit: fc.constantFrom(...'abcdefXYZ019-_'), minLength: 1, maxLength: 8 })
const urlText = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~&=+;:,/@!$*%20'), maxLength: 12 })
const headerName = token.map((name) => `X-${name}`)
const file = fc.constantFrom('note.txt', 'data.json', 'photo.png')
const flag = (...choices: readonly string[]): fc.Arbitrary<Bit> => fc.constantFrom(...choices).map((one) => [one])

const common: readonly fc.Arbitrary<Bit>[] = [
  fc.tuple(headerName, oneLine).map(([name, value]): Bit => ['-H', `${name}: ${value}`]),
  headerName.map((name): Bit => ['-H', `${name};`]),
  fc.constantFrom('Accept', 'X-None').map((name): Bit => ['-H', `${name}:`]),
  fc.tuple(token, token).map(([name, value]): Bit => ['-b', `${name}=${value}`]),
  fc.tuple(token, token, token).map(([one, two, value]): Bit => ['--cookie', `${one}=${value}; ${two}=`]),
  fc
    .tuple(
      token,
      oneLine.filter((text) => !/[^\x20-\x7e]/.test(text)),
    )
    .map(([user, password]): Bit => ['-u', `${user}:${password}`]),
  token.map((value): Bit => ['--oauth2-bearer', value]),
  token.map((value): Bit => ['-A', value]),
  fc.constant<Bit>(['-A', '']),
  token.map((value): Bit => ['-e', `http://${value}.test/`]),
  fc.nat(99).map((from): Bit => ['-r', `${from}-`]),
  fc.tuple(token, oneLine).map(([name, value]): Bit => ['--url-query', `${name}=${value}`]),
  flag('--compressed', '-s', '-S', '-f', '--http1.1', '-v', '--no-buffer', '-sS', '--path-as-is'),
]
const data: readonly fc.Arbitrary<Bit>[] = [
  plain.filter((text) => !text.startsWith('@')).map((text): Bit => ['-d', text]),
  plain.map((text): Bit => ['--data-raw', text]),
  fc.tuple(token, token).map(([name, value]): Bit => ['--data', `${name}=${value}`]),
  plain.filter((text) => !text.startsWith('@')).map((text): Bit => [`--data-binary`, text]),
  fc.tuple(token, plain).map(([name, value]): Bit => ['--data-urlencode', `${name}=${value}`]),
  plain.map((text): Bit => ['--data-urlencode', `=${text}`]),
]
const form: readonly fc.Arbitrary<Bit>[] = [
  fc.tuple(token, plain).map(([name, value]): Bit => ['--form-string', `${name}=${value}`]),
  fc
    .tuple(
      token,
      plain.filter((text) => !/^[@<(]|["]/.test(text)),
    )
    .map(([name, value]): Bit => ['-F', `${name}=${value}`]),
  fc.tuple(token, file).map(([name, path]): Bit => ['-F', `${name}=@${path}`]),
  fc.tuple(token, file, token).map(([name, path, sent]): Bit => ['-F', `${name}=@${path};filename=${sent}.txt;type=text/x-${sent}`]),
  fc.tuple(token, token, token).map(([name, value, type]): Bit => ['-F', `${name}="${value};x";type=text/${type}; charset=utf-8`]),
  fc.tuple(token, token).map(([name, value]): Bit => ['-F', `${name}=${value};headers="X-Part: ${value}"`]),
]
const json = fc.json({ maxDepth: 2 }).map((text): Bit => ['--json', text])
const typedJson = fc.json({ maxDepth: 2 }).map((text): Bit => ['-H', 'Content-Type: application/json', '-d', text.replace(/^@/, ' @')])

const method = fc.constantFrom<Bit>([], [], ['-X', 'PUT'], ['-XPATCH'], ['--request', 'DELETE'], ['-X', 'GET'])
const url = fc
  .tuple(fc.array(urlText, { maxLength: 3 }), fc.option(urlText))
  .map(([path, query]) => `http://h.test/${path.join('/').replace(/^\/+/, '')}${query === null ? '' : `?${query}`}`)
/** Empty texts among others are left out: curl 7 puts an `&` behind one, curl 8 does not. */
const solid = (bits: readonly Bit[]): readonly Bit[] => bits.filter(([, text]) => text !== '' && text !== '=')
const several = (bits: readonly fc.Arbitrary<Bit>[], max: number): fc.Arbitrary<readonly Bit[]> =>
  fc.array(fc.oneof(...bits), { minLength: 1, maxLength: max })
const body = fc.oneof<fc.Arbitrary<readonly Bit[]>[]>(
  fc.constant([]),
  several(data, 3).map((bits) => (bits.length === 1 ? bits : solid(bits))),
  several(data, 2).map((bits) => [['-G'], ...solid(bits)]),
  several(form, 3),
  json.map((bit) => [bit]),
  typedJson.map((bit) => [bit]),
  file.map((path): Bit[] => [['--data-binary', `@${path}`]]),
  file.map((path): Bit[] => [['-T', path]]),
  fc.constant([['-I']]),
)
const command = fc
  .record({ url, method, options: fc.array(fc.oneof(...common), { maxLength: 4 }), body })
  .map(({ url: address, method: verb, options, body: content }) => [...verb, ...options.flat(), ...content.flat(), address])

function typedNames(words: readonly string[]): Set<string> {
  const headers = words.flatMap((word, index) => (words[index - 1] === '-H' ? [word.split(/[:;]/, 1)[0]?.toLowerCase() ?? ''] : []))
  return new Set([...headers, ...(words.some((word, index) => word !== '' && words[index - 1] === '-A') ? ['user-agent'] : [])])
}

const URL_MALFORMED = 3

/** Runs a line, unless its URL is none to curl. */
async function takenByCurl(script: string): Promise<boolean> {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', HOME: dir }
  try {
    await run('bash', ['-c', script], { cwd: dir, env })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === URL_MALFORMED) return false
    throw error
  }
}

async function bothSend(kit: CoreKit, words: readonly string[], ways: readonly number[]): Promise<void> {
  const line = `curl ${words.map((word, index) => quoted(word, ways[index % ways.length] ?? 3)).join(' \\\n  ')}`
  recorder.clear()
  recorder.begin(1)
  const isTaken = await takenByCurl(
    `curl() { command curl -sS --globoff --max-time 10 --connect-to ::127.0.0.1:${recorder.port} "$@"; }\n${line}`,
  )
  // Lines that curl refuses have nothing to be compared with.
  fc.pre(isTaken)
  recorder.begin(2)
  const [item] = curlImporter.read([sourceFile('', line)], { progress: () => undefined, id: () => 'id' }).items
  if (item?.kind !== 'request') throw new Error(`Nothing came of ${line}`)
  const exchange = await kit.send(atSocket(item.document))

  expect(exchange.error, line).toBeNull()
  const typed = typedNames(words)
  expect(recorder.recorded(1).length, line).toBeGreaterThan(0)
  expect(
    recorder.recorded(2).map((request) => sentOf(request, EXCEPTIONS, typed)),
    line,
  ).toEqual(recorder.recorded(1).map((request) => sentOf(request, EXCEPTIONS, typed)))
}

/** Sent to the recorder, with files found where curl was run. */
function atSocket(document: RequestDocument): RequestDocument {
  const inDir = (path: string): string => join(dir, path)
  const { body: content } = document
  const found: RequestDocument['body'] =
    content.kind === 'file'
      ? { ...content, path: inDir(content.path) }
      : content.kind === 'multipart'
        ? { ...content, parts: content.parts.map((part) => (part.kind === 'file' ? { ...part, files: part.files.map(inDir) } : part)) }
        : content
  return { ...document, body: found, options: { ...document.options, unixSocket: recorder.path } }
}

test(`what an imported command sends is what curl sends (IMPORT_CURL_SEED=${SEED})`, async () => {
  const kit = await coreKit()
  const ways = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 })

  await fc.assert(
    fc.asyncProperty(command, ways, (words, given) => bothSend(kit, words, given)),
    { numRuns: RUNS, seed: SEED },
  )
})
