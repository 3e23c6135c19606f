/**
 * OAuth 2.0 tokens: kept in the vault by the settings they were got with, so that requests with the same settings share
 * one; got, refreshed and deleted. Two that want the same token at once get it by one question.
 */
import { createHash } from 'node:crypto'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import { TokenSchema, type Token } from '#contract/model/token.ts'
import type { Grant } from '../auth/oauth2.ts'
import type { TokenAtHand } from '../auth/static-auth.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import { createTokenFlights } from './token-flights.ts'
import { askTokenServer, type TokenRequestDeps } from './token-request.ts'
import type { TokenWish } from './token-wish.ts'

/**
 * A token that has less than this left is refreshed before it is used: it has to hold until the server looks at it. One
 * that lives for moments would be refreshed at each send, and some servers allow few; a share of its life is left then.
 */
const REFRESH_BEFORE_MS = 30_000
const REFRESH_BEFORE_SHARE = 0.1
const SIGN_IN_MS = 5 * 60_000

export interface TokenKeeper {
  readonly current: (auth: OAuth2Auth) => Promise<Token | null>
  /** What a request is sent with; null where there is no token yet. */
  readonly atHand: (auth: OAuth2Auth) => Promise<TokenAtHand | null>
  /** A new token, whatever there is. @throws {CoreError} `TokenError`, or what kept the server from answering */
  readonly get: (wish: TokenWish) => Promise<Token>
  /** @throws {CoreError} `TokenError` where there is no refresh token, or it is refused */
  readonly refresh: (wish: TokenWish) => Promise<Token>
  readonly remove: (auth: OAuth2Auth) => Promise<void>
  /** Makes sure of a token that holds, as far as the settings allow it. @throws {CoreError} where there is none in the end */
  readonly ensure: (wish: TokenWish) => Promise<void>
}

export function createTokenKeeper(vault: SecretVault, deps: Omit<TokenRequestDeps, 'tokenFor'>): TokenKeeper {
  const flights = createTokenFlights()
  const { now } = deps
  const current = (auth: OAuth2Auth): Promise<Token | null> => readToken(vault, auth)
  const ask = asker({ ...deps, tokenFor: async () => null })
  const keep = async (auth: OAuth2Auth, token: Token): Promise<Token> => {
    await vault.set(keyOf(auth), JSON.stringify(token))
    return token
  }
  const fetchToken = (wish: TokenWish): Promise<Token> =>
    flights.join(keyOf(wish.auth), wish, async (own) => {
      const { flow } = own.auth
      return keep(own.auth, await (flow === 'authorization_code' ? signIn(own, ask) : ask(own, { kind: flow })))
    })
  const refresh = (wish: TokenWish): Promise<Token> =>
    flights.join(keyOf(wish.auth), wish, async (own) => {
      const refreshToken = (await current(own.auth))?.refreshToken ?? null
      if (refreshToken !== null) return keep(own.auth, await ask(own, { kind: 'refresh', refreshToken }))
      throw new CoreError('TokenError', 'prepare', 'There is no refresh token.', { hint: 'Get a new token instead.' })
    })
  return {
    current,
    atHand: async (auth) => atHand(await current(auth), auth, now()),
    get: async (wish) => {
      // Whoever asks again has given up on the sign-in that is still open.
      await flights.stop(keyOf(wish.auth))
      return fetchToken(wish)
    },
    refresh,
    remove: (auth) => vault.remove(keyOf(auth)),
    ensure: async (wish) => ensure(wish, await current(wish.auth), now(), { fetchToken, refresh }),
  }
}

