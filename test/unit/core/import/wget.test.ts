import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { wgetImporter } from '#core/import/wget/wget-importer.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

describe('wget import', () => {
  test.for(samplesOf('wget'))('reads $name', ({ files, expected }) => {
    expect(files.map((file) => wgetImporter.detect(file))).not.toContain(0)
    expect(condensed(wgetImporter.read(files, countingTools()))).toEqual(expected)
  })

  test('damaged commands are read or refused', () => {
    for (const { files } of samplesOf('wget')) if (files[0]) fuzz(wgetImporter, files[0], { numRuns: 50 })
  })

  test('what is no wget command is not taken for one', () => {
    expect(wgetImporter.detect(sourceFile('', 'curl https://h.test'))).toBe(0)
    expect(wgetImporter.detect(sourceFile('', 'wget https://h.test'))).toBe(3)
    expect(() => wgetImporter.read([sourceFile('', 'echo wgets')], countingTools())).toThrow('There is no command')
  })

  test('of many URLs with many options some are taken, and it is said', () => {
    const text = `wget ${'--header=a:b '.repeat(2000)} ${'h.test '.repeat(1000)}`
    const { items, notes } = wgetImporter.read([sourceFile('', text)], countingTools())

    expect(items).toHaveLength(100)
    expect(notes).toContainEqual(
      expect.objectContaining({ severity: 'lost', message: 'Of the 1000 URLs of a command the first 100 are taken.' }),
    )
    survives(wgetImporter, [sourceFile('', text)])
  })
})
