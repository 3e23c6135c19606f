import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { rawHttpImporter } from '#core/import/raw-http/raw-http-importer.ts'
import { unchunked } from '#core/import/raw-http/unchunked.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const read = (text: string) => rawHttpImporter.read([sourceFile('x.txt', text)], countingTools())

describe('raw HTTP import', () => {
  test.for(samplesOf('raw-http'))('reads $name', ({ files, expected }) => {
    expect(files.map((file) => rawHttpImporter.detect(file))).toEqual([3])
    expect(condensed(rawHttpImporter.read(files, countingTools()))).toEqual(expected)
  })

  test('damaged requests are read or refused', () => {
    for (const { files } of samplesOf('raw-http')) if (files[0]) fuzz(rawHttpImporter, files[0], { numRuns: 60 })
  })

  test('says where a header is none', () => {
    expect(() => read('GET / HTTP/1.1\nHost: h.test\nnonsense\n\n')).toThrow(
      expect.objectContaining({ kind: 'Unreadable', parts: expect.objectContaining({ details: { file: 'x.txt', line: 3, column: 1 } }) }),
    )
  })

  test('says that the host is missing', () => {
    expect(read('GET /a HTTP/1.1\n\n').notes).toContainEqual(expect.objectContaining({ severity: 'lost', line: 1 }))
  })

  test('is no .http file', () => {
    expect(rawHttpImporter.detect(sourceFile('x.http', 'GET / HTTP/1.1'))).toBe(0)
    expect(rawHttpImporter.detect(sourceFile('', 'GET https://h.test/'))).toBe(0)
  })

  test.for([
    ['GET / HTTP/1.1\nHost: h\n\n', 'requests', 5000],
    ['POST / HTTP/1.1\nHost: h\nContent-Length: 3\n\nabc\n', 'requests with a body', 5000],
    ['A: b\n', 'headers', 15_000],
  ] as const)('is quick over many $1', ([text, , count]) => {
    survives(rawHttpImporter, [sourceFile('', `GET / HTTP/1.1\n${text.repeat(count)}`)])
    survives(rawHttpImporter, [sourceFile('', text.repeat(count))])
  })

  test.for([
    ['3\r\nabc\r\n0\r\n\r\n', 'abc'],
    ['3;x=1\nabc\n2\nde\n0\n\n', 'abcde'],
    ['5\r\né1\r\n0\r\n', null],
    ['zz\r\nabc', null],
    ['ff\r\nabc', null],
  ] as const)('takes %j out of its chunks', ([source, text]) => {
    expect(unchunked(source)?.text ?? null).toBe(text)
  })
})
