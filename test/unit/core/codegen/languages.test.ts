// The languages that `test:servers` cannot run: what they write for a request that needs quoting, and reads a secret.
import { describe, expect, test } from 'vitest'
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import type { Part } from '#contract/model/request.ts'
import { formAsText, joinedHeaders, proxyOf, untoldOptions, type CodeRequest } from '#core/codegen/code-request.ts'
import type { Code, CodeNote } from '#core/codegen/code-source.ts'
import { generateCSharp } from '#core/codegen/languages/csharp.ts'
import { generateCurlCmd, generateCurlPowerShell } from '#core/codegen/languages/curl.ts'
import { generateGo } from '#core/codegen/languages/go.ts'
import { generateJavaOkHttp, generateKotlinOkHttp } from '#core/codegen/languages/java.ts'
import { generateAxios, generateTypeScript } from '#core/codegen/languages/javascript.ts'
import { generatePhpCurl, generatePhpGuzzle } from '#core/codegen/languages/php.ts'
import { generatePowerShell } from '#core/codegen/languages/powershell.ts'
import { generateHttpx } from '#core/codegen/languages/python-clients.ts'
import { generateR } from '#core/codegen/languages/r.ts'
import { generateRust } from '#core/codegen/languages/rust.ts'
import { generateSwift } from '#core/codegen/languages/swift.ts'
import { createPlaceholders } from '#core/codegen/placeholders.ts'

const placeholders = createPlaceholders('seed-of-the-test')
const TOKEN = placeholders.of('token')

