/**
 * Command lines of wget and of HTTPie, run by the real programs and imported and sent by Posthaste: both send the same,
 * but for what `EXCEPTIONS` says. The lines are generated; a failing one is shown with its seed.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpieImporter } from '#core/import/httpie/httpie-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Importer } from '#core/import/importer.ts'
import { wgetImporter } from '#core/import/wget/wget-importer.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { startRecorder, type Recorder } from './support/recorder.ts'
import { quoted, sentOf } from './support/sent-by-commands.ts'

const run = promisify(execFile)
/** Other lines with `IMPORT_COMMANDS_SEED=…`, more of them with `IMPORT_COMMANDS_RUNS=…`. */
const SEED = Number(process.env['IMPORT_COMMANDS_SEED'] ?? 1)
const RUNS = Number(process.env['IMPORT_COMMANDS_RUNS'] ?? 60)

/**
 * What may differ, and why; beside it names of headers are compared without case, and their order is not.
 *
 * - User-Agent, Accept-Encoding, Connection: what is not typed is Posthaste's own.
 * - Content-Length: 0 of a method that has content by its meaning (RFC 9110 §8.6), where nothing is sent.
 * - The boundary of a multipart body, and with it the length.
 */
const EXCEPTIONS = new Set(['user-agent', 'accept-encoding', 'connection'])

let dir: string
let recorder: Recorder

beforeAll(async () => {
  for (const [program, name] of [
    ['wget', 'wget'],
    ['http', 'httpie'],
  ] as const) {
    await run(program, ['--version']).catch((error: unknown) => {
      throw new Error(`${program} is not installed: apt-get install -y ${name}`, { cause: error })
    })
  }
  dir = await mkdtemp(join(tmpdir(), 'posthaste-import-commands-'))
  await writeFile(join(dir, 'note.txt'), 'abc')
  await writeFile(join(dir, 'data.json'), '{"a": [1, "é"]}')
  recorder = await startRecorder(join(dir, 'wire'), () => [])
})
afterAll(async () => {
  await recorder.close()
  await rm(dir, { recursive: true })
})

type Bit = readonly string[]

/** Stands for the recorder's host and port, which are not known yet. */
const HOST = 'host.placeholder'
const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~ &+%,/?!$\'"()*é{}|<>#`^日'), maxLength: 12 })
const oneLine = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-._~ &=+%;:,/?!$\'"()*{}|<>#`^'), maxLength: 12 })
  .map((value) => value.trim())
const token = fc.string({ unit: fc.constantFrom(...'abcdefXYZ019-_'), minLength: 1, maxLength: 8 }).filter((one) => /^[a-z]/i.test(one))
const headerName = token.map((name) => `X-${name}`)
const url = fc
  .tuple(
    fc.array(fc.string({ unit: fc.constantFrom(...'abcXYZ019-_~=+,!$*'), minLength: 1, maxLength: 8 }), { maxLength: 3 }),
    fc.option(fc.array(fc.tuple(token, fc.stringMatching(/^[a-z0-9+%2]{0,4}$/)), { minLength: 1, maxLength: 2 })),
  )
  .map(
    ([path, query]) =>
      `http://${HOST}/${path.join('/')}${query === null ? '' : `?${query.map(([name, value]) => `${name}=${value.replaceAll('%', '%25')}`).join('&')}`}`,
  )
const some = <T>(bits: readonly fc.Arbitrary<T>[], max: number): fc.Arbitrary<readonly T[]> =>
  fc.array(fc.oneof(...bits), { maxLength: max })
/** Bits without a name that is in an earlier one: programs differ in which of two holds. */
const once = (bits: readonly Bit[], nameOf: (bit: Bit) => string): readonly Bit[] =>
  bits.filter((bit, at) => bits.findIndex((other) => nameOf(other) === nameOf(bit)) === at)

