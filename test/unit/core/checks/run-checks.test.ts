import { describe, expect, test } from 'vitest'
import type { Assertion } from '#contract/model/assertion.ts'
import type { AssertionResult } from '#contract/model/checks.ts'
import type { ResponseCookie } from '#contract/model/exchange.ts'
import { runChecks } from '#core/checks/run-checks.ts'
import { sampleAnswer, type SampleOptions } from '../../../support/check-kit.ts'

function assertion(expression: string, operator: string, value = ''): Assertion {
  return { expression, operator, value, enabled: true }
}

/** The result of one assertion over an answer. */
async function check(options: SampleOptions, expression: string, operator: string, value = ''): Promise<AssertionResult> {
  const { exchange, answer, deps } = await sampleAnswer(options)
  const { assertions } = await runChecks({ assertions: [assertion(expression, operator, value)] }, exchange, answer, deps)
  const [only] = assertions
  if (!only) throw new Error('No result.')
  return only
}

const HTML = { body: '<!doctype html><h1>Hi</h1><p class=a>1<p class=a>2', contentType: 'text/html' }

describe('runChecks', () => {
  test.each<[SampleOptions, string, string, string, string | null]>([
    [{}, 'res.status', 'eq', '200', '200'],
    [{}, 'res.statusText', 'eq', 'OK', 'OK'],
    [{}, 'res.responseTime', 'lt', '100', '12.5'],
    [{}, 'res.url', 'startsWith', 'http://x', 'http://x/'],
    [{ body: '{"a":1}' }, 'res.size', 'eq', '7', '7'],
    [{ body: '{"a":1}' }, 'res.getSize().body', 'eq', '7', '7'],
    [{ headers: [['X-Id', '5']] }, "res.headers['x-id']", 'eq', '5', '5'],
    [
      {
        headers: [
          ['X-Id', '5'],
          ['x-id', '6'],
        ],
      },
      'res.headers.X-ID',
      'eq',
      '5, 6',
      '5, 6',
    ],
    [
      {
        headers: [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ],
      },
      "res.headers['set-cookie']",
      'length',
      '2',
      '["a=1","b=2"]',
    ],
    [{ body: '{"items":[{"id":12345678901234567890}]}' }, 'res.body.items[0].id', 'eq', '12345678901234567890', '12345678901234567890'],
    [{ body: '{"items":[{"id":1},{"id":2}]}' }, "res.jsonpath('$..id')", 'eq', '[1,2]', '[1,2]'],
    [{ body: '{"items":[{"id":1},{"id":2}]}' }, "res.jsonpath('$.items[1].id')", 'eq', '2', '2'],
    [{ body: '{"items":[{"id":1},{"id":2}]}' }, "res.jsonpath('$.items[?@.id>1].id')", 'eq', '2', '2'],
    [{ body: '{"items":[1,2,3]}' }, 'res.body.items.length', 'eq', '3', '3'],
    [{ body: '{"items":[{"n":[1]},{"n":[2]}]}' }, "res('items.n')", 'eq', '[1,2]', '[1,2]'],
    [{ body: '{"items":[{"n":1},{"n":2}]}' }, "res('..n')", 'contains', '2', '[1,2]'],
    [{ body: '{"a":{"b":1.50}}' }, 'res.body.a', 'eq', '{"b": 1.5}', '{"b":1.50}'],
    [{ body: 'plain words', contentType: 'text/plain' }, 'res.body', 'eq', 'plain words', 'plain words'],
    [{ body: 'plain words', contentType: 'text/plain' }, 'res.body.a', 'isUndefined', '', null],
    [{ body: 'id=77;', contentType: 'text/plain' }, "res.regex('id=([0-9]+)')", 'eq', '77', '77'],
    [HTML, "res.css('h1')", 'eq', 'Hi', 'Hi'],
    [HTML, "res.css('p.a').length", 'eq', '2', '2'],
    [HTML, "res.xpath('count(//p)')", 'eq', '2', '2'],
    [HTML, "res.xpath('//h1')", 'contains', 'H', 'Hi'],
    [HTML, "res.css('h2')", 'isUndefined', '', null],
    [{ change: { cookies: [cookie('sid', 'abc')] } }, 'res.cookies.sid', 'eq', 'abc', 'abc'],
    [{ change: { cookies: [cookie('sid', 'abc')] } }, 'res.cookies.sid.httpOnly', 'eq', 'true', 'true'],
    [{}, 'res.history.length', 'eq', '0', '0'],
    [{}, 'req.method', 'eq', 'GET', 'GET'],
  ])('%j: %s %s %s', async (options, expression, operator, value, actual) => {
    expect(await check(options, expression, operator, value)).toEqual({ expression, operator, value, actual, passed: true, row: 0 })
  })

  test.each<[SampleOptions, string, string, string, RegExp]>([
    [{ body: '<html>', contentType: 'application/json' }, 'res.body.a', 'neq', '1', /^The body is not JSON: /],
    [{}, 'res.body.a', 'eq', '1', /^The body is empty/],
    [{}, 'res.stauts', 'eq', '200', /no “stauts”/],
    [{}, 'res.status', 'equal', '200', /no operator “equal”/],
    [{ body: '{}' }, "res.jsonpath('$[')", 'eq', '1', /^The JSONPath is not understood/],
    [{ body: '{"a":"x"}' }, 'res.body.a', 'matches', '(', /Invalid regular expression/],
  ])('%j: %s %s %s cannot be told', async (options, expression, operator, value, words) => {
    expect(await check(options, expression, operator, value)).toMatchObject({
      passed: false,
      problem: expect.stringMatching(words) as string,
    })
  })

  test.each([
    ['^(a+)+$', 40],
    [`^${'a?'.repeat(60)}${'a'.repeat(60)}$`, 70],
    [`^${'(?:a|a)'.repeat(60)}$`, 60],
    ['^(?:a|aa)*$', 60],
    ['a*a*a*a*a*a*b', 1500],
  ])(
    'an expression that does not end is ended: %#',
    async (pattern, length) => {
      const result = await check({ body: JSON.stringify({ a: `${'a'.repeat(length)}!` }) }, 'res.body.a', 'matches', pattern)

      expect(result).toMatchObject({ passed: false, problem: expect.stringMatching(/did not come to an end/) as string })
    },
    20_000,
  )

  test('references are filled in, and one without a value is said', async () => {
    const fill = (text: string): string | { kind: 'problem'; message: string } =>
      text.includes('{{none}}') ? { kind: 'problem', message: 'No value.' } : text.replaceAll('{{id}}', '7')
    const body = '{"id":7}'

    expect(await check({ body, deps: { fill } }, 'res.body.id', 'eq', '{{id}}')).toMatchObject({ passed: true, value: '7' })
    expect(await check({ body, deps: { fill } }, 'res.body.id', 'eq', '{{none}}')).toMatchObject({ passed: false, problem: 'No value.' })
  })

  test('the gate stands first, and what is captured waits for it', async () => {
    const captures = [{ name: 'id', expression: 'res.body.id', scope: 'runtime', enabled: true }]
    const bad = await sampleAnswer({ body: '{"id":7}', change: { status: 404, reason: 'Not Found' } })
    const good = await sampleAnswer({ body: '{"id":7}' })
    const request = { raiseForStatus: true as const, captures, assertions: [assertion('res.status', 'gte', '200')] }

    expect(await runChecks(request, bad.exchange, bad.answer, bad.deps)).toMatchObject({
      assertions: [
        { expression: 'res.raise_for_status()', operator: 'passes', value: '', actual: '404 Not Found', passed: false },
        { passed: true, row: 0 },
      ],
      captures: [],
    })
    expect(await runChecks(request, good.exchange, good.answer, good.deps)).toMatchObject({
      assertions: [{ passed: true, actual: '200 OK' }, { passed: true }],
      captures: [{ row: 0, value: '7' }],
    })
  })

  test('messages are those of the status that came', async () => {
    const { exchange, answer, deps } = await sampleAnswer({ body: '{"message":"No such user"}', change: { status: 404 } })
    const rows = [
      ['404', 'res.body.message'],
      ['4xx', 'Look at the request.'],
      ['200, 500-503', 'never'],
    ] as const
    const statusMessages = rows.map(([status, show]) => ({ status, show, enabled: true }))

    const { messages } = await runChecks({ statusMessages }, exchange, answer, deps)

    expect(messages).toEqual(['No such user', 'Look at the request.'])
  })

  test('a schema stands in the expression or in a file, and what does not hold is said', async () => {
    const readSchema = async (path: string): Promise<string> => (path === './user.json' ? '{"required": ["id"]}' : '')
    const inline = 'res.schema({"properties": {"id": {"type": "string"}}})'

    expect(await check({ body: '{"id":7}', deps: { readSchema } }, "res.schema('./user.json')", 'isTruthy')).toMatchObject({
      passed: true,
      actual: 'true',
    })
    expect(await check({ body: '{"id":7}' }, inline, 'eq', 'true')).toMatchObject({ passed: false, actual: '$.id must be string' })
    expect(await check({ body: '<p>', contentType: 'text/html' }, inline, 'passes')).toMatchObject({
      passed: false,
      problem: expect.stringMatching(/^Not valid JSON/) as string,
    })
  })

  test('a query that searches goes through JSON of any size', async () => {
    const items = Array.from({ length: 270_000 }, (_, id) => `{"id":${id},"name":"a name of some length to fill the text ${id}"}`)
    const body = `{"items":[${items.join(',')}]}`

    expect(Buffer.byteLength(body)).toBeGreaterThan(16 * 1024 * 1024)
    expect(await check({ body }, "res.jsonpath('$..id').length", 'eq', '270000')).toMatchObject({ passed: true, actual: '270000' })
    expect(await check({ body }, "res.jsonpath('$.items[?@.id == 269999].name')", 'endsWith', '269999')).toMatchObject({ passed: true })
  })

  test('large text is searched as it streams', async () => {
    const body = `${'x'.repeat(17 * 1024 * 1024)}needle é in it${'y'.repeat(100)}`
    const text = { body, contentType: 'text/plain' }

    expect(await check(text, 'res.text', 'contains', 'needle é')).toMatchObject({ passed: true, actual: 'a text of 17.8 MB' })
    expect(await check(text, 'res.body', 'notContains', 'nothing of it')).toMatchObject({ passed: true })
    expect(await check(text, 'res.text', 'eq', 'x')).toMatchObject({ passed: false, problem: expect.stringMatching(/too large/) as string })
  })

  test('large JSON is gone through as it streams', async () => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({ id, name: `name ${id}` }))
    const body = JSON.stringify({ items, last: 12345678901234567890n.toString() }).replace(/"(\d+)"}$/, '$1}')
    const sample = await sampleAnswer({ body })
    const assertions = [
      assertion('res.body.items[59999].name', 'eq', 'name 59999'),
      assertion("res.jsonpath('$.last')", 'eq', '12345678901234567890'),
      assertion('res.body.items.length', 'eq', '60000'),
      assertion('res.body.items', 'isArray'),
      assertion("res.jsonpath('$..id').length", 'eq', '60000'),
      assertion('res.body', 'isJson'),
    ]

    const { assertions: results } = await runChecks({ assertions }, sample.exchange, sample.answer, sample.deps)

    expect(results.filter(({ passed }) => !passed)).toEqual([])
  })
})

function cookie(name: string, value: string): ResponseCookie {
  return { name, value, domain: null, path: '/', expires: null, secure: false, httpOnly: true, sameSite: null }
}
