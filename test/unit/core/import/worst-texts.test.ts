/** Texts that are made to take long: a regular expression that looks at every rest of a run again takes minutes over these. */
import { describe, expect, test } from 'vitest'
import { CoreError } from '#core/lib/core-error.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { readInWorker } from '#core/import/import-worker-client.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { countingTools } from '../../../support/import-samples.ts'

/** How long each may take on a machine that does other things too; what was mended took from half a minute to for ever. */
const SLOW_MS = 12_000

async function read(text: string): Promise<void> {
  await readImport([sourceFile('', text)], IMPORTERS, { tools: countingTools() }).catch((error: unknown) => {
    if (!(error instanceof CoreError)) throw error
  })
}

function times(text: string, count: number): string {
  return text.repeat(count)
}

describe('a text that is made to take long', () => {
  test.each([
    ['line breaks', `${times('\n', 1_000_000)}x`],
    ['line breaks in front of a known word', `${times('\n', 60)}x: y`],
    ['line breaks of Windows', `curl ${times('\r\n', 500_000)}x`],
    ['a script of line breaks', `import requests\nrequests.get(${times('\n', 500_000)}`],
    ['a call of fetch behind blanks', `${times('\n ', 300_000)}fetch(`],
    ['a raw request whose line is blank', `GET / HTTP/1.1\nHost: a\nX${times(' ', 300_000)}`],
    ['a raw request that is no line', `GET ${times(' ', 300_000)}`],
    ['a request line with blanks in it', `### a\nGET http://a.test/${times(' ', 300_000)}x`],
    ['a script behind a request', `### a\nGET http://a.test/\n\n> {%${times(' ', 300_000)}x%}`],
    ['a variable of cmd', `set a=${times(' ', 300_000)}"x\ncurl ^"http://a.test^"`],
    ['brackets of YAML that nothing opened', `openapi: 3.1.0\n${times('}', 60_000)}`],
    ['keys of YAML', `openapi: 3.1.0\n${Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`).join('')}`],
  ])('is read or refused in time: %s', async (_what, text) => {
    const started = performance.now()

    await read(text)

    expect(performance.now() - started).toBeLessThan(SLOW_MS)
  })

  test('is given up, and its thread ended, when it takes longer than it may', async () => {
    const job = { source: { kind: 'text', text: `import requests\n${times('x = 1\n', 50_000)}` }, format: undefined } as const

    await expect(readInWorker(job, { limitMs: 1 })).rejects.toMatchObject({ kind: 'TooLarge' })
  })
})

describe('YAML', () => {
  test.each([
    [
      'aliases of aliases',
      `openapi: 3.1.0\na0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`).join('')}`,
    ],
    ['a circle', 'openapi: 3.1.0\ninfo: &a { title: t, again: *a }\npaths: {}\n'],
    ['a name twice', 'openapi: 3.1.0\nopenapi: 3.1.0\npaths: {}\n'],
    ['a tag that would make an object', 'openapi: 3.1.0\ninfo: !!js/function "function () { return 1 }"\n'],
    ['deep nesting', `openapi: 3.1.0\nx: ${times('[', 5_000)}`],
  ])('of %s is refused or harmless', async (_what, text) => {
    await read(text)
  })

  test('of which a name stands twice says so, with its line', async () => {
    const text = 'openapi: 3.1.0\ninfo: { title: a, title: b }\npaths: {}\n'

    await expect(readImport([sourceFile('a.yml', text)], IMPORTERS, { tools: countingTools() })).rejects.toMatchObject({
      message: 'a.yml cannot be read: map keys must be unique.',
      parts: { details: { line: 2, column: 19 } },
    })
  })

  test('is read to the end of its first document', () => {
    expect(sourceFile('', 'a: 1\n---\nb: 2\n').data()).toEqual({ a: 1 })
  })
})
