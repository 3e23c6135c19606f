/** Every sample is found to be of its own format by all importers together, and becomes an import that can be written. */
import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { assertValid, countingTools, samplesOf } from '../../../support/import-samples.ts'

const FORMATS = ['bruno', 'har', 'hoppscotch', 'insomnia', 'opencollection', 'postman', 'thunder-client'] as const

describe('every importer', () => {
  test.each(FORMATS.flatMap((format) => samplesOf(format).map(({ name, files }) => ({ format, name, files }))))(
    'finds $format $name to be of its format',
    async ({ format, name, files }) => {
      const imported = await readImport(files, IMPORTERS, { tools: countingTools() })

      assertValid(imported)
      expect(imported.format).toBe(format === 'postman' && name.startsWith('environment') ? 'postman-environment' : format)
      expect(imported.notes.filter(({ message }) => message.startsWith('Left out, as of no known format'))).toEqual([])
    },
  )
})

describe('a broken text of many megabytes', () => {
  test('is told by its place at once, by no importer read as YAML', async () => {
    const text = `{"info": {"name": "x"}, "insomnia": 1, "item": [${'{"name": "abc", "request": {"url": "http://a.example"}},'.repeat(200_000)}`
    const started = performance.now()

    await expect(readImport([sourceFile('a.json', text)], IMPORTERS, { tools: countingTools() })).rejects.toThrow(
      'a.json is not valid JSON: line 1, column 48: "[" is not closed.',
    )
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})
