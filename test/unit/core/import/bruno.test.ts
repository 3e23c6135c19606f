import { describe, expect, test } from 'vitest'
import { brunoImporter } from '#core/import/bruno/bruno-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported } from '#core/import/imported.ts'
import fc from 'fast-check'
import { fuzz, mutated, survives } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('bruno')
const read = (text: string, name = 'a.bru'): Imported => brunoImporter.read([sourceFile(name, text)], countingTools())

describe('brunoImporter', () => {
  test.each(samples)('reads $name', ({ files, expected }) => {
    const imported = brunoImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(files.map((file) => brunoImporter.detect(file))).toEqual(files.map(() => 3))
  })

  test('reads a folder that was dropped whole, whatever it is called', () => {
    const [shop] = samples.filter(({ name }) => name === 'shop')
    const dropped = shop!.files.map((file) => sourceFile(`work/api/${file.name}`, file.text))

    expect(condensed(brunoImporter.read(dropped, countingTools()))).toEqual(shop!.expected)
  })

  test('keeps two collections apart, each in a folder', () => {
    const of = (folder: string): ReturnType<typeof sourceFile>[] => [
      sourceFile(`${folder}/bruno.json`, `{"version": "1", "name": "${folder}", "type": "collection"}`),
      sourceFile(`${folder}/collection.bru`, 'docs {\n  Of it\n}\n'),
      sourceFile(`${folder}/a.bru`, 'get {\n  url: http://a.example\n}\n'),
    ]

    expect(
      brunoImporter.read([...of('one'), ...of('two')], countingTools()).items.map((item) => item.kind === 'folder' && item.name),
    ).toEqual(['one', 'two'])
  })

  test('reads a pasted request and a pasted environment', () => {
    expect(read('get {\n  url: http://a.example\n}', '').items).toHaveLength(1)
    expect(read('# mine\nvars {\n  a: 1\n}\n', '').environments[0]?.environment.variables).toEqual([
      { name: 'a', value: '1', enabled: true },
    ])
    expect(brunoImporter.detect(sourceFile('', 'get {\n  url: http://a.example\n}'))).toBe(2)
  })

  test.each([
    ['get {\n  url: x\n', 1, 'the block "get" has no end'],
    ['get {\n  url: x\n}\n\nheaders {\n  no colon\n}\n', 6, 'a colon between them'],
    ['vars:secret [\n  a,\n', 1, 'the list that begins here has no end'],
    ["body:form-urlencoded {\n  a: '''\n    x\n}\n", 2, "the text that ''' begins has no end"],
    ['get { url: x }\n', 1, 'begins on a line of its own'],
  ])('says where %j breaks', (text, line, words) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        kind: 'Unreadable',
        message: expect.stringContaining(words),
        parts: expect.objectContaining({ details: { file: 'a.bru', line, column: 1 } }),
      }),
    )
  })

  test('ends a text only where a line begins with its bracket', () => {
    const { items } = read('post {\n  url: http://a.example\n  body: text\n}\n\nbody:text {\n  }\n   } \n  {\n}\n')

    expect(items[0]).toMatchObject({ document: { body: { kind: 'text', text: '}\n } \n{' } } })
  })

  test.each(['', '{}', 'curl http://a.example', '{"openapi": "3.1.0"}', 'meta = 1', '{"opencollection": "1.0.0", "items": []}'])(
    'does not take %j for its own',
    (text) => {
      expect(brunoImporter.detect(sourceFile('', text))).toBe(0)
    },
  )

  test('reads large files in time that grows with their length', () => {
    const lines = `  a: '''${' '.repeat(50)}'''\n`.repeat(50_000)
    const started = performance.now()

    read(
      `post {\n  url: http://a.example\n  body: formUrlEncoded\n}\nbody:form-urlencoded {\n${lines}}\nexample {\n${'  request: {\n    url: x\n  }\n'.repeat(20_000)}}\n`,
    )

    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('stands damaged texts', () => {
    const [shop, exported] = [samples.find(({ name }) => name === 'shop'), samples.find(({ name }) => name === 'exported')]
    fuzz(brunoImporter, exported!.files[0]!, { numRuns: 100 })
    for (const file of shop!.files) {
      fc.assert(
        fc.property(mutated(file.text), (text) => survives(brunoImporter, [sourceFile(file.name, text)])),
        { numRuns: 60 },
      )
    }
  })
})
