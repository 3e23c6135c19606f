/**
 * OAuth 2.0 as a client: what to ask an authorization server, and the token out of its answer. `oauth4webapi` makes the
 * requests and checks the answers; sending them is the caller's. Lenient where servers often stray: a missing
 * `token_type`, `expires_in` as text, scopes as a list, a form in place of JSON. An ID token is kept unread, since the
 * issuer it would be checked against is not known.
 *
 * @see RFC 6749; RFC 7636 (PKCE); RFC 8252 (native apps)
 */
import * as oauth from 'oauth4webapi'
import type { OAuth2Auth, OAuth2Param } from '#contract/model/auth.ts'
import type { Token } from '#contract/model/token.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { parseTargetUrl } from '../prepare/target-url.ts'
import { missingField, noToken, oauthErrorOf, refusal } from './oauth2-errors.ts'

export type Grant =
  | { readonly kind: 'client_credentials' }
  | { readonly kind: 'password' }
  | { readonly kind: 'refresh'; readonly refreshToken: string }
  /** What the browser came back with. */
  | {
      readonly kind: 'code'
      readonly callback: URL
      readonly redirectUri: string
      readonly state: string
      readonly verifier: string | null
    }

export interface TokenQuestion {
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** A form. */
  readonly body: string
}

export interface TokenAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Sends a question. Throws a CoreError where there is no answer. */
export type AskServer = (question: TokenQuestion) => Promise<TokenAnswer>

/**
 * Ask for a token.
 *
 * @param auth references filled in
 * @param now milliseconds since the epoch
 * @throws {CoreError} `TokenError` with the server's `error` and `error_description`; what `ask` throws
 */
export async function requestToken(auth: OAuth2Auth, grant: Grant, ask: AskServer, now: number): Promise<Token> {
  const params = enabled(grant.kind === 'refresh' ? auth.refreshParams : auth.tokenParams)
  const url = endpoint(auth, grant, params)
  const server: oauth.AuthorizationServer = { issuer: issuerOf(grant) ?? url.origin, token_endpoint: url.href }
  const client: oauth.Client = { client_id: auth.clientId === '' ? 'none' : auth.clientId }
  let seen: Readonly<Record<string, unknown>> = {}
  const options = {
    headers: params.filter(({ placement }) => placement === 'header').map(({ name, value }): [string, string] => [name, value]),
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: async (to: string, { headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>) => {
      const answer = await ask({ url: to, headers: Object.entries(headers), body: body.toString() })
      seen = valuesOf(answer, url.host)
      return libraryResponse(seen)
    },
  }
  try {
    await runGrant(auth, grant, { server, client, params, options })
  } catch (error) {
    if (error instanceof CoreError) throw error
    if (error instanceof oauth.AuthorizationResponseError) {
      throw refusal(url.host, { error: error.error, description: error.error_description ?? null }, null)
    }
    throw new CoreError('TokenError', 'receive', `${url.host} gave no access token: ${messageOf(error)}.`, { cause: error })
  }
  return tokenOf(seen, now, grant)
}

interface Asking {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly params: readonly OAuth2Param[]
  readonly options: Pick<oauth.TokenEndpointRequestOptions, 'headers' | typeof oauth.customFetch | typeof oauth.allowInsecureRequests>
}

async function runGrant(auth: OAuth2Auth, grant: Grant, { server, client, params, options }: Asking): Promise<void> {
  const extra = params.filter(({ placement }) => placement === 'body').map(({ name, value }): [string, string] => [name, value])
  const scope: [string, string][] = auth.scope.trim() === '' ? [] : [['scope', auth.scope.trim()]]
  const proof = clientProof(auth)
  const generic = async (kind: string, own: [string, string][]): Promise<void> => {
    const response = await oauth.genericTokenEndpointRequest(server, client, proof, kind, [...own, ...extra], options)
    await oauth.processGenericTokenEndpointResponse(server, client, response)
  }
  switch (grant.kind) {
    case 'client_credentials':
      return generic('client_credentials', scope)
    case 'password':
      return generic('password', [['username', auth.username], ['password', auth.password], ...scope])
    case 'refresh':
      return generic('refresh_token', [['refresh_token', grant.refreshToken]])
    case 'code': {
      const callback = oauth.validateAuthResponse(server, client, grant.callback, grant.state)
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        proof,
        callback,
        grant.redirectUri,
        grant.verifier ?? oauth.nopkce,
        { ...options, additionalParameters: extra },
      )
      await oauth.processGenericTokenEndpointResponse(server, client, response)
    }
  }
}

