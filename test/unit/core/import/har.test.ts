import { describe, expect, test } from 'vitest'
import { toHar } from '#core/export/har/to-har.ts'
import { harImporter } from '#core/import/har/har-importer.ts'
import { importedFolder, importedRequest, NO_DEFAULTS, plainRequest, type ImportedItem } from '#core/import/imported.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('har')
const read = (log: object): readonly ImportedItem[] =>
  harImporter.read([sourceFile('a.har', JSON.stringify({ log }))], countingTools()).items
const entry = (request: object, response: object = {}): object => ({
  request: { method: 'POST', url: 'http://a.example/x', ...request },
  response,
})

describe('harImporter', () => {
  test.each(samples)('reads $name', ({ files, expected }) => {
    const imported = harImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(harImporter.detect(files[0]!)).toBe(3)
  })

  test('brings back what Posthaste exported', () => {
    const items = [
      importedRequest(
        plainRequest('Top', {
          method: 'GET',
          url: 'http://a.example/?a=1',
          params: [{ name: 'a', value: '1', enabled: true, kind: 'query' }],
        }),
      ),
      importedFolder('Users', [
        importedRequest(
          plainRequest('Create', {
            method: 'POST',
            url: 'http://a.example/users',
            headers: [
              { name: 'X', value: 'y', enabled: true },
              { name: 'Content-Type', value: 'application/json', enabled: true },
            ],
            body: { kind: 'json', text: '{"a": 1}', asTyped: false },
            auth: { kind: 'basic', username: 'u', password: 'p' },
            cookies: [{ name: 'sid', value: '1', enabled: true }],
          }),
        ),
        importedFolder('Inner', [
          importedRequest(
            plainRequest('Upload', {
              method: 'PUT',
              url: 'http://a.example/up',
              body: { kind: 'file', path: '/files/a.bin', contentType: '' },
            }),
          ),
        ]),
      ]),
    ]
    const { files } = toHar({ name: 'C', docs: '', defaults: NO_DEFAULTS, scripts: [], items, environments: [], sessions: [] })

    const back = harImporter.read([sourceFile('c.har', files[0]!.text)], countingTools())

    const upload = { name: 'Content-Type', value: 'application/octet-stream', enabled: true }
    expect(JSON.parse(JSON.stringify(back.items))).toEqual(
      JSON.parse(
        JSON.stringify(items).replace(
          '"url":"http://a.example/up","params":[],"headers":[]',
          `"url":"http://a.example/up","params":[],"headers":[${JSON.stringify(upload)}]`,
        ),
      ),
    )
  })

  test('keeps a body as it was sent where a form would be another text', () => {
    const headers = [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }]
    const [item] = read({ entries: [entry({ headers, postData: { mimeType: '', text: 'a=%7e&b' } })] })

    expect(item).toMatchObject({ document: { body: { kind: 'text', text: 'a=%7e&b' }, headers: [{ name: 'Content-Type' }] } })
  })

  test('says what is hidden, too long or no text', () => {
    const file = JSON.stringify({
      log: {
        entries: [
          entry(
            { headers: [{ name: 'Authorization', value: 'Bearer ••••••••' }] },
            { status: 200, content: { text: 'x'.repeat(1024 * 1024 + 1) } },
          ),
          entry({ postData: { mimeType: 'image/png', text: 'AAAA', comment: 'base64' } }),
          entry({ url: 'blob:http://a.example/1' }),
          { request: null },
        ],
      },
    })

    expect(harImporter.read([sourceFile('', file)], countingTools()).notes.map(({ message }) => message)).toEqual([
      'What was hidden in it (••••••••) has to be filled in.',
      'Its answer is longer than 1 MiB, and was left out.',
      'Its body is not text, or was too long to be in the file: choose the file to send.',
      'Entries that are no requests over HTTP were left out: 2.',
    ])
  })

  test('says where a broken text breaks', () => {
    expect(() => harImporter.read([sourceFile('a.har', '{"log": {"entries": [}')], countingTools())).toThrow(
      /^a\.har is not valid JSON: line 1, column 22: /,
    )
  })

  test.each(['{}', '[]', '{"log": {}}', '{"entries": []}', 'x'])('does not take %j for its own', (text) => {
    expect(harImporter.detect(sourceFile('', text))).toBe(0)
  })

  test('reads a large archive in time that grows with its length', () => {
    const entries = Array.from({ length: 20_000 }, (_, index) => ({
      pageref: `p${index % 100}`,
      ...entry({ url: `http://a.example/${index}?a=${'x'.repeat(200)}` }, { status: 200, content: { text: 'y'.repeat(500) } }),
    }))
    const pages = Array.from({ length: 100 }, (_, index) => ({ id: `p${index}`, title: `Page ${index}` }))
    const started = performance.now()

    expect(read({ pages, entries })).toHaveLength(100)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  test('stands damaged texts', () => {
    fuzz(harImporter, samples[0]!.files[0]!, { numRuns: 100 })
  })
})
