import { describe, expect, test } from 'vitest'
import type { ImportFormat } from '#contract/model/import.ts'
import { RequestDocumentSchema } from '#contract/model/request.ts'
import { SessionSchema } from '#contract/model/session.ts'
import { emptyImport, importedRequest, plainRequest, type Imported } from '#core/import/imported.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Importer } from '#core/import/importer.ts'
import { IMPORTERS, type ImporterEntry } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { CoreError } from '#core/lib/core-error.ts'

const tools = { progress: () => undefined, id: () => 'id' }

/** An importer of texts that begin with a word; each line after it is the URL of a request. */
function wordImporter(format: ImportFormat, word: string, sureness: 1 | 2 | 3, more: Partial<Imported> = {}): ImporterEntry {
  const importer: Importer = {
    format,
    detect: ({ text }) => (text.startsWith(word) ? sureness : 0),
    read: (files) => ({
      ...emptyImport(format),
      items: files.flatMap(({ text }) =>
        text
          .split('\n')
          .slice(1)
          .map((url) => importedRequest(plainRequest(url, { url }))),
      ),
      ...more,
    }),
  }
  return { format, load: () => Promise.resolve(importer) }
}

function names({ items }: Imported): string[] {
  return items.map((item) => (item.kind === 'request' ? item.document.name : `${item.name}/`))
}

describe('the list of importers', () => {
  test('loads each under the format that it is listed with', async () => {
    const loaded = await Promise.all(IMPORTERS.map(async ({ format, load }) => [format, (await load()).format]))

    expect(loaded.filter(([listed, own]) => listed !== own)).toEqual([])
  })

  test('has no format twice', () => {
    const formats = IMPORTERS.map(({ format }) => format)

    expect([...new Set(formats)]).toEqual(formats)
  })
})