const wgetOptions = some<Bit>(
  [
    fc
      .tuple(
        headerName,
        oneLine.filter((value) => value !== ''),
      )
      .map(([name, value]): Bit => [`--header=${name}: ${value}`]),
    token.map((value): Bit => ['-U', value]),
    token.map((value): Bit => [`--referer=http://${value}.test/`]),
    fc.tuple(token, token).map(([user, password]): Bit => ['--auth-no-challenge', `--user=${user}`, `--password=${password}`]),
    fc.constantFrom<Bit>(['-q'], ['--no-verbose'], ['--max-redirect=0'], ['--timeout=9'], ['-t', '1'], ['--no-check-certificate']),
    fc.nat(99).map((from): Bit => [`--start-pos=${from}`]),
  ],
  3,
).map((bits) =>
  once(bits, ([first = '']) =>
    first.replace(/[:=].*/s, (rest) => (first.startsWith('--header') ? (rest.split(':', 1)[0] ?? '').toLowerCase() : '')),
  ),
)
const wgetBody = fc.oneof<fc.Arbitrary<Bit>[]>(
  fc.constant<Bit>([]),
  text.filter((value) => value !== '').map((value): Bit => [`--post-data=${value}`]),
  text.filter((value) => value !== '').map((value): Bit => ['--method=PATCH', `--body-data=${value}`]),
  fc.constantFrom<Bit>(['--post-file=note.txt'], ['--method=PUT', '--body-file=data.json'], ['--method', 'delete'], ['--spider']),
  fc.json({ maxDepth: 1 }).map((value): Bit => ['--header=Content-Type: application/json', `--post-data=${value}`]),
)
const wgetCommand = fc.tuple(wgetOptions, wgetBody, url).map(([options, body, address]) => [...options.flat(), ...body, address])

const escaped = (value: string): string => value.replaceAll('\\', '\\\\')
const httpieCommon = some<Bit>(
  [
    fc
      .tuple(
        headerName,
        oneLine.filter((value) => /^[^=]/.test(value)),
      )
      .map(([name, value]): Bit => [`${name}:${escaped(value)}`]),
    headerName.map((name): Bit => [`${name};`]),
    fc.tuple(token, text).map(([name, value]): Bit => [`${name}==${escaped(value)}`]),
  ],
  3,
).map((bits) => once(bits, ([first = '']) => first.split(/[:;]/, 1)[0]?.toLowerCase() ?? ''))
const field = fc.tuple(token, text).map(([name, value]) => `${name}=${escaped(value)}`)
const jsonField = fc.oneof(
  field,
  fc.tuple(token, fc.json({ maxDepth: 1 })).map(([name, value]) => `${name}:=${value}`),
  fc.tuple(token, token, token).map(([name, key, value]) => `${name}[${key}]=${value}`),
  fc.tuple(token, token).map(([name, value]) => `${name}[]=${value}`),
)
const uniqueFields = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Bit> =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3, selector: (one) => one.split(/[=:[]/, 1)[0] ?? '' })
const httpieBody = fc.oneof<fc.Arbitrary<readonly [flags: Bit, items: Bit]>[]>(
  fc.constant<readonly [Bit, Bit]>([[], []]),
  uniqueFields(jsonField).map((items) => [[], items] as const),
  fc.array(field, { minLength: 1, maxLength: 3 }).map((items) => [['--form'], items] as const),
  fc.array(field, { minLength: 1, maxLength: 3 }).map((items) => [['--multipart'], items] as const),
  fc.tuple(field, token).map(([item, name]) => [['-f'], [item, `${name}@note.txt`]] as const),
  token.map((name) => [['-f'], [`${name}@data.json;type=text/x-a`]] as const),
  text.filter((value) => value !== '').map((value) => [[`--raw=${value}`], []] as const),
  fc.constant<readonly [Bit, Bit]>([['--json'], []]),
)
const httpieCommand = fc
  .record({
    options: some<Bit>(
      [
        fc
          .tuple(
            token,
            oneLine.filter((value) => /^[ -~]*$/.test(value)),
          )
          .map(([user, password]): Bit => ['-a', `${user}:${password}`]),
        token.map((value): Bit => ['-A', 'bearer', '-a', value]),
        fc.constantFrom<Bit>(['--follow'], ['--timeout=9'], ['-v'], ['--pretty=none'], ['--verify=no']),
      ],
      2,
    ).map((bits) => once(bits, (bit) => (bit.includes('-a') ? '-a' : (bit[0] ?? '')))),
    method: fc.constantFrom<Bit>([], [], ['PUT'], ['patch'], ['DELETE'], ['POST']),
    url,
    common: httpieCommon,
    body: httpieBody,
  })
  .map(({ options, method, url: address, common, body: [flags, items] }) => [
    ...options.flat(),
    ...flags,
    ...method,
    address,
    ...common.flat(),
    ...items,
  ])

