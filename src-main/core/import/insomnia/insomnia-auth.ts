/** Credentials of Insomnia, by their `type`. */
import type { OAuth2Param } from '#contract/model/auth.ts'
import type { Auth, Row } from '#contract/model/request.ts'
import { at, flagOf, textOf } from '../collection-parts/loose.ts'
import { bearerAuth, flowOf, noteSavedToken, oauth1, oauth2, unknownGrant, unknownKind } from '../collection-parts/credentials.ts'
import { row } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

interface ReadAuth {
  readonly auth: Auth
  /** An API key may go as a cookie. */
  readonly cookies: readonly Row[]
}

/** @param value an empty mapping says nothing, and what it is in is asked */
export function readInsomniaAuth(value: unknown, notes: NotesHere): ReadAuth {
  const type = textOf(at(value, 'type'))
  if (type !== '' && type !== 'none' && flagOf(at(value, 'disabled')) === true) {
    notes.lost(`Its credentials (${type}) were switched off, and were left out.`)
    return { auth: { kind: 'none' }, cookies: [] }
  }
  if (type === 'apikey' && textOf(at(value, 'addTo')) === 'cookie') {
    return { auth: { kind: 'none' }, cookies: [row(textOf(at(value, 'key')), textOf(at(value, 'value')))] }
  }
  return { auth: authOf(type, value, notes), cookies: [] }
}

function authOf(type: string, value: unknown, notes: NotesHere): Auth {
  const get = (key: string): string => textOf(at(value, key))
  switch (type) {
    case '':
      return { kind: 'inherit' }
    case 'none':
      return { kind: 'none' }
    case 'basic':
      return {
        kind: 'basic',
        username: get('username'),
        password: get('password'),
        ...(flagOf(at(value, 'useISO88591')) === true && { charset: 'latin-1' as const }),
      }
    case 'digest':
      return { kind: 'digest', username: get('username'), password: get('password') }
    case 'bearer':
    case 'singleToken':
      return get('prefix').trim() === 'NO_PREFIX'
        ? { kind: 'header', name: 'Authorization', prefix: '', value: get('token') }
        : bearerAuth(get('token'), get('prefix').trim())
    case 'apikey':
      return { kind: 'apikey', key: get('key'), value: get('value'), placement: get('addTo') === 'queryParams' ? 'query' : 'header' }
    case 'iam':
      return {
        kind: 'awsv4',
        accessKeyId: get('accessKeyId'),
        secretAccessKey: get('secretAccessKey'),
        sessionToken: get('sessionToken'),
        service: get('service'),
        region: get('region'),
      }
    case 'oauth1':
      return readOAuth1(value)
    case 'oauth2':
      return readOAuth2(value, notes)
    default:
      return unknownKind(type, notes)
  }
}

function readOAuth1(value: unknown): Auth {
  const get = (key: string): string => textOf(at(value, key))
  return oauth1(get, {
    accessToken: get('tokenKey'),
    accessTokenSecret: get('tokenSecret'),
    callbackUrl: get('callback'),
    includeBodyHash: flagOf(at(value, 'includeBodyHash')) ?? false,
  })
}

function readOAuth2(value: unknown, notes: NotesHere): Auth {
  const get = (key: string): string => textOf(at(value, key))
  const grant = get('grantType')
  const flow = flowOf(grant)
  if (flow === undefined) return unknownGrant(grant, notes)
  noteSavedToken(get('accessToken'), notes)
  if (get('pkceMethod') === 'plain') notes.changed('The PKCE challenge is made by S256 here, not as plain text.')
  const extra = ['audience', 'resource'].flatMap((name): OAuth2Param[] =>
    get(name) === '' ? [] : [{ name, value: get(name), enabled: true, placement: flow === 'authorization_code' ? 'query' : 'body' }],
  )
  return oauth2({
    flow,
    authorizationUrl: get('authorizationUrl'),
    accessTokenUrl: get('accessTokenUrl'),
    callbackUrl: get('redirectUrl'),
    clientId: get('clientId'),
    clientSecret: get('clientSecret'),
    clientAuth: flagOf(at(value, 'credentialsInBody')) === true ? 'body' : 'basic',
    username: get('username'),
    password: get('password'),
    scope: get('scope'),
    state: get('state'),
    pkce: flagOf(at(value, 'usePkce')) ?? false,
    authorizationParams: flow === 'authorization_code' ? extra : [],
    tokenParams: flow === 'authorization_code' ? [] : extra,
    ...(get('tokenPrefix') !== '' && { tokenPrefix: get('tokenPrefix') === 'NO_PREFIX' ? '' : get('tokenPrefix') }),
    tokenSource: get('responseType') === 'id_token' ? 'id_token' : 'access_token',
  })
}
