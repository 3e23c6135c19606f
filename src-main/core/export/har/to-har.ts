/**
 * Requests as an HTTP Archive, with the first saved example of each as its answer. Variables have their values, but for
 * secrets. An exchange that took place is written elsewhere, from what was sent.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { Body } from '#contract/model/request.ts'
import { encodePair, parseQuery, splitUrl } from '#contract/model/url-query.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import type { Har, HarEntry, HarPair, HarParam, HarPostData, HarRequest, HarResponse } from '../../history/har-format.ts'
import { VERSION } from '../../lib/version.ts'
import { filledPath, withoutSpaces } from '../address.ts'
import { authRows } from '../auth-rows.ts'
import { createExportNotes, fileNameOf } from '../export-notes.ts'
import { placedRequests, sentHeaders, type ExportExample, type Exported, type ExportTree, type PlacedRequest } from '../export-tree.ts'
import { filled, scopeOf } from '../references.ts'

export function toHar(tree: ExportTree): Exported {
  const notes = createExportNotes()
  const entries = placedRequests(tree).map((placed): HarEntry => {
    const { document, examples, path } = placed
    const scope = scopeOf(tree, placed)
    const request = requestOf(
      placed,
      (text) => filled(text, scope),
      (message) => notes.lost([...path, document.name].join(' / '), message),
    )
    return {
      startedDateTime: new Date(0).toISOString(),
      time: 0,
      request,
      response: responseOf(examples[0]),
      cache: {},
      timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 },
      comment: [...path, document.name].join(' / '),
    }
  })
  const har: Har = { log: { version: '1.2', creator: { name: 'Posthaste', version: VERSION }, entries } }
  return { files: [{ name: fileNameOf(tree.name, '.har'), text: `${JSON.stringify(har, null, 2)}\n` }], notes: notes.all() }
}

type Fill = (text: string) => string

function requestOf(placed: PlacedRequest, fill: Fill, lost: (message: string) => void): HarRequest {
  const { document, auth } = placed
  const rows = authRows(auth, basicCode)
  if (rows.lost !== null) lost(rows.lost)
  if (auth.kind === 'basic' && basicHasReference(auth))
    lost('Its Basic credentials hold references: they stand in it as they are, not coded as Base64.')
  const typed = fill(filledPath({ ...document, params: document.params.map((row) => ({ ...row, value: fill(row.value) })) }))
  const pairs = rows.query.map(({ name, value }) => encodePair({ name, value: fill(value) }))
  const url = withoutSpaces(withQuery(typed.trim(), pairs))
  const { query } = splitUrl(url)
  const cookies = document.cookies
    .filter(({ enabled, name }) => enabled && name !== '')
    .map(({ name, value }) => ({ name, value: fill(value) }))
  const postData = postDataOf(document.body, fill, lost)
  const headers = [...sentHeaders(placed), ...rows.headers].map(({ name, value }): HarPair => ({ name: fill(name), value: fill(value) }))
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return {
    method: document.method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies,
    headers: [
      ...headers,
      ...(postData && type === undefined ? [{ name: 'Content-Type', value: postData.mimeType }] : []),
      ...(cookie === '' ? [] : [{ name: 'Cookie', value: cookie }]),
    ],
    queryString: query === null ? [] : parseQuery(query).map(({ name, value }) => ({ name, value })),
    ...(postData && { postData: { ...postData, ...(type !== undefined && { mimeType: type }) } }),
    headersSize: -1,
    bodySize: -1,
  }
}

/** References can not be encoded before they have their values: they stand as they are. */
function basicCode(username: string, password: string): string {
  const plain = `${username}:${password}`
  return basicHasReference({ username, password }) ? plain : Buffer.from(plain, 'utf8').toString('base64')
}

function basicHasReference({ username, password }: { readonly username: string; readonly password: string }): boolean {
  return username.includes('{{') || password.includes('{{')
}

function withQuery(url: string, pairs: readonly string[]): string {
  if (pairs.length === 0) return url
  const { query } = splitUrl(url)
  return `${url}${query === null ? '?' : '&'}${pairs.join('&')}`
}

function postDataOf(body: Body, fill: Fill, lost: (message: string) => void): HarPostData | null {
  switch (body.kind) {
    case 'none':
      return null
    case 'websocket':
      lost('Messages of a WebSocket are not in it.')
      return null
    case 'json':
      return body.text === '' ? null : { mimeType: 'application/json', params: [], text: fill(body.text) }
    case 'xml':
      return body.text === '' ? null : { mimeType: 'application/xml', params: [], text: fill(body.text) }
    case 'text':
      return body.text === '' ? null : { mimeType: 'text/plain', params: [], text: fill(body.text) }
    case 'graphql':
      return { mimeType: 'application/json', params: [], text: graphqlText({ query: fill(body.query), variables: fill(body.variables) }) }
    case 'form': {
      const rows = body.rows.filter(({ enabled }) => enabled).map(({ name, value }) => ({ name: fill(name), value: fill(value) }))
      return { mimeType: 'application/x-www-form-urlencoded', params: rows, text: rows.map(encodePair).join('&') }
    }
    case 'multipart': {
      const parts = body.parts.filter(({ enabled }) => enabled)
      if (parts.some(({ headers }) => headers.some(({ enabled }) => enabled))) lost('Headers of parts are not in it.')
      if (parts.some(({ kind }) => kind === 'file')) lost('What its files hold is not in it, only their names.')
      return {
        mimeType: 'multipart/form-data',
        params: parts.flatMap((part): HarParam[] => {
          const base = { name: fill(part.name), ...(part.contentType !== '' && { contentType: part.contentType }) }
          return part.kind === 'text' ? [{ ...base, value: fill(part.value) }] : part.files.map((file) => ({ ...base, fileName: file }))
        }),
        text: '',
      }
    }
    case 'file':
      lost('What its file holds is not in it, only its name.')
      return {
        mimeType: body.contentType || 'application/octet-stream',
        params: [],
        text: '',
        comment: `The body is the file ${body.path}.`,
      }
  }
}

/** Readers expect a response in every entry; a status of 0 is how browsers write that none came. */
function responseOf(example: ExportExample | undefined): HarResponse {
  const basis = { httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1, bodySize: -1 }
  if (!example) return { ...basis, status: 0, statusText: '', headers: [], content: { size: 0, compression: 0, mimeType: 'x-unknown' } }
  const { status, statusText, headers, body, name } = example
  return {
    ...basis,
    status: status ?? 200,
    statusText,
    headers: headers.map(([key, value]) => ({ name: key, value })),
    content: { size: Buffer.byteLength(body), compression: 0, mimeType: headerOf(headers, 'content-type') || 'x-unknown', text: body },
    comment: name,
  }
}

function headerOf(headers: HeaderList, name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}