/** Where the user signs in, and what the answer is checked against. */
export async function authorizationRequest(
  auth: OAuth2Auth,
  redirectUri: string,
): Promise<{ readonly url: string; readonly state: string; readonly verifier: string | null }> {
  if (auth.authorizationUrl.trim() === '') throw missingField('authorizationUrl', 'authorization URL')
  if (auth.clientId === '') throw missingField('clientId', 'client id')
  endpoint(auth, { kind: 'client_credentials' }, [])
  const url = checkedUrl(auth.authorizationUrl, 'authorizationUrl')
  const state = auth.state === '' ? oauth.generateRandomState() : auth.state
  const verifier = auth.pkce ? oauth.generateRandomCodeVerifier() : null
  const query = url.searchParams
  query.set('response_type', 'code')
  query.set('client_id', auth.clientId)
  query.set('redirect_uri', redirectUri)
  if (auth.scope.trim() !== '') query.set('scope', auth.scope.trim())
  query.set('state', state)
  if (verifier !== null) {
    query.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier))
    query.set('code_challenge_method', 'S256')
  }
  // A browser takes no header and no body from us.
  for (const { name, value } of enabled(auth.authorizationParams)) query.append(name, value)
  return { url: url.href, state, verifier }
}

function enabled(params: readonly OAuth2Param[]): OAuth2Param[] {
  return params.filter((param) => param.enabled && param.name !== '')
}

function endpoint(auth: OAuth2Auth, grant: Grant, params: readonly OAuth2Param[]): URL {
  const isOwn = grant.kind === 'refresh' && auth.refreshTokenUrl.trim() !== ''
  const field = isOwn ? 'refreshTokenUrl' : 'accessTokenUrl'
  if (auth[field].trim() === '') throw missingField(field, 'access token URL')
  const url = checkedUrl(auth[field], field)
  for (const { name, value, placement } of params) if (placement === 'query') url.searchParams.append(name, value)
  return url
}

function checkedUrl(text: string, field: string): URL {
  try {
    return new URL(parseTargetUrl(text).href)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    throw new CoreError(error.kind, 'prepare', error.message, { ...error.parts, where: { section: 'auth', field } })
  }
}

/** A server that names itself in the redirect (RFC 9207) is taken at its word: there is nothing to compare it with. */
function issuerOf(grant: Grant): string | null {
  return grant.kind === 'code' ? grant.callback.searchParams.get('iss') : null
}

/**
 * The client's id and secret. In the header both are form-encoded first (RFC 6749 §2.3.1), but not `-._~`, which the
 * library would encode and which many servers then fail to decode.
 */
function clientProof({ clientAuth, clientId, clientSecret }: OAuth2Auth): oauth.ClientAuth {
  const encoded = (text: string): string =>
    encodeURIComponent(text.toWellFormed())
      .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+')
  return (_server, _client, body, headers) => {
    if (clientAuth === 'basic' && clientSecret !== '') {
      headers.set('authorization', `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`)
      return
    }
    if (clientId !== '') body.set('client_id', clientId)
    if (clientSecret !== '') body.set('client_secret', clientSecret)
  }
}

function valuesOf({ status, contentType, body }: TokenAnswer, host: string): Readonly<Record<string, unknown>> {
  const values = parsed(contentType, body)
  const error = values && oauthErrorOf(values)
  if (error) throw refusal(host, error, status)
  if (status < 200 || status > 299) throw noToken(host, status, 'the answer names no error of OAuth')
  if (!values) throw noToken(host, status, 'the answer is not JSON')
  const token = values['access_token']
  if (typeof token !== 'string' || token === '') throw noToken(host, status, 'it holds no access_token')
  // RFC 6749 §A.12; kept, it would stand in the way of every send.
  if (/[^\x20-\x7e]/.test(token)) throw noToken(host, status, 'its access_token holds what no header can carry')
  return values
}

function parsed(contentType: string, body: string): Readonly<Record<string, unknown>> | null {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return Object.fromEntries(new URLSearchParams(body))
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** What the library is strict about and servers are not, put right. */
function libraryResponse(values: Readonly<Record<string, unknown>>): Response {
  const { access_token, refresh_token, expires_in } = values
  return Response.json({
    access_token,
    token_type: 'bearer',
    ...(typeof refresh_token === 'string' && { refresh_token }),
    ...(lifetime(expires_in) !== null && { expires_in: lifetime(expires_in) }),
  })
}

/** Seconds, given as a number or as text; null where that makes no sense. */
function lifetime(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : null
}

function tokenOf(values: Readonly<Record<string, unknown>>, now: number, grant: Grant): Token {
  const text = (key: string): string | null => {
    const value = values[key]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const seconds = lifetime(values['expires_in'])
  const { scope } = values
  return {
    accessToken: text('access_token') ?? '',
    idToken: text('id_token'),
    // A server that does not rotate it sends none: the old one stays good (RFC 6749 §6).
    refreshToken: text('refresh_token') ?? (grant.kind === 'refresh' ? grant.refreshToken : null),
    tokenType: text('token_type') ?? 'Bearer',
    scope: Array.isArray(scope) ? scope.filter((item) => typeof item === 'string').join(' ') : text('scope'),
    expiresAt: seconds === null ? null : now + seconds * 1000,
    obtainedAt: now,
  }
}
