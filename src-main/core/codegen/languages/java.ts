/** Java: the HTTP client of the JDK (11 and later), and OkHttp; the latter in Kotlin too. */
import { formAsText, NO_MULTIPART, untoldOptions, untoldParts, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { addressLiterals, cString, indented, literals, plus, textOf, type LiteralRules, type Text } from '../literals.ts'

const quoteJava = (value: string): string => cString(value)
const quoteKotlin = (value: string): string => cString(value, { $: '\\$' })
const env = (name: string): string => `System.getenv("${name}")`
const base64 = (bytes: string): string => `java.util.Base64.getEncoder().encodeToString(${bytes})`
const utf8Java = (value: string): string =>
  `${value.includes(' + ') ? `(${value})` : value}.getBytes(java.nio.charset.StandardCharsets.UTF_8)`
const utf8Kotlin = (value: string): string => `${value.includes(' + ') ? `(${value})` : value}.toByteArray()`
const JAVA: LiteralRules = { quote: quoteJava, env, join: plus, base64: (value) => base64(utf8Java(value)) }
const KOTLIN: LiteralRules = { quote: quoteKotlin, env, join: plus, base64: (value) => base64(utf8Kotlin(value)) }
/** A space as `%20`, which is right in a path too. */
const encodeJava = (value: string): string =>
  `java.net.URLEncoder.encode(${value}, java.nio.charset.StandardCharsets.UTF_8).replace("+", "%20")`

export function generateJavaHttpClient(given: CodeRequest): Code {
  const request = formAsText(given)
  const text = literals(request.placeholders, JAVA)
  const address = addressLiterals(request.placeholders, JAVA, encodeJava)
  const { method, url, headers, body, follows, options } = request
  const notes: CodeNote[] = [
    ...request.notes,
    ...request.withoutOwnLogin,
    ...untoldOptions(request, ['http2', ...(options.timeout?.connect ? (['timeout'] as const) : [])]),
  ]
  if (body.kind === 'multipart') notes.push(NO_MULTIPART)
  const client = [
    'HttpClient client = HttpClient.newBuilder()',
    ...(options.http2 === true ? [] : ['    .version(HttpClient.Version.HTTP_1_1)']),
    ...(follows ? ['    .followRedirects(HttpClient.Redirect.NORMAL)'] : []),
    ...(options.timeout?.connect ? [`    .connectTimeout(Duration.ofMillis(${Math.round(options.timeout.connect * 1000)}))`] : []),
    '    .build();',
  ]
  const built = [
    `HttpRequest request = HttpRequest.newBuilder(URI.create(${address(url)}))`,
    ...headers.map(([name, value]) => `    .header(${text(name)}, ${text(value)})`),
    `    .method(${text(method)}, ${publisher(body, text)})`,
    '    .build();',
  ]
  const main = [
    ...client,
    ...built,
    'HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());',
    'System.out.println(response.statusCode());',
    'System.out.println(response.body());',
  ]
  const imports = [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    ...(body.kind === 'file' ? ['import java.nio.file.Path;'] : []),
    ...(options.timeout?.connect ? ['import java.time.Duration;'] : []),
  ]
  const opening = ['', 'public class Main {', '    public static void main(String[] args) throws Exception {']
  return { text: textOf([...imports, ...opening, ...indented(main, '        '), '    }', '}']), notes }
}

function publisher(body: CodeRequest['body'], text: (value: string) => string): string {
  if (body.kind === 'text') return `HttpRequest.BodyPublishers.ofString(${text(body.text)})`
  if (body.kind === 'file') return `HttpRequest.BodyPublishers.ofFile(Path.of(${text(body.path)}))`
  return 'HttpRequest.BodyPublishers.noBody()'
}

export function generateJavaOkHttp(request: CodeRequest): Code {
  return okHttp(request, {
    text: literals(request.placeholders, JAVA),
    address: addressLiterals(request.placeholders, JAVA, encodeJava),
    declare: (type, name) => `${type} ${name}`,
    make: 'new ',
    end: ';',
    asMediaType: (type) => `MediaType.get(${type})`,
    bodyOf: (content, type) => `RequestBody.create(${content}, ${type})`,
    utf8: utf8Java,
    file: (path) => `new java.io.File(${path})`,
    execute: [
      'try (Response response = client.newCall(request).execute()) {',
      '    System.out.println(response.code());',
      '    System.out.println(response.body().string());',
      '}',
    ],
  })
}

export function generateKotlinOkHttp(request: CodeRequest): Code {
  return okHttp(request, {
    text: literals(request.placeholders, KOTLIN),
    address: addressLiterals(request.placeholders, KOTLIN, encodeJava),
    declare: (_type, name) => `val ${name}`,
    make: '',
    end: '',
    asMediaType: (type) => `${type}.toMediaType()`,
    bodyOf: (content, type) => `${content}.toRequestBody(${type})`,
    utf8: utf8Kotlin,
    file: (path) => `java.io.File(${path})`,
    execute: [
      'client.newCall(request).execute().use { response ->',
      '    println(response.code)',
      '    println(response.body?.string())',
      '}',
    ],
  })
}

interface Dialect {
  readonly text: Text
  readonly address: Text
  readonly declare: (type: string, name: string) => string
  readonly make: string
  readonly end: string
  readonly asMediaType: (type: string) => string
  readonly bodyOf: (content: string, type: string) => string
  readonly utf8: (content: string) => string
  readonly file: (path: string) => string
  readonly execute: readonly string[]
}

/** Bodies are bytes: OkHttp adds a charset to the type of a text. */
function okHttp(request: CodeRequest, dialect: Dialect): Code {
  const { text, declare, make, end } = dialect
  const { method, url, headers, follows, body } = request
  const client = follows
    ? `${declare('OkHttpClient', 'client')} = ${make}OkHttpClient()${end}`
    : `${declare('OkHttpClient', 'client')} = ${make}OkHttpClient.Builder().followRedirects(false).followSslRedirects(false).build()${end}`
  const made = okBody(request, dialect)
  const lines = [
    client,
    ...made.lines,
    `${declare('Request', 'request')} = ${make}Request.Builder()`,
    `    .url(${dialect.address(url)})`,
    `    .method(${text(method)}, ${made.name})`,
    ...headers.map(([name, value]) => `    .addHeader(${text(name)}, ${text(value)})`),
    `    .build()${end}`,
    ...dialect.execute,
  ]
  const needsBody = body.kind === 'none' && /^(?:POST|PUT|PATCH)$/.test(method)
  const notes: CodeNote[] = needsBody ? [{ severity: 'changed', message: 'OkHttp sends an empty body with this method.' }] : []
  return {
    text: textOf(lines),
    notes: [
      ...request.notes,
      ...request.withoutOwnLogin,
      ...untoldParts(request, ['fileType', 'filename']),
      ...untoldOptions(request),
      ...notes,
    ],
  }
}

function okBody({ body, method, headers }: CodeRequest, dialect: Dialect): { readonly name: string; readonly lines: string[] } {
  const { text, declare, make, end, bodyOf, utf8, file, asMediaType } = dialect
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const media = type === undefined ? 'null' : asMediaType(text(type))
  const named = (made: string): { name: string; lines: string[] } => ({
    name: 'body',
    lines: [`${declare('RequestBody', 'body')} = ${made}${end}`],
  })
  switch (body.kind) {
    case 'none':
      return /^(?:POST|PUT|PATCH)$/.test(method) ? named(bodyOf(utf8('""'), 'null')) : { name: 'null', lines: [] }
    case 'text':
      return named(bodyOf(utf8(text(body.text)), media))
    case 'file':
      return named(make === '' ? `${file(text(body.path))}.asRequestBody(${media})` : bodyOf(file(text(body.path)), media))
    case 'multipart': {
      const parts = body.parts.flatMap((part) =>
        part.kind === 'text'
          ? [`    .addFormDataPart(${text(part.name)}, ${text(part.value)})`]
          : part.files.map((path) => {
              const partType = asMediaType(text(part.contentType === '' ? 'application/octet-stream' : part.contentType))
              const content = make === '' ? `${file(text(path))}.asRequestBody(${partType})` : bodyOf(file(text(path)), partType)
              return `    .addFormDataPart(${text(part.name)}, ${part.filename === '' ? `${file(text(path))}.${make === '' ? 'name' : 'getName()'}` : text(part.filename)}, ${content})`
            }),
      )
      return {
        name: 'body',
        lines: [
          `${declare('RequestBody', 'body')} = ${make}MultipartBody.Builder().setType(MultipartBody.FORM)`,
          ...parts,
          `    .build()${end}`,
        ],
      }
    }
  }
}
