import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { httpFileImporter } from '#core/import/http-file/http-file-importer.ts'
import { ownReferences } from '#core/import/http-file/references.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

describe('.http import', () => {
  test.for(samplesOf('http-file'))('reads $name', ({ files, expected }) => {
    expect(files.map((file) => httpFileImporter.detect(file))).not.toContain(0)
    expect(condensed(httpFileImporter.read(files, countingTools()))).toEqual(expected)
  })

  test('damaged files are read or refused', () => {
    for (const { files } of samplesOf('http-file')) if (files[0]) fuzz(httpFileImporter, files[0], { numRuns: 60 })
  })

  test.for([
    ['{{$guid}}', '{{$guid}}', 0],
    ['{{ $uuid }}-{{$timestamp -1 d}}', '{{$uuid}}-{{$timestamp}}', 1],
    ['{{$processEnv %HOME}}{{$env.USER}}', '{{process.env.HOME}}{{process.env.USER}}', 0],
    ['{{$dotenv TOKEN}}', '{{TOKEN}}', 1],
    ['{{$datetime iso8601}}', '{{$isoTimestamp}}', 0],
    ['{{$made.up 1}}', '{{$made.up 1}}', 1],
    ['{{name}} {{ other }}', '{{name}} {{ other }}', 0],
    ['{{login.response.body.token}}', '{{login.response.body.token}}', 1],
  ] as const)('makes %s %s', ([text, own, count]) => {
    const notes: string[] = []

    expect(ownReferences(text, (_severity, message) => void notes.push(message)).replaceAll('{{ other }}', '{{other}}')).toBe(
      own.replaceAll('{{ other }}', '{{other}}'),
    )
    expect(notes).toHaveLength(count)
  })

  test.for([
    ['@a = 1\nGET https://h.test', '', 3],
    ['### one\nPOST https://h.test', '', 3],
    ['# one\n\nPOST https://h.test\n\n###\nGET https://h.test', '', 2],
    ['GET https://h.test', '', 2],
    ['get the thing', '', 0],
    ['GET https://h.test', 'x.py', 0],
    ['', 'x.rest', 3],
    ['{}', 'http-client.private.env.json', 3],
    ['{"rest-client.environmentVariables": {}}', '.vscode/settings.json', 3],
  ] as const)('is as sure as it can be of %j named %s', ([text, name, sureness]) => {
    expect(httpFileImporter.detect(sourceFile(name, text))).toBe(sureness)
  })

  test('a file without requests is refused', () => {
    expect(() => httpFileImporter.read([sourceFile('x.http', '# nothing\n@a = 1\n')], countingTools())).toThrow('There is no request')
  })

  test.for([
    ['separators', '###\n'.repeat(40_000)],
    ['lines of a URL', `GET https://h.test\n${'  &a=b\n'.repeat(5000)}`],
    ['body lines', `POST https://h.test\n\n${'{{x}} < y\n'.repeat(20_000)}`],
    ['scripts', `${'< {%\n'.repeat(15_000)}\nGET https://h.test`],
    ['parts', `POST https://h.test\nContent-Type: multipart/form-data; boundary=x\n\n${'--x\nA: b\n\nc\n'.repeat(15_000)}`],
  ] as const)('is quick over many %s', ([, text]) => {
    survives(httpFileImporter, [sourceFile('x.http', text)])
  })
})
