/** One request of a k6 script: its address, body and parameters as code. */
import { assertNever } from '#contract/result.ts'
import type { Auth, Body, Options, Part, Row } from '#contract/model/request.ts'
import { splitUrl } from '#contract/model/url-query.ts'
import type { SocketMessage } from '#contract/model/websocket.ts'
import { answerValue, type AnswerValue } from '../../checks/answer-value.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import { filledPath } from '../address.ts'
import { sentHeaders, type PlacedRequest } from '../export-tree.ts'
import { actualOf, checkLine } from './k6-checks.ts'
import { tagOf } from './k6-thresholds.ts'
import { jsKey, jsText, jsValue, quoted } from './js-text.ts'

/** What the script needs beside its requests. */
export interface K6Needs {
  readonly helpers: Set<
    'at' | 'basic' | 'bodyOf' | 'headerOf' | 'has' | 'lengthOf' | 'matches' | 'same' | 'speak' | 'uuid' | 'formData' | 'binary'
  >
  /** Files that are read when the script starts, by path, with the names of what holds them. */
  readonly files: Map<string, string>
  /** Requests for tokens, by their code, with the names of what holds them. */
  readonly tokens: Map<string, string>
}

interface K6Request {
  /** Statements, without the braces around them. */
  readonly lines: readonly string[]
  readonly hasChecks: boolean
}

export function k6Request(placed: PlacedRequest, needs: K6Needs, lost: (message: string) => void): K6Request {
  const { document } = placed
  const credentials = credentialsOf(placed.auth, needs, lost)
  const checks = checkLines(placed, needs, lost)
  const url = urlCode(placed, credentials)
  const { body: typed } = document
  const body = typed.kind === 'websocket' ? null : bodyCode(typed, needs)
  const params = body === null ? socketParams(placed, credentials) : paramsCode(placed, body, credentials)
  const start =
    typed.kind === 'websocket'
      ? `speak(${url}, ${messagesCode(typed.messages, needs)}, `
      : `http.request(${quoted(document.method)}, ${url}, ${body?.code ?? 'null'}, `
  const captures = captureLines(placed, needs, lost)
  const end = [...(checks.length > 0 ? ['check(res, {', ...checks.map((line) => `  ${line}`), '})'] : []), ...captures]
  const result = end.length > 0 ? 'const res = ' : ''
  const request = [`${result}${start}{`, ...params.map((line) => `  ${line}`), '})']
  return { lines: [...(body?.before ?? []), ...request, ...end], hasChecks: checks.length > 0 }
}

/** What k6 tells of a WebSocket; what came over it is nowhere. */
const OF_SOCKETS: ReadonlySet<AnswerValue['kind'] | undefined> = new Set(['status', 'ok', 'header', 'url'] as const)

/** Whether k6 has the value of an expression that is asked of this request. */
function isKnown({ document }: PlacedRequest, expression: string): boolean {
  return document.body.kind !== 'websocket' || OF_SOCKETS.has(answerValue(expression)?.kind)
}

function messagesCode(messages: readonly SocketMessage[], needs: K6Needs): string {
  needs.helpers.add('speak')
  const codes = messages.map(({ type, data }) => {
    if (type !== 'binary') return jsText(data)
    needs.helpers.add('binary')
    return `encoding.b64decode(${jsText(data)})`
  })
  return `[${codes.join(', ')}]`
}

const HELPERS = ['at', 'bodyOf', 'headerOf', 'has', 'lengthOf', 'matches', 'same'] as const

function need(line: string, needs: K6Needs): void {
  for (const name of HELPERS) if (line.includes(`${name}(`)) needs.helpers.add(name)
  if (needs.helpers.has('has')) needs.helpers.add('same')
}

