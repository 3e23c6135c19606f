import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { importedFolder, importedRequest, NO_DEFAULTS, plainRequest, type ImportedItem } from '#core/import/imported.ts'
import { opencollectionImporter } from '#core/import/opencollection/opencollection-importer.ts'
import { bundleText, type BundledItem } from '#core/storage/opencollection/bundle-format.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('opencollection')
const bundled = (item: ImportedItem): BundledItem =>
  item.kind === 'folder' ? { ...item, items: item.items.map(bundled) } : { kind: 'request', document: item.document, examples: [] }

describe('opencollectionImporter', () => {
  test.each(samples)('reads $name', ({ name, files, expected }) => {
    const imported = opencollectionImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(opencollectionImporter.detect(files[0]!)).toBe(name === 'bundle' ? 3 : 2)
  })

  test('reads JSON as it does YAML', () => {
    const [bundle] = samples
    const json = sourceFile('b.json', JSON.stringify(bundle!.files[0]!.data()))

    expect(condensed(opencollectionImporter.read([json], countingTools()))).toEqual(bundle!.expected)
  })

  test('brings back what Posthaste bundled', () => {
    const defaults = {
      ...NO_DEFAULTS,
      headers: [{ name: 'X', value: '1', enabled: true }],
      variables: [{ name: 'a', value: '/b', enabled: true, raw: true }],
    }
    const items = [
      importedFolder(
        'Users',
        [
          importedRequest(
            plainRequest('Create', {
              method: 'POST',
              url: 'http://a.example/?a=1',
              params: [{ name: 'a', value: '1', enabled: true, kind: 'query' }],
              docs: 'Makes one',
            }),
          ),
        ],
        { defaults, docs: 'People', scripts: [{ type: 'tests', code: 'a()' }] },
      ),
    ]
    const environment = {
      name: 'Live',
      extends: 'Base',
      dotEnvPath: '.env',
      color: '#ff0000',
      variables: [{ name: 'h', value: 'x', enabled: false }],
    }
    const session = {
      name: 'admin',
      headers: [],
      params: [],
      cookies: [],
      auth: { kind: 'none' as const },
      options: { verify: false },
      adapters: [],
    }
    const text = bundleText({
      name: 'C',
      docs: 'All',
      defaults,
      scripts: [{ type: 'before-request', code: 'b()' }],
      items: items.map(bundled),
      environments: [environment],
      sessions: [session],
    })

    const back = opencollectionImporter.read([sourceFile('c.yml', text)], countingTools())

    expect(back).toMatchObject({
      name: 'C',
      docs: 'All',
      defaults,
      scripts: [{ type: 'before-request', code: 'b()' }],
      sessions: [session],
    })
    expect(back.environments.map((one) => one.environment)).toEqual([environment])
    expect(JSON.parse(JSON.stringify(back.items))).toEqual(JSON.parse(JSON.stringify(items.map((item) => ({ ...item, secrets: {} })))))
  })

  test('refuses the first file of a folder, which is opened', () => {
    const file = sourceFile('shop/opencollection.yml', 'opencollection: "1.0.0"\ninfo: { name: Shop }\n')

    expect(opencollectionImporter.detect(file)).toBe(3)
    expect(() => opencollectionImporter.read([file], countingTools())).toThrow(
      expect.objectContaining({ kind: 'Unreadable', parts: expect.objectContaining({ hint: expect.stringContaining('Open collection') }) }),
    )
  })

  test('says that a version is not known', () => {
    const { notes } = opencollectionImporter.read([sourceFile('', '{"opencollection": "2.0.0", "items": []}')], countingTools())

    expect(notes.map(({ message }) => message)).toEqual(['It is of version 2.0.0, which is not known here: it was read as 1.0.0.'])
  })

  test('says where a broken text breaks', () => {
    expect(() =>
      opencollectionImporter.read([sourceFile('c.yml', 'opencollection: "1.0.0"\nitems: [\n  { a: "b }\n')], countingTools()),
    ).toThrow(/^c\.yml is not valid YAML: line \d+, column \d+: /)
  })

  test.each(['{}', '[]', 'openapi: 3.1.0\ninfo: { title: x }', 'info: { type: http }', 'name: x'])(
    'does not take %j for its own',
    (text) => {
      expect(opencollectionImporter.detect(sourceFile('', text))).toBe(0)
    },
  )

  test('stands damaged texts', () => {
    for (const { files } of samples) fuzz(opencollectionImporter, files[0]!, { numRuns: 60 })
  })
})
