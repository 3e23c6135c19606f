/** A curl command, for each of the shells. */
import type { Options, Part } from '#contract/model/request.ts'
import { proxyLoginOf, proxyOf, rawInUrl, untoldOptions, withoutLogin, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import type { Placeholders } from '../placeholders.ts'
import { bourne, cmd, powerShell, unsayable, type Shell } from './shell-text.ts'

const TOLD = [
  'verify',
  'cert',
  'timeout',
  'maxRedirects',
  'proxies',
  'proxyDigest',
  'noProxy',
  'retry',
  'http2',
  'tls',
  'unixSocket',
  'resolve',
] as const

export const generateCurl = forShell(bourne)
export const generateCurlCmd = forShell(cmd)
export const generateCurlPowerShell = forShell(powerShell)

function forShell(shellOf: (placeholders: Placeholders, isFile: boolean) => Shell): (request: CodeRequest) => Code {
  return (request) => {
    const shell = shellOf(request.placeholders, request.isFile)
    const notes: CodeNote[] = [
      ...request.notes,
      ...rawInUrl(request),
      ...untoldOptions(request, TOLD),
      ...unsayable(textsOf(request)),
      ...shell.warnings([request.url, ...textsOf(request)]),
      ...formNotes(request),
    ]
    const lines = [
      ...methodLines(request, shell),
      ...loginLines(request, shell),
      ...headerLines(request, shell),
      ...bodyLines(request, shell),
      ...optionLines(request, shell),
      ...jarLines(request, shell),
    ]
    const first = [
      shell.curl,
      ...(request.isFile ? ['--silent --show-error'] : []),
      ...(/[{}[\]]/.test(request.url) ? ['--globoff'] : []),
    ].join(' ')
    return { text: `${[`${first} ${shell.text(request.url)}`, ...lines].join(`${shell.goesOn}\n  `)}\n`, notes }
  }
}

/** What curl does by itself is not said. */
function methodLines({ method, body, follows }: CodeRequest, { text }: Shell): string[] {
  if (method === 'HEAD' && body.kind === 'none') return ['--head', ...followed(follows)]
  const own = body.kind === 'none' ? 'GET' : body.kind === 'file' ? 'PUT' : 'POST'
  // With --request the method holds at every redirect; without, a POST becomes a GET as browsers have it.
  return [...(method === own ? [] : [`--request ${text(method)}`]), ...followed(follows)]
}

function followed(follows: boolean): string[] {
  return follows ? ['--location'] : []
}

function loginLines({ login }: CodeRequest, { text }: Shell): string[] {
  if (login === null) return []
  return [...(login.scheme === 'digest' ? ['--digest'] : []), `--user ${text(`${login.username}:${login.password}`)}`]
}

function headerLines(request: CodeRequest, { text }: Shell): string[] {
  const { headers, body, jar } = request
  // Beside the cookies of a jar, a header would be a second line of cookies.
  const headerLine = (name: string, value: string): string => {
    if (jar !== null && name.toLowerCase() === 'cookie' && value.includes('=')) return `--cookie ${text(value)}`
    return `--header ${text(value === '' ? `${name};` : `${name}: ${value}`)}`
  }
  const has = (name: string): boolean => headers.some(([other]) => other.toLowerCase() === name)
  const said = withoutLogin(request).map(([name, value]) => headerLine(name, value))
  // Of data curl says that it is a form, and of a file it asks before it sends it.
  if (body.kind === 'text' && !has('content-type')) said.push(`--header ${text('Content-Type:')}`)
  if (body.kind === 'file') said.push(`--header ${text('Expect:')}`)
  return said
}

function bodyLines({ body, method }: CodeRequest, shell: Shell): string[] {
  const { text } = shell
  switch (body.kind) {
    case 'none':
      return method === 'POST' || method === 'PUT' || method === 'PATCH' ? [`--data-raw ${text('')}`] : []
    case 'text':
      return [`--data-raw ${text(body.text)}`]
    case 'file':
      return [`--upload-file ${text(body.path)}`]
    case 'multipart':
      return body.parts.flatMap((part) => formLines(part, shell))
  }
}

/** `=` ends the name of a form's field, and what follows could name a file to send. */
function formNotes({ body }: CodeRequest): CodeNote[] {
  if (body.kind !== 'multipart' || !body.parts.some(({ name }) => name.includes('='))) return []
  return [{ severity: 'changed', message: 'curl has no form fields with = in their names: it is sent as %3D.' }]
}

/** Values are in quotes of curl's own, so that `;` and `,` in them mean nothing. */
function formLines(part: Part, { text }: Shell): string[] {
  const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`
  const name = part.name.replaceAll('=', '%3D')
  const headers = part.headers.filter(({ enabled }) => enabled)
  const more = [
    ...typeWords(part.contentType, quoted),
    ...headers.map((header) => `;headers=${quoted(`${header.name}: ${header.value}`)}`),
  ].join('')
  if (part.kind === 'file') {
    const filename = part.filename === '' ? '' : `;filename=${quoted(part.filename)}`
    return part.files.map((path) => `--form ${text(`${name}=@${quoted(path)}${filename}${more}`)}`)
  }
  if (more === '') return [`--form-string ${text(`${name}=${part.value}`)}`]
  return [`--form ${text(`${name}=${quoted(part.value)}${more}`)}`]
}

/** A type stands without quotes: in one with a comma, or with a word of curl's, further files could be named. */
function typeWords(type: string, quoted: (value: string) => string): string[] {
  if (type === '') return []
  const isPlain = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?(?:charset|boundary|version|profile)=[\w.+-]+)*$/.test(type)
  return isPlain ? [`;type=${type}`] : [`;headers=${quoted(`Content-Type: ${type}`)}`]
}

/** Everything that stands on the command line. */
function textsOf({ body, headers, login }: CodeRequest): string[] {
  const ofParts = body.kind === 'multipart' ? body.parts.flatMap((part) => [part.name, part.kind === 'text' ? part.value : '']) : []
  return [...headers.flat(), ...(body.kind === 'text' ? [body.text] : ofParts), ...(login ? [login.username, login.password] : [])]
}

function optionLines(request: CodeRequest, { text }: Shell): string[] {
  const { options, follows, url, saveTo } = request
  const proxy = proxyOf(request)
  return [
    ...(follows && options.maxRedirects !== undefined ? [`--max-redirs ${options.maxRedirects}`] : []),
    ...(options.verify === false ? ['--insecure'] : []),
    ...(typeof options.verify === 'string'
      ? [`${/\.(?:pem|crt|cer)$/i.test(options.verify) ? '--cacert' : '--capath'} ${text(options.verify)}`]
      : []),
    ...certLines(options, text),
    ...(options.tls?.minVersion ? [`--tls${tlsName(options.tls.minVersion)}`] : []),
    ...(options.tls?.maxVersion ? [`--tls-max ${tlsName(options.tls.maxVersion).slice(1)}`] : []),
    ...(proxy === null ? [] : [`--proxy ${text(proxy)}`]),
    // Digest, or what else it asks for; without this, Basic alone.
    ...(proxyLoginOf(request) === null ? [] : ['--proxy-anyauth']),
    ...(options.noProxy === undefined ? [] : [`--noproxy ${text(options.noProxy)}`]),
    ...(options.timeout?.connect ? [`--connect-timeout ${options.timeout.connect}`] : []),
    ...(options.timeout?.total ? [`--max-time ${options.timeout.total}`] : []),
    ...(options.retry?.total ? [`--retry ${options.retry.total}`] : []),
    ...(options.http2 === true ? ['--http2'] : []),
    ...(options.unixSocket === undefined ? [] : [`--unix-socket ${text(options.unixSocket)}`]),
    ...Object.entries(options.resolve ?? {}).map(([host, address]) => `--connect-to ${text(`${connectFrom(host)}:${address}:`)}`),
    ...(/\/\.\.?(?:[/?]|$)/.test(url) ? ['--path-as-is'] : []),
    '--compressed',
    ...(saveTo === null ? [] : ['--fail', `--output ${text(saveTo)}`]),
  ]
}

/** Cookies that other commands of the script were given, and where to put those of the answer. */
function jarLines({ jar }: CodeRequest, { variable }: Shell): string[] {
  return jar === null ? [] : [`--cookie ${variable(jar)}`, `--cookie-jar ${variable(jar)}`]
}

function connectFrom(host: string): string {
  return /:\d+$/.test(host) ? host : `${host}:`
}

function certLines({ cert }: Options, text: Shell['text']): string[] {
  if (cert === undefined) return []
  const { cert: file = '', key = '', pfx = '', passphrase = '' } = cert
  return [
    ...(pfx === '' ? [] : [`--cert ${text(pfx)}`, '--cert-type P12']),
    ...(file === '' ? [] : [`--cert ${text(file)}`]),
    ...(key === '' ? [] : [`--key ${text(key)}`]),
    ...(passphrase === '' ? [] : [`--pass ${text(passphrase)}`]),
  ]
}

function tlsName(version: string): string {
  return version.replace('TLS', '').replace(/^v1$/, 'v1.0')
}
