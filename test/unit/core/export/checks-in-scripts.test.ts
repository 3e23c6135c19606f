import { describe, expect, test } from 'vitest'
import type { Assertion } from '#contract/model/assertion.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { runChecks } from '#core/checks/run-checks.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { toK6 } from '#core/export/k6/to-k6.ts'
import { toPostman } from '#core/export/postman/to-postman.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported, ImportedItem } from '#core/import/imported.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { sampleAnswer } from '../../../support/check-kit.ts'
import { folderItem, requestItem, tree, variable } from '../../../support/export-trees.ts'
import { runK6 } from '../../../support/k6-stand-in.ts'
import { job, NO_SENDS, ownThreads } from '../../../support/script-runs.ts'

const BODY = {
  id: 7,
  name: 'Ada',
  list: [{ a: null }, 2, 'two'],
  nothing: null,
  empty: [],
  flag: false,
  text: '7',
  deep: { 'odd key': { n: 1.5 } },
}

/** What is asked of one answer; that each verdict is Posthaste's own is the test. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ['res.status', 'eq', '200'],
  ['res.status', 'neq', '200'],
  ['res.statusCode', '===', '201'],
  ['res.status', 'in', '[200, 201]'],
  ['res.status', 'notIn', '200, 201'],
  ['res.status', 'between', '200, 299'],
  ['res.status', 'lte', '200'],
  ['res.reason', 'eq', 'OK'],
  ['res.ok', 'isTruthy', ''],
  ['res.responseTime', 'lt', '5000'],
  ["res.headers['content-type']", 'contains', 'json'],
  ['res.headers.x-count', 'eq', '12'],
  ['res.headers.x-count', 'gt', '11'],
  ['res.headers.x-none', 'isUndefined', ''],
  ['res.headers.x-none', 'exists', ''],
  ['res.body.id', 'eq', '7'],
  ['res.body.id', 'eq', '"7"'],
  ['res.body.text', 'eq', '7'],
  ['res.body.text', 'eq', "'7'"],
  ['res.body.id', 'eq', '{{id}}'],
  ['res.body.id', 'in', '1, {{id}}'],
  ['res.body.id', 'gt', '{{id}}'],
  ['res.body.name', 'startsWith', 'A'],
  ['res.body.name', 'endsWith', 'x'],
  ['res.body.name', 'matches', '/^a/i'],
  ['res.body.name', 'notMatches', '^a'],
  ['res.body.name', 'contains', 'd'],
  ['res.body.list', 'contains', '2'],
  ['res.body.list', 'notContains', 'three'],
  ['res.body.list', 'length', '3'],
  ['res.body.list[0]', 'eq', '{"a":null}'],
  ['res.body.list[0].a', 'isNull', ''],
  ['res.body.missing.deeper', 'isUndefined', ''],
  ['res.body.missing.deeper', 'eq', '1'],
  ['res.body.empty', 'isEmpty', ''],
  ['res.body.name', 'isNotEmpty', ''],
  ['res.body.flag', 'isFalsy', ''],
  ['res.body.flag', 'isBoolean', ''],
  ['res.body.list', 'isArray', ''],
  ['res.body.deep', 'isObject', ''],
  ['res.body.name', 'isString', ''],
  ['res.body.name', 'isNumber', ''],
  ["res.body.deep['odd key'].n", 'between', '1, 2'],
  ["res.jsonpath('$.list[2]')", 'eq', 'two'],
  ['res.body', 'isJson', ''],
  ['res.body', 'startsWith', '{"id"'],
  ['res.text', 'notContains', 'Grace'],
  ['res.text', 'startsWith', '{'],
]

const assertions: Assertion[] = ROWS.map(([expression, operator, value]) => ({ expression, operator, value, enabled: true }))

async function ownVerdicts(): Promise<boolean[]> {
  const { exchange, answer, deps } = await sampleAnswer({
    body: JSON.stringify(BODY),
    headers: [['X-Count', '12']],
    deps: { fill: (text) => text.replaceAll('{{id}}', '7') },
  })
  const { assertions: results } = await runChecks({ assertions }, exchange, answer, deps)
  return results.map(({ passed }) => passed)
}

function treeOf(fields: Partial<RequestDocument>): ExportTree {
  return tree([requestItem({ name: 'R', url: 'https://x.example.com', ...fields })])
}

async function importedFrom(text: string): Promise<Imported> {
  return readImport([sourceFile('c.json', text)], IMPORTERS, { tools: { progress: () => undefined, id: () => 'id' } })
}

function only(items: readonly ImportedItem[]): RequestDocument | undefined {
  const [item] = items
  return item?.kind === 'request' ? item.document : undefined
}

interface Item {
  readonly item: readonly { readonly event: readonly { readonly listen: string; readonly script: { readonly exec: string[] } }[] }[]
}

function postmanText(from: ExportTree): string {
  return toPostman(from).files[0]?.text ?? ''
}

function scriptOf(text: string): string[] {
  return (JSON.parse(text) as Item).item[0]?.event[0]?.script.exec ?? []
}

describe('assertions as scripts of other programs', () => {
  test('Postman’s tests come to the same verdicts', async () => {
    const expected = await ownVerdicts()
    const code = scriptOf(postmanText(treeOf({ assertions }))).join('\n')
    const bytes = new TextEncoder().encode(JSON.stringify(BODY))
    const outcome = await ownThreads().run(
      job(code, {
        response: {
          status: 200,
          statusText: 'OK',
          url: 'https://x.example.com/',
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Count', '12'],
          ],
          cookies: [],
          responseTime: 12.5,
          bodyBytes: bytes.length,
          headerBytes: 60,
          redirects: 0,
        },
        body: { kind: 'bytes', bytes, encoding: 'utf-8' },
        variables: { given: [], captured: [], request: [['id', '7']], folder: [], environment: [], collection: [] },
      }),
      NO_SENDS,
    )

    expect(outcome.faults).toEqual([])
    expect(outcome.tests.map(({ name, passed }) => `${name}: ${passed}`)).toEqual(
      ROWS.map((row, index) => `${row.filter((part) => part !== '').join(' ')}: ${expected[index]}`),
    )
  })

  test('k6’s checks come to the same verdicts', async () => {
    const expected = await ownVerdicts()
    const from = treeOf({ assertions, variables: [variable('id', '7')] })

    const { checks } = runK6(toK6(from, {}).files[0]?.text ?? '', {
      answer: { status: 200, headers: { 'Content-Type': 'application/json', 'X-Count': '12' }, body: JSON.stringify(BODY) },
    })

    const named = ROWS.map((row, index) => [row.filter((part) => part !== '').join(' '), expected[index]])
    expect(checks).toEqual(Object.fromEntries(named))
  })

  test('a Postman collection brings them back as they were, captures and the gate among them', async () => {
    const checks = {
      raiseForStatus: true as const,
      assertions: [
        ...assertions,
        { expression: "res.css('h1')", operator: 'eq', value: 'a\u2028b', enabled: true },
        { expression: 'res.status', operator: 'eq', value: '204', enabled: false, description: 'Not now.' },
      ],
      captures: [{ name: 'id', expression: 'res.body.id', scope: 'runtime', enabled: true }],
    }
    const scripts = [
      { type: 'after-response', code: 'const a = 1\npm.environment.set("a", a)' },
      { type: 'tests', code: 'const a = 2\npm.test("two", () => pm.expect(a).to.eql(2))' },
    ]
    const text = postmanText(treeOf({ ...checks, scripts }))
    const { items, notes } = await importedFrom(text)

    expect(only(items)).toMatchObject(checks)
    expect(only(items)?.scripts).toEqual([{ type: 'tests', code: `{\n${scripts[0]?.code}\n}\n{\n${scripts[1]?.code}\n}` }])
    expect(notes).toEqual([])
    expect(toPostman(treeOf(checks)).notes.map(({ message }) => message)).toEqual([
      "The assertion res.css('h1') eq a\u2028b is kept in a comment: Postman's scripts cannot look at that.",
    ])
  })

  test('what a body as a whole contains is looked for in its text, and told of', () => {
    const from = treeOf({ assertions: [{ expression: 'res.body', operator: 'contains', value: 'id', enabled: true }] })

    expect(scriptOf(postmanText(from))[0]).toBe('pm.test("res.body contains id", () => pm.expect(pm.response.text()).to.include("id"))')
    expect(toPostman(from).notes).toMatchObject([{ severity: 'changed' }])
    expect(runK6(toK6(from, {}).files[0]?.text ?? '', { answer: { status: 200, headers: {}, body: '{"a":"id"}' } }).checks).toEqual({
      'res.body contains id': false,
    })
  })

  test('lines that were changed since stay a script', async () => {
    const text = postmanText(treeOf({ assertions: assertions.slice(0, 1) })).replace('eql(200)', 'eql(204)')
    const document = only((await importedFrom(text)).items)

    expect(document?.assertions).toBeUndefined()
    expect(document?.scripts?.[0]?.code).toContain('eql(204)')
  })

  test('times that are asked for are thresholds of k6, over the answers to that request', () => {
    const asked = { expression: 'res.responseTime', operator: 'lt', value: '500', enabled: true }
    const from = treeOf({ name: 'A::B', assertions: [asked, { ...asked, enabled: false, value: '1' }], options: { verify: false } })
    const { options, checks } = runK6(toK6(from, {}).files[0]?.text ?? '')

    expect(options).toEqual({
      insecureSkipTLSVerify: true,
      thresholds: { checks: ['rate==1'], 'http_req_duration{name:A::B}': ['max<500'] },
    })
    expect(Object.keys(checks)).toEqual(['res.responseTime lt 500'])
  })

  test('names of checks and groups have none of the colons that part k6’s own', () => {
    const asked = { expression: 'res.text', operator: 'contains', value: 'std::vector', enabled: true }
    const script = toK6(tree([folderItem('C::D', [requestItem({ url: 'https://x.example.com', assertions: [asked] })])]), {})
    const { groups, checks } = runK6(script.files[0]?.text ?? '')

    expect([...groups, ...Object.keys(checks)]).toEqual(['C: :D', 'res.text contains std: :vector'])
  })
})
