/** C#, by HttpClient. */
import { proxyLoginOf, proxyOf, untoldOptions, untoldParts, type CodeRequest } from '../code-request.ts'
import type { Code } from '../code-source.ts'
import { addressLiterals, cString, indented, literals, plus, textOf, type LiteralRules, type Text } from '../literals.ts'

/** Headers that belong to the content in .NET, and are refused elsewhere. */
const CONTENT_HEADERS = /^(?:allow|content-.*|expires|last-modified)$/i

export function generateCSharp(request: CodeRequest): Code {
  const env = (name: string): string => `Environment.GetEnvironmentVariable("${name}")`
  const base64 = (value: string): string => `Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(${value}))`
  const rules: LiteralRules = { quote: (value) => cString(value), env, join: plus, base64 }
  const text = literals(request.placeholders, rules)
  const address = addressLiterals(request.placeholders, rules, (value) => `Uri.EscapeDataString(${value} ?? "")`)
  const { method, url, headers, follows, options, body } = request
  const digest = request.login?.scheme === 'digest' ? request.login : null
  const handler = [
    ...(follows ? [] : ['AllowAutoRedirect = false,']),
    ...(options.maxRedirects === undefined || !follows ? [] : [`MaxAutomaticRedirections = ${options.maxRedirects},`]),
    ...(options.verify === false
      ? ['ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,']
      : []),
    ...(digest === null
      ? []
      : [
          'Credentials = new System.Net.CredentialCache',
          '{',
          `    { new Uri(${address(url)}), "Digest", new System.Net.NetworkCredential(${text(digest.username)}, ${text(digest.password)}) },`,
          '},',
        ]),
    ...proxyLines(request, text),
  ]
  const ofContent = headers.filter(([name]) => CONTENT_HEADERS.test(name) && body.kind !== 'none')
  const lines = [
    ...(handler.length === 0
      ? ['using var client = new HttpClient();']
      : ['using var client = new HttpClient(new HttpClientHandler', '{', ...indented(handler, '    '), '});']),
    ...(options.timeout?.total ? [`client.Timeout = TimeSpan.FromSeconds(${options.timeout.total});`] : []),
    `using var request = new HttpRequestMessage(new HttpMethod(${text(method)}), ${address(url)});`,
    ...headers
      .filter((header) => !ofContent.includes(header))
      .map(([name, value]) => `request.Headers.TryAddWithoutValidation(${text(name)}, ${text(value)});`),
    ...contentLines(request, text),
    ...ofContent.map(([name, value]) => `request.Content.Headers.TryAddWithoutValidation(${text(name)}, ${text(value)});`),
    '',
    'using var response = await client.SendAsync(request);',
    'Console.WriteLine((int)response.StatusCode);',
    'Console.WriteLine(await response.Content.ReadAsStringAsync());',
  ]
  const told = ['verify', 'maxRedirects', 'proxies', 'proxyDigest', ...(options.timeout?.total ? (['timeout'] as const) : [])] as const
  return {
    text: textOf(lines),
    notes: [...request.notes, ...untoldParts(request, ['textType', 'fileType', 'filename']), ...untoldOptions(request, told)],
  }
}

/** A WebProxy does not read the name and password of its address. */
function proxyLines(request: CodeRequest, text: Text): string[] {
  const login = proxyLoginOf(request)
  const address = login?.address ?? proxyOf(request)
  if (address === null) return []
  const proxy = `Proxy = new System.Net.WebProxy(${text(address)})`
  if (login === null) return [`${proxy},`]
  const credential = `new System.Net.NetworkCredential(${text(login.username)}, ${text(login.password)})`
  return [proxy, '{', `    Credentials = ${credential},`, '},']
}

/** Bodies are bytes: a StringContent has a type of its own. */
function contentLines({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(${text(body.text)}));`]
    case 'file':
      return [`request.Content = new StreamContent(File.OpenRead(${text(body.path)}));`]
    case 'multipart': {
      const parts = body.parts.flatMap((part) => {
        if (part.kind === 'text') {
          const content = `new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(${text(part.value)}))`
          return typed(content, part.contentType, text, text(part.name))
        }
        return part.files.flatMap((path) => {
          const filename = part.filename === '' ? `Path.GetFileName(${text(path)})` : text(part.filename)
          return typed(`new StreamContent(File.OpenRead(${text(path)}))`, part.contentType, text, `${text(part.name)}, ${filename}`)
        })
      })
      return ['var form = new MultipartFormDataContent();', ...parts, 'request.Content = form;']
    }
  }
}

function typed(content: string, type: string, text: Text, names: string): string[] {
  if (type === '') return [`form.Add(${content}, ${names});`]
  return [
    '{',
    `    var part = ${content};`,
    `    part.Headers.TryAddWithoutValidation("Content-Type", ${text(type)});`,
    `    form.Add(part, ${names});`,
    '}',
  ]
}
