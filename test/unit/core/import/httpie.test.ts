import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { httpieImporter } from '#core/import/httpie/httpie-importer.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

describe('httpie import', () => {
  test.for(samplesOf('httpie'))('reads $name', ({ files, expected }) => {
    expect(files.map((file) => httpieImporter.detect(file))).not.toContain(0)
    expect(condensed(httpieImporter.read(files, countingTools()))).toEqual(expected)
  })

  test('damaged commands are read or refused', () => {
    for (const { files } of samplesOf('httpie')) if (files[0]) fuzz(httpieImporter, files[0], { numRuns: 50 })
  })

  test.for([
    ['http example.org', 3],
    ['https POST example.org a=1', 3],
    ['http :3000/x', 3],
    ['xh get h.test', 3],
    ['curl https://h.test', 0],
    ['http is a protocol', 0],
    ['GET /x HTTP/1.1', 0],
    ['https://h.test/only/a/url', 0],
  ] as const)('is as sure as it can be of: %s', ([text, sureness]) => {
    expect(httpieImporter.detect(sourceFile('', text))).toBe(sureness)
  })

  test.for([
    ['http h.test a[b]=1 a[]=2', 'fields that contradict one another'],
    ['http h.test a[999999999]=1', 'an index beyond bounds'],
    [`http h.test 'a${'[b]'.repeat(5000)}=1'`, 'a path of many steps'],
    ['http h.test __proto__[x]=1 constructor[prototype][y]=2', 'names that objects have'],
    ['http h.test a:={', 'a value that is no JSON'],
  ] as const)('survives $1', ([text]) => {
    survives(httpieImporter, [sourceFile('', text)])

    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  test('is quick over many items', () => {
    survives(httpieImporter, [
      sourceFile('', `http h.test ${Array.from({ length: 4000 }, (_none, index) => `f${index}[a][]=1`).join(' ')}`),
    ])
  })
})