function requestOf(fields: Partial<CodeRequest> = {}): CodeRequest {
  return {
    method: 'POST',
    url: 'https://h.test/a?b=1',
    headers: [
      ['Authorization', `Bearer ${TOKEN}`],
      ['X-A', '1'],
      ['X-A', '2'],
      ['Content-Type', 'text/plain'],
    ],
    body: { kind: 'text', text: `"q" 'a' $x \\ 100%\n` },
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

const GENERATORS: readonly (readonly [CodeLanguageId, (request: CodeRequest) => Code, readonly string[]])[] = [
  [
    'csharp',
    generateCSharp,
    [
      'using var client = new HttpClient();',
      'using var request = new HttpRequestMessage(new HttpMethod("POST"), "https://h.test/a?b=1");',
      'request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Environment.GetEnvironmentVariable("TOKEN"));',
      'request.Headers.TryAddWithoutValidation("X-A", "1");',
      'request.Headers.TryAddWithoutValidation("X-A", "2");',
      String.raw`request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes("\"q\" 'a' $x \\ 100%\n"));`,
      'request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");',
    ],
  ],
  [
    'curl-cmd',
    generateCurlCmd,
    [
      'curl ^"https://h.test/a?b=1^" ^',
      '  --location ^',
      '  --header ^"Authorization: Bearer %TOKEN%^" ^',
      '  --header ^"X-A: 1^" ^',
      '  --header ^"X-A: 2^" ^',
      '  --header ^"Content-Type: text/plain^" ^',
      String.raw`  --data-raw ^"^\^"q^\^" 'a' ^$x ^\ 100%^`,
    ],
  ],
  [
    'curl-powershell',
    generateCurlPowerShell,
    ["curl.exe 'https://h.test/a?b=1' `", "  --header ('Authorization: Bearer ' + $env:TOKEN) `", `  --data-raw '"q" ''a'' $x \\ 100%`],
  ],
  [
    'okhttp',
    generateJavaOkHttp,
    [
      'OkHttpClient client = new OkHttpClient();',
      String.raw`RequestBody body = RequestBody.create("\"q\" 'a' $x \\ 100%\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), MediaType.get("text/plain"));`,
      '    .addHeader("Authorization", "Bearer " + System.getenv("TOKEN"))',
    ],
  ],
  [
    'kotlin',
    generateKotlinOkHttp,
    [
      'val client = OkHttpClient()',
      String.raw`val body = "\"q\" 'a' \$x \\ 100%\n".toByteArray().toRequestBody("text/plain".toMediaType())`,
      '    .addHeader("X-A", "2")',
    ],
  ],
  [
    'axios',
    generateAxios,
    [
      "  url: 'https://h.test/a?b=1',",
      "    'Authorization': `Bearer ${process.env.TOKEN}`,",
      "    'X-A': ['1', '2'],",
      String.raw`  data: '"q" \'a\' $x \\ 100%\n',`,
    ],
  ],
  [
    'guzzle',
    generatePhpGuzzle,
    [
      "$response = $client->request('POST', 'https://h.test/a?b=1', [",
      "        'Authorization' => 'Bearer ' . getenv('TOKEN'),",
      "        'X-A' => ['1', '2'],",
      String.raw`    'body' => '"q" \'a\' $x \\ 100%`,
    ],
  ],
  [
    'powershell',
    generatePowerShell,
    [
      "    'Authorization' = ('Bearer ' + $env:TOKEN)",
      "    'X-A' = '1, 2'",
      "    -Uri 'https://h.test/a?b=1' `",
      `    -Body ([Text.Encoding]::UTF8.GetBytes('"q" ''a'' $x \\ 100%`,
    ],
  ],
  [
    'r',
    generateR,
    [
      'response <- request("https://h.test/a?b=1") |>',
      '    `Authorization` = paste0("Bearer ", Sys.getenv("TOKEN")),',
      '    `X-A` = c("1", "2")',
      String.raw`  req_body_raw("\"q\" 'a' $x \\ 100%\n", type = "text/plain") |>`,
    ],
  ],
  [
    'rust',
    generateRust,
    [
      '        .request(reqwest::Method::from_bytes("POST".as_bytes())?, "https://h.test/a?b=1")',
      '        .header("Authorization", format!("{}{}", "Bearer ", std::env::var("TOKEN")?))',
      String.raw`        .body("\"q\" 'a' $x \\ 100%\n")`,
    ],
  ],
  [
    'swift',
    generateSwift,
    [
      'var request = URLRequest(url: URL(string: "https://h.test/a?b=1")!)',
      'request.setValue("Bearer " + ProcessInfo.processInfo.environment["TOKEN"]!, forHTTPHeaderField: "Authorization")',
      'request.setValue("1, 2", forHTTPHeaderField: "X-A")',
      String.raw`request.httpBody = Data(("\"q\" 'a' $x \\ 100%\n").utf8)`,
    ],
  ],
]

describe.each(GENERATORS)('%s', (_language, generate, lines) => {
  test('writes method, URL, every header and the very body, and reads the secret from the environment', () => {
    const written = generate(requestOf()).text.split('\n')

    expect(written).toEqual(expect.arrayContaining([...lines]))
    expect(written.join('\n')).not.toContain(TOKEN)
  })

  test('says of an option that it has no word for that it is lost', () => {
    const { notes } = generate(requestOf({ options: { chunkedUpload: { parts: 2 } } }))

    expect(notes).toContainEqual({ severity: 'lost', message: 'The code does not set sending in parts.' })
  })

  test('follows no redirects where that is asked for, or says that it does', () => {
    const followed = generate(requestOf())
    const stopped = generate(requestOf({ follows: false }))

    expect([stopped.text, stopped.notes]).not.toEqual([followed.text, followed.notes])
  })
})

const PASSWORD = placeholders.of('password')
const BASIC: Partial<CodeRequest> = {
  headers: [['Authorization', `Basic ${placeholders.base64Of(`me:${PASSWORD}`)}`]],
  login: { scheme: 'basic', username: 'me', password: PASSWORD },
}

test.each([
  [
    'csharp',
    generateCSharp,
    'Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("me:" + Environment.GetEnvironmentVariable("PASSWORD")))',
  ],
  ['axios', generateAxios, "Authorization: `Basic ${Buffer.from(`me:${process.env.PASSWORD}`).toString('base64')}`"],
  ['kotlin', generateKotlinOkHttp, 'java.util.Base64.getEncoder().encodeToString(("me:" + System.getenv("PASSWORD")).toByteArray())'],
  ['guzzle', generatePhpGuzzle, "'Basic ' . base64_encode('me:' . getenv('PASSWORD'))"],
  ['powershell', generatePowerShell, "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(('me:' + $env:PASSWORD)))"],
  ['r', generateR, 'req_auth_basic("me", Sys.getenv("PASSWORD"))'],
  ['rust', generateRust, '.basic_auth("me", Some(std::env::var("PASSWORD")?))'],
  ['swift', generateSwift, 'Data(("me:" + ProcessInfo.processInfo.environment["PASSWORD"]!).utf8).base64EncodedString()'],
] as const)('%s puts name and password together from the environment', (_language, generate, line) => {
  const { text } = generate(requestOf(BASIC))

  expect(text.replaceAll("'Authorization'", 'Authorization')).toContain(line)
})

test.each([
  ['csharp', generateCSharp, '"Digest", new System.Net.NetworkCredential("me", "pw")'],
  ['guzzle', generatePhpGuzzle, "'auth' => ['me', 'pw', 'digest']"],
  ['php', generatePhpCurl, "CURLOPT_USERPWD => 'me:pw'"],
  ['r', generateR, 'httpauth = 2L, userpwd = "me:pw"'],
  ['httpx', generateHttpx, 'auth=httpx.DigestAuth("me", "pw")'],
] as const)('%s answers a Digest challenge', (_language, generate, line) => {
  const { text, notes } = generate(
    requestOf({
      login: { scheme: 'digest', username: 'me', password: 'pw' },
      withoutOwnLogin: [{ severity: 'lost', message: 'No Digest.' }],
    }),
  )

  expect(text).toContain(line)
  expect(notes).toEqual([])
})

test('what answers no Digest challenge says so', () => {
  const { notes } = generateAxios(requestOf({ withoutOwnLogin: [{ severity: 'lost', message: 'No Digest.' }] }))

  expect(notes).toContainEqual({ severity: 'lost', message: 'No Digest.' })
})

describe('a form without files', () => {
  const part: Part = { kind: 'text', name: 'a', value: 'b', enabled: true, contentType: '', headers: [] }

  test('is written out for a client that has no forms', () => {
    const request = requestOf({
      headers: [],
      body: { kind: 'multipart', parts: [part], text: '--x\r\n…', contentType: 'multipart/form-data; boundary=x' },
    })

    expect(formAsText(request)).toMatchObject({
      headers: [['Content-Type', 'multipart/form-data; boundary=x']],
      body: { kind: 'text', text: '--x\r\n…' },
    })
  })

  test('with files stays a form', () => {
    const request = requestOf({ body: { kind: 'multipart', parts: [part], text: null, contentType: '' } })

    expect(formAsText(request)).toBe(request)
  })
})

test('TypeScript is a module, and says that what it reads is there', () => {
  const { text } = generateTypeScript(requestOf())

  expect(text).toContain('`Bearer ${process.env.TOKEN!}`')
  expect(text.endsWith('\n\nexport {}\n')).toBe(true)
})

describe('parts of a form with types, headers and names of files', () => {
  const row = { name: 'X-Part', value: '1', enabled: true }
  const parts: readonly Part[] = [
    { kind: 'text', name: 'meta', value: '{}', enabled: true, contentType: 'application/json', headers: [row] },
    { kind: 'file', name: 'up', files: ['a.bin'], filename: 'b.txt', enabled: true, contentType: 'text/plain', headers: [] },
  ]
  const request = requestOf({ headers: [], body: { kind: 'multipart', parts, text: null, contentType: '' } })
  const lost = (generate: (request: CodeRequest) => Code): string[] => generate(request).notes.map(({ message }) => message)

  test('are written by Go, with the packages that it then uses and no other', () => {
    const { text, notes } = generateGo(request)

    expect(text).toContain(
      [
        '\t\tpart, _ := form.CreatePart(textproto.MIMEHeader{',
        '\t\t\t"Content-Disposition": {fmt.Sprintf("form-data; name=%q", "meta")},',
        '\t\t\t"Content-Type": {"application/json"},',
        '\t\t\t"X-Part": {"1"},',
        '\t\t})',
        '\t\tio.WriteString(part, "{}")',
      ].join('\n'),
    )
    expect(text).not.toContain('path/filepath')
    expect(notes).toEqual([])
  })

  test('are told of where a client has no word for them', () => {
    const [textType, fileType, filename, headers] = [
      'The part meta is sent without the type of its text.',
      'The part up is sent without the type of its file.',
      'The part up is sent without the file name that is given.',
      'The part meta is sent without its headers.',
    ]

    expect(lost(generatePowerShell)).toEqual([textType, headers, fileType, filename])
    expect(lost(generatePhpCurl)).toEqual([textType, headers])
    expect(lost(generateJavaOkHttp)).toEqual([textType, headers])
    expect(lost(generateHttpx)).toEqual([headers])
    expect(lost(generateRust)).toEqual([headers])
    expect(lost(generatePhpGuzzle)).toEqual([])
    expect(lost(generateAxios)).toEqual([headers, 'FormData sends the part meta, which has a type, as a file of the name blob.'])
  })
})

test('lines of one name are one where a client has one value a name, and that is told', () => {
  const notes: CodeNote[] = []
  const joined = joinedHeaders(
    [
      ['X-A', '1'],
      ['Y', '2'],
      ['x-a', '3'],
    ],
    notes,
  )

  expect(joined).toEqual([
    ['X-A', '1, 3'],
    ['Y', '2'],
  ])
  expect(notes).toHaveLength(1)
})

test('an option that is as it would be anyway is not told of', () => {
  expect(untoldOptions(requestOf({ options: { verify: true } }))).toEqual([])
  expect(untoldOptions(requestOf({ options: { verify: false } }))).toHaveLength(1)
  expect(untoldOptions(requestOf({ options: { verify: false } }), ['verify'])).toEqual([])
})

test('the proxy is that of the URL’s scheme, else that of all', () => {
  expect(proxyOf(requestOf({ options: { proxies: { https: 'http://p:1', all: 'http://q:2' } } }))).toBe('http://p:1')
  expect(proxyOf(requestOf({ options: { proxies: { all: 'http://q:2' } } }))).toBe('http://q:2')
  expect(proxyOf(requestOf())).toBeNull()
})

describe('a proxy that is told who we are', () => {
  const request = requestOf({ options: { proxies: { all: `http://joe:p%40ss${TOKEN}@p.test:3128` } } })
  const DIGEST_LOST = 'The client does not answer a proxy that asks for Digest.'

  test.each([
    ['C#', generateCSharp, ['Proxy = new System.Net.WebProxy("http://p.test:3128")', 'Environment.GetEnvironmentVariable("TOKEN")),']],
    ['PowerShell', generatePowerShell, [`-Proxy 'http://p.test:3128'`, `[pscredential]::new('joe', (ConvertTo-SecureString ('p@ss' + `]],
    ['PHP', generatePhpCurl, ['CURLOPT_PROXYAUTH => CURLAUTH_ANY']],
    ['Guzzle', generatePhpGuzzle, [`'curl' => [CURLOPT_PROXYAUTH => CURLAUTH_ANY]`]],
    ['R', generateR, ['proxyauth = -17L']],
    ['curl', generateCurlCmd, ['--proxy-anyauth']],
  ])('is answered in %s as it asks', (_, generate, lines) => {
    const { text, notes } = generate(request)

    for (const line of lines) expect(text).toContain(line)
    expect(notes.map(({ message }) => message)).not.toContain(DIGEST_LOST)
  })

  test('is told of where a client knows Basic alone, and only where there is a name', () => {
    const lost = (given: CodeRequest): string[] => generateHttpx(given).notes.map(({ message }) => message)

    expect(lost(request)).toContain(DIGEST_LOST)
    expect(lost(requestOf({ options: { proxies: { all: 'http://p.test:3128' } } }))).not.toContain(DIGEST_LOST)
    expect(lost(requestOf({ options: { proxies: { all: 'socks5://joe:pw@p.test:1080' } } }))).not.toContain(DIGEST_LOST)
    expect(generateCurlCmd(requestOf({ options: { proxies: { all: 'socks5://joe:pw@p.test:1080' } } })).text).not.toContain('anyauth')
  })
})
