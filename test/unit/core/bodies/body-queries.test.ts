import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ParsedInput } from '#contract/commands.ts'
import type { MatchFilter } from '#contract/model/body-query.ts'
import { createBodyQueries, type BodyQueries } from '#core/bodies/body-queries.ts'
import { createBodyStore, type BodyStore } from '#core/bodies/body-store.ts'
import { createQueryWorker } from '#core/bodies/query-worker-client.ts'

const PLAIN: MatchFilter = { as: 'text', trim: false, minLength: 0, unique: false, prefix: '', suffix: '' }
const QUICK = { timeMs: 20_000, graceMs: 50, idleMs: 60_000, memoryMb: 512 }

let dir: string
let store: BodyStore
let queries: BodyQueries

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-query-'))
  store = createBodyStore({ dir: join(dir, 'bodies'), now: () => 0 })
  queries = createBodyQueries({ store, dir: join(dir, 'views'), worker: createQueryWorker(QUICK) })
})

afterEach(async () => {
  await queries.closeAll()
  await store.flush()
  await rm(dir, { recursive: true, force: true })
})

async function inputFor(
  text: string | Uint8Array,
  expression: string,
  more: Partial<ParsedInput<'body.query'>> = {},
): Promise<ParsedInput<'body.query'>> {
  const { id } = await store.put(Buffer.from(text))
  return { id, contentType: 'application/json', encoding: null, kind: 'jsonpath', expression, filter: PLAIN, ...more }
}

async function ask(text: string | Uint8Array, expression: string, more: Partial<ParsedInput<'body.query'>> = {}) {
  return queries.query(await inputFor(text, expression, more))
}

async function exported(
  text: string,
  expression: string,
  format: 'text' | 'json' | 'csv',
  more: Partial<ParsedInput<'body.query'>> = {},
): Promise<string> {
  const answer = await ask(text, expression, more)
  if (answer.kind !== 'matches') throw new Error(answer.message)
  const { id, bytes } = await queries.export({ queryId: answer.queryId, format })
  return (await store.read(id, 0, bytes)).toString('utf8')
}

const ITEMS = '{"items":[{"id":1,"name":"a, \\"b\\""},{"id":12345678901234567890,"tag":null},{"id":3,"name":" c "}]}'

describe('queries over bodies that are too large to be held', () => {
  beforeEach(() => {
    const largest = { read: 10, json: 10, markup: 10 }
    queries = createBodyQueries({ store, dir: join(dir, 'views'), worker: createQueryWorker(QUICK), largest })
  })

  test('answer with matches, windows of them and exports as all others do', async () => {
    const answer = await ask(ITEMS, '$.items[?@.id > 1]')

    if (answer.kind !== 'matches') throw new Error(answer.message)
    expect(answer).toMatchObject({ total: 2, listed: 2, note: null })
    expect(answer.first[0]).toEqual({ path: '$.items[1]', type: 'object', text: '{"id":12345678901234567890,"tag":null}', length: 38 })
    const { matches } = await queries.matches({ queryId: answer.queryId, from: 1, count: 5, length: 400, bare: false })
    expect(matches.map(({ path }) => path)).toEqual(['$.items[2]'])
    expect(await exported(ITEMS, '$.items[*].id', 'json')).toBe('[\n  1,\n  12345678901234567890,\n  3\n]\n')
    expect(await exported(ITEMS, '$.items[:2]', 'csv')).toBe('id,name,tag\r\n1,"a, ""b""",\r\n12345678901234567890,,\r\n')
  })

  test('decode what is not UTF-8, also where it is broken', async () => {
    const wide = await ask(Buffer.from('\ufeff{"é":["naïve", 1]}', 'utf16le'), '$..[0]', {
      contentType: 'application/json; charset=utf-16',
    })
    const broken = await ask(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('","b":"find me"}')]), '$.b')

    expect(wide).toMatchObject({ kind: 'matches', first: [{ path: '$.é[0]', text: 'naïve' }] })
    expect(broken).toMatchObject({ kind: 'matches', first: [{ path: '$.b', text: 'find me' }] })
  })

  test('refuse XML, and what cannot be answered while the body goes by, in words', async () => {
    expect(await ask('<a>12345678901</a>', '//a', { kind: 'xpath', contentType: 'text/xml' })).toMatchObject({
      kind: 'problem',
      of: 'limit',
    })
    expect(await ask(ITEMS, '$.items[-1]')).toMatchObject({ kind: 'problem', of: 'limit', position: 8 })
  })

  test('can be cancelled', async () => {
    const stop = new AbortController()
    const asked = queries.query(await inputFor(`[${'[[1]],'.repeat(2_000_000)}1]`, '$..*'), stop.signal)
    stop.abort()
    await expect(asked).rejects.toMatchObject({ kind: 'Cancelled' })
  })
})

