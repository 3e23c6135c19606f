/** Python beside requests: httpx, aiohttp, and http.client of its standard library. */
import { formAsText, NO_MULTIPART, proxyOf, untoldOptions, untoldParts, withoutLogin, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { indented, textOf, type Text } from '../literals.ts'
import { CHUNK_BYTES } from '../save-answer.ts'
import { environParts, pythonText, type TextPart } from '../python/python-text.ts'

function textsOf({ placeholders }: CodeRequest): Text {
  return (value) => {
    const parts = placeholders.parts(value.toWellFormed())
    const isEncoded = parts.some((part) => typeof part !== 'string' && 'base64' in part)
    return isEncoded ? parts.map((part) => pythonText(environParts([part]))).join(' + ') : pythonText(environParts(parts))
  }
}

/** The URL, in which what is read from the environment is encoded. */
function addressOf({ placeholders }: CodeRequest, url: string): string {
  const encoded = (part: TextPart): TextPart => (typeof part === 'string' ? part : (quote) => `quote(${part(quote)}, ${quote}${quote})`)
  return pythonText(environParts(placeholders.parts(url)).map(encoded))
}

/** Headers as a list of pairs, which may repeat a name. */
function headerLines(headers: CodeRequest['headers'], text: Text): string[] {
  return headers.length === 0 ? [] : ['headers=[', ...headers.map(([name, value]) => `    (${text(name)}, ${text(value)}),`), '],']
}

function code(request: CodeRequest, imports: readonly string[], lines: readonly string[], notes: readonly CodeNote[]): Code {
  const body = lines.join('\n')
  const standard = [
    ...(body.includes('base64.b64encode(') ? ['import base64'] : []),
    ...(body.includes('os.environ') ? ['import os'] : []),
    ...(body.includes('quote(os.') ? ['from urllib.parse import quote'] : []),
    ...imports.filter((line) => !/httpx|aiohttp/.test(line)),
  ].sort(asIsort)
  const others = imports.filter((line) => /httpx|aiohttp/.test(line))
  const blocks = [standard, others].filter((block) => block.length > 0)
  return { text: textOf([...blocks.flatMap((block) => [...block, '']), ...lines]), notes }
}

/** Plain imports before those of names. */
function asIsort(one: string, other: string): number {
  return Number(one.startsWith('from')) - Number(other.startsWith('from')) || (one < other ? -1 : 1)
}

export function generateHttpx(request: CodeRequest): Code {
  const text = textsOf(request)
  const { method, url, follows, options } = request
  const proxy = proxyOf(request)
  const { connect, read } = options.timeout ?? {}
  const client = [
    ...(options.verify === undefined || options.verify === true
      ? []
      : [`verify=${options.verify === false ? 'False' : text(options.verify)},`]),
    ...(proxy === null ? [] : [`proxy=${text(proxy)},`]),
    ...(options.http2 === true ? ['http2=True,'] : []),
    ...(connect === undefined && read === undefined ? [] : [`timeout=httpx.Timeout(${seconds(read)}, connect=${seconds(connect)}),`]),
    ...(options.maxRedirects === undefined ? [] : [`max_redirects=${options.maxRedirects},`]),
    ...(follows ? ['follow_redirects=True,'] : []),
  ]
  const call = [
    `${text(method)},`,
    `${addressOf(request, url)},`,
    ...headerLines(withoutLogin(request), text),
    ...httpxBody(request, text),
    ...httpxLogin(request, text),
  ]
  const saving = savingLines(request, text, 'for chunk in response.iter_bytes')
  const opening =
    client.length <= 1
      ? [`with httpx.Client(${client.join('').replace(/,$/, '')}) as client:`]
      : ['with httpx.Client(', ...indented(client, '    '), ') as client:']
  return code(
    request,
    ['import httpx'],
    [
      ...opening,
      saving === null ? '    response = client.request(' : '    with client.stream(',
      ...indented(call, '        '),
      ...(saving === null ? ['    )'] : ['    ) as response:', ...indented(saving, '        ')]),
      'print(response.status_code)',
      ...(saving === null ? ['print(response.text)'] : []),
    ],
    [
      ...request.notes,
      ...untoldParts(request, ['textType', 'fileType', 'filename']),
      ...untoldOptions(request, ['verify', 'proxies', 'http2', 'maxRedirects', ...(options.timeout?.total ? [] : (['timeout'] as const))]),
    ],
  )
}

function httpxLogin({ login }: CodeRequest, text: Text): string[] {
  if (login === null) return []
  const pair = `${text(login.username)}, ${text(login.password)}`
  return [login.scheme === 'basic' ? `auth=(${pair}),` : `auth=httpx.DigestAuth(${pair}),`]
}

/** What writes the answer to its file; null: it is shown. @param loop up to the bytes of a piece */
function savingLines({ saveTo }: CodeRequest, text: Text, loop: string): string[] | null {
  if (saveTo === null) return null
  return [
    'response.raise_for_status()',
    `with open(${text(saveTo)}, "wb") as file:`,
    `    ${loop}(${CHUNK_BYTES / 1024} * 1024):`,
    '        file.write(chunk)',
  ]
}

function seconds(value: number | null | undefined): string {
  return value === undefined || value === null ? 'None' : String(value)
}

function httpxBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`content=${text(body.text)}.encode(),`]
    case 'file':
      return [`content=open(${text(body.path)}, "rb"),`]
    case 'multipart':
      return ['files=[', ...body.parts.flatMap((part) => fileTuples(part, text)), '],']
  }
}

