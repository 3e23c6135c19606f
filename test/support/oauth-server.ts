/**
 * A small OAuth 2.0 authorization server with a protected resource, on 127.0.0.1 for as long as the test runs: client
 * credentials, password, authorization code with PKCE checked, refresh with rotation, and the refusals of RFC 6749.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface TokenCall {
  readonly form: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly query: string
}

export interface OAuthServer {
  readonly url: string
  /** Every question to the token endpoint, oldest first. */
  readonly calls: TokenCall[]
  /** Authorization headers that the resource saw. */
  readonly seen: (string | undefined)[]
  /** Seconds that a token holds; null: the server does not say. */
  expiresIn: number | null
  /** What the token endpoint says in place of a token. */
  answer: { readonly status: number; readonly contentType: string; readonly body: string } | null
  readonly close: () => Promise<void>
}

const CLIENT = { id: 'shop:ä', secret: 'sécret &+', user: 'ada', password: 'lovelace' }
export const OAUTH_CLIENT = CLIENT

interface Grant {
  readonly challenge: string | null
  readonly redirectUri: string
}

export async function startOAuthServer(): Promise<OAuthServer> {
  const codes = new Map<string, Grant>()
  const valid = { access: new Set<string>(), refresh: new Set<string>() }
  const state = {
    calls: [] as TokenCall[],
    seen: [] as (string | undefined)[],
    expiresIn: 3600 as number | null,
    answer: null as OAuthServer['answer'],
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/authorize') authorize(url, response, codes)
    else if (url.pathname === '/token') void token(request, url, response)
    else {
      const { authorization } = request.headers
      state.seen.push(authorization)
      const isIn = valid.access.has(authorization?.replace(/^\S+ /, '') ?? url.searchParams.get('access_token') ?? '')
      json(response, isIn ? 200 : 401, { in: isIn })
    }
  })
  const token = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    const { authorization } = request.headers
    state.calls.push({ form, authorization, headers: request.headers, query: url.search })
    if (state.answer) {
      response.writeHead(state.answer.status, { 'content-type': state.answer.contentType })
      response.end(state.answer.body)
      return
    }
    const fault = isClient(form, authorization) ? faultOf(form, codes, valid.refresh) : ['invalid_client', 'Unknown client.']
    if (fault) {
      json(response, fault[0] === 'invalid_client' ? 401 : 400, { error: fault[0], error_description: fault[1] })
      return
    }
    const made = { access_token: `access-${randomUUID()}`, refresh_token: `refresh-${randomUUID()}` }
    valid.access.add(made.access_token)
    if (form['grant_type'] !== 'client_credentials') valid.refresh.add(made.refresh_token)
    json(response, 200, {
      access_token: made.access_token,
      token_type: 'Bearer',
      ...(form['grant_type'] !== 'client_credentials' && { refresh_token: made.refresh_token }),
      ...(state.expiresIn !== null && { expires_in: state.expiresIn }),
      scope: form['scope'] ?? 'all',
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close })
}

/** Shows a page with a button, as a server does; `?prompt=none` goes back at once, `?deny=1` refuses. */
function authorize(url: URL, response: ServerResponse, codes: Map<string, Grant>): void {
  const query = url.searchParams
  const back = new URL(query.get('redirect_uri') ?? 'http://127.0.0.1:9/')
  back.searchParams.set('state', query.get('state') ?? '')
  if (query.get('deny') === '1') {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The user said no.')
  } else {
    const code = randomUUID()
    codes.set(code, { challenge: query.get('code_challenge'), redirectUri: query.get('redirect_uri') ?? '' })
    back.searchParams.set('code', code)
  }
  if (query.get('prompt') === 'none' || query.get('deny') === '1') {
    response.writeHead(302, { location: back.href }).end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(`<!doctype html><title>Sign in</title><h1>Let Posthaste in?</h1><a href="${back.href.replaceAll('&', '&amp;')}">Allow</a>`)
}

function isClient(form: Readonly<Record<string, string>>, authorization: string | undefined): boolean {
  if (authorization === undefined) return form['client_id'] === CLIENT.id && (form['client_secret'] ?? CLIENT.secret) === CLIENT.secret
  const [id = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
  const decode = (part: string): string => decodeURIComponent(part.replaceAll('+', ' '))
  return decode(id) === CLIENT.id && decode(secret) === CLIENT.secret
}

function faultOf(
  form: Readonly<Record<string, string>>,
  codes: Map<string, Grant>,
  refresh: Set<string>,
): readonly [string, string] | null {
  switch (form['grant_type']) {
    case 'client_credentials':
      return form['scope'] === 'forbidden' ? ['invalid_scope', 'Not this one.'] : null
    case 'password':
      return form['username'] === CLIENT.user && form['password'] === CLIENT.password ? null : ['invalid_grant', 'Wrong password.']
    case 'refresh_token':
      // Rotation: each is good once.
      return refresh.delete(form['refresh_token'] ?? '') ? null : ['invalid_grant', 'Used up.']
    case 'authorization_code': {
      const grant = codes.get(form['code'] ?? '')
      codes.delete(form['code'] ?? '')
      const proof = createHash('sha256')
        .update(form['code_verifier'] ?? '')
        .digest('base64url')
      const isProven = grant && (grant.challenge === null ? form['code_verifier'] === undefined : proof === grant.challenge)
      return isProven && grant.redirectUri === form['redirect_uri'] ? null : ['invalid_grant', 'No such code.']
    }
    default:
      return ['unsupported_grant_type', 'Not here.']
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
