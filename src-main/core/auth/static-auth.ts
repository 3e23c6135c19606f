/**
 * Credentials that are sent without being asked for: basic, bearer, API key, custom header, an OAuth 2.0 token. Kinds
 * that sign the request or answer a challenge are flows of their own and do not belong here.
 */
import type { BasicCharset, OAuth2Auth } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import { basicCredentials, fitsLatin1 } from '../prepare/basic-credentials.ts'
import type { AuthParts } from '../prepare/prepare-request.ts'

const NOTHING: AuthParts = { headers: [], query: [], fault: null }

/** An access token at hand. */
export interface TokenAtHand {
  readonly value: string
  /** How long it holds, in a sentence. */
  readonly note: string
  readonly isExpired: boolean
}

export interface StaticSurroundings {
  /** Of Basic, where the credentials name none. */
  readonly charset: BasicCharset
  /** Null where there is no token yet. */
  readonly tokenFor: (auth: OAuth2Auth) => Promise<TokenAtHand | null>
}

/** What the credentials add to the request. Empty credentials add nothing. */
export async function staticAuth(auth: Auth, around: StaticSurroundings): Promise<AuthParts> {
  switch (auth.kind) {
    case 'none':
    case 'inherit':
    case 'digest':
    case 'oauth1':
    case 'awsv4': // made last, by their flows
      return NOTHING
    case 'basic':
      return basic(auth, auth.charset ?? around.charset)
    case 'bearer':
      return auth.token === '' ? NOTHING : header('Authorization', `Bearer ${auth.token.trim()}`)
    case 'apikey':
      return apiKey(auth)
    case 'header':
      return customHeader(auth)
    case 'oauth2':
      return token(auth, await around.tokenFor(auth))
    case 'unsupported':
      return {
        ...NOTHING,
        fault: {
          kind: 'UnsupportedAuth',
          field: 'kind',
          message:
            auth.type === 'oauth2'
              ? 'This flow of OAuth 2.0 cannot be used by this version.'
              : `Authentication of the type "${auth.type}" cannot be sent by this version.`,
          hint:
            auth.type === 'oauth2'
              ? 'It is kept in the file as it is. Authorization code with PKCE is what takes the place of the implicit flow.'
              : 'It is kept in the file as it is. Choose another type to send.',
        },
      }
  }
}

/** As requests and curl have it, an empty name or password is sent as such; both empty: nothing was given. */
function basic({ username, password }: Extract<Auth, { kind: 'basic' }>, charset: BasicCharset): AuthParts {
  if (username === '' && password === '') return NOTHING
  const wide =
    charset === 'utf-8' ? undefined : (['username', 'password'] as const).find((field) => !fitsLatin1({ username, password }[field]))
  if (wide !== undefined) {
    const what = wide === 'username' ? 'user name' : 'password'
    return faulty(wide, `The ${what} holds a character that Latin-1 does not have.`, 'Send it in UTF-8 instead, if the server takes that.')
  }
  const warnings = username.includes(':') ? ['The user name holds a colon: the server takes what follows it for the password.'] : []
  return { ...header('Authorization', basicCredentials(username, password, charset)), warnings }
}

function token(auth: OAuth2Auth, atHand: TokenAtHand | null): AuthParts {
  if (atHand === null) return NOTHING
  const { value, note, isExpired } = atHand
  const warnings = isExpired ? ['The access token has expired; it is sent as it is.'] : []
  if (auth.tokenPlacement === 'query') {
    if (auth.tokenQueryName === '') return faulty('tokenQueryName', 'The query parameter for the token has no name.')
    return { ...NOTHING, warnings, query: [`${encodeFormText(auth.tokenQueryName)}=${encodeFormText(value)}`] }
  }
  const prefix = auth.tokenPrefix.trim()
  return { ...NOTHING, warnings, headers: [{ name: 'Authorization', value: prefix === '' ? value : `${prefix} ${value}`, note }] }
}

function apiKey(auth: Extract<Auth, { kind: 'apikey' }>): AuthParts {
  if (auth.key === '' && auth.value === '') return NOTHING
  if (auth.key === '') return faulty('key', 'The API key has a value but no name.')
  if (auth.placement === 'query') return { ...NOTHING, query: [`${encodeFormText(auth.key)}=${encodeFormText(auth.value)}`] }
  return header(auth.key, auth.value)
}

function customHeader(auth: Extract<Auth, { kind: 'header' }>): AuthParts {
  if (auth.name === '' && auth.value === '') return NOTHING
  if (auth.name === '') return faulty('name', 'The header for the credentials has no name.')
  return header(auth.name, auth.prefix + auth.value)
}

function header(name: string, value: string): AuthParts {
  return { ...NOTHING, headers: [{ name, value }] }
}

function faulty(field: string, message: string, hint?: string): AuthParts {
  return { ...NOTHING, fault: { kind: 'InvalidHeader', field, message, ...(hint !== undefined && { hint }) } }
}