/** Values of the answer that the requests behind it use; where the gate is shut, none is taken. */
function captureLines(placed: PlacedRequest, needs: K6Needs, lost: (message: string) => void): string[] {
  const { document } = placed
  const lines = (document.captures ?? [])
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, expression }) => {
      const actual = isKnown(placed, expression) ? actualOf(expression, 'res') : null
      if (actual === null) {
        lost(`The capture of ${expression} is not in it: k6 does not give that.`)
        return []
      }
      need(actual, needs)
      return [`${jsValue(name)} = ${actual}`]
    })
  if (lines.length === 0 || document.raiseForStatus !== true) return lines
  return ['if (res.status < 400) {', ...lines.map((line) => `  ${line}`), '}']
}

function checkLines(placed: PlacedRequest, needs: K6Needs, lost: (message: string) => void): string[] {
  const { document } = placed
  const gate = document.raiseForStatus === true ? ["'raise_for_status': (r) => r.status < 400,"] : []
  const checks = (document.assertions ?? [])
    .filter(({ enabled }) => enabled)
    .flatMap((assertion) => {
      const line = isKnown(placed, assertion.expression) ? checkLine(assertion) : null
      if (line === null) {
        lost(`The assertion ${assertion.expression} ${assertion.operator} is no check of k6.`)
        return []
      }
      need(line, needs)
      return [line]
    })
  return [...gate, ...checks]
}

interface Credentials {
  readonly headers: readonly string[]
  readonly params: readonly string[]
  /** Pairs of the query, as they stand in a template. */
  readonly query: readonly string[]
  /** User and password in front of the host, as k6 takes them for Digest. */
  readonly login: readonly [username: string, password: string] | null
}

const NO_CREDENTIALS: Credentials = { headers: [], params: [], query: [], login: null }

function credentialsOf(auth: Auth, needs: K6Needs, lost: (message: string) => void): Credentials {
  const header = (name: string, code: string): Credentials => ({ ...NO_CREDENTIALS, headers: [`${jsKey(name)}: ${code},`] })
  const pair = (name: string, code: string): Credentials => ({
    ...NO_CREDENTIALS,
    query: [`${encodeURIComponent(name.toWellFormed())}=\${encodeURIComponent(${code})}`],
  })
  switch (auth.kind) {
    case 'none':
    case 'inherit':
      return NO_CREDENTIALS
    case 'basic':
      needs.helpers.add('basic')
      return header('Authorization', `basic(${jsText(auth.username)}, ${jsText(auth.password)})`)
    case 'digest':
      return { ...NO_CREDENTIALS, params: ["auth: 'digest',"], login: [auth.username, auth.password] }
    case 'bearer':
      return header('Authorization', jsText(`Bearer ${auth.token}`))
    case 'header':
      return header(auth.name, jsText(auth.prefix + auth.value))
    case 'apikey':
      return auth.placement === 'header' ? header(auth.key, jsText(auth.value)) : pair(auth.key, jsText(auth.value))
    case 'oauth2': {
      const token = tokenCode(auth, needs, lost)
      if (auth.tokenPlacement === 'query') return pair(auth.tokenQueryName, token)
      return header('Authorization', auth.tokenPrefix === '' ? token : `\`${inTemplate(jsText(`${auth.tokenPrefix} `))}\${${token}}\``)
    }
    case 'oauth1':
    case 'awsv4':
    case 'unsupported':
      lost(`Credentials of the kind ${auth.kind === 'unsupported' ? auth.type : auth.kind} are not made in the script.`)
      return NO_CREDENTIALS
    default:
      return assertNever(auth)
  }
}

type OAuth2 = Extract<Auth, { kind: 'oauth2' }>

