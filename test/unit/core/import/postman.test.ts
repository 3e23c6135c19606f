import { describe, expect, test } from 'vitest'
import { postmanEnvironmentImporter, postmanImporter } from '#core/import/postman/postman-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('postman')
const collection = (fields: object): string =>
  JSON.stringify({ info: { name: 'C', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/' }, ...fields })
const read = (text: string): ReturnType<typeof postmanImporter.read> => postmanImporter.read([sourceFile('c.json', text)], countingTools())

describe('postmanImporter', () => {
  test.each(samples)('reads $name', ({ name, files, expected }) => {
    const importer = name.startsWith('environment') ? postmanEnvironmentImporter : postmanImporter

    const imported = importer.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(importer.detect(files[0]!)).toBe(3)
  })

  test('takes a collection and its environments that are handed over together', () => {
    const files = samples.filter(({ name }) => name === 'old-2.0' || name === 'environment-staging').flatMap((sample) => sample.files)

    const { name, items, environments } = postmanImporter.read(files, countingTools())

    expect([name, items.length, environments.map(({ environment }) => environment.name)]).toEqual(['Old', 6, ['Staging']])
  })

  test('takes a collection out of the answer of the API', () => {
    const file = sourceFile('api.json', `{"collection": ${collection({ item: [{ name: 'R', request: 'http://a.example' }] })}}`)

    expect(postmanImporter.detect(file)).toBe(3)
    expect(postmanImporter.read([file], countingTools()).items).toHaveLength(1)
  })

  test('passes no credentials on below a folder that says there are none', () => {
    const inner = { name: 'In', item: [{ name: 'R', request: 'http://a.example' }] }
    const own = {
      name: 'Own',
      auth: { type: 'bearer', bearer: [{ key: 'token', value: 't' }] },
      item: [{ name: 'S', request: 'http://a.example' }],
    }
    const { items } = read(
      collection({ auth: { type: 'bearer', bearer: [] }, item: [{ name: 'F', auth: { type: 'noauth' }, item: [inner, own] }] }),
    )

    const text = JSON.stringify(items)
    expect(text).toMatch(/"name":"R".*?"auth":\{"kind":"none"\}/)
    expect(text).toMatch(/"name":"S".*?"auth":\{"kind":"inherit"\}/)
  })

  test('sends no row that is switched off, though it stands in the text of the URL', () => {
    const query = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2', disabled: true },
      { key: 'c', value: null },
    ]
    const [item] = read(collection({ item: [{ name: 'R', request: { url: { raw: '{{base}}/x?a=1&b=2&c#top', query } } }] })).items

    expect(item).toMatchObject({
      document: { url: '{{base}}/x?a=1&c#top', params: [{ name: 'a' }, { name: 'b', enabled: false }, { name: 'c' }] },
    })
  })

  test('says that a version is not known, and reads it all the same', () => {
    const text = JSON.stringify({ info: { name: 'C', schema: 'https://schema.getpostman.com/json/collection/v3.0.0/' }, item: [] })

    expect(read(text).notes).toEqual([
      { severity: 'changed', where: '', line: null, message: 'It is of version 3.0, which is not known here: it was read as 2.1.' },
    ])
  })

  test('holds names that objects have from their prototype', () => {
    const text = collection({ variable: [{ key: '__proto__', value: 's', type: 'secret' }], auth: { type: 'constructor' }, item: [] })

    const { secrets, defaults } = read(text)

    expect(Object.entries(secrets)).toEqual([['__proto__', 's']])
    expect(defaults.auth).toEqual({ kind: 'unsupported', type: 'constructor' })
    expect(({} as Record<string, unknown>)['s']).toBeUndefined()
  })

  test('refuses folders of version 1 that are nested without end', () => {
    const folders = Array.from({ length: 20_000 }, (_, index) => ({ id: `f${index}`, folders_order: [`f${index + 1}`] }))

    expect(() => read(JSON.stringify({ name: 'C', order: [], folders_order: ['f0'], folders, requests: [] }))).toThrow(
      'Its folders are nested more than 200 levels deep.',
    )
  })

  test('says where a broken text breaks', () => {
    expect(() => read('{ "info": {},\n  "item": [ }')).toThrow(
      expect.objectContaining({ kind: 'Unreadable', parts: expect.objectContaining({ details: { file: 'c.json', line: 2, column: 13 } }) }),
    )
    expect(() => read('{"a": 1}')).toThrow('c.json is not a Postman collection or environment.')
  })

  test.each(['[]', '{}', 'x', '{"openapi": "3.1.0"}', '{"log": {"entries": []}}', '{"values": []}'])(
    'does not take %s for its own',
    (text) => {
      expect([postmanImporter.detect(sourceFile('', text)), postmanEnvironmentImporter.detect(sourceFile('', text))]).toEqual([0, 0])
    },
  )

  test('reads a large collection in time that grows with its length', () => {
    const body = { mode: 'raw', raw: '{{a}} '.repeat(1000) }
    const items = Array.from({ length: 2000 }, (_, index) => ({
      name: `R${index}`,
      request: { method: 'POST', url: `http://a.example/${'{{'.repeat(500)}?a=${'&'.repeat(200)}`, body },
    }))
    const started = performance.now()

    expect(read(collection({ item: items })).items).toHaveLength(2000)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('stands damaged texts', () => {
    for (const { files, name } of samples)
      fuzz(name.startsWith('environment') ? postmanEnvironmentImporter : postmanImporter, files[0]!, { numRuns: 100 })
  })
})
