import { describe, expect, test } from 'vitest'
import { hoppscotchImporter } from '#core/import/hoppscotch/hoppscotch-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('hoppscotch')

describe('hoppscotchImporter', () => {
  test.each(samples)('reads $name', ({ files, expected }) => {
    const imported = hoppscotchImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(hoppscotchImporter.detect(files[0]!)).toBe(3)
  })

  test('takes collections and environments that are handed over together', () => {
    const files = samples.filter(({ name }) => name !== 'several').flatMap((sample) => sample.files)

    const { name, environments } = hoppscotchImporter.read(files, countingTools())

    expect([name, environments.length]).toEqual(['Shop', 2])
  })

  test.each([
    ['<<a>>', '{{a}}'],
    ['<< a >>', '{{a}}'],
    ['a << b', 'a << b'],
    ['<<<a>>', '<{{a}}'],
    ['<<>>', '<<>>'],
    ['x<<a>>y<<b>>', 'x{{a}}y{{b}}'],
  ])('makes %j to %j', (from, to) => {
    const text = JSON.stringify({
      v: '1',
      name: 'R',
      method: 'GET',
      endpoint: 'http://a.example',
      headers: [{ key: 'X', value: from, active: true }],
    })

    expect(hoppscotchImporter.read([sourceFile('', text)], countingTools()).items[0]).toMatchObject({
      document: { headers: [{ name: 'X', value: to }] },
    })
  })

  test('says where a broken text breaks', () => {
    expect(() => hoppscotchImporter.read([sourceFile('h.json', '[{"v": 1, "name": }]')], countingTools())).toThrow(
      /^h\.json is not valid JSON: line 1, column 19: /,
    )
  })

  test.each(['{}', '[]', 'x', '[{"name": "a", "variables": [{"name": "b"}]}]', '{"openapi": "3.1.0"}', '[1]'])(
    'does not take %j for its own',
    (text) => {
      expect(hoppscotchImporter.detect(sourceFile('', text))).toBe(0)
    },
  )

  test('stands damaged texts', () => {
    for (const { files } of samples) fuzz(hoppscotchImporter, files[0]!, { numRuns: 100 })
  })
})
