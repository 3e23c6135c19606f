import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported } from '#core/import/imported.ts'
import { insomniaImporter } from '#core/import/insomnia/insomnia-importer.ts'
import { fuzz } from '../../../support/import-fuzz.ts'
import { assertValid, condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const samples = samplesOf('insomnia')
const read = (resources: readonly object[]): Imported => insomniaImporter.read([sourceFile('i.json', exported(resources))], countingTools())
const exported = (resources: readonly object[]): string => JSON.stringify({ _type: 'export', __export_format: 4, resources })
const request = (fields: object): object => ({
  _id: 'req_1',
  _type: 'request',
  parentId: 'wrk_1',
  name: 'R',
  method: 'GET',
  url: 'http://a.example',
  ...fields,
})

describe('insomniaImporter', () => {
  test.each(samples)('reads $name', ({ files, expected }) => {
    const imported = insomniaImporter.read(files, countingTools())

    assertValid(imported)
    expect(condensed(imported)).toEqual(expected)
    expect(insomniaImporter.detect(files[0]!)).toBe(3)
  })

  test.each([
    ['{{ _.a }}', '{{a}}'],
    ['{{a}}', '{{a}}'],
    ["{{ _['x-y'].z }}", '{{x-y.z}}'],
    ['{{ _.list[0] }}', '{{list.0}}'],
    ['{{ _.a + 1 }}', '{{ _.a + 1 }}'],
    ["{% timestamp 'unix' %}", '{{$timestamp}}'],
    ["{% now 'millis' %}", '{{$timestampMs}}'],
    ["{% now 'custom', 'YYYY' %}", "{% now 'custom', 'YYYY' %}"],
    ["{% base64 'decode', 'normal', 'YQ==' %}", 'a'],
    ["{% base64 'encode', 'normal', '{{ _.a }}' %}", "{% base64 'encode', 'normal', '{{a}}' %}"],
    ['{% prompt "Who\'s there" %}', '{{who_s_there}}'],
    ['{% uuid', '{% uuid'],
  ])('makes %j to %j', (from, to) => {
    const { items } = read([request({ headers: [{ name: 'X', value: from }] })])

    expect(items[0]).toMatchObject({ document: { headers: [{ name: 'X', value: to }] } })
  })

  test('keeps several workspaces apart, and ends where folders hold each other', () => {
    const { items, environments } = read([
      { _id: 'wrk_1', _type: 'workspace', name: 'One' },
      { _id: 'wrk_2', _type: 'workspace', name: 'Two' },
      { _id: 'e1', _type: 'environment', parentId: 'wrk_1', name: 'Base Environment', data: { a: 1 } },
      { _id: 'e2', _type: 'environment', parentId: 'wrk_2', name: 'Base Environment', data: { a: 2 } },
      request({}),
      request({ _id: 'req_2', parentId: 'wrk_2' }),
      { _id: 'fld_1', _type: 'request_group', parentId: 'fld_2', name: 'A' },
      { _id: 'fld_2', _type: 'request_group', parentId: 'fld_1', name: 'B' },
    ])

    expect(items.map((item) => item.kind === 'folder' && [item.name, item.items.length])).toEqual([
      ['One', 1],
      ['Two', 1],
    ])
    expect(environments.map(({ environment }) => environment.name)).toEqual(['One Base Environment', 'Two Base Environment'])
  })

  test('refuses folders that are nested without end', () => {
    const folders = Array.from({ length: 20_000 }, (_, index) => ({
      _id: `f${index}`,
      _type: 'request_group',
      parentId: index === 0 ? 'w' : `f${index - 1}`,
    }))

    expect(() => read([{ _id: 'w', _type: 'workspace' }, ...folders])).toThrow('Its folders are nested more than 200 levels deep.')
  })

  test('reads an environment of version 5 on its own', () => {
    const file = sourceFile('e.yaml', 'type: environment.insomnia.rest/5.0\nname: Mine\nenvironments:\n  name: Base\n  data: { a: 1 }\n')

    expect(insomniaImporter.read([file], countingTools()).environments).toHaveLength(1)
  })

  test('says that a version is not known', () => {
    const file = sourceFile('i.yaml', 'type: collection.insomnia.rest/6.0\nname: Mine\ncollection: []\n')

    expect(insomniaImporter.read([file], countingTools()).notes[0]?.message).toBe(
      'It is of version 6, which is not known here: it was read as 5.',
    )
  })

  test('says where a broken text breaks', () => {
    const file = sourceFile('i.yaml', 'type: collection.insomnia.rest/5.0\nname: "open\ncollection: []\n')

    expect(() => insomniaImporter.read([file], countingTools())).toThrow(
      expect.objectContaining({ kind: 'Unreadable', message: expect.stringMatching(/^i\.yaml is not valid YAML: line \d+, column \d+: /) }),
    )
    expect(() => insomniaImporter.read([sourceFile('', '{"a": 1}')], countingTools())).toThrow('The text is not an Insomnia export.')
  })

  test.each(['{}', '[]', 'openapi: 3.1.0', '{"resources": [{"a": 1}]}', 'insomnia: yes'])('does not take %j for its own', (text) => {
    expect(insomniaImporter.detect(sourceFile('', text))).toBe(0)
  })

  test('reads a large export in time that grows with its length', () => {
    const resources = Array.from({ length: 5000 }, (_, index) =>
      request({
        _id: `req_${index}`,
        parentId: `fld_${index % 50}`,
        body: { mimeType: 'application/json', text: `{"a": "${'{{ _.a }} {% uuid %}'.repeat(50)}"}` },
      }),
    )
    const folders = Array.from({ length: 50 }, (_, index) => ({
      _id: `fld_${index}`,
      _type: 'request_group',
      parentId: 'wrk_1',
      name: `F${index}`,
    }))
    const started = performance.now()

    expect(read([{ _id: 'wrk_1', _type: 'workspace', name: 'W' }, ...folders, ...resources]).items).toHaveLength(50)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('stands damaged texts', () => {
    for (const { files } of samples) fuzz(insomniaImporter, files[0]!, { numRuns: 60 })
  })
})
