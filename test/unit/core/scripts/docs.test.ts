// The examples of docs/scripts.md: they fit the declarations that the editor completes from, and do what they say.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { SCRIPT_API_TYPES } from '#contract/model/script-api.ts'
import type { ScriptJob } from '#core/scripts/script-job.ts'
import { createScriptThreads } from '#core/scripts/script-threads.ts'
import { ANSWER, job, printed } from '../../../support/script-runs.ts'

const text = readFileSync(join(import.meta.dirname, '../../../../docs/scripts.md'), 'utf8')
const examples = [...text.matchAll(/```js (before-request|tests)\n([\s\S]*?)```/g)].map(([, type, code]) => ({ type: type!, code: code! }))

const threads = createScriptThreads()
afterAll(() => threads.close())

function jobOf({ type, code }: { type: string; code: string }): ScriptJob {
  const basis = job(code)
  const { request, variables } = basis
  const collection = [['key', 'k'] as const]
  const typed = { ...basis, request: { ...request, method: 'POST', body: { kind: 'json' as const, text: '{"id":1}' } } }
  const items = { items: [{ id: 1, name: 'one' }, { id: 2, name: 'two' }] } // prettier-ignore
  return {
    ...typed,
    variables: { ...variables, collection },
    ...(type === 'tests' && {
      response: ANSWER,
      body: { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(items)), encoding: 'utf-8' } as const,
    }),
  }
}

const login = async () => ({
  response: { ...ANSWER, status: 200 },
  body: { kind: 'bytes', bytes: new TextEncoder().encode('{"token":"t-1"}'), encoding: 'utf-8' } as const,
  captured: [],
})

describe('docs/scripts.md', () => {
  test('has examples of each', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7)
  })

  test.each(examples)('$type: $code', async (example) => {
    const outcome = await threads.run(jobOf(example), { depth: 0, send: login })

    expect(printed({ ...outcome, console: [] })).toEqual([])
    expect(outcome.tests.length).toBeGreaterThan(0)
  })
})

describe('the declarations', () => {
  /** Problems of a script against them, in words. */
  function problemsOf(code: string): string[] {
    const files = new Map([
      ['api.d.ts', SCRIPT_API_TYPES],
      ['script.ts', `export {}\n${code}`],
    ])
    const options = {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      lib: ['lib.es2023.d.ts'],
      strict: true,
      noImplicitAny: false,
      noEmit: true,
      types: [],
    }
    const host = ts.createCompilerHost(options)
    const getSourceFile = host.getSourceFile.bind(host)
    const fileExists = host.fileExists.bind(host)
    host.getSourceFile = (name, ...rest) => {
      const own = files.get(name)
      return own === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, own, ts.ScriptTarget.ES2023)
    }
    host.fileExists = (name) => files.has(name) || fileExists(name)
    const program = ts.createProgram([...files.keys()], options, host)
    return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  }

  test('fit every example', () => {
    expect(problemsOf(examples.map(({ code }) => `async () => {\n${code}\n}`).join('\n'))).toEqual([])
  })

  test('find what is not there', () => {
    expect(problemsOf('bru.setVariable("a", 1)').join()).toContain("'setVariable' does not exist")
  })

  test('name nothing that is not there', async () => {
    const names = [...SCRIPT_API_TYPES.matchAll(/^declare (?:const|function|class) (\w+)/gm)].map(([, name]) => name!)
    const { console, faults } = await threads.run(
      jobOf({
        type: 'tests',
        code: `${names.map((name) => `if (typeof ${name} === 'undefined') console.log('${name}')`).join('\n')}\n// chai`,
      }),
      { depth: 0, send: login },
    )

    expect([console, faults]).toEqual([[], []])
  })

  test.each(['bru', 'pm', 'req', 'res', 'vars', 'env', 'postman', 'pm.request', 'pm.response', 'pm.execution', 'bru.runner'])(
    'every member of %s is there',
    async (name) => {
      const members = membersOf(name)
      const { console } = await threads.run(
        jobOf({
          type: 'tests',
          code: `for (const member of ${JSON.stringify(members)}) if (!(member in ${name})) console.log(member)\n// chai`,
        }),
        { depth: 0, send: login },
      )

      expect(members.length).toBeGreaterThan(1)
      expect(console.map(({ text: member }) => member)).toEqual([])
    },
  )

  function membersOf(path: string): string[] {
    const options = { target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], types: [] }
    const host = ts.createCompilerHost(options)
    const getSourceFile = host.getSourceFile.bind(host)
    const source = `${SCRIPT_API_TYPES}\nconst asked = ${path}\n`
    host.getSourceFile = (name, ...rest) =>
      name === 'api.ts' ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true) : getSourceFile(name, ...rest)
    const program = ts.createProgram(['api.ts'], options, host)
    const asked = program.getSourceFile('api.ts')!.statements.at(-1) as ts.VariableStatement
    const checker = program.getTypeChecker()
    return checker
      .getTypeAtLocation(asked.declarationList.declarations[0]!.name)
      .getProperties()
      .map((one) => one.name)
      .filter((name) => !name.startsWith('__'))
  }
})