interface Program {
  readonly name: string
  readonly importer: Importer
  /** A function of that name, which adds what a test needs. */
  readonly wrapper: string
  readonly commands: fc.Arbitrary<readonly string[]>
  readonly runs: number
  readonly typed: (words: readonly string[]) => Set<string>
}

const PROGRAMS: readonly Program[] = [
  {
    name: 'wget',
    importer: wgetImporter,
    wrapper: 'wget() { command wget --no-config -q -O /dev/null --tries=1 "$@"; }',
    commands: wgetCommand,
    runs: RUNS * 3,
    typed: (words) =>
      new Set([
        ...words.flatMap((word) => (word.startsWith('--header=') ? [word.slice(9).split(':', 1)[0]?.toLowerCase() ?? ''] : [])),
        ...(words.includes('-U') ? ['user-agent'] : []),
      ]),
  },
  {
    name: 'http',
    importer: httpieImporter,
    wrapper: 'http() { command http --ignore-stdin "$@"; }',
    commands: httpieCommand,
    // It takes a second to begin.
    runs: RUNS / 2,
    typed: (words) => new Set(words.flatMap((word) => (/^X-/.test(word) ? [word.split(/[:;]/, 1)[0]?.toLowerCase() ?? ''] : []))),
  },
]

async function bothSend(program: Program, kit: CoreKit, words: readonly string[], ways: readonly number[]): Promise<void> {
  const placed = words.map((word) => word.replaceAll(HOST, `127.0.0.1:${recorder.port}`))
  const line = `${program.name} ${placed.map((word, index) => quoted(word, ways[index % ways.length] ?? 3)).join(' \\\n  ')}`
  recorder.clear()
  recorder.begin(1)
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', HOME: dir }
  await run('bash', ['-c', `${program.wrapper}\n${line}`], { cwd: dir, env }).catch((error: unknown) => {
    throw new Error(`It does not run: ${line}`, { cause: error })
  })
  recorder.begin(2)
  const [item] = program.importer.read([sourceFile('', line)], { progress: () => undefined, id: () => 'id' }).items
  if (item?.kind !== 'request') throw new Error(`Nothing came of ${line}`)
  const exchange = await kit.send(inDir(item.document))

  expect(exchange.error, line).toBeNull()
  const typed = program.typed(words)
  expect(recorder.recorded(1).length, line).toBeGreaterThan(0)
  expect(
    recorder.recorded(2).map((request) => sentOf(request, EXCEPTIONS, typed)),
    line,
  ).toEqual(recorder.recorded(1).map((request) => sentOf(request, EXCEPTIONS, typed)))
}

/** With files found where the program was run. */
function inDir(document: RequestDocument): RequestDocument {
  const { body } = document
  if (body.kind === 'file') return { ...document, body: { ...body, path: join(dir, body.path) } }
  if (body.kind !== 'multipart') return document
  const parts = body.parts.map((part) => (part.kind === 'file' ? { ...part, files: part.files.map((path) => join(dir, path)) } : part))
  return { ...document, body: { ...body, parts } }
}

test.each(PROGRAMS)(`what an imported command of $name sends is what it sends (IMPORT_COMMANDS_SEED=${SEED})`, async (program) => {
  const kit = await coreKit()
  const ways = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 })

  await fc.assert(
    fc.asyncProperty(program.commands, ways, (words, given) => bothSend(program, kit, words, given)),
    { numRuns: program.runs, seed: SEED },
  )
})
