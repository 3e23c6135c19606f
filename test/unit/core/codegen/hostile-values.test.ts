/**
 * Values that try to be more than values, in the languages that `code-quoting.test.ts` cannot run: the literal of a text is
 * read as the language reads it, and has to be the text.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Part } from '#contract/model/request.ts'
import type { CodeRequest } from '#core/codegen/code-request.ts'
import { generateCSharp } from '#core/codegen/languages/csharp.ts'
import { generateCurl, generateCurlCmd, generateCurlPowerShell } from '#core/codegen/languages/curl.ts'
import { generateGo } from '#core/codegen/languages/go.ts'
import { generateHttpie } from '#core/codegen/languages/httpie.ts'
import { generateJavaOkHttp, generateKotlinOkHttp } from '#core/codegen/languages/java.ts'
import { generateAxios, generateFetch } from '#core/codegen/languages/javascript.ts'
import { generatePowerShell } from '#core/codegen/languages/powershell.ts'
import { generateR } from '#core/codegen/languages/r.ts'
import { generateRust } from '#core/codegen/languages/rust.ts'
import { generateSwift } from '#core/codegen/languages/swift.ts'
import { createPlaceholders } from '#core/codegen/placeholders.ts'

const placeholders = createPlaceholders('seed-of-the-test')

function requestOf(fields: Partial<CodeRequest> = {}): CodeRequest {
  return {
    method: 'POST',
    url: 'https://h.test/',
    headers: [],
    body: { kind: 'none' },
    login: null,
    follows: true,
    options: {},
    placeholders,
    saveTo: null,
    jar: null,
    isFile: false,
    notes: [],
    withoutOwnLogin: [],
    ...fields,
  }
}

function bodied(text: string): CodeRequest {
  return requestOf({ body: { kind: 'text', text } })
}

function formOf(parts: readonly Partial<Part>[]): CodeRequest {
  const whole = parts.map(
    (part): Part => ({ kind: 'text', name: 'n', value: 'v', enabled: true, contentType: '', headers: [], ...part }) as Part,
  )
  return requestOf({ body: { kind: 'multipart', parts: whole, text: null, contentType: '' } })
}

/** A literal in double quotes from where its text begins, as C and its kin read it; `isUnsafe` finds what would be more than text. */
function doubleQuoted(code: string, from: number, isUnsafe: (rest: string) => boolean): string {
  let text = ''
  for (let at = from; ; at += 1) {
    const rest = code.slice(at)
    if (rest[0] === '"') return text
    if (rest === '' || /^[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(rest) || isUnsafe(rest))
      throw new Error(`It breaks at ${rest.slice(0, 20)}`)
    const escape = /^\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|([nrt"\\$#]))/.exec(rest)
    if (rest[0] === '\\' && !escape) throw new Error(`No escape: ${rest.slice(0, 20)}`)
    const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
    const [whole = '', braced, four, simple] = escape ?? []
    const code16 = braced ?? four
    text += escape
      ? code16 === undefined
        ? (named[simple ?? ''] ?? simple ?? '')
        : String.fromCharCode(parseInt(code16, 16))
      : (rest[0] ?? '')
    at += Math.max(0, whole.length - 1)
  }
}

const never = (): boolean => false
const C_LIKE = [
  ['C#', generateCSharp, 'GetBytes("', never],
  ['OkHttp', generateJavaOkHttp, 'RequestBody.create("', never],
  ['Kotlin', generateKotlinOkHttp, 'val body = "', (rest: string) => rest.startsWith('$')],
  ['Swift', generateSwift, 'Data(("', (rest: string) => rest.startsWith('\\(')],
  ['Rust', generateRust, '.body("', never],
  ['R', generateR, 'req_body_raw("', never],
] as const

const text = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 3, unit: 'binary' }),
      fc.constantFrom(
        '"',
        '\\',
        '\\"',
        '$',
        '${x}',
        '\\(x)',
        '\n',
        '\r\n',
        '\u2028',
        '\u202e',
        '\0',
        '\ud800',
        "'",
        '’',
        '`',
        '%PATH%',
        '\t',
        '\u001b',
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((words) => words.join(''))

describe.each(C_LIKE)('a literal of %s', (_, generate, opening, isUnsafe) => {
  test('is the text, whatever it holds', () => {
    fc.assert(
      fc.property(text, (value) => {
        const code = generate(bodied(value)).text

        expect(doubleQuoted(code, code.indexOf(opening) + opening.length, isUnsafe)).toBe(value.toWellFormed())
      }),
      { numRuns: 150 },
    )
  })
})

describe.each([
  ['Invoke-WebRequest', generatePowerShell, /GetBytes\(([^]*)\)\)\s+`\n {4}-Skip/],
  ['curl', generateCurlPowerShell, /--data-raw ([^]*) `\n {2}--compressed/],
] as const)('a literal of PowerShell for %s', (_, generate, pattern) => {
  test('is the text, and has no key of a terminal in it', () => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = pattern.exec(generate(bodied(value)).text)?.[1] ?? ''

        const pieces = literal.replace(/^\(|\)$/g, '').matchAll(/'((?:[^'‘’‚‛]|['‘’‚‛]{2})*)'|\[char\](\d+)/g)
        const read = [...pieces].map(([, quoted, number]) =>
          quoted === undefined ? String.fromCharCode(Number(number)) : quoted.replace(/(['‘’‚‛])\1/g, '$1'),
        )
        expect(read.join('')).toBe(value.toWellFormed())
        expect(literal).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/)
      }),
      { numRuns: 150 },
    )
  })
})

