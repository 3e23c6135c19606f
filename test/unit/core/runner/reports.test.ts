import { describe, expect, test } from 'vitest'
import type { Checks } from '#contract/model/checks.ts'
import { RunIdSchema, RunOptionsSchema, type RunResult, type RunSummary } from '#contract/model/run.ts'
import { RUN_REPORT_FORMATS, type RunReportFormat } from '#contract/model/run-facts.ts'
import { createRunIndex } from '#core/runner/run-index.ts'
import { REPORTS, inPieces } from '#core/runner/reports/report.ts'
import { summaryOf, viewOf } from '#core/runner/run-views.ts'
import { validJunit } from '../../../support/junit-schema.ts'

const EVIL = '<script>alert("1")</script> & \' \u0000\u001b[31m \ud800 ]]> -->'

const checks: Checks = {
  assertions: [
    { expression: 'res.status', operator: 'eq', value: '200', actual: '404', passed: false },
    { expression: 'res.body.name', operator: 'contains', value: EVIL, actual: EVIL, passed: false },
    { expression: 'res.body', operator: 'isJson', value: '', actual: '{}', passed: true },
    { expression: 'res.nothing(', operator: 'eq', value: '1', actual: null, passed: false, problem: 'It is not understood.' },
  ],
  captured: [{ name: 'token', scope: 'runtime', value: null, problem: 'The answer has no such value.', row: 0 }],
  messages: [EVIL],
  tests: [
    { name: 'has a name', passed: true, from: { type: 'tests' } },
    { name: 'is later', passed: false, skipped: true, from: { type: 'tests' } },
    { name: EVIL, passed: false, message: EVIL, from: { type: 'tests' } },
  ],
  console: [{ level: 'log', text: EVIL, from: { type: 'tests' }, line: 1 }],
  faults: [],
}

const base: RunResult = {
  index: 0,
  item: 0,
  iteration: 1,
  name: 'Get',
  method: 'GET',
  url: 'http://x.test/a',
  status: 200,
  reason: 'OK',
  startedAt: 0,
  durationMs: 12.5,
  bytes: 10,
  outcome: 'passed',
  checksPassed: 0,
  checksFailed: 0,
  retries: 0,
  problem: null,
  checks: null,
  error: null,
  warnings: [],
  data: {},
  failure: null,
}

const results: RunResult[] = [
  base,
  {
    ...base,
    index: 1,
    item: 1,
    name: EVIL,
    url: `http://x.test/?q=${EVIL}`,
    status: 404,
    reason: EVIL,
    outcome: 'failed',
    checksFailed: 5,
    checks,
    data: { user: EVIL },
    problem: EVIL,
    failure: { requestHead: EVIL, responseHeaders: [['X-Evil', EVIL]], body: EVIL, bodyBytes: 40 },
  },
  {
    ...base,
    index: 2,
    status: null,
    reason: '',
    outcome: 'failed',
    error: { kind: 'ConnectionError', stage: 'connect', message: `Refused: ${EVIL}`, hint: EVIL },
    problem: 'Refused',
  },
  { ...base, index: 3, status: null, reason: '', outcome: 'skipped' },
]

function summary(list: readonly RunResult[], state: RunSummary['state'] = 'finished'): RunSummary {
  const index = createRunIndex()
  for (const { item, iteration, startedAt, durationMs, bytes, status, outcome, error, checksPassed, checksFailed } of list) {
    index.add({
      ...{ offset: 0, item, iteration, startedAt, durationMs, bytes, checksPassed, checksFailed },
      status: status ?? 0,
      isFailed: outcome === 'failed',
      isSkipped: outcome === 'skipped',
      isError: error !== null,
    })
  }
  const file = {
    id: RunIdSchema.parse('run-000001'),
    pid: process.pid,
    name: EVIL,
    collectionId: null,
    place: EVIL,
    startedAt: '2026-01-02T03:04:05.678Z',
    elapsedMs: 100,
    state,
    counts: null,
    options: RunOptionsSchema.parse({ environment: EVIL, data: { path: `/x/${EVIL}` } }),
    givenNames: [],
    iterations: 1,
    requests: [
      { nodeId: null, name: 'Get', folders: [], method: 'GET', url: 'http://x.test/a' },
      { nodeId: null, name: EVIL, folders: [EVIL], method: 'GET', url: EVIL },
    ],
    notes: [EVIL],
    error: null,
  }
  return summaryOf(viewOf(file, index))
}

