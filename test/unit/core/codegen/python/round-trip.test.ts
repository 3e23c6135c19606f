import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Auth, Part, RequestDocument } from '#contract/model/request.ts'
import type { Session } from '#contract/model/session.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import { generatePython } from '#core/codegen/python/generate.ts'
import type { ImportNote } from '#contract/model/import.ts'
import { pythonImporter } from '#core/import/python/python-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { CoreError } from '#core/lib/core-error.ts'
import { codeOf, type Around } from '../../../../support/code-kit.ts'
import { countingTools } from '../../../../support/import-samples.ts'
import { row, secret } from '../../../../support/python-kit.ts'
import { tempDir } from '../../../../support/temp-dir.ts'
import { anyCodeCase } from '../../../../servers/support/python-code-arbitraries.ts'

const RUNS = 300

interface ReadBack {
  readonly document: RequestDocument
  readonly session: Session | null
  readonly notes: readonly ImportNote[]
}

/** The one request of a script. */
function readBack(code: string): ReadBack {
  const { items, defaults, sessions, notes } = pythonImporter.read([sourceFile('script.py', code)], countingTools())
  const [item] = items
  if (items.length !== 1 || item?.kind !== 'request') throw new Error(`There are ${items.length} items instead of a request.`)
  const { document } = item
  return { document: { ...document, variables: [...document.variables, ...defaults.variables] }, session: sessions[0] ?? null, notes }
}

/** The code of what a script was read as. */
async function again(code: string, around: Around): Promise<string> {
  const { document, session } = readBack(code)
  const { session: _name, ...options } = document.options
  const within = { ...around, session: session ? { ...session, name: 'default' } : {}, collection: {} }
  return (await codeOf(generatePython, { ...document, options }, within)).text
}

/** Fields that requests has nothing for are read as what they are to it: a header. */
function isPlain(auth: Auth | undefined): boolean {
  return auth?.kind !== 'apikey' && (auth?.kind !== 'header' || (!/^[\w-]+ /.test(auth.value) && /^(?:[\w-]+ )?$/.test(auth.prefix)))
}

describe('a form, its code, and the form that the code is read as', () => {
  test(`have the same code, over ${RUNS} requests made at random`, async () => {
    const dir = await tempDir()
    const files = { some: join(dir, 'фото.bin'), none: join(dir, 'empty.txt') }
    await writeFile(files.some, 'content')
    await writeFile(files.none, '')
    let count = 0
    await fc.assert(
      fc.asyncProperty(anyCodeCase(files), async ({ document, around }) => {
        fc.pre(isPlain(document.auth) && isPlain(around.session?.auth))
        const code = await codeOf(generatePython, document, around).catch((error: unknown) => {
          if (error instanceof CoreError) return null
          throw error
        })
        fc.pre(code !== null)
        count += 1
        expect(await again(code?.text ?? '', around)).toBe(code?.text)
      }),
      { numRuns: RUNS, seed: 2026 },
    )
    expect(count).toBeGreaterThanOrEqual(RUNS)
  })

  test('have the same fields', async () => {
    const root = await tempDir()
    for (const name of ['a.png', 'b.txt']) await writeFile(join(root, name), 'content')
    const part = { enabled: true, contentType: '', headers: [] }
    const parts: Part[] = [
      { kind: 'text', ...part, name: 'title', value: 'é "quoted"' },
      { kind: 'text', ...part, name: 'meta', value: '{}', contentType: 'application/json', headers: [row('X-Part', '1')] },
      { kind: 'file', ...part, name: 'image', files: ['a.png'], filename: 'other.png', contentType: 'image/png' },
      { kind: 'file', ...part, name: 'image', files: ['b.txt'], filename: '', contentType: 'text/plain' },
    ]
    const url = 'https://api.test/v1/items?page=2&q=a+b&q=%C3%A9'
    const retry = {
      total: 3,
      connect: 1,
      read: 2,
      status: 3,
      other: 0,
      statusForcelist: [429, 503],
      allowedMethods: ['GET', 'POST'],
      backoffFactor: 0.5,
      backoffMax: 60,
      backoffJitter: 0.1,
      respectRetryAfter: false,
      raiseOnStatus: false,
    }
    const options = {
      behaviour: 'requests' as const,
      timeout: { connect: 3.05, read: 27 },
      followRedirects: false,
      verify: false,
      proxies: { https: 'http://u:p@proxy.test:3128', 'http://x.test': null },
    }
    const form: RequestDocument = {
      ...emptyRequest(),
      method: 'POST',
      url,
      params: paramsFromUrl(url, []),
      headers: [row('X-A', 'ä'), row('X-B', '{{API_TOKEN}}'), { ...row('Accept', ''), omit: true }],
      cookies: [row('a', '1'), row('b', 'x y')],
      auth: { kind: 'basic', username: 'user', password: '{{API_TOKEN}}' },
      body: { kind: 'multipart', parts },
      options,
      variables: [secret('API_TOKEN')],
    }
    const limits = { maxRedirects: 5, trustEnv: false, retry }
    const { text } = await codeOf(generatePython, { ...form, options: { ...options, ...limits } }, { root })
    const { document, session, notes } = readBack(text)

    expect(document).toEqual({ ...form, name: document.name, options: { ...options, session: session?.name } })
    expect(session?.options).toEqual({ maxRedirects: 5, trustEnv: false })
    expect(session?.adapters).toEqual(['https://', 'http://'].map((prefix) => ({ prefix, retry })))
    expect(notes.filter(({ severity, message }) => severity === 'lost' && !/prints/.test(message))).toEqual([])
  })

  test.each<[string, Partial<RequestDocument>]>([
    ['JSON', { body: { kind: 'json', text: '{"a": [1, 2.5, true, null, "é"], "b": {}}', asTyped: false } }],
    ['a form', { body: { kind: 'form', rows: [row('a', '1'), row('a', 'é &')] } }],
    ['a text', { body: { kind: 'text', text: 'a\nb' }, headers: [row('Content-Type', 'text/plain')] }],
    ['Digest', { auth: { kind: 'digest', username: 'u', password: 'p' } }],
    ['Basic in UTF-8', { auth: { kind: 'basic', username: 'ü', password: 'p', charset: 'utf-8' } }],
    ['Bearer', { auth: { kind: 'bearer', token: 't' } }],
    ['a header of its own', { auth: { kind: 'header', name: 'X-Token', prefix: 'Token ', value: 't' } }],
  ])('have the same fields: %s', async (_name, fields) => {
    const form: RequestDocument = {
      ...emptyRequest(),
      method: 'POST',
      url: 'https://api.test/',
      options: { behaviour: 'requests' },
      ...fields,
    }
    const { document } = readBack((await codeOf(generatePython, form)).text)

    const text = document.body.kind === 'json' ? JSON.stringify(JSON.parse(document.body.text)) : null
    const body = document.body.kind === 'json' ? { ...document.body, text } : document.body
    const own = form.body.kind === 'json' ? { ...form.body, text: JSON.stringify(JSON.parse(form.body.text)) } : form.body
    expect({ ...document, body }).toEqual({ ...form, body: own, name: document.name })
  })
})
