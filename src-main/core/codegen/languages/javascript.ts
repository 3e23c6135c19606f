/** JavaScript and TypeScript: fetch, axios, undici and node:http. */
import { joinedHeaders, proxyOf, untoldOptions, untoldParts, type CodeBody, type CodeOption, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { BIDI, indented, textOf, type Text } from '../literals.ts'
import type { CodePart, CodeText, Placeholders } from '../placeholders.ts'

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

type Dialect = 'javascript' | 'typescript'

/** A literal in single quotes, or a template where the environment is read in it. @param encode wraps what is read */
function texts(placeholders: Placeholders, dialect: Dialect = 'javascript', encode = (expression: string): string => expression): Text {
  // To TypeScript a variable may not be there.
  const env = (name: string): string => `process.env.${name}${dialect === 'typescript' ? '!' : ''}`
  const read = (part: Exclude<CodePart, string>): string =>
    'env' in part ? encode(env(part.env)) : `Buffer.from(${code(part.base64)}).toString('base64')`
  const code = (parts: CodeText): string => {
    const [first] = parts
    if (parts.length === 1 && typeof first === 'object') return read(first)
    if (parts.every((part) => typeof part === 'string')) return `'${escaped(parts.join('')).replaceAll("'", "\\'")}'`
    const inner = parts.map((part) => (typeof part === 'string' ? escaped(part).replace(/`|\$\{/g, '\\$&') : `\${${read(part)}}`))
    return `\`${inner.join('')}\``
  }
  return (value) => code(placeholders.parts(value.toWellFormed()))
}

/** The URL as an expression. */
function addressOf({ url, placeholders }: CodeRequest, dialect: Dialect = 'javascript'): string {
  return texts(placeholders, dialect, (expression) => `encodeURIComponent(${expression})`)(url)
}

const ESCAPED = new RegExp(`[\\\\\\p{Cc}\\u2028\\u2029\\ufeff${BIDI}]`, 'gu')

function escaped(text: string): string {
  return text.replace(ESCAPED, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** Properties of an object, each on a line of its own. */
function objectOf(entries: readonly string[]): string[] {
  return entries.length === 0 ? ['{}'] : ['{', ...entries.map((entry) => indented(`${entry},`.split('\n'), '  ').join('\n')), '}']
}

/** Headers as an object, with lists where a name repeats. */
function record({ headers }: Pick<CodeRequest, 'headers'>, text: Text): string {
  const entries = [...Map.groupBy(headers, ([name]) => name)].map(([name, lines]) => {
    const values = lines.map(([, value]) => text(value))
    return `${keyOf(text(name))}: ${values.length === 1 ? values[0] : `[${values.join(', ')}]`}`
  })
  return objectOf(entries).join('\n')
}

/** What is no plain literal has to be computed, and `__proto__` would be no key otherwise. */
function keyOf(code: string): string {
  return code.startsWith("'") && code !== "'__proto__'" ? code : `[${code}]`
}

interface Body {
  readonly imports: readonly string[]
  readonly before: readonly string[]
  /** An expression; null: none. */
  readonly value: string | null
}

function bodyOf(body: CodeBody, text: Text): Body {
  switch (body.kind) {
    case 'none':
      return { imports: [], before: [], value: null }
    case 'text':
      return { imports: [], before: [], value: text(body.text) }
    case 'file':
      return { imports: ["import { openAsBlob } from 'node:fs'"], before: [], value: `await openAsBlob(${text(body.path)})` }
    case 'multipart': {
      const hasFile = body.parts.some(({ kind }) => kind === 'file')
      const lines = body.parts.flatMap((part) => {
        const type = part.contentType === '' ? '' : `, { type: ${text(part.contentType)} }`
        if (part.kind === 'text') {
          const value = type === '' ? text(part.value) : `new Blob([${text(part.value)}]${type})`
          return [`form.append(${text(part.name)}, ${value})`]
        }
        return part.files.map((path) => {
          const filename = part.filename === '' ? (path.split(/[\\/]/).at(-1) ?? path) : part.filename
          return `form.append(${text(part.name)}, await openAsBlob(${text(path)}${type}), ${text(filename)})`
        })
      })
      return {
        imports: hasFile ? ["import { openAsBlob } from 'node:fs'"] : [],
        before: ['const form = new FormData()', ...lines, ''],
        value: 'form',
      }
    }
  }
}

function notesOf(request: CodeRequest, told: readonly CodeOption[], more: readonly CodeNote[] = []): CodeNote[] {
  const isRewritten = /\?.*'/.test(request.url)
  const quote: CodeNote[] = isRewritten ? [{ severity: 'changed', message: 'A quote in the query is sent as %27.' }] : []
  return [
    ...request.notes,
    ...request.withoutOwnLogin,
    ...untoldParts(request, ['textType', 'fileType', 'filename']),
    ...namedTexts(request),
    ...untoldOptions(request, told),
    ...quote,
    ...more,
  ]
}

/** What is given a type there is a file to the server. */
function namedTexts({ body }: CodeRequest): CodeNote[] {
  const typed = body.kind === 'multipart' ? body.parts.filter(({ kind, contentType }) => kind === 'text' && contentType !== '') : []
  return typed.map(({ name }) => ({
    severity: 'changed' as const,
    message: `FormData sends the part ${name.slice(0, 60)}, which has a type, as a file of the name blob.`,
  }))
}

export const generateFetch = (request: CodeRequest): Code => fetchCode(request, 'javascript')
export const generateTypeScript = (request: CodeRequest): Code => fetchCode(request, 'typescript')

function fetchCode(request: CodeRequest, dialect: Dialect): Code {
  const text = texts(request.placeholders, dialect)
  const isTyped = dialect === 'typescript'
  const address = addressOf(request, dialect)
  const { method, headers, follows, options } = request
  const body = bodyOf(request.body, text)
  const total = options.timeout?.total ?? null
  const joined: CodeNote[] = []
  const entries = [
    ...(method === 'GET' ? [] : [`method: ${text(method)}`]),
    ...(headers.length === 0 ? [] : [`headers: ${record({ headers: joinedHeaders(headers, joined) }, text)}`]),
    ...(body.value === null ? [] : [`body: ${body.value}`]),
    ...(follows ? [] : [`redirect: 'manual'`]),
    ...(total === null ? [] : [`signal: AbortSignal.timeout(${Math.round(total * 1000)})`]),
  ]
  const call = entries.length === 0 ? `await fetch(${address})` : `await fetch(${address}, ${objectOf(entries).join('\n')})`
  const isRefused = /^(?:GET|HEAD)$/.test(method) && body.value !== null
  const refused: CodeNote[] = isRefused ? [{ severity: 'lost', message: `fetch refuses a body with ${method}.` }] : []
  return {
    text: textOf([
      ...body.imports,
      ...(body.imports.length > 0 ? [''] : []),
      ...body.before,
      `const response${isTyped ? ': Response' : ''} = ${call}`,
      'console.log(response.status)',
      'console.log(await response.text())',
      // Without an import it would be no module, and may not wait at its top.
      ...(isTyped && body.imports.length === 0 ? ['', 'export {}'] : []),
    ]),
    notes: notesOf(request, total === null ? [] : ['timeout'], [...joined, ...refused]),
  }
}

export function generateAxios(request: CodeRequest): Code {
  const text = texts(request.placeholders)
  const { method, headers, follows, options } = request
  const body = bodyOf(request.body, text)
  const total = options.timeout?.total ?? null
  const entries = [
    `method: ${text(method)}`,
    `url: ${addressOf(request)}`,
    ...(headers.length === 0 ? [] : [`headers: ${record(request, text)}`]),
    ...(body.value === null ? [] : [`data: ${body.value}`]),
    ...(follows ? (options.maxRedirects === undefined ? [] : [`maxRedirects: ${options.maxRedirects}`]) : ['maxRedirects: 0']),
    ...(total === null ? [] : [`timeout: ${Math.round(total * 1000)}`]),
    'validateStatus: () => true',
    // A text that is JSON would be read and written anew.
    ...(request.body.kind === 'text' ? ['transformRequest: [(data) => data]'] : []),
  ]
  return {
    text: textOf([
      ...body.imports,
      "import axios from 'axios'",
      '',
      ...body.before,
      `const response = await axios.request(${objectOf(entries).join('\n')})`,
      'console.log(response.status)',
      'console.log(response.data)',
    ]),
    notes: notesOf(request, ['maxRedirects', ...(total === null ? [] : (['timeout'] as const))]),
  }
}

export function generateUndici(request: CodeRequest): Code {
  const text = texts(request.placeholders)
  const { method, headers, follows, options } = request
  const body = bodyOf(request.body, text)
  const proxy = proxyOf(request)
  const connect = [
    ...(options.verify === false ? ['rejectUnauthorized: false'] : []),
    ...(options.unixSocket === undefined ? [] : [`socketPath: ${text(options.unixSocket)}`]),
  ]
  const settings = [
    ...(connect.length === 0 ? [] : [`${proxy === null ? 'connect' : 'requestTls'}: { ${connect.join(', ')} }`]),
    ...(options.http2 === true ? ['allowH2: true'] : []),
    ...(options.timeout?.read ? [`headersTimeout: ${ms(options.timeout.read)}`, `bodyTimeout: ${ms(options.timeout.read)}`] : []),
    ...(options.timeout?.connect ? [`connectTimeout: ${ms(options.timeout.connect)}`] : []),
  ]
  const agent = proxy === null ? 'Agent' : 'ProxyAgent'
  const isPlain = settings.length === 0 && proxy === null
  const made = `new ${agent}(${objectOf([...(proxy === null ? [] : [`uri: ${text(proxy)}`]), ...settings]).join('\n')})`
  const dispatcher = follows
    ? `${isPlain ? 'new Agent()' : made}.compose(interceptors.redirect({ maxRedirections: ${options.maxRedirects ?? 30} }))`
    : made
  const needsDispatcher = follows || !isPlain
  const entries = [
    `method: ${text(method)}`,
    ...(headers.length === 0 ? [] : [`headers: ${record(request, text)}`]),
    ...(body.value === null ? [] : [`body: ${body.value}`]),
    ...(needsDispatcher ? ['dispatcher'] : []),
  ]
  const names = [...(needsDispatcher ? [isPlain ? 'Agent' : agent] : []), ...(follows ? ['interceptors'] : []), 'request']
  if (request.body.kind === 'multipart') names.unshift('FormData')
  return {
    text: textOf([
      ...body.imports,
      `import { ${names.join(', ')} } from 'undici'`,
      '',
      ...body.before,
      ...(needsDispatcher ? [`const dispatcher = ${dispatcher}`] : []),
      `const { statusCode, body } = await request(${addressOf(request)}, ${objectOf(entries).join('\n')})`,
      'console.log(statusCode)',
      'console.log(await body.text())',
    ]),
    notes: notesOf(request, [
      'maxRedirects',
      'proxies',
      'unixSocket',
      'http2',
      ...(options.verify === false ? (['verify'] as const) : []),
      ...(options.timeout?.total ? [] : (['timeout'] as const)),
    ]),
  }
}

export function generateNodeHttp(request: CodeRequest): Code {
  const text = texts(request.placeholders)
  const { method, url, headers, follows, options, body } = request
  const isSecure = url.startsWith('https:')
  const made = bodyOf(body, text)
  const isForm = body.kind === 'multipart'
  const entries = [
    `method: ${text(method)}`,
    ...(headers.length === 0 && !isForm
      ? []
      : [
          `headers: ${isForm ? record(request, text).replace(/^\{/, '{\n  ...Object.fromEntries(encoded.headers),') : record(request, text)}`,
        ]),
    ...(isSecure && options.verify === false ? ['rejectUnauthorized: false'] : []),
    ...(options.unixSocket === undefined ? [] : [`socketPath: ${text(options.unixSocket)}`]),
    ...(options.timeout?.total ? [`signal: AbortSignal.timeout(${ms(options.timeout.total)})`] : []),
  ]
  const sent = isForm
    ? ['Readable.fromWeb(encoded.body).pipe(sending)']
    : body.kind === 'file'
      ? [`createReadStream(${text(body.path)}).pipe(sending)`]
      : [`sending.end(${made.value ?? ''})`]
  const notes: CodeNote[] = follows ? [{ severity: 'lost', message: 'node:http follows no redirects.' }] : []
  return {
    text: textOf([
      ...(body.kind === 'file' ? ["import { createReadStream } from 'node:fs'"] : made.imports),
      `import { request } from '${isSecure ? 'node:https' : 'node:http'}'`,
      ...(isForm ? ["import { Readable } from 'node:stream'"] : []),
      "import { text } from 'node:stream/consumers'",
      '',
      ...made.before,
      ...(isForm ? ['const encoded = new Response(form)'] : []),
      `const sending = request(${addressOf(request)}, ${objectOf(entries).join('\n')})`,
      "sending.on('response', async (response) => {",
      '  console.log(response.statusCode)',
      '  console.log(await text(response))',
      '})',
      ...sent,
    ]),
    notes: notesOf(
      request,
      ['unixSocket', ...(options.verify === false ? (['verify'] as const) : []), ...(options.timeout?.total ? (['timeout'] as const) : [])],
      notes,
    ),
  }
}

function ms(seconds: number): number {
  return Math.round(seconds * 1000)
}
