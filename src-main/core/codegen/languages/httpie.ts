/** An HTTPie command, for Bourne shells. */
import { proxyOf, rawInUrl, untoldOptions, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { bourne } from './shell-text.ts'

/** What separates an item's name from its value, escaped in names. */
const SEPARATORS = /[\\:=@]/g

export function generateHttpie(request: CodeRequest): Code {
  const { text, goesOn } = bourne(request.placeholders)
  const { method, url, headers, body, login, follows, options, saveTo } = request
  const proxy = proxyOf(request)
  const notes: CodeNote[] = [
    ...request.notes.filter(() => login === null),
    ...rawInUrl(request),
    ...untoldOptions(request, ['verify', 'maxRedirects', 'proxies', 'timeout', 'cert']),
  ]
  const flags = [
    '--ignore-stdin',
    ...(body.kind === 'multipart' ? ['--multipart'] : []),
    ...(login === null ? [] : [`--auth-type ${login.scheme}`, `--auth ${text(`${login.username}:${login.password}`)}`]),
    ...(follows ? ['--follow'] : []),
    ...(follows && options.maxRedirects !== undefined ? [`--max-redirects ${options.maxRedirects}`] : []),
    ...(options.verify === undefined || options.verify === true
      ? []
      : [`--verify ${options.verify === false ? 'no' : text(options.verify)}`]),
    ...(options.cert?.cert ? [`--cert ${text(options.cert.cert)}`] : []),
    ...(options.cert?.key ? [`--cert-key ${text(options.cert.key)}`] : []),
    ...(options.timeout?.connect ? [`--timeout ${options.timeout.connect}`] : []),
    ...(proxy === null ? [] : [`--proxy ${text(`${url.startsWith('https:') ? 'https' : 'http'}:${proxy}`)}`]),
    // Not --download, which follows redirects and sends other headers.
    ...(saveTo === null ? [] : ['--check-status', '--stream', `--output ${text(saveTo)}`]),
    ...(body.kind === 'text' ? [`--raw ${text(body.text)}`] : []),
  ]
  const items = [
    ...headers
      .filter(([name]) => login === null || name.toLowerCase() !== 'authorization')
      .map(([name, value]) => text(value === '' ? `${escaped(name)};` : `${escaped(name)}:${value}`)),
    ...(body.kind === 'multipart'
      ? body.parts.flatMap((part) => {
          if (part.kind === 'text') return [text(`${escaped(part.name)}=${part.value}`)]
          return part.files.map((path) =>
            text(`${escaped(part.name)}@${path}${part.contentType === '' ? '' : `;type=${part.contentType}`}`),
          )
        })
      : []),
    ...(body.kind === 'file' ? [text(`@${body.path}`)] : []),
  ]
  if (body.kind === 'multipart' && body.parts.some((part) => part.kind === 'file' && part.filename !== '')) {
    notes.push({ severity: 'lost', message: 'HTTPie sends files by their own names.' })
  }
  return { text: `${['http', ...flags, `${text(method)} ${text(url)}`, ...items].join(`${goesOn}\n  `)}\n`, notes }
}

function escaped(name: string): string {
  return name.replace(SEPARATORS, '\\$&')
}