async function readToken(vault: SecretVault, auth: OAuth2Auth): Promise<Token | null> {
  const text = await vault.get(keyOf(auth))
  if (text === null) return null
  const parsed = TokenSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

type Ask = (wish: TokenWish, grant: Grant) => Promise<Token>

function asker(deps: TokenRequestDeps): Ask {
  return async (wish, grant) => {
    const { requestToken } = await loadOAuth2()
    return requestToken(
      wish.auth,
      grant,
      async (question) => {
        wish.onAsking(question.url)
        const { answer, hop } = await askTokenServer(question, wish, deps)
        if (hop) wish.onHop(hop)
        return answer
      },
      deps.now(),
    )
  }
}

/** Loaded only when a token is asked for: few requests need one. */
const loadOAuth2 = () => import('../auth/oauth2.ts')

function atHand(token: Token | null, auth: OAuth2Auth, now: number): TokenAtHand | null {
  const value = token && (auth.tokenSource === 'id_token' ? token.idToken : token.accessToken)
  if (!token || !value) return null
  const left = leftOf(token, now)
  return { value, isExpired: left !== null && left <= 0, note: lifetimeWords(left) }
}

/** Milliseconds; null where the server did not say. Never more than its whole life, whatever became of the clock since. */
function leftOf({ expiresAt, obtainedAt }: Token, now: number): number | null {
  return expiresAt === null ? null : Math.min(expiresAt - now, expiresAt - obtainedAt)
}

/** Whether it has some of its life left; it was asked for early, and the server may be back before its end. */
function holds(token: Token, now: number): boolean {
  const left = leftOf(token, now)
  return left === null || left > 0
}

/** Whether it is near its end; or from a time that is yet to come: the clock was set back, and nobody knows how old it is. */
function isDue(token: Token, now: number): boolean {
  const left = leftOf(token, now)
  if (token.expiresAt === null || left === null) return false
  const margin = Math.min(REFRESH_BEFORE_MS, (token.expiresAt - token.obtainedAt) * REFRESH_BEFORE_SHARE)
  return left <= margin || now < token.obtainedAt - margin
}

async function ensure(
  wish: TokenWish,
  token: Token | null,
  now: number,
  { fetchToken, refresh }: Readonly<Record<'fetchToken' | 'refresh', (wish: TokenWish) => Promise<Token>>>,
): Promise<void> {
  const { autoFetch, autoRefresh } = wish.auth
  if (token && !isDue(token, now)) return
  if (token?.refreshToken && autoRefresh) {
    try {
      await refresh(wish)
      return
    } catch (error) {
      // A refresh token that is not taken any more is like none; what else failed would fail again.
      if (!autoFetch || !isRefusedGrant(error)) {
        if (!(error instanceof CoreError) || error.kind === 'Cancelled' || !holds(token, now)) throw error
        wish.onWarning(`The access token could not be refreshed, and is used while it holds: ${error.message}`)
        return
      }
    }
  }
  if (autoFetch) await fetchToken(wish)
  else if (!token) {
    throw new CoreError('TokenError', 'prepare', 'There is no access token yet.', {
      hint: 'Get one in Auth, or let Send get it.',
      where: { section: 'auth', field: 'autoFetch' },
    })
  }
}

/** The user signs in, in a browser, which comes back with a code. */
async function signIn(wish: TokenWish, ask: Ask): Promise<Token> {
  const { auth, signal } = wish
  // Loaded here, not above: node:http takes some 40 ms.
  const { listenForRedirect } = await import('./loopback-redirect.ts')
  const redirect = await listenForRedirect(auth.callbackUrl)
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(nobodySignedIn()), SIGN_IN_MS)
  try {
    const { authorizationRequest } = await loadOAuth2()
    const { url, state, verifier } = await authorizationRequest(auth, redirect.redirectUri)
    const received = redirect.receive(state, AbortSignal.any([cancellation(signal), timeout.signal]))
    wish.onAuthorize(url)
    return await ask(wish, { kind: 'code', callback: await received, redirectUri: redirect.redirectUri, state, verifier })
  } finally {
    clearTimeout(timer)
    redirect.close()
  }
}

/** The same signal, with an error to give up with. */
function cancellation(signal: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new CoreError('Cancelled', 'prepare', 'Signing in was cancelled.'))
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return controller.signal
}

function nobodySignedIn(): CoreError {
  return new CoreError('TokenError', 'prepare', `Nobody signed in within ${SIGN_IN_MS / 60_000} minutes.`, {
    hint: 'Get a new token to try again.',
  })
}

function isRefusedGrant(error: unknown): boolean {
  return error instanceof CoreError && error.kind === 'TokenError' && error.parts.details?.['error'] === 'invalid_grant'
}

/** What makes two requests share a token; no secret is part of it. */
function keyOf(auth: OAuth2Auth): string {
  const { flow, authorizationUrl, accessTokenUrl, clientId, scope, username, tokenId, authorizationParams, tokenParams } = auth
  const user = flow === 'password' ? username : ''
  const params = [...authorizationParams, ...tokenParams].filter((param) => param.enabled).map(({ name, value }) => [name, value])
  const parts = JSON.stringify([flow, authorizationUrl, accessTokenUrl, clientId, scope, user, tokenId, params])
  return `oauth2 ${createHash('sha256').update(parts).digest('hex')}`
}

function lifetimeWords(leftMs: number | null): string {
  if (leftMs === null) return 'The access token has no known end.'
  return leftMs <= 0 ? 'The access token has expired.' : `The access token holds for ${durationWords(leftMs)}.`
}

function durationWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}