async function* streamed(list: Iterable<RunResult>): AsyncGenerator<RunResult> {
  yield* list
}

async function report(format: RunReportFormat, list: readonly RunResult[] = results, state?: RunSummary['state']): Promise<string> {
  const pieces: string[] = []
  const source = { summary: summary(list, state), results: () => streamed(list) }
  for await (const piece of inPieces(REPORTS[format].write(source))) pieces.push(piece)
  return pieces.join('')
}

describe('the JSON report', () => {
  test('has what was asked, the sums, and each result with its checks', async () => {
    const json = JSON.parse(await report('json')) as { results: unknown[] }

    expect(json).toMatchObject({
      format: 1,
      ok: false,
      run: { state: 'finished', iterations: 1, parallel: 1, startedAt: '2026-01-02T03:04:05.678Z' },
      counts: { done: 4, passed: 1, failed: 2, errors: 1, skipped: 1 },
      totals: { count: 3, p50: 12.5 },
      requests: [{ name: 'Get', count: 2 }, { count: 1 }],
      results: [
        { name: 'Get', outcome: 'passed', assertions: [] },
        { status: 404, assertions: [{ expression: 'res.status', operator: 'eq', value: '200', actual: '404', passed: false }, {}, {}, {}] },
        { error: { kind: 'ConnectionError' } },
        { outcome: 'skipped' },
      ],
    })
    expect(json.results[1]).toMatchObject({ tests: [{ name: 'has a name' }, {}, {}], failure: { body: EVIL } })
  })

  test('of a run without a result is whole', async () => {
    expect(JSON.parse(await report('json', []))).toMatchObject({ results: [], counts: { done: 0 } })
  })
})

describe('the JUnit report', () => {
  test('keeps to the rules of CI services, with each check as a test case', async () => {
    const { attributes, children } = await validJunit(await report('junit'))
    const cases = children.map((suite) => suite.children.filter(({ name }) => name === 'testcase'))
    const failing = children[1]

    expect(attributes).toMatchObject({ tests: '11', failures: '5', errors: '1', time: '0.100' })
    expect(cases.map(({ length }) => length)).toEqual([1, 8, 1, 1])
    expect(failing?.attributes).toMatchObject({
      tests: '8',
      failures: '5',
      errors: '0',
      skipped: '1',
      time: '0.013',
      timestamp: '2026-01-02T03:04:05',
    })
    expect(cases[1]?.[0]?.children[0]).toMatchObject({
      name: 'failure',
      attributes: { message: 'expected 200, actual 404' },
      text: 'expected: 200\nactual:   404',
    })
    expect(cases[2]?.[0]?.children[0]).toMatchObject({ name: 'error', attributes: { type: 'ConnectionError' } })
    expect(cases[3]?.[0]?.children[0]?.name).toBe('skipped')
  })

  test('is whole without a result', async () => {
    expect((await validJunit(await report('junit', []))).children).toEqual([])
  })

  test.each(['stopped', 'running', 'interrupted', 'failed'] as const)(
    'of a run that is %s does not look as if all were well',
    async (state) => {
      const { attributes, children } = await validJunit(await report('junit', [base], state))

      expect(attributes).toMatchObject({ tests: '2', failures: '0', errors: '1' })
      expect(children[1]?.attributes).toMatchObject({ name: 'The run', tests: '1', errors: '1' })
      expect(children[1]?.children[0]?.children[0]).toMatchObject({ name: 'error', attributes: { type: 'Unfinished' } })
    },
  )

  test('names a check that compares with nothing by what it asks', async () => {
    const gate = { expression: 'res.raise_for_status()', operator: 'passes', value: '', actual: '404 Not Found', passed: false }
    const failed = { ...base, outcome: 'failed' as const, checks: { ...checks, assertions: [gate], messages: ['no such user'] } }

    const [suite] = (await validJunit(await report('junit', [failed]))).children

    expect(suite?.children[0]?.attributes['name']).toBe('res.raise_for_status() passes')
    expect(suite?.children[0]?.children[0]?.text).toBe('expected: passes\nactual:   404 Not Found')
    expect(suite?.children.at(-1)?.text).toBe('GET http://x.test/a: 200 OK\nno such user')
  })
})