describe('reading an import', () => {
  test('the surest importer has the file, and the first of two that are as sure', async () => {
    const entries = [wordImporter('curl', 'get', 1), wordImporter('wget', 'get', 2), wordImporter('httpie', 'get', 2)]

    const read = await readImport([sourceFile('', 'get\nhttp://a.test/')], entries, { tools })

    expect(read.format).toBe('wget')
    expect(names(read)).toEqual(['http://a.test/'])
  })

  test('files of one format are read together, and those of several come as one', async () => {
    const entries = [wordImporter('curl', 'one', 2), wordImporter('har', 'two', 2)]
    const files = [sourceFile('a', 'one\nu1'), sourceFile('b', 'two\nu2\nu3'), sourceFile('c', 'one\nu4')]

    const read = await readImport(files, entries, { tools })

    expect(names(read)).toEqual(['u1', 'u4', 'u2', 'u3'])
  })

  test('what each gives to all its requests stays with them, in a folder', async () => {
    const docs = { docs: 'About', name: 'Shop', notes: [{ severity: 'lost', where: '', line: 3, message: 'A thing.' }] } as const
    const entries = [wordImporter('postman', 'one', 2, docs), wordImporter('har', 'two', 2)]

    const read = await readImport([sourceFile('a', 'one\nu1'), sourceFile('b', 'two\nu2\nu3')], entries, { tools })

    expect(names(read)).toEqual(['u2', 'u3', 'Shop/'])
    expect(read.docs).toBe('')
    expect(read.notes).toEqual([{ severity: 'lost', where: 'Shop', line: 3, message: 'A thing.' }])
  })

  test('a collection keeps its own beside a file without requests', async () => {
    const entries = [wordImporter('postman', 'one', 2, { docs: 'About', name: 'Shop' }), wordImporter('postman-environment', 'env', 3)]

    const read = await readImport([sourceFile('e', 'env'), sourceFile('a', 'one\nu1')], entries, { tools })

    expect(read).toMatchObject({ format: 'postman', name: 'Shop', docs: 'About' })
    expect(names(read)).toEqual(['u1'])
  })

  test('files of no known format are named, and the others read', async () => {
    const files = [sourceFile('a.txt', 'one\nu1'), sourceFile('LICENSE', 'All rights')]

    const read = await readImport(files, [wordImporter('curl', 'one', 2)], { tools })

    expect(read.notes.map(({ message }) => message)).toEqual(['Left out, as of no known format: LICENSE.'])
  })

  test('a text of no known format says what can be read', async () => {
    const reading = readImport([sourceFile('letter.txt', 'Dear all')], [wordImporter('curl', 'one', 2), wordImporter('har', 'two', 2)], {
      tools,
    })

    await expect(reading).rejects.toMatchObject({
      kind: 'Unreadable',
      message: 'letter.txt is not in a format that can be imported.',
      parts: { hint: 'What can be: cURL command, HAR file.', details: { file: 'letter.txt' } },
    })
  })

  test.each([
    ['{\n  "info": {"name": "x",\n  }\n}', 2, 23],
    ['[1, 2', 1, 1],
    ['openapi: 3.1.0\ninfo:\n  title: "x\n', 4, 1],
  ])('broken JSON and YAML are told by their line and column: %j', async (text, line, column) => {
    const reading = readImport([sourceFile('a.json', text)], [wordImporter('curl', 'one', 2)], { tools })

    await expect(reading).rejects.toMatchObject({ kind: 'Unreadable', parts: { details: { file: 'a.json', line, column } } })
  })

  test('a format that is given is the only one tried, though the text does not look like it', async () => {
    const entries = [wordImporter('curl', 'one', 3), wordImporter('har', 'two', 2)]

    const read = await readImport([sourceFile('', 'one\nu1')], entries, { format: 'har', tools })

    expect(read.format).toBe('har')
  })

  test('an importer that fails otherwise than it promises imports nothing, and says so', async () => {
    const broken: Importer = { format: 'har', detect: () => 3, read: () => JSON.parse('{') as Imported }

    const reading = readImport([sourceFile('', 'x')], [{ format: 'har', load: () => Promise.resolve(broken) }], { tools })

    await expect(reading).rejects.toBeInstanceOf(CoreError)
    await expect(reading).rejects.toMatchObject({ kind: 'Unreadable' })
  })

  test('progress is that of all formats together', async () => {
    const told: number[] = []
    const half = (format: ImportFormat, word: string): ImporterEntry => ({
      format,
      load: () =>
        Promise.resolve({
          format,
          detect: ({ text }) => (text === word ? 3 : 0),
          read: (_files, { progress }) => {
            progress(0.5)
            return emptyImport(format)
          },
        }),
    })

    await readImport([sourceFile('a', 'a'), sourceFile('b', 'b')], [half('har', 'a'), half('curl', 'b')], {
      tools: { ...tools, progress: (done) => told.push(done) },
    })

    expect(told).toEqual([0.25, 0.75])
  })

  test.each([
    ['curl', `curl --max-redirs ${'9'.repeat(50)} --retry ${'9'.repeat(50)} --max-time 1e999 https://example.com`],
    ['python', `import requests\ns = requests.Session()\ns.max_redirects = ${'9'.repeat(50)}\ns.get('https://example.com', timeout=1e999)`],
    [
      'postman',
      JSON.stringify({
        info: { name: 'a', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [{ name: 'b', request: { url: 'https://example.com' }, protocolProfileBehavior: { maxRedirects: 1e30 } }],
      }),
    ],
  ] as const)('a number larger than can be counted is the largest that can: %s', async (format, text) => {
    const read = await readImport([sourceFile('a.json', text)], IMPORTERS, { format, tools })

    const requests = read.items.flatMap((item) => (item.kind === 'request' ? [item.document] : []))
    expect(requests).toHaveLength(1)
    for (const document of requests) RequestDocumentSchema.parse(document)
    for (const session of read.sessions) SessionSchema.parse(session)
    expect(JSON.stringify([read.items, read.sessions])).toContain(String(Number.MAX_SAFE_INTEGER))
  })
})
