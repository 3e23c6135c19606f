/**
 * Credentials of a Postman collection. Version 2.1 writes the fields of a kind as a list of `{ key, value }`, 2.0 as a
 * mapping; both are read. Kinds that are not sent here are named in a note.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
import type { OAuth2Param } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { at, flagOf, isRecord, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { flowOf, noteSavedToken, oauth1, oauth2, unknownGrant, unknownKind } from '../collection-parts/credentials.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** @returns null where it says nothing, and the place is asked that it is in */
export function readPostmanAuth(value: unknown, notes: NotesHere): Auth | null {
  if (!isRecord(value)) return null
  const type = textOf(at(value, 'type'))
  if (type === '') return null
  const fields = fieldsOf(at(value, type))
  const get = (key: string): string => textOf(at(fields, key))
  switch (type) {
    case 'noauth':
      return { kind: 'none' }
    case 'basic':
    case 'digest':
      return { kind: type, username: get('username'), password: get('password') }
    case 'bearer':
      return { kind: 'bearer', token: get('token') }
    case 'apikey':
      return { kind: 'apikey', key: get('key'), value: get('value'), placement: get('in') === 'query' ? 'query' : 'header' }
    case 'awsv4':
      return {
        kind: 'awsv4',
        accessKeyId: get('accessKey'),
        secretAccessKey: get('secretKey'),
        sessionToken: get('sessionToken'),
        service: get('service'),
        region: get('region'),
      }
    case 'oauth1':
      return readOAuth1(fields)
    case 'oauth2':
      return readOAuth2(fields, notes)
    default:
      return unknownKind(type, notes)
  }
}

/** The fields of a kind, by name. */
function fieldsOf(value: unknown): Loose {
  if (!Array.isArray(value)) return isRecord(value) ? value : {}
  return Object.fromEntries(recordsOf(value).map((field) => [textOf(at(field, 'key')), at(field, 'value')]))
}

function readOAuth1(fields: Loose): Auth {
  const get = (key: string): string => textOf(at(fields, key))
  return oauth1(get, {
    accessToken: get('token'),
    accessTokenSecret: get('tokenSecret'),
    callbackUrl: get('callback'),
    // Absent, the parameters go where a request has room for them: Postman's own default is the URL.
    placement: flagOf(at(fields, 'addParamsToHeader')) === true ? 'header' : 'query',
    includeBodyHash: flagOf(at(fields, 'includeBodyHash')) ?? false,
  })
}

function readOAuth2(fields: Loose, notes: NotesHere): Auth {
  const get = (key: string): string => textOf(at(fields, key))
  const grant = get('grant_type')
  const flow = flowOf(grant)
  if (flow === undefined) return grant === '' ? tokenAlone(fields, notes) : unknownGrant(grant, notes)
  noteSavedToken(get('accessToken'), notes)
  if (get('challengeAlgorithm') === 'plain') notes.changed('The PKCE challenge is made by S256 here, not as plain text.')
  return oauth2({
    flow,
    authorizationUrl: get('authUrl'),
    accessTokenUrl: get('accessTokenUrl'),
    refreshTokenUrl: get('refreshTokenUrl'),
    callbackUrl: flagOf(at(fields, 'useBrowser')) === true ? '' : get('redirect_uri'),
    clientId: get('clientId'),
    clientSecret: get('clientSecret'),
    clientAuth: get('client_authentication') === 'body' ? 'body' : 'basic',
    username: get('username'),
    password: get('password'),
    scope: get('scope'),
    state: get('state'),
    pkce: grant === 'authorization_code_with_pkce',
    authorizationParams: paramsOf(fields, 'authRequestParams'),
    tokenParams: [...extraParams(fields), ...paramsOf(fields, 'tokenRequestParams')],
    refreshParams: paramsOf(fields, 'refreshRequestParams'),
    tokenPlacement: isInQuery(fields) ? 'query' : 'header',
    ...(Object.hasOwn(fields, 'headerPrefix') && { tokenPrefix: get('headerPrefix').trim() }),
    ...(get('tokenType') === 'id_token' && { tokenSource: 'id_token' }),
  })
}

function isInQuery(fields: Loose): boolean {
  return textOf(at(fields, 'addTokenTo')) === 'queryParams'
}

/** Older files have only a token, wherever it came from. */
function tokenAlone(fields: Loose, notes: NotesHere): Auth {
  const token = textOf(at(fields, 'accessToken'))
  notes.changed('The file says nothing about how its OAuth 2.0 token is fetched: the token itself is sent.')
  return isInQuery(fields) ? { kind: 'apikey', key: 'access_token', value: token, placement: 'query' } : { kind: 'bearer', token }
}

function extraParams(fields: Loose): OAuth2Param[] {
  return ['audience', 'resource'].flatMap((name) => {
    const value = textOf(at(fields, name))
    return value === '' ? [] : [{ name, value, enabled: true, placement: 'body' as const }]
  })
}

const PLACEMENTS: Readonly<Record<string, OAuth2Param['placement']>> = {
  request_header: 'header',
  request_url: 'query',
  request_body: 'body',
}

function paramsOf(fields: Loose, key: string): OAuth2Param[] {
  return listOf(at(fields, key)).flatMap((param) => {
    const name = textOf(at(param, 'key'))
    const sendAs = textOf(at(param, 'send_as'))
    if (name === '') return []
    return {
      name,
      value: textOf(at(param, 'value')),
      enabled: flagOf(at(param, 'enabled')) ?? true,
      placement: (Object.hasOwn(PLACEMENTS, sendAs) ? PLACEMENTS[sendAs] : undefined) ?? (key === 'authRequestParams' ? 'query' : 'body'),
    }
  })
}
