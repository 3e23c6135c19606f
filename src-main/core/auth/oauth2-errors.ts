/** What an authorization server says when it refuses, in words: its own, and what to do about it. */
import { CoreError } from '../lib/core-error.ts'

const MAX_TEXT = 300

/** RFC 6749 §4.1.2.1 and §5.2. */
const HINTS: Readonly<Record<string, string>> = {
  invalid_client: 'Check the client id and secret, and whether the server wants them in the header or in the body.',
  invalid_grant: 'The password, code or refresh token is wrong, used up or expired; the redirect address may differ, too.',
  invalid_request: 'A parameter is missing or given twice; see what the server says.',
  invalid_scope: 'The server does not know the scope, or does not grant it to this client.',
  unauthorized_client: 'The server does not let this client use this flow.',
  unsupported_grant_type: 'The server does not offer this flow.',
  access_denied: 'You, or the server, refused; sign in again to be asked again.',
}

export interface OAuthError {
  readonly error: string
  readonly description: string | null
}

/** The error of a body or of a redirect's query; null where it holds none. */
export function oauthErrorOf(values: Readonly<Record<string, unknown>>): OAuthError | null {
  const { error, error_description: description } = values
  if (typeof error !== 'string' || error === '') return null
  return { error: error.slice(0, MAX_TEXT), description: typeof description === 'string' ? description.slice(0, MAX_TEXT) : null }
}

/** @param status of the answer; null where the browser brought the refusal */
export function refusal(host: string, { error, description }: OAuthError, status: number | null): CoreError {
  const said = description === null || description === '' ? error : `${error} (${description.replace(/[.\s]+$/, '')})`
  const hint = HINTS[error]
  return new CoreError('TokenError', 'receive', `${host} gave no access token: ${said}.`, {
    ...(hint !== undefined && { hint }),
    details: { error, error_description: description, status },
  })
}

/** An answer that is neither a token nor a refusal. */
export function noToken(host: string, status: number, why: string): CoreError {
  return new CoreError('TokenError', 'receive', `${host} answered ${status}, but gave no access token: ${why}.`, {
    hint: 'Check the access token URL.',
    details: { status },
  })
}

export function missingField(field: string, name: string): CoreError {
  return new CoreError('TokenError', 'prepare', `OAuth 2.0 needs the ${name}, and none is given.`, { where: { section: 'auth', field } })
}
