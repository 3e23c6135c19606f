/** Credentials as importers make them, whatever the other program calls their parts. */
import { OAUTH1_METHODS } from '#contract/model/auth-names.ts'
import type { OAuth1Auth, OAuth2Auth } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { NotesHere } from './notes-here.ts'

/** A token with the word before it, which is `Bearer` unless it says otherwise. @param prefix without the space */
export function bearerAuth(token: string, prefix: string): Auth {
  if (prefix === '' || prefix === 'Bearer') return { kind: 'bearer', token }
  return { kind: 'header', name: 'Authorization', prefix: `${prefix} `, value: token }
}

/** Credentials of a kind that is not sent here. */
export function unknownKind(type: string, notes: NotesHere): Auth {
  notes.lost(`Credentials of the kind ${type} are not sent here.`)
  return { kind: 'unsupported', type }
}

/** What most programs call alike. @param get the text of a field; empty where there is none */
export function oauth1(get: (key: string) => string, own: Partial<OAuth1Auth>): OAuth1Auth {
  const empty = emptyAuth('oauth1')
  if (empty.kind !== 'oauth1') throw new Error('Empty credentials are of another kind than asked for.')
  const method = OAUTH1_METHODS.find((name) => name === get('signatureMethod'))
  return {
    ...empty,
    consumerKey: get('consumerKey'),
    consumerSecret: get('consumerSecret'),
    ...(method && { signatureMethod: method }),
    privateKey: get('privateKey'),
    verifier: get('verifier'),
    timestamp: get('timestamp'),
    nonce: get('nonce'),
    version: get('version'),
    realm: get('realm'),
    ...own,
  }
}

export function oauth2(fields: Partial<OAuth2Auth>): OAuth2Auth {
  const empty = emptyAuth('oauth2')
  if (empty.kind !== 'oauth2') throw new Error('Empty credentials are of another kind than asked for.')
  return { ...empty, ...fields, kind: 'oauth2' }
}

/** The grants, by all the names that programs have for them in files. */
const FLOWS: Readonly<Record<string, OAuth2Auth['flow']>> = {
  client_credentials: 'client_credentials',
  password: 'password',
  password_credentials: 'password',
  authorization_code: 'authorization_code',
  authorization_code_pkce: 'authorization_code',
  authorization_code_with_pkce: 'authorization_code',
}

/** @param grant as the file has it, in letters of any case */
export function flowOf(grant: string): OAuth2Auth['flow'] | undefined {
  const name = grant.toLowerCase()
  return Object.hasOwn(FLOWS, name) ? FLOWS[name] : undefined
}

/** OAuth 2.0 by a grant that is not done here. */
export function unknownGrant(grant: string, notes: NotesHere): Auth {
  notes.lost(`OAuth 2.0 by the grant ${grant || 'that is not named'} is not done here.`)
  return { kind: 'unsupported', type: 'oauth2' }
}

/** A token that was fetched before is not a part of how one is fetched. */
export function noteSavedToken(token: string, notes: NotesHere): void {
  if (token !== '') notes.lost('The OAuth 2.0 token that was saved is not carried over: a new one is fetched at the first send.')
}
