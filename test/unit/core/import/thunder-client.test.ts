import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { thunderClientImporter } from '#core/import/thunder-client/thunder-importer.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('thunder-client')
const collection = (fields: object): string =>
  JSON.stringify({ clientName: 'Thunder Client', collectionName: 'C', folders: [], requests: [], ...fields })

describe('thunderClientImporter', () => {
  test.each(samples)('reads $name', ({ files, expected }) => {
    const imported = thunderClientImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(files.map((file) => thunderClientImporter.detect(file))).toEqual(files.map(() => 3))
  })

  test.each([
    ['https://a.example/{id}', ['id'], 'https://a.example/:id'],
    ['https://a.example/{id}/{id}/x?y={id}', ['id'], 'https://a.example/:id/:id/x?y={id}'],
    ['https://a.example/{{id}}', ['id'], 'https://a.example/{{id}}'],
    ['https://a.example/{a}{b}', ['a', 'b'], 'https://a.example/{a}{b}'],
    ['https://a.example/{id}', [], 'https://a.example/{id}'],
  ])('makes the path of %j with %j to %j', (url, names, to) => {
    const params = names.map((name) => ({ name, value: '1', isPath: true }))
    const { items } = thunderClientImporter.read(
      [sourceFile('', collection({ requests: [{ _id: 'r', url, method: 'GET', params }] }))],
      countingTools(),
    )

    expect(items[0]).toMatchObject({ document: { url: to } })
  })

  test('says that folders hold each other', () => {
    const folders = [
      { _id: 'a', name: 'A', containerId: 'b' },
      { _id: 'b', name: 'B', containerId: 'a' },
    ]
    const { notes } = thunderClientImporter.read([sourceFile('', collection({ folders }))], countingTools())

    expect(notes.map(({ message }) => message)).toEqual(['Folders that hold each other in a circle were left out, with what is in them.'])
  })

  test('refuses folders that are nested without end', () => {
    const folders = Array.from({ length: 20_000 }, (_, index) => ({
      _id: `f${index}`,
      name: 'F',
      containerId: index === 0 ? '' : `f${index - 1}`,
    }))

    expect(() => thunderClientImporter.read([sourceFile('', collection({ folders }))], countingTools())).toThrow(
      'Its folders are nested more than 200 levels deep.',
    )
  })

  test('says where a broken text breaks', () => {
    expect(() =>
      thunderClientImporter.read([sourceFile('t.json', '{"clientName": "Thunder Client",\n "requests": [}')], countingTools()),
    ).toThrow(/^t\.json is not valid JSON: line 2, column 15: /)
  })

  test.each([
    '{}',
    '[]',
    'x',
    '{"name": "a", "variables": []}',
    '{"name": "a", "folders": [], "requests": []}',
    '{"data": [{"name": "x"}]}',
  ])('does not take %j for its own', (text) => {
    expect(thunderClientImporter.detect(sourceFile('', text))).toBe(0)
  })

  test('stands damaged texts', () => {
    for (const { files } of samples) fuzz(thunderClientImporter, files[0]!, { numRuns: 60 })
  })
})