describe('a command of a shell', () => {
  test('has no key of a terminal in it, as a paste would press it', () => {
    const code = generateCurl(bodied('/etc/pass\t; x\u0003\n\ty\u001b[201~\u009b')).text

    expect(code).toContain(
      String.raw`'/etc/pass'"$(printf '\011')"'; x'"$(printf '\003')"'` +
        `\n\ty'` +
        String.raw`"$(printf '\033')"'[201~'"$(printf '\302\233')"`,
    )
  })

  test('says that it cannot hold a NUL', () => {
    expect(generateCurl(bodied('a\0b'))).toMatchObject({ notes: [{ message: expect.stringContaining('NUL') }] })
    expect(generateCurl(bodied('a\0b')).text).toContain('--data-raw ab')
  })

  test('says what values on the line of cmd and of an older PowerShell do', () => {
    const given = generateCurlCmd(bodied(`a${placeholders.of('api key')}`))
    expect(given.text).toContain('a%API_KEY%')
    expect(given.notes).toMatchObject([{ severity: 'changed', message: expect.stringMatching(/^cmd puts %API_KEY% in before/) }])
    expect(generateCurlCmd(bodied('a&b"')).notes).toEqual([])

    expect(generateCurlPowerShell(bodied('{"a":1}')).notes).toMatchObject([{ message: expect.stringContaining('before 7.3') }])
    expect(generateCurlPowerShell(bodied("it's")).notes).toEqual([])
  })

  test('is no other command where a value of cmd holds its marks', () => {
    const code = generateCurlCmd(bodied('" & calc & ^" %PATH% \n| calc')).text

    expect(code.replace(/\^[^]/g, '')).not.toMatch(/[&|<>"]/)
    expect(code).not.toMatch(/%PATH%/)
  })
})

describe('a form of curl', () => {
  test('sends no file that a name or a type tries to name', () => {
    const { text: code, notes } = generateCurl(
      formOf([
        { name: 'a=@/etc/passwd;x', contentType: 'text/plain' },
        { name: 'b', contentType: 'text/plain,/etc/passwd' },
        { name: 'c', contentType: 'text/plain;headers=@/etc/passwd' },
        { name: 'd', contentType: 'text/plain; charset=utf-8' },
      ]),
    )

    expect(code).toContain(`--form 'a%3D@/etc/passwd;x="v";type=text/plain'`)
    expect(code).toContain(`--form 'b="v";headers="Content-Type: text/plain,/etc/passwd"'`)
    expect(code).toContain(`--form 'c="v";headers="Content-Type: text/plain;headers=@/etc/passwd"'`)
    expect(code).toContain(`--form 'd="v";type=text/plain; charset=utf-8'`)
    expect(notes).toMatchObject([{ message: 'curl has no form fields with = in their names: it is sent as %3D.' }])
  })
})

describe('an item of HTTPie', () => {
  test('names no file to read, and no option', () => {
    const code = generateHttpie(
      requestOf({
        headers: [
          ['X-A', '@/etc/passwd'],
          ['X-B', '=1'],
          ['-o', 'f'],
        ],
      }),
    ).text

    expect(code).toContain(String.raw`'X-A:\@/etc/passwd'`)
    expect(code).toContain(String.raw`'X-B:\=1'`)
    expect(code).toContain('-- POST https://h.test/')
  })

  test('is not taken for an option where a body begins with a dash', () => {
    expect(generateHttpie(bodied('--output=x')).text).toContain('--raw=--output=x')
  })

  test('says which backslashes it loses', () => {
    expect(generateHttpie(requestOf({ headers: [['X-A', 'a\\:b']] })).notes).toHaveLength(1)
    expect(generateHttpie(requestOf({ headers: [['X-A', '@a\\b']] })).notes).toEqual([])
  })
})

describe('names in code', () => {
  test('of arguments in R stay inside their backticks', () => {
    const code = generateR(formOf([{ name: 'a` = system("id"), `b' }])).text

    expect(code).toContain('    `a\\` = system(\\"id\\"), \\`b` = "v"')
  })

  test('of headers in JavaScript are keys, whatever they are', () => {
    const request = requestOf({
      headers: [
        ['__proto__', 'x'],
        [placeholders.of('name'), 'y'],
      ],
    })

    expect(generateFetch(request).text).toContain("['__proto__']: 'x'")
    expect(generateAxios(request).text).toContain("[process.env.NAME]: 'y'")
  })

  test('of packages in Go are those that it uses, not those that a text has', () => {
    const code = generateGo(bodied('os.Exit url.Parse strings.x')).text

    expect(code).toMatch(/import \(\n\t"fmt"\n\t"io"\n\t"net\/http"\n\t"strings"\n\)/)
  })
})
