/** An HTTPie command, for Bourne shells. */
import { proxyOf, rawInUrl, untoldOptions, untoldParts, withoutLogin, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { bourne, unsayable } from './shell-text.ts'

/** What separates an item's name from its value, escaped in names; and a backslash, where it would escape what follows. */
const SEPARATORS = /[:;=@]|\\(?=[:;=@]|$)/g

export function generateHttpie(request: CodeRequest): Code {
  const { text, goesOn } = bourne(request.placeholders)
  const { method, url, body, login, follows, options, saveTo } = request
  const proxy = proxyOf(request)
  const notes: CodeNote[] = [
    ...request.notes,
    ...rawInUrl(request),
    ...untoldParts(request, ['fileType', 'filename']),
    ...untoldOptions(request, ['verify', 'maxRedirects', 'proxies', 'timeout', 'cert']),
  ]
  // A value that begins with a dash would be taken for an option of its own.
  const option = (name: string, value: string): string => `${name}${value.startsWith('-') ? '=' : ' '}${text(value)}`
  const flags = [
    ...(body.kind === 'multipart' ? ['--multipart'] : []),
    ...(login === null ? [] : [`--auth-type ${login.scheme}`, option('--auth', `${login.username}:${login.password}`)]),
    ...(follows ? ['--follow'] : []),
    ...(follows && options.maxRedirects !== undefined ? [`--max-redirects ${options.maxRedirects}`] : []),
    ...(options.verify === undefined || options.verify === true
      ? []
      : [options.verify === false ? '--verify no' : option('--verify', options.verify)]),
    ...(options.cert?.cert ? [option('--cert', options.cert.cert)] : []),
    ...(options.cert?.key ? [option('--cert-key', options.cert.key)] : []),
    ...(options.timeout?.connect ? [`--timeout ${options.timeout.connect}`] : []),
    ...(proxy === null ? [] : [`--proxy ${text(`${url.startsWith('https:') ? 'https' : 'http'}:${proxy}`)}`]),
    // Not --download, which follows redirects and sends other headers.
    ...(saveTo === null ? [] : ['--check-status', '--stream', option('--output', saveTo)]),
    ...(body.kind === 'text' ? [option('--raw', body.text)] : []),
  ]
  const plainItems = itemsOf({ ...request, headers: withoutLogin(request) })
  const items = plainItems.map(text)
  if (plainItems.some((item) => /\\[:;=@]/.test(item.replace(/^(?:[^\\:;=@]|\\.)*[:;=@]\\?/s, '')))) {
    notes.push({ severity: 'changed', message: 'HTTPie takes away a backslash that stands before one of : ; = @ in a value.' })
  }
  notes.push(...unsayable([...plainItems, ...(body.kind === 'text' ? [body.text] : [])]))
  if (body.kind === 'multipart' && body.parts.some((part) => part.kind === 'file' && part.filename !== '')) {
    notes.push({ severity: 'lost', message: 'HTTPie sends files by their own names.' })
  }
  // Behind two dashes nothing is an option.
  const end = [method, ...plainItems].some((word) => word.startsWith('-')) ? '-- ' : ''
  return { text: `${['http --ignore-stdin', ...flags, `${end}${text(method)} ${text(url)}`, ...items].join(`${goesOn}\n  `)}\n`, notes }
}

/** Headers and parts of a form. A value that begins with `@` or `=` is escaped: it would name a file to read, or be another kind of item. */
function itemsOf({ headers, body }: Pick<CodeRequest, 'headers' | 'body'>): string[] {
  const valued = (value: string): string => value.replace(/^[@=]/, '\\$&')
  const lines = headers.map(([name, value]) => (value === '' ? `${escaped(name)};` : `${escaped(name)}:${valued(value)}`))
  if (body.kind === 'file') return [...lines, `@${body.path}`]
  if (body.kind !== 'multipart') return lines
  const parts = body.parts.flatMap((part) => {
    if (part.kind === 'text') return [`${escaped(part.name)}=${valued(part.value)}`]
    const type = part.contentType === '' ? '' : `;type=${part.contentType}`
    return part.files.map((path) => `${escaped(part.name)}@${path}${type}`)
  })
  return [...lines, ...parts]
}

function escaped(name: string): string {
  return name.replace(SEPARATORS, '\\$&')
}
