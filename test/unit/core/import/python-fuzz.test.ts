import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RequestDocumentSchema } from '#contract/model/request.ts'
import { SessionSchema } from '#contract/model/session.ts'
import { withFittingNumbers } from '#core/import/fit-numbers.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { pythonImporter } from '#core/import/python/python-importer.ts'
import { CoreError } from '#core/lib/core-error.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/import/python')
const SCRIPTS = readdirSync(FIXTURES)
  .filter((name) => name.includes('.input.'))
  .map((name) => readFileSync(join(FIXTURES, name), 'utf8'))
const TOOLS = { progress: () => undefined, id: () => 'id' }
/** For the slowest machine that the tests run on; a hang is minutes. */
const MAX_MS = 5000

/** Reads a text; whatever comes of it is a CoreError or an import that the model has. */
function read(text: string): void {
  const start = performance.now()
  try {
    const made = withFittingNumbers(pythonImporter.read([sourceFile('', text)], TOOLS))
    for (const item of made.items) if (item.kind === 'request') RequestDocumentSchema.parse(item.document)
    for (const session of made.sessions) SessionSchema.parse(session)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
  }
  expect(performance.now() - start).toBeLessThan(MAX_MS)
}

const PIECES = [
  '(', ')', '[', ']', '{', '}', '"', "'", '"""', 'f"', '{{', '}}', ':', ',', '\n', '\t', '    ', '\\', '#', '=', '**', '*', '%', '.', '@',
  'for x in ', 'while True:', 'def f(x):', 'f(f)', 'class A(A):', 'lambda: ', 'if ', 'else:', 'try:', 'except:', 'with ', 'return ', 'yield ',
  'None', '__proto__', 'constructor', '9' .repeat(50), '1e999', '-', '“', '‘', '>>> ', '```', '!pip', 'requests.get("http://h", params=', 'x', 'x = x + x',
  '.format(', 'requests.Session()', 'os.environ', 'import ', 'from ', ' as ', '\u0000', '\ud800', '😀', '\r', ';',
] // prettier-ignore

describe('whatever is handed in', () => {
  test('pieces of scripts put together at random', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
        read(pieces.join(''))
        read(`import requests\nrequests.get("https://example.com")\n${pieces.join(' ')}`)
      }),
      { numRuns: 120 },
    )
  })

  test('scripts with stretches taken out, doubled and replaced', () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(40), piece: fc.constantFrom('', ...PIECES) })
    fc.assert(
      fc.property(fc.constantFrom(...SCRIPTS), fc.array(change, { minLength: 1, maxLength: 6 }), (script, changes) => {
        const text = changes.reduce((known, { at, length, piece }) => {
          const from = Math.floor(at * known.length)
          return known.slice(0, from) + piece + known.slice(from + length)
        }, script)
        read(text)
      }),
      { numRuns: 400 },
    )
  })

  test('texts of any kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        read(text)
      }),
      { numRuns: 120 },
    )
  })
})

describe('what would take for ever', () => {
  test.each([
    ['brackets', '('.repeat(100_000)],
    ['a dictionary in a dictionary', `import requests\nx = ${'{"a": '.repeat(50_000)}`],
    ['a sum of very many', `import requests\nrequests.get("http://h/" + ${'"a" + '.repeat(30_000)}"b")`],
    ['calls of calls', `import requests\nrequests.get(${'f('.repeat(20_000)}`],
    ['members of members', `import requests\nx${'.a'.repeat(50_000)}\nrequests.get("http://h")`],
    [
      'loops in loops',
      `import requests\n${[...'abcdefgh'].map((name, depth) => `${'  '.repeat(depth)}for ${name} in range(10000):\n`).join('')}${'  '.repeat(8)}requests.get("http://h")\n`,
    ],
    ['doubling', `import requests\nx = "abc"\nfor i in range(100):\n  x = x + x\nrequests.get("http://h/" + x)\n`],
    ['doubling of lists', `import requests\nx = [1]\nfor i in range(100):\n  x = x + x\nrequests.post("http://h/", json=x)\n`],
    ['powers', 'import requests\nx = 9 ** 9 ** 9 ** 9\nrequests.get("http://h", params={"x": x})\n'],
    ['a list that holds itself', 'import requests\nx = []\nx.append(x)\nrequests.post("http://h", json=x, data={"x": x})\n'],
    ['a dictionary that holds itself', 'import requests\nx = {}\nx["x"] = x\nrequests.post("http://h", json=x, headers=x)\n'],
    ['two that call each other', 'import requests\ndef a():\n  b()\n  b()\ndef b():\n  a()\n  a()\nrequests.get("http://h")\na()\n'],
    [
      'many functions that call the next twice',
      `import requests\n${Array.from({ length: 40 }, (_, n) => `def f${n}():\n  f${n + 1}()\n  f${n + 1}()\n`).join('')}def f40():\n  requests.get("http://h")\nf0()\n`,
    ],
    ['an endless loop', 'import requests\nwhile 1 == 1:\n  x = 1\nrequests.get("http://h")\n'],
    ['quotes', `import requests\n${'"'.repeat(200_001)}`],
    ['very many commas', `import requests\nx = [${'1,'.repeat(60_000)}]\nrequests.get("http://h")\n`],
    ['very many lines', `import requests\n${'x = 1\n'.repeat(30_000)}requests.get("http://h")\n`],
    ['fields of fields', `import requests\nrequests.get(f"${'{f"'.repeat(5000)}`],
    [
      'a class of itself',
      'import requests\nclass A(A):\n  def get(self):\n    return self.get()\nclass B(A): pass\nA = B\nB().get()\nrequests.get("http://h")\n',
    ],
    [
      'a format with a great width',
      'import requests\nrequests.get("http://h/{:999999999}".format(1))\nrequests.get("http://h/%999999999d" % 1)\nrequests.get(f"http://h/{1:>9999}")\n',
    ],
  ])('%s', (_name, text) => {
    read(text)
  })

  test('names of the prototype are names as any', () => {
    const text =
      'import requests\n__proto__ = {"__proto__": "x", "constructor": 1}\nrequests.post("http://h", json=__proto__, headers=__proto__, data=None, toString=1)\nconstructor.prototype()\n'

    read(text)

    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