describe('queries over bodies that are better not held', () => {
  beforeEach(() => {
    const largest = { read: 10, json: 1000, markup: 10 }
    queries = createBodyQueries({ store, dir: join(dir, 'views'), worker: createQueryWorker(QUICK), largest })
  })

  test.each([
    ['$..id', ['1', '12345678901234567890', '3']],
    ['$.items[-1].id', ['3']],
    ['$.items[?@.id == 3].name', [' c ']],
  ])('answer what can only be answered by one that is, too: %s', async (expression, texts) => {
    const answer = await ask(ITEMS, expression)

    expect(answer.kind === 'matches' && answer.first.map(({ text }) => text)).toEqual(texts)
    expect((await exported(ITEMS, expression, 'text')).split('\n')).toEqual([...texts, ''])
  })

  test('say what is wrong with an expression, or with a body', async () => {
    expect(await ask(ITEMS, '$..[')).toMatchObject({ kind: 'problem', of: 'expression' })
    expect(await ask('[1, 2, oops]', '$.a')).toMatchObject({ kind: 'problem', of: 'body' })
  })
})

describe('queries over stored bodies', () => {
  test('answer with the count and the first matches, and with any window of the others', async () => {
    const list = JSON.stringify(Array.from({ length: 5000 }, (_, index) => ({ id: index })))

    const answer = await ask(list, '$[*].id')

    expect(answer).toMatchObject({ kind: 'matches', total: 5000, listed: 5000, note: null })
    if (answer.kind !== 'matches') return
    expect(answer.first[0]).toEqual({ path: '$[0].id', type: 'number', text: '0', length: 1 })
    const { matches } = await queries.matches({ queryId: answer.queryId, from: 4998, count: 10, length: 400, bare: false })
    expect(matches.map((match) => match.path)).toEqual(['$[4998].id', '$[4999].id'])
  })

  test('cut long texts to what was asked for, and say how long they are', async () => {
    const answer = await ask(JSON.stringify(['x'.repeat(1000)]), '$[0]')

    if (answer.kind !== 'matches') throw new Error(answer.message)
    expect(answer.first[0]?.text.length).toBe(400)
    expect(answer.first[0]?.length).toBe(1000)
    const { matches } = await queries.matches({ queryId: answer.queryId, from: 0, count: 1, length: 5000, bare: false })
    expect(matches[0]?.text.length).toBe(1000)
  })

  test('decode the body as it is encoded', async () => {
    expect(await ask(Buffer.from('{"a":"é"}', 'latin1'), '$.a', { encoding: 'iso-8859-1' })).toMatchObject({ first: [{ text: 'é' }] })
    expect(await ask(Buffer.from('\ufeff{"a":"é"}', 'utf16le'), '$.a')).toMatchObject({ first: [{ text: 'é' }] })
  })

  test('read markup for XPath and CSS selectors by its type', async () => {
    const html = { contentType: 'text/html' }

    expect(await ask('<p class=x>A<p>B', 'p', { ...html, kind: 'css' })).toMatchObject({ total: 2, first: [{ text: 'A' }, { text: 'B' }] })
    expect(await ask('<p class=x>A<p>B', '//p/@class', { ...html, kind: 'xpath' })).toMatchObject({
      first: [{ path: '/html/body/p[1]/@class', text: 'x' }],
    })
    expect(await ask('<a><b>1</b></a>', '//b', { contentType: 'application/xml', kind: 'xpath' })).toMatchObject({
      first: [{ path: '/a/b' }],
    })
  })

  test('answer what cannot be understood with a problem', async () => {
    expect(await ask('{}', '$[')).toMatchObject({ kind: 'problem', of: 'expression', position: 2 })
    expect(await ask('<p>', '$')).toMatchObject({ kind: 'problem', of: 'body' })
  })

  test('say at once that a body is too large', async () => {
    const answer = await ask(Buffer.alloc(17 * 1024 * 1024, 32), 'p', { kind: 'css', contentType: 'text/html' })

    expect(answer).toEqual({
      kind: 'problem',
      of: 'limit',
      message: 'XML and HTML are queried up to 16 MiB; this body has 17 MiB.',
      position: null,
    })
  })

  test('fail with NotFound where the body or the query is gone', async () => {
    const input = { ...(await inputFor('{}', '$')), id: 'f'.repeat(64) as ParsedInput<'body.query'>['id'] }
    await expect(queries.query(input)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(queries.matches({ queryId: 'gone', from: 0, count: 1, length: 1, bare: false })).rejects.toMatchObject({
      kind: 'NotFound',
    })
    const answer = await ask('[1]', '$[0]')
    if (answer.kind !== 'matches') throw new Error(answer.message)
    queries.close(answer.queryId)
    await expect(queries.matches({ queryId: answer.queryId, from: 0, count: 1, length: 1, bare: false })).rejects.toMatchObject({
      kind: 'NotFound',
    })
  })
})

describe('the post-filter', () => {
  const words = JSON.stringify([' a ', 'a', 'bcd', 'bcd', ''])

  test.each<[string, Partial<MatchFilter>, readonly string[]]>([
    ['trims', { trim: true }, ['a', 'a', 'bcd', 'bcd', '']],
    ['leaves out what is shorter', { minLength: 2 }, [' a ', 'bcd', 'bcd']],
    ['leaves out what is equal, after trimming', { trim: true, unique: true }, ['a', 'bcd', '']],
    ['wraps', { minLength: 3, prefix: '<', suffix: '>' }, ['< a >', '<bcd>', '<bcd>']],
    ['shows sources', { as: 'source', minLength: 5 }, ['" a "', '"bcd"', '"bcd"']],
  ])('%s', async (_, filter, expected) => {
    const answer = await ask(words, '$[*]', { filter: { ...PLAIN, ...filter } })

    expect(answer).toMatchObject({ total: 5, listed: expected.length })
    expect(answer.kind === 'matches' && answer.first.map((match) => match.text)).toEqual(expected)
  })
})

test('a match can be had without what the filter did to it', async () => {
  const answer = await ask('[" a "]', '$[0]', { filter: { ...PLAIN, trim: true, prefix: '<' } })

  if (answer.kind !== 'matches') throw new Error(answer.message)
  expect(answer.first[0]?.text).toBe('<a')
  const { matches } = await queries.matches({ queryId: answer.queryId, from: 0, count: 1, length: 400, bare: true })
  expect(matches[0]?.text).toBe(' a ')
})

describe('an export', () => {
  test('is text with a match on each line', async () => {
    expect(await exported(ITEMS, '$.items[*].id', 'text')).toBe('1\n12345678901234567890\n3\n')
  })

  test('is a JSON list of values as they were written', async () => {
    expect(await exported(ITEMS, '$.items[1:]', 'json')).toBe('[\n  {"id":12345678901234567890,"tag":null},\n  {"id":3,"name":" c "}\n]\n')
    expect(await exported(ITEMS, '$.items[*].name', 'json', { filter: { ...PLAIN, trim: true, prefix: '-' } })).toBe(
      '[\n  "-a, \\"b\\"",\n  "-c"\n]\n',
    )
    expect(await exported(ITEMS, '$.nope', 'json')).toBe('[]\n')
    expect(await exported('<p>a<p>b', 'p', 'json', { kind: 'css', contentType: 'text/html' })).toBe('[\n  "a",\n  "b"\n]\n')
  })

  test('is CSV with a column for each name, or with paths', async () => {
    expect(await exported(ITEMS, '$.items[*]', 'csv')).toBe('id,name,tag\r\n1,"a, ""b""",\r\n12345678901234567890,,\r\n3, c ,\r\n')
    expect(await exported(ITEMS, '$.items[*].name', 'csv')).toBe('path,value\r\n$.items[0].name,"a, ""b"""\r\n$.items[2].name, c \r\n')
  })
})

describe('the worker', () => {
  /** Takes longer than anybody waits, in one step that cannot be asked to stop. */
  const RUNAWAY = 'count((1 to 1000000)[not(. = (2000000 to 3000000))])'
  const page = '<p>'

  test('is ended where a query that is given up does not stop, and the next query gets a new one', async () => {
    const giveUp = new AbortController()
    const stuck = queries.query(await inputFor(page, RUNAWAY, { kind: 'xpath', contentType: 'text/html' }), giveUp.signal)
    const next = ask('[1]', '$[0]')
    giveUp.abort()

    await expect(stuck).rejects.toMatchObject({ kind: 'Cancelled' })
    expect(await next).toMatchObject({ kind: 'matches', total: 1 })
  })

  test('goes on reading a body for the next query where the one that is given up had begun to', async () => {
    const giveUp = new AbortController()
    const body = `[${'{"a":[1,2,3]},'.repeat(200_000)}1]`
    const first = queries.query(await inputFor(body, '$..a'), giveUp.signal)
    const next = ask(body, '$[-1]')
    giveUp.abort()

    await expect(first).rejects.toMatchObject({ kind: 'Cancelled' })
    expect(await next).toMatchObject({ kind: 'matches', total: 1, first: [{ text: '1' }] })
  })

  test('is ended where a query takes too long, which is said', async () => {
    const hasty = createBodyQueries({ store, dir: join(dir, 'views'), worker: createQueryWorker({ ...QUICK, timeMs: 1000 }) })

    const answer = await hasty.query(await inputFor(page, RUNAWAY, { kind: 'xpath', contentType: 'text/html' }))

    expect(answer).toMatchObject({ kind: 'problem', of: 'limit', message: expect.stringContaining('Stopped after 1 s') as string })
    await hasty.closeAll()
  })

  test('takes no more memory than it may, which is said', async () => {
    const small = createBodyQueries({ store, dir: join(dir, 'views'), worker: createQueryWorker({ ...QUICK, memoryMb: 32 }) })

    const answer = await small.query(await inputFor(`[${'[],'.repeat(1_000_000)}1]`, '$..*'))

    expect(answer).toMatchObject({ kind: 'problem', of: 'limit', message: expect.stringContaining('memory') as string })
    await small.closeAll()
  })
})
