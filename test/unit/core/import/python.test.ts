import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SessionSchema } from '#contract/model/session.ts'
import { RequestDocumentSchema } from '#contract/model/request.ts'
import type { Imported } from '#core/import/imported.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { pythonImporter } from '#core/import/python/python-importer.ts'
import { CoreError } from '#core/lib/core-error.ts'
import { shortImport } from '../../../support/short-import.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/import/python')
const TOOLS = { progress: () => undefined, id: () => 'id' }

function imported(text: string, name = ''): Imported {
  return pythonImporter.read([sourceFile(name, text)], TOOLS)
}

function outcomeOf(text: string): unknown {
  try {
    return shortImport(imported(text))
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return { refused: error.message, hint: error.parts.hint, ...error.parts.details }
  }
}

describe('scripts and what they become', () => {
  const inputs = readdirSync(FIXTURES).filter((name) => name.includes('.input.'))

  test('there are as many as were asked for', () => {
    expect(inputs.length).toBeGreaterThanOrEqual(40)
  })

  test.each(inputs)('%s', async (name) => {
    const text = readFileSync(join(FIXTURES, name), 'utf8')
    const expected = join(FIXTURES, name.replace(/\.input\..*$/, '.expected.json'))
    expect(outcomeOf(text)).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })

  test.each(inputs)('%s is an import that the model has', (name) => {
    const outcome = readFileSync(join(FIXTURES, name.replace(/\.input\..*$/, '.expected.json')), 'utf8')
    if (outcome.includes('"refused"')) return

    const made = imported(readFileSync(join(FIXTURES, name), 'utf8'))

    for (const item of made.items) expect(item.kind === 'request' && RequestDocumentSchema.parse(item.document)).toBeTruthy()
    for (const session of made.sessions) SessionSchema.parse(session)
  })
})

describe('telling a script from other texts', () => {
  const sure = (text: string, name = ''): number => pythonImporter.detect(sourceFile(name, text))

  test.each([
    ['import requests\nrequests.get("https://example.com")', 3],
    ['>>> import requests', 3],
    ['from requests.auth import HTTPBasicAuth', 3],
    ['requests.get("https://example.com")', 2],
    ['session.post(url, json=body)', 2],
    ['curl https://example.com', 0],
    ['fetch("https://example.com")', 0],
    ['{"info": {"name": "requests"}}', 0],
    ['', 0],
  ])('%s', (text, expected) => {
    expect(sure(text)).toBe(expected)
  })

  test('a file is taken by its name where nothing speaks for it or against it', () => {
    expect(sure('import httpx', 'a/b.py')).toBe(1)
  })
})

describe('several scripts at once', () => {
  test('each is a folder, and sessions of one name stay two', () => {
    const script = (header: string): string =>
      `import requests\ns = requests.Session()\ns.headers["X"] = "${header}"\ns.get("https://example.com")\n`

    const made = pythonImporter.read([sourceFile('a.py', script('1')), sourceFile('b.py', script('2'))], TOOLS)

    expect(shortImport(made)).toMatchObject({
      items: [
        { folder: 'a', items: [{ options: { session: 'session' } }] },
        { folder: 'b', items: [{ options: { session: 'b session' } }] },
      ],
      sessions: [
        { name: 'session', headers: ['X: 1'] },
        { name: 'b session', headers: ['X: 2'] },
      ],
    })
  })

  test('a notebook is the code of its cells', () => {
    const cells = [
      { cell_type: 'markdown', source: ['# Title'] },
      { cell_type: 'code', source: ['import requests\n', 'u = "https://example.com"'] },
      { cell_type: 'code', source: 'requests.get(u)' },
    ]

    const made = imported(JSON.stringify({ nbformat: 4, cells }), 'x.ipynb')

    expect(shortImport(made)).toMatchObject({ name: 'x', items: [{ request: 'GET https://example.com' }] })
  })
})

describe('a script that is large', () => {
  const MIB = 1024 * 1024

  test('is read, with a body of many MiB as it stands', () => {
    const body = 'a line of text\n'.repeat((5 * MIB) / 15)
    const [item] = imported(`import requests\nrequests.post("https://example.com", data=\"\"\"${body}\"\"\")\n`).items
    expect(item?.kind === 'request' && item.document.body).toEqual({ kind: 'text', text: body })
  })

  test('is read, with more values written out than there are steps otherwise', () => {
    const [item] = imported(`import requests\nrequests.post("https://example.com", json=[${'1,'.repeat(320_000)}2])\n`).items
    expect(
      item?.kind === 'request' && item.document.body.kind === 'json' && item.document.body.text.replaceAll(/\s/g, '').endsWith('1,1,2]'),
    ).toBe(true)
  })

  test('is refused beyond the bound, which is said', () => {
    expect(outcomeOf(`import requests\n${'#'.repeat(16 * MIB)}`)).toMatchObject({
      refused: 'The script is 16.0 MiB long; scripts of up to 16 MiB are read.',
    })
  })

  test('that goes on without end before it sends anything is told so', () => {
    const loop = 'for a in range(9999):\n    for b in range(9999):\n        x = a * b\n'
    expect(outcomeOf(`import requests\n${loop}requests.get("https://example.com")\n`)).toMatchObject({
      refused: 'The script makes more steps than are followed, and no request until then.',
    })
  })
})
