/**
 * Requests as an `.http` file that JetBrains' HTTP client and VS Code's REST Client both read: one after another, parted by
 * `###`. Variables of the collection stand at its head, environments in a file beside it.
 *
 * @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html
 */
import type { Body, FilePart, Part, Row } from '#contract/model/request.ts'
import type { Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { encodePair, splitUrl } from '#contract/model/url-query.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import { filledPath, withoutSpaces } from '../address.ts'
import { authRows } from '../auth-rows.ts'
import { createExportNotes, fileNameOf, type ExportNotes } from '../export-notes.ts'
import { placedRequests, sentHeaders, type Exported, type ExportedFile, type ExportTree, type PlacedRequest } from '../export-tree.ts'

export function toHttpFile(tree: ExportTree): Exported {
  const notes = createExportNotes()
  const bodies: ExportedFile[] = []
  const requests = placedRequests(tree).map((placed, index) =>
    requestText(placed, index, notes, (text) => {
      bodies.push({ name: fileNameOf(tree.name, `.body-${index + 1}.txt`), text })
      return bodies.at(-1)?.name ?? ''
    }),
  )
  // A line at the head would win over an environment, which here wins over the collection.
  const inEnvironments = new Set(tree.environments.flatMap(({ variables }) => variables.map(({ name }) => name)))
  const head = variableLines(tree.defaults.variables.filter(({ name }) => !inEnvironments.has(name)))
  const text = [...(head.length > 0 ? [head.join('\n')] : []), ...requests].join('\n\n')
  const environments = environmentsFile(tree.environments)
  return { files: [{ name: fileNameOf(tree.name, '.http'), text: `${text}\n` }, ...environments, ...bodies], notes: notes.all() }
}

/** Secrets have no line: their values come from an environment. */
function variableLines(variables: readonly Variable[]): string[] {
  return variables
    .filter(({ enabled, secret, ask }) => enabled && secret !== true && ask !== true)
    .map(({ name, value }) => `@${oneLine(name)} = ${oneLine(value)}`)
}

/** What JetBrains reads beside the file; secrets are empty there, to be put into `http-client.private.env.json`. */
function environmentsFile(environments: readonly Environment[]): ExportedFile[] {
  if (environments.length === 0) return []
  const value = Object.fromEntries(
    environments.map(({ name, variables }) => [
      name,
      Object.fromEntries(variables.filter(({ enabled }) => enabled).map((one) => [one.name, one.secret === true ? '' : one.value])),
    ]),
  )
  return [{ name: 'http-client.env.json', text: `${JSON.stringify(value, null, 2)}\n` }]
}

/** @param putAside takes a body into a file of its own; its name */
function requestText(placed: PlacedRequest, index: number, notes: ExportNotes, putAside: (text: string) => string): string {
  const { document, path, examples } = placed
  const where = [...path, document.name].join(' / ')
  const lost = (message: string): void => notes.lost(where, message)
  if ((document.assertions ?? []).length > 0) lost('Assertions are not exported.')
  if ((document.captures ?? []).length > 0) lost('Captures are not exported.')
  if (document.raiseForStatus === true) lost('That a status of 400 or more fails the checks is not exported.')
  if ((document.scripts ?? []).length > 0) lost('Scripts are not exported.')
  if (examples.length > 0) lost('Saved examples are not exported.')
  const body = bodyText(document.body, `boundary-${index + 1}`, lost)
  const { contentType } = body
  // The format has no way of escaping them; a body that is all a file's name, or parts with files in them, is ours.
  const isMade = document.body.kind === 'file' || document.body.kind === 'multipart'
  const isAside = body.text !== null && !isMade && SYNTAX.test(body.text)
  const text = isAside && body.text !== null ? `< ./${putAside(body.text)}` : body.text
  if (isMade && body.text !== null && SYNTAX.test(made(document.body))) lost('Lines of its body are read as something else: ###, < or >.')
  const own = placed.variables.length > 0 ? [...variableLines(placed.variables), ''] : []
  const lines = [
    `### ${oneLine(where)}`,
    ...document.docs.split(/\r\n?|\n/).flatMap((line) => (document.docs === '' ? [] : [`# ${line}`.trimEnd()])),
    ...optionLines(placed, lost),
    ...own,
    requestLine(placed, lost),
    ...headerLines(placed, contentType),
    ...(text === null ? [] : ['', text]),
  ]
  return lines.join('\n')
}

/** What begins a line that is not taken for text: the next request, a file to send, a script to run, where an answer goes. */
const SYNTAX = /^[ \t]*(?:###|<(?:@\S*)?[ \t]+\S|<>|>>?!?[ \t]*\S)/m

/** What people typed of a body that is made of parts. */
function made(body: Body): string {
  if (body.kind !== 'multipart') return ''
  return body.parts.map((part) => (part.kind === 'text' && part.enabled ? part.value : '')).join('\n')
}

/** Options that JetBrains has a tag for. */
function optionLines({ options }: PlacedRequest, lost: (message: string) => void): string[] {
  const { followRedirects, timeout, ...rest } = options
  const others = Object.keys(rest)
  if (others.length > 0) lost(`Options that an .http file does not have are not exported: ${others.join(', ')}.`)
  const seconds = timeout?.read ?? null
  return [...(followRedirects === false ? ['# @no-redirect'] : []), ...(seconds === null ? [] : [`# @timeout ${seconds}`])]
}

function requestLine({ document, auth }: PlacedRequest, lost: (message: string) => void): string {
  const socket = document.body.kind === 'websocket'
  const rows = authRows(auth, (username, password) => `${username} ${password}`)
  // Digest has a word of its own, which is put among the headers.
  if (rows.lost !== null && auth.kind !== 'digest') lost(rows.lost)
  const url = withPairs(filledPath(document), rows.query.map(encodePair))
  return `${socket ? 'WEBSOCKET' : oneLine(document.method)} ${withoutSpaces(oneLine(url).trim())}`
}

function withPairs(url: string, pairs: readonly string[]): string {
  if (pairs.length === 0) return url
  return `${url}${splitUrl(url).query === null ? '?' : '&'}${pairs.join('&')}`
}

function headerLines(placed: PlacedRequest, contentType: string | null): string[] {
  const { document, auth } = placed
  const sent = sentHeaders(placed)
  const cookies = document.cookies.filter(({ enabled, name }) => enabled && name !== '').map(({ name, value }) => `${name}=${value}`)
  const has = (name: string): boolean => sent.some((row) => row.name.toLowerCase() === name)
  const digest = auth.kind === 'digest' ? [{ name: 'Authorization', value: `Digest ${auth.username} ${auth.password}` }] : []
  const added = [
    ...(contentType !== null && !has('content-type') ? [{ name: 'Content-Type', value: contentType }] : []),
    ...authRows(auth, (username, password) => `${username} ${password}`).headers,
    ...digest,
    ...(cookies.length > 0 ? [{ name: 'Cookie', value: cookies.join('; ') }] : []),
  ]
  const off = document.headers
    .filter(({ enabled, name }: Row) => !enabled && name !== '')
    .map(({ name, value }) => `# ${oneLine(name)}: ${oneLine(value)}`)
  return [...[...sent, ...added].map(({ name, value }) => `${oneLine(name)}: ${oneLine(value)}`), ...off]
}

interface BodyText {
  readonly text: string | null
  readonly contentType: string | null
}

function bodyText(body: Body, boundary: string, lost: (message: string) => void): BodyText {
  switch (body.kind) {
    case 'none':
      return { text: null, contentType: null }
    case 'json':
      return { text: body.text, contentType: 'application/json' }
    case 'xml':
      return { text: body.text, contentType: 'application/xml' }
    case 'text':
      return { text: body.text, contentType: 'text/plain' }
    case 'graphql':
      return { text: graphqlText(body), contentType: 'application/json' }
    case 'form':
      return {
        text: body.rows
          .filter(({ enabled }) => enabled)
          .map(encodePair)
          .join('&\n'),
        contentType: 'application/x-www-form-urlencoded',
      }
    case 'multipart':
      return { text: multipartText(body.parts, boundary), contentType: `multipart/form-data; boundary=${boundary}` }
    case 'file':
      return { text: `< ${oneLine(body.path)}`, contentType: body.contentType || 'application/octet-stream' }
    case 'websocket':
      if (body.messages.length > 1) lost('Only the first message of its WebSocket is exported.')
      return { text: body.messages[0]?.data ?? null, contentType: null }
  }
}

function multipartText(parts: readonly Part[], boundary: string): string {
  const sent = parts.filter(({ enabled }) => enabled)
  const texts = sent.flatMap((part) =>
    part.kind === 'text' ? [partText(part, '', part.value, boundary)] : part.files.map((file) => fileText(part, file, boundary)),
  )
  return [...texts, `--${boundary}--`].join('\n')
}

function fileText(part: FilePart, file: string, boundary: string): string {
  const filename = part.filename || (file.split(/[\\/]/).at(-1) ?? file)
  return partText(part, `; filename="${quoted(filename)}"`, `< ${oneLine(file)}`, boundary)
}

function partText({ name, contentType, headers }: Part, more: string, content: string, boundary: string): string {
  return [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${quoted(name)}"${more}`,
    ...(contentType === '' ? [] : [`Content-Type: ${oneLine(contentType)}`]),
    ...headers.filter(({ enabled }) => enabled).map((row) => `${oneLine(row.name)}: ${oneLine(row.value)}`),
    '',
    content,
  ].join('\n')
}

function quoted(text: string): string {
  return oneLine(text).replaceAll('"', '%22')
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')
}
