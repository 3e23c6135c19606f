/** Credentials as Bruno's JSON has them: a `mode`, and the fields of each kind under its name. */
import { OAUTH1_METHODS } from '#contract/model/auth-names.ts'
import type { OAuth2Param } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { at, flagOf, isRecord, recordsOf, textOf } from '../collection-parts/loose.ts'
import { flowOf, oauth1, oauth2, unknownGrant, unknownKind } from '../collection-parts/credentials.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

export function readBrunoAuth(value: unknown, notes: NotesHere): Auth {
  const mode = textOf(at(value, 'mode'))
  const fields = at(value, mode)
  const get = (key: string): string => textOf(at(fields, key))
  switch (mode) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'inherit':
      return { kind: 'inherit' }
    case 'basic':
    case 'digest':
      return { kind: mode, username: get('username'), password: get('password') }
    case 'bearer':
      return { kind: 'bearer', token: get('token') }
    case 'apikey':
      return { kind: 'apikey', key: get('key'), value: get('value'), placement: get('placement').startsWith('query') ? 'query' : 'header' }
    case 'awsv4':
      if (get('profileName') !== '') notes.lost(`The AWS profile ${get('profileName')} is not read here: give the keys themselves.`)
      return {
        kind: 'awsv4',
        accessKeyId: get('accessKeyId'),
        secretAccessKey: get('secretAccessKey'),
        sessionToken: get('sessionToken'),
        service: get('service'),
        region: get('region'),
      }
    case 'oauth1':
      return readOAuth1(fields)
    case 'oauth2':
      return readOAuth2(fields, at(value, 'additional'), notes)
    default:
      return unknownKind(mode, notes)
  }
}

function readOAuth1(fields: unknown): Auth {
  const get = (key: string): string => textOf(at(fields, key))
  const method = OAUTH1_METHODS.find((name) => name === get('signatureEncoding'))
  const placement = get('addParamsTo') || get('placement')
  return oauth1(get, {
    ...(method && { signatureMethod: method }),
    accessToken: get('accessToken') || get('token'),
    accessTokenSecret: get('accessTokenSecret') || get('tokenSecret'),
    callbackUrl: get('callbackUrl'),
    placement: placement.startsWith('query') ? 'query' : placement.startsWith('body') ? 'body' : 'header',
    includeBodyHash: flagOf(at(fields, 'includeBodyHash')) ?? false,
  })
}

function readOAuth2(fields: unknown, additional: unknown, notes: NotesHere): Auth {
  const get = (key: string): string => textOf(at(fields, key))
  const grant = get('grantType')
  const flow = flowOf(grant)
  if (flow === undefined) return unknownGrant(grant, notes)
  return oauth2({
    flow,
    authorizationUrl: get('authorizationUrl'),
    accessTokenUrl: get('accessTokenUrl'),
    refreshTokenUrl: get('refreshTokenUrl'),
    callbackUrl: get('callbackUrl'),
    clientId: get('clientId'),
    clientSecret: get('clientSecret'),
    clientAuth: get('credentialsPlacement') === 'basic_auth_header' || get('credentialsPlacement') === 'header' ? 'basic' : 'body',
    username: get('username'),
    password: get('password'),
    scope: get('scope'),
    state: get('state'),
    pkce: flagOf(at(fields, 'pkce')) ?? false,
    authorizationParams: paramsOf(fields, additional, 'authorization'),
    tokenParams: paramsOf(fields, additional, 'token'),
    refreshParams: paramsOf(fields, additional, 'refresh'),
    tokenId: get('credentialsId') === 'credentials' ? '' : get('credentialsId'),
    tokenSource: get('tokenSource') === 'id_token' ? 'id_token' : 'access_token',
    tokenPlacement: ['url', 'query', 'queryparams'].includes(get('tokenPlacement')) ? 'query' : 'header',
    ...(isRecord(fields) && Object.hasOwn(fields, 'tokenHeaderPrefix') && { tokenPrefix: get('tokenHeaderPrefix') }),
    ...(get('tokenQueryKey') !== '' && { tokenQueryName: get('tokenQueryKey') }),
    autoFetch: flagOf(at(fields, 'autoFetchToken')) ?? true,
    autoRefresh: flagOf(at(fields, 'autoRefreshToken')) ?? false,
  })
}

/** Further parameters: of the JSON under the kind of request, of a `.bru` file each with the request it is for. */
function paramsOf(fields: unknown, additional: unknown, request: string): OAuth2Param[] {
  const own = recordsOf(at(at(fields, 'additionalParameters'), request))
  const others = recordsOf(additional).filter((param) => textOf(at(param, 'request')) === request)
  return [...own, ...others].map((param) => {
    const sendIn = textOf(at(param, 'sendIn'))
    return {
      name: textOf(at(param, 'name')),
      value: textOf(at(param, 'value')),
      enabled: flagOf(at(param, 'enabled')) ?? true,
      placement: sendIn.startsWith('header') ? 'header' : sendIn.startsWith('query') ? 'query' : 'body',
    }
  })
}
