/** Credentials of Hoppscotch, by their `authType`; those of OAuth 2.0 have changed shape with the versions. */
import type { OAuth2Param } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { at, firstText, flagOf, isRecord, recordsOf, textOf } from '../collection-parts/loose.ts'
import { flowOf, noteSavedToken, oauth2, unknownGrant, unknownKind } from '../collection-parts/credentials.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** @returns null where it says nothing */
export function readHoppscotchAuth(value: unknown, notes: NotesHere): Auth | null {
  const type = textOf(at(value, 'authType'))
  const get = (key: string): string => textOf(at(value, key))
  if (type === '') return null
  if (type === 'inherit') return { kind: 'inherit' }
  if (type === 'none') return { kind: 'none' }
  if (flagOf(at(value, 'authActive')) === false) {
    notes.lost(`Its credentials (${type}) were switched off, and were left out.`)
    return { kind: 'none' }
  }
  switch (type) {
    case 'basic':
    case 'digest':
      return { kind: type, username: get('username'), password: get('password') }
    case 'bearer':
      return { kind: 'bearer', token: get('token') }
    case 'api-key':
      return { kind: 'apikey', key: get('key'), value: get('value'), placement: /query/i.test(get('addTo')) ? 'query' : 'header' }
    case 'aws-signature':
      if (/query/i.test(get('addTo'))) notes.changed('Its AWS signature goes in headers here, not in the query.')
      return {
        kind: 'awsv4',
        accessKeyId: get('accessKey'),
        secretAccessKey: get('secretKey'),
        sessionToken: get('serviceToken'),
        service: get('serviceName'),
        region: get('region'),
      }
    case 'oauth-2':
      return readOAuth2(value, notes)
    default:
      return unknownKind(type, notes)
  }
}

function readOAuth2(value: unknown, notes: NotesHere): Auth {
  const info = at(value, 'grantTypeInfo')
  const fields = isRecord(info) ? info : value
  const get = (...keys: readonly string[]): string => firstText(fields, ...keys)
  // Before there was a kind of grant, there was an authorization code.
  const grant = isRecord(info) ? get('grantType') : 'AUTHORIZATION_CODE'
  const flow = flowOf(grant)
  if (flow === undefined) return unknownGrant(grant, notes)
  noteSavedToken(get('token'), notes)
  // Where nobody is asked, what it calls the authorization endpoint is the one that gives the token.
  const isAsked = flow === 'authorization_code'
  return oauth2({
    flow,
    authorizationUrl: isAsked ? get('authEndpoint', 'authURL') : '',
    accessTokenUrl: isAsked ? get('tokenEndpoint', 'accessTokenURL') : get('authEndpoint', 'tokenEndpoint', 'accessTokenURL'),
    clientId: get('clientID'),
    clientSecret: get('clientSecret'),
    clientAuth: get('clientAuthentication') === 'IN_BODY' ? 'body' : 'basic',
    username: get('username'),
    password: get('password'),
    scope: get('scopes', 'scope'),
    pkce: flagOf(at(fields, 'isPKCE')) ?? false,
    authorizationParams: paramsOf(fields, 'authRequestParams'),
    tokenParams: paramsOf(fields, 'tokenRequestParams'),
    refreshParams: paramsOf(fields, 'refreshRequestParams'),
    tokenPlacement: textOf(at(value, 'addTo')) === 'QUERY_PARAMS' ? 'query' : 'header',
  })
}

function paramsOf(fields: unknown, key: string): OAuth2Param[] {
  return recordsOf(at(fields, key)).flatMap((param) => {
    const name = textOf(at(param, 'key'))
    if (name === '') return []
    const sendIn = textOf(at(param, 'sendIn')) || (key === 'authRequestParams' ? 'url' : 'body')
    return {
      name,
      value: textOf(at(param, 'value')),
      enabled: flagOf(at(param, 'active')) !== false,
      placement: sendIn === 'headers' ? ('header' as const) : sendIn === 'url' ? ('query' as const) : ('body' as const),
    }
  })
}