describe('the CSV report', () => {
  test('has a line for each result, and the columns of the data', async () => {
    const listed = [
      { ...base, data: { user: 'Ada, "A"', city: 'Paris' } },
      { ...base, index: 1, iteration: 2, outcome: 'failed' as const, status: 404, problem: 'two\nlines', data: { user: '=1+1' } },
    ]

    expect((await report('csv', listed)).split('\r\n')).toEqual([
      'iteration,folder,name,method,url,status,outcome,started_at,duration_ms,bytes,retries,checks_passed,checks_failed,error,problem,data.user,data.city',
      '1,,Get,GET,http://x.test/a,200,passed,2026-01-02T03:04:05.678Z,12.5,10,0,0,0,,,"Ada, ""A""",Paris',
      `2,,Get,GET,http://x.test/a,404,failed,2026-01-02T03:04:05.678Z,12.5,10,0,0,0,,"two\nlines",'=1+1,`,
      '',
    ])
  })
})

describe('the HTML report', () => {
  test('lets nothing through that a server or a file says', async () => {
    const html = await report('html')
    const inert = html.replace(/<style>.*?<\/style>/s, '')

    expect(inert).not.toMatch(/<script|\u0000|\u001b/)
    expect(inert).toContain('&#60;script&#62;alert(&#34;1&#34;)')
    expect(inert).not.toMatch(/\s(?:src|href|on\w+)=/i)
    expect(html).toContain(`default-src 'none'`)
    // Every element that is opened is closed, but those that stand alone.
    const opened = [...inert.matchAll(/<([a-z][\w]*)[^>]*?(\/?)>/g)].filter(([, name, alone]) => alone === '' && name !== 'meta').length
    expect(inert.match(/<\/[a-z]\w*>/g)).toHaveLength(opened)
  })

  test('has the charts, expected and actual, and no more failures than one can read', async () => {
    const html = await report('html')

    for (const title of ['Latency over time', 'Distribution of latency', 'Requests a second', 'Statuses', 'Slowest'])
      expect(html).toContain(title)
    expect(html).toContain('<dt>expected</dt><dd>200</dd><dt>actual</dt><dd>404</dd>')

    const many = Array.from({ length: 1000 }, (_none, index): RunResult => ({ ...results[1], index }) as RunResult)
    const long = await report('html', many)
    expect(long.match(/<details open>/g)).toHaveLength(200)
    expect(long).toContain('And 800 more')
  })

  test('of a run without a result is whole', async () => {
    expect(await report('html', [])).toContain('</html>')
  })
})

test('100,000 results are written without being held', async () => {
  function* many(): Generator<RunResult> {
    for (let index = 0; index < 100_000; index += 1) yield { ...base, index, durationMs: index % 977 }
  }
  const source = { summary: summary([base]), results: () => streamed(many()) }
  for (const format of RUN_REPORT_FORMATS) {
    let bytes = 0
    let longest = 0
    for await (const piece of inPieces(REPORTS[format].write(source))) {
      bytes += piece.length
      longest = Math.max(longest, piece.length)
    }
    expect(longest).toBeLessThan(256 * 1024)
    expect(bytes).toBeGreaterThan({ html: 5000, csv: 7_500_000, json: 10_000_000, junit: 10_000_000 }[format])
  }
})
