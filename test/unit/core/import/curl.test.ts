import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CoreError } from '#core/lib/core-error.ts'
import { curlImporter } from '#core/import/curl/curl-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const read = (text: string) => curlImporter.read([sourceFile('', text)], countingTools())

/** The first request of a command. */
function first(text: string) {
  const [item] = read(text).items
  if (item?.kind !== 'request') throw new Error('no request')
  return item.document
}

describe('cURL import', () => {
  test.for(samplesOf('curl'))('reads $name', ({ files, expected }) => {
    expect(condensed(curlImporter.read(files, countingTools()))).toEqual(expected)
  })

  test.for(samplesOf('curl'))('knows $name for its own', ({ files }) => {
    expect(files.map((file) => curlImporter.detect(file))).not.toContain(0)
  })

  test.for(samplesOf('curl'))('damaged, $name is read or refused', ({ files: [file] }) => {
    if (file) fuzz(curlImporter, file, { numRuns: 50 })
  })

  test.for([
    ["curl 'https://h.test/", 1, 6, 'a quotation mark'],
    ['curl \\\n  "https://h.test/', 2, 3, 'a double one'],
    ["curl https://h.test/ -d $'a\\'", 1, 25, 'an ANSI-C one'],
    ['curl https://h.test/$(date', 1, 21, 'a command'],
    ['echo no request', 1, 1, 'a text without one'],
  ] as const)('says where a text is broken: %s', ([text, line, column]) => {
    const error = thrown(() => read(text))

    expect(error).toBeInstanceOf(CoreError)
    expect((error as CoreError).kind).toBe('Unreadable')
    expect((error as CoreError).parts.details).toMatchObject({ line, column })
  })

  test.for([
    ["curl -sSH'A: b' -XPOST https://h.test", 'POST', 'letters that stand together'],
    ['curl --request=PATCH https://h.test', 'PATCH', 'a value behind ='],
    ['curl --data-bin x https://h.test', 'POST', 'the beginning of an option'],
    ['curl https://h.test -I', 'HEAD', 'an option behind the URL'],
    ['PS C:\\> curl.exe -X DELETE "https://h.test"', 'DELETE', 'a prompt of PowerShell'],
  ] as const)('reads %s', ([text, method]) => {
    expect(first(text).method).toBe(method)
  })

  test.for([
    [`curl.exe https://h.test -d '{\\"a\\": 1}'`, '{"a": 1}', 'backslashes for PowerShell before 7.3'],
    [`curl.exe https://h.test -d '{"""a""": 1}'`, '{"a": 1}', 'tripled quotation marks for it'],
    ['@echo off\r\ncurl https://h.test -d "5%% of %%20"', '5% of %20', 'doubled percent signs of a batch file'],
    ['curl.exe https://h.test -d "5%% of ^"', '5%% of ^', 'percent signs of a typed line'],
  ] as const)('data has %s', ([text, data]) => {
    expect(first(text).body).toMatchObject({ text: data })
  })

  test('a trailing space behind a backslash does not end the command', () => {
    expect(first('curl https://h.test \\ \n -X PUT').method).toBe('PUT')
  })

  test('knows its own text', () => {
    const sure = (text: string, name = ''): number => curlImporter.detect(sourceFile(name, text))

    expect(sure('curl https://h.test')).toBe(3)
    expect(sure('# comment\ncurl https://h.test')).toBe(2)
    expect(sure('Invoke-WebRequest -Uri https://h.test')).toBe(3)
    expect(sure('{"curl": 1}', 'x.json')).toBe(0)
    expect(sure('wget https://h.test')).toBe(0)
  })

  test('makes a hundred requests of a list at most, and says so', () => {
    const { items, notes } = read("curl 'https://h.test/[1-500]'")

    expect(items).toHaveLength(100)
    expect(notes).toMatchObject([{ severity: 'lost', line: 1 }])
  })

  test('bytes that are no UTF-8 are told of', () => {
    expect(read("curl https://h.test -d $'\\xff'").notes).toMatchObject([{ severity: 'lost' }])
    expect(read("curl https://h.test -d $'\\xc3\\xa9'").notes).toEqual([])
  })

  const words = fc.constantFrom(
    'curl',
    '-d',
    '-H',
    'A: b',
    "'",
    '"',
    '\\',
    '\n',
    '$(',
    ')',
    '$',
    '{',
    '[1-3]',
    '`',
    '@-',
    '<<EOF',
    '|',
    '^',
    '%A_B%',
    'Invoke-WebRequest',
    '-Headers',
    '@{',
    '}',
    '-F',
    'a=@b;type=',
    '--json',
    'https://h.test/',
    '{{x}}',
    '-u',
    ' ',
    '${',
    '__proto__',
  )
  test('whatever the words, they are read or refused', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (list) =>
        survives(curlImporter, [sourceFile('', `curl https://h.test/ ${list.join(' ')}`)]),
      ),
      { numRuns: 800 },
    )
  })

  test.for([
    ['quotes', `curl https://h.test -d '${"a'\\''".repeat(60_000)}'`],
    ['dollars', `curl https://h.test -d "${'$(echo a)'.repeat(8000)}"`],
    ['backslashes', `curl https://h.test ${'\\'.repeat(115_000)}`],
    ['lines', `curl https://h.test \\\n${'-H "A: b" \\\n'.repeat(12_000)}`],
    ['carets', `curl ^"https://h.test^" ^\n${'^"'.repeat(60_000)}`],
    ['a here-document', `curl https://h.test -d @- <<E\n${'$x `date` \\\n'.repeat(3000)}\nE\n`],
    ['brackets', `curl 'https://h.test/${'['.repeat(60_000)}'`],
    ['nested commands', `curl ${'$('.repeat(5000)}`],
    ['PowerShell', `Invoke-WebRequest https://h.test -Headers ${'@{a='.repeat(10_000)}`],
  ] as const)('is quick over a long text of %s', ([, text]) => {
    survives(curlImporter, [sourceFile('', text)])
  })
})

function thrown(run: () => unknown): unknown {
  try {
    run()
    return null
  } catch (error) {
    return error
  }
}