function fileTuples(part: Extract<CodeRequest['body'], { kind: 'multipart' }>['parts'][number], text: Text): string[] {
  const type = part.contentType === '' ? '' : `, ${text(part.contentType)}`
  if (part.kind === 'text') return [`    (${text(part.name)}, (None, ${text(part.value)}.encode()${type})),`]
  return part.files.map((path) => {
    const filename = part.filename === '' ? text(path.split(/[\\/]/).at(-1) ?? path) : text(part.filename)
    return `    (${text(part.name)}, (${filename}, open(${text(path)}, "rb")${type})),`
  })
}

export function generateAiohttp(given: CodeRequest): Code {
  const request = formAsText(given)
  const text = textsOf(request)
  const { method, url, follows, options, body } = request
  const proxy = proxyOf(request)
  const { connect, read, total } = options.timeout ?? {}
  const login = request.login?.scheme === 'basic' ? request.login : null
  const withoutBasic = withoutLogin({ headers: request.headers, login })
  const call = [
    `${text(method)},`,
    // Without this the URL would be encoded anew.
    `URL(${addressOf(request, url)}, encoded=True),`,
    ...headerLines(withoutBasic, text),
    ...(login === null ? [] : [`auth=aiohttp.BasicAuth(${text(login.username)}, ${text(login.password)}, "utf-8"),`]),
    ...(body.kind === 'text' ? [`data=${text(body.text)}.encode(),`] : []),
    ...(body.kind === 'file' ? [`data=open(${text(body.path)}, "rb"),`] : []),
    ...(body.kind === 'multipart' ? ['data=form,'] : []),
    ...(follows ? (options.maxRedirects === undefined ? [] : [`max_redirects=${options.maxRedirects},`]) : ['allow_redirects=False,']),
    ...(options.verify === false ? ['ssl=False,'] : []),
    ...(proxy === null ? [] : [`proxy=${text(proxy)},`]),
    ...(options.timeout === undefined
      ? []
      : [`timeout=aiohttp.ClientTimeout(total=${seconds(total)}, sock_connect=${seconds(connect)}, sock_read=${seconds(read)}),`]),
  ]
  const saving = savingLines(request, text, 'async for chunk in response.content.iter_chunked')
  const form =
    body.kind === 'multipart'
      ? ['form = aiohttp.FormData(quote_fields=False)', ...body.parts.flatMap((part) => fieldLines(part, text))]
      : []
  const main = [
    ...form,
    'async with aiohttp.ClientSession() as session:',
    '    async with session.request(',
    ...indented(call, '        '),
    '    ) as response:',
    ...indented(saving ?? [], '        '),
    '        print(response.status)',
    ...(saving === null ? ['        print(await response.text())'] : []),
  ]
  return code(
    request,
    ['import asyncio', 'import aiohttp', 'from yarl import URL  # comes with aiohttp'],
    ['', 'async def main():', ...indented(main, '    '), '', '', 'asyncio.run(main())'],
    [
      ...request.notes,
      ...request.withoutOwnLogin,
      ...untoldParts(request, ['textType', 'fileType', 'filename']),
      ...untoldOptions(request, [
        'proxies',
        'timeout',
        'maxRedirects',
        ...(typeof options.verify === 'string' ? [] : (['verify'] as const)),
      ]),
    ],
  )
}