/** A token that needs no person is fetched once, before the load; another comes from the environment. */
function tokenCode(auth: OAuth2, needs: K6Needs, lost: (message: string) => void): string {
  if (auth.flow === 'authorization_code') {
    lost('Its OAuth 2.0 token needs a person to sign in: give it as ACCESS_TOKEN.')
    return jsValue('access_token')
  }
  const inBody = auth.clientAuth === 'body'
  if (!inBody) needs.helpers.add('basic')
  const fields: readonly (readonly [string, string])[] = [
    ['grant_type', auth.flow],
    ...(auth.flow === 'password'
      ? ([
          ['username', auth.username],
          ['password', auth.password],
        ] as const)
      : []),
    ...(auth.scope === '' ? [] : [['scope', auth.scope] as const]),
    ...(inBody
      ? ([
          ['client_id', auth.clientId],
          ['client_secret', auth.clientSecret],
        ] as const)
      : []),
    ...auth.tokenParams
      .filter(({ enabled, placement }) => enabled && placement === 'body')
      .map(({ name, value }) => [name, value] as const),
  ]
  const form = `{ ${fields.map(([name, value]) => `${jsKey(name)}: ${jsText(value)}`).join(', ')} }`
  const params = inBody ? '' : `, { headers: { Authorization: basic(${jsText(auth.clientId)}, ${jsText(auth.clientSecret)}) } }`
  const code = `http.post(${jsText(auth.accessTokenUrl)}, ${form}${params}).json(${quoted(auth.tokenSource)})`
  const name = needs.tokens.get(code) ?? `token${needs.tokens.size + 1}`
  needs.tokens.set(code, name)
  return `data.${name}`
}

function urlCode({ document }: PlacedRequest, { query, login }: Credentials): string {
  const url = filledPath(document)
  const { query: own } = splitUrl(url)
  const code = templated(url)
  const added = query.length === 0 ? code : `\`${code.slice(1, -1)}${own === null ? '?' : '&'}${query.join('&')}\``
  const plain = added.includes('${') ? added : quoted(url)
  if (login === null) return plain
  const [username, password] = login.map((text) => `encodeURIComponent(${jsText(text)})`)
  return `${plain}.replace('://', \`://\${${username ?? "''"}}:\${${password ?? "''"}}@\`)`
}

