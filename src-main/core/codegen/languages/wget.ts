/** A wget command, for Bourne shells. */
import {
  formAsText,
  joinedHeaders,
  NO_MULTIPART,
  proxyOf,
  rawInUrl,
  untoldOptions,
  withoutLogin,
  type CodeRequest,
} from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { bourne, unsayable } from './shell-text.ts'

export function generateWget(given: CodeRequest): Code {
  const request = formAsText(given)
  const { text, goesOn, variable } = bourne(request.placeholders)
  const { method, url, body, login, follows, options, saveTo, jar, isFile } = request
  const proxy = proxyOf(request)
  const notes: CodeNote[] = [
    ...request.notes,
    ...rawInUrl(request),
    ...untoldOptions(request, ['verify', 'timeout', 'maxRedirects', 'proxies', 'cert']),
  ]
  if (body.kind === 'multipart') notes.push(NO_MULTIPART)
  if (body.kind === 'text') notes.push(...unsayable([body.text]))
  const lines = [
    ...(method === 'GET' ? [] : [`--method ${text(method)}`]),
    ...(login === null
      ? []
      : [
          ...(login.scheme === 'basic' ? ['--auth-no-challenge'] : []),
          `--user ${text(login.username)}`,
          `--password ${text(login.password)}`,
        ]),
    ...joinedHeaders(withoutLogin(request), notes).map(([name, value]) => `--header ${text(`${name}: ${value}`)}`),
    ...(body.kind === 'text' ? [`--body-data ${text(body.text)}`] : []),
    ...(body.kind === 'file' ? [`--body-file ${text(body.path)}`] : []),
    ...(follows ? (options.maxRedirects === undefined ? [] : [`--max-redirect ${options.maxRedirects}`]) : ['--max-redirect 0']),
    ...(options.verify === false ? ['--no-check-certificate'] : []),
    ...(typeof options.verify === 'string' ? [`--ca-certificate ${text(options.verify)}`] : []),
    ...(options.cert?.cert ? [`--certificate ${text(options.cert.cert)}`] : []),
    ...(options.cert?.key ? [`--private-key ${text(options.cert.key)}`] : []),
    ...(options.timeout?.connect ? [`--connect-timeout ${options.timeout.connect}`] : []),
    ...(options.timeout?.read ? [`--read-timeout ${options.timeout.read}`] : []),
    ...(proxy === null ? [] : [`-e ${text(`use_proxy=yes`)} -e ${text(`${url.startsWith('https:') ? 'https' : 'http'}_proxy=${proxy}`)}`]),
    ...(jar === null ? [] : [`--load-cookies ${variable(jar)}`, `--save-cookies ${variable(jar)}`, '--keep-session-cookies']),
    ...(saveTo === null ? ['--content-on-error', '--output-document -'] : [`--output-document ${text(saveTo)}`]),
  ]
  return { text: `${[`wget${isFile ? ' --no-verbose' : ''} ${text(url)}`, ...lines].join(`${goesOn}\n  `)}\n`, notes }
}