function fieldLines(part: Extract<CodeRequest['body'], { kind: 'multipart' }>['parts'][number], text: Text): string[] {
  const type = part.contentType === '' ? '' : `, content_type=${text(part.contentType)}`
  if (part.kind === 'text') return [`form.add_field(${text(part.name)}, ${text(part.value)}${type})`]
  return part.files.map((path) => {
    const filename = part.filename === '' ? text(path.split(/[\\/]/).at(-1) ?? path) : text(part.filename)
    return `form.add_field(${text(part.name)}, open(${text(path)}, "rb"), filename=${filename}${type})`
  })
}

export function generateHttpClient(given: CodeRequest): Code {
  const request = formAsText(given)
  const text = textsOf(request)
  const { method, url, headers, body, follows, options } = request
  const notes: CodeNote[] = [
    ...request.notes,
    ...request.withoutOwnLogin,
    ...untoldOptions(request, ['verify', ...(options.timeout?.connect ? (['timeout'] as const) : [])]),
  ]
  if (follows) notes.push({ severity: 'lost', message: 'http.client follows no redirects.' })
  if (body.kind === 'multipart') notes.push(NO_MULTIPART)
  const [, scheme = 'http', authority = '', target = ''] = /^(https?):\/\/([^/?#]*)(.*)$/.exec(url) ?? []
  const isSecure = scheme === 'https'
  const connection = [
    text(authority),
    ...(options.timeout?.connect ? [`timeout=${options.timeout.connect}`] : []),
    ...(isSecure && options.verify === false ? ['context=ssl._create_unverified_context()'] : []),
    ...(isSecure && typeof options.verify === 'string' ? [`context=ssl.create_default_context(cafile=${text(options.verify)})`] : []),
  ]
  const content = body.kind === 'text' ? `${text(body.text)}.encode()` : body.kind === 'file' ? 'body' : null
  const has = (name: string): boolean => headers.some(([other]) => other.toLowerCase() === name)
  const lines = [
    `connection = http.client.${isSecure ? 'HTTPSConnection' : 'HTTPConnection'}(${connection.join(', ')})`,
    ...(body.kind === 'file' ? [`body = open(${text(body.path)}, "rb").read()`] : content === null ? [] : [`body = ${content}`]),
    `connection.putrequest(${text(method)}, ${addressOf(request, target.startsWith('/') ? target : `/${target}`)}, skip_accept_encoding=True${has('host') ? ', skip_host=True' : ''})`,
    ...headers.map(([name, value]) => `connection.putheader(${text(name)}, ${text(value)})`),
    ...(content === null ? [] : ['connection.putheader("Content-Length", str(len(body)))']),
    content === null ? 'connection.endheaders()' : 'connection.endheaders(body)',
    'response = connection.getresponse()',
    'print(response.status)',
    'print(response.read().decode())',
  ]
  const imports = ['import http.client', ...(lines.some((line) => line.includes('ssl.')) ? ['import ssl'] : [])]
  return code(request, imports, lines, notes)
}