/** A value at the start, or in the host, goes in as it is; in the path and in the query it is encoded. */
function templated(url: string): string {
  const start = /^(?:[A-Za-z][\w+.-]*:\/\/)?(?:\{\{[^{}]*\}\}|[^/?#{]|\{(?!\{))*/.exec(url)?.[0] ?? ''
  const [head, tail] = [jsText(start), jsText(url.slice(start.length), 'encodeURIComponent')]
  return `\`${inTemplate(head)}${inTemplate(tail)}\``
}

function inTemplate(code: string): string {
  if (code.startsWith('`')) return code.slice(1, -1)
  const alone = /^String\((.*)\)$/s.exec(code)?.[1]
  if (alone !== undefined) return `\${${alone}}`
  return code.slice(1, -1).replaceAll("\\'", "'").replaceAll('`', '\\`').replaceAll('${', '\\${')
}

interface BodyCode {
  readonly before: readonly string[]
  readonly code: string
  /** A header that the body needs; code. */
  readonly contentType: string | null
}

function bodyCode(body: Exclude<Body, { kind: 'websocket' }>, needs: K6Needs): BodyCode {
  const text = (code: string, type: string): BodyCode => ({ before: [], code, contentType: quoted(type) })
  switch (body.kind) {
    case 'none':
      return { before: [], code: 'null', contentType: null }
    case 'json':
      return text(jsText(body.text), 'application/json')
    case 'xml':
      return text(jsText(body.text), 'application/xml')
    case 'text':
      return text(jsText(body.text), 'text/plain')
    case 'graphql':
      return text(jsText(graphqlText(body)), 'application/json')
    case 'form': {
      const pairs = body.rows.filter(({ enabled }) => enabled).map(({ name, value }) => `[${jsText(name)}, ${jsText(value)}]`)
      const code = `[${pairs.join(', ')}].map((pair) => pair.map(encodeURIComponent).join('=')).join('&')`
      return text(pairs.length === 0 ? "''" : code, 'application/x-www-form-urlencoded')
    }
    case 'multipart':
      return multipartCode(body.parts, needs)
    case 'file':
      return text(opened(body.path, needs), body.contentType || 'application/octet-stream')
    default:
      return assertNever(body)
  }
}

/** Parts of one name, and types of text parts, need the FormData that k6 offers. */
function multipartCode(parts: readonly Part[], needs: K6Needs): BodyCode {
  needs.helpers.add('formData')
  const lines = parts
    .filter(({ enabled }) => enabled)
    .flatMap((part) => {
      if (part.kind === 'text') {
        const { name, value, contentType } = part
        if (contentType === '') return [`form.append(${jsText(name)}, ${jsText(value)})`]
        return [`form.append(${jsText(name)}, { data: ${jsText(value)}, content_type: ${quoted(contentType)} })`]
      }
      return part.files.map((file) => {
        const filename = part.filename || (file.split(/[\\/]/).at(-1) ?? file)
        const type = part.contentType === '' ? '' : `, ${quoted(part.contentType)}`
        return `form.append(${jsText(part.name)}, http.file(${opened(file, needs)}, ${jsText(filename)}${type}))`
      })
    })
  return {
    before: ['const form = new FormData()', ...lines],
    code: 'form.body()',
    contentType: '`multipart/form-data; boundary=${form.boundary}`',
  }
}

function opened(path: string, needs: K6Needs): string {
  const name = needs.files.get(path) ?? `file${needs.files.size + 1}`
  needs.files.set(path, name)
  return name
}

function paramsCode(placed: PlacedRequest, body: BodyCode, credentials: Credentials): string[] {
  const { options } = placed
  const sent = sentHeaders(placed)
  const isTyped = sent.some(({ name }) => name.toLowerCase() === 'content-type')
  const headers = [
    ...sent.map(({ name, value }) => `${jsKey(name)}: ${jsText(value)},`),
    ...(body.contentType !== null && !isTyped ? [`'Content-Type': ${body.contentType},`] : []),
    ...credentials.headers,
  ]
  const cookies = cookiesOf(placed).map(({ name, value }) => `${jsKey(name)}: ${jsText(value)},`)
  return [
    ...(headers.length > 0 ? ['headers: {', ...headers.map((line) => `  ${line}`), '},'] : []),
    ...(cookies.length > 0 ? ['cookies: {', ...cookies.map((line) => `  ${line}`), '},'] : []),
    ...optionLines(options),
    ...credentials.params,
    `tags: { name: ${quoted(tagOf(placed))} },`,
  ]
}

function cookiesOf({ document }: PlacedRequest): readonly Row[] {
  return document.cookies.filter(({ enabled, name }) => enabled && name !== '')
}

/** Of a WebSocket k6 takes headers alone. */
function socketParams(placed: PlacedRequest, credentials: Credentials): string[] {
  const cookies = cookiesOf(placed).map(({ name, value }) => `${name}=${value}`)
  const headers = [
    ...sentHeaders(placed).map(({ name, value }) => `${jsKey(name)}: ${jsText(value)},`),
    ...(cookies.length > 0 ? [`Cookie: ${jsText(cookies.join('; '))},`] : []),
    ...credentials.headers,
  ]
  return [
    ...(headers.length > 0 ? ['headers: {', ...headers.map((line) => `  ${line}`), '},'] : []),
    `tags: { name: ${quoted(tagOf(placed))} },`,
  ]
}

function optionLines({ followRedirects, maxRedirects, timeout }: Options): string[] {
  const seconds = timeout?.total ?? timeout?.read
  const redirects = followRedirects === false ? 0 : maxRedirects
  return [
    ...(redirects === undefined ? [] : [`redirects: ${redirects},`]),
    ...(seconds === undefined || seconds === null ? [] : [`timeout: '${seconds}s',`]),
  ]
}
