/** Credentials as Postman has them: a list of fields under the name of their kind. */
import { assertNever } from '#contract/result.ts'
import type { OAuth1Auth, OAuth2Auth, OAuth2Param } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'

type Field = readonly [key: string, value: string | boolean | readonly object[]]

interface PostmanAuth {
  readonly type: string
  readonly [kind: string]: unknown
}

/**
 * @returns null: nothing is said, so that what is around is asked
 * @param lost told of a kind that Postman does not have
 */
export function postmanAuth(auth: Auth, lost: (message: string) => void): PostmanAuth | null {
  switch (auth.kind) {
    case 'none':
      return { type: 'noauth' }
    case 'inherit':
    case 'header': // a header row takes its place
      return null
    case 'basic':
    case 'digest':
      return authOf(auth.kind, [
        ['username', auth.username],
        ['password', auth.password],
      ])
    case 'bearer':
      return authOf('bearer', [['token', auth.token]])
    case 'apikey':
      return authOf('apikey', [
        ['key', auth.key],
        ['value', auth.value],
        ['in', auth.placement],
      ])
    case 'oauth2':
      return authOf('oauth2', oauth2Fields(auth))
    case 'oauth1':
      return authOf('oauth1', oauth1Fields(auth, lost))
    case 'awsv4':
      return authOf('awsv4', [
        ['accessKey', auth.accessKeyId],
        ['secretKey', auth.secretAccessKey],
        ['sessionToken', auth.sessionToken],
        ['service', auth.service],
        ['region', auth.region],
      ])
    case 'unsupported':
      return bareAuth(auth.type, lost)
    default:
      return assertNever(auth)
  }
}

/** Kinds that Postman has and Posthaste does not. */
const POSTMAN_ALONE: ReadonlySet<string> = new Set(['ntlm', 'hawk', 'edgegrid', 'jwt', 'asap'])

/** The kind alone, else that there are none: said nothing, the credentials of the place around it would be sent in their place. */
function bareAuth(type: string, lost: (message: string) => void): PostmanAuth {
  if (POSTMAN_ALONE.has(type.toLowerCase())) {
    lost(`Of credentials of the kind ${type} only the kind is exported: fill in its fields in Postman.`)
    return authOf(type.toLowerCase(), [])
  }
  lost(`Credentials of the kind ${type} are not exported: Postman sends none in their place.`)
  return { type: 'noauth' }
}

function authOf(type: string, fields: readonly Field[]): PostmanAuth {
  const typed = fields.map(([key, value]) => ({
    key,
    value,
    type: typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'any',
  }))
  return { type, [type]: typed }
}

function oauth2Fields(auth: OAuth2Auth): Field[] {
  const code = auth.pkce ? 'authorization_code_with_pkce' : 'authorization_code'
  const grants = { client_credentials: 'client_credentials', password: 'password_credentials', authorization_code: code }
  const fields: Field[] = [
    ['grant_type', grants[auth.flow]],
    ['accessTokenUrl', auth.accessTokenUrl],
    ['authUrl', auth.authorizationUrl],
    ['refreshTokenUrl', auth.refreshTokenUrl],
    ['redirect_uri', auth.callbackUrl],
    ['clientId', auth.clientId],
    ['clientSecret', auth.clientSecret],
    ['client_authentication', auth.clientAuth === 'body' ? 'body' : 'header'],
    ['username', auth.username],
    ['password', auth.password],
    ['scope', auth.scope],
    ['state', auth.state],
    ['addTokenTo', auth.tokenPlacement === 'query' ? 'queryParams' : 'header'],
    ['headerPrefix', auth.tokenPrefix],
    ['tokenType', auth.tokenSource === 'id_token' ? 'id_token' : ''],
    ['authRequestParams', paramsOf(auth.authorizationParams)],
    ['tokenRequestParams', paramsOf(auth.tokenParams)],
    ['refreshRequestParams', paramsOf(auth.refreshParams)],
  ]
  return fields.filter(([key, value]) => key === 'headerPrefix' || (value !== '' && !(Array.isArray(value) && value.length === 0)))
}

function paramsOf(params: readonly OAuth2Param[]): readonly object[] {
  const places = { header: 'request_header', query: 'request_url', body: 'request_body' }
  return params.map(({ name, value, enabled, placement }) => ({ key: name, value, enabled, send_as: places[placement] }))
}

function oauth1Fields(auth: OAuth1Auth, lost: (message: string) => void): Field[] {
  if (auth.privateKeyIn === 'file') lost('The private key of OAuth 1.0 is in a file, which Postman does not read.')
  return [
    ['consumerKey', auth.consumerKey],
    ['consumerSecret', auth.consumerSecret],
    ['token', auth.accessToken],
    ['tokenSecret', auth.accessTokenSecret],
    ['signatureMethod', auth.signatureMethod],
    ...(auth.privateKeyIn === 'text' && auth.privateKey !== '' ? [['privateKey', auth.privateKey] as const] : []),
    ['callback', auth.callbackUrl],
    ['verifier', auth.verifier],
    ['timestamp', auth.timestamp],
    ['nonce', auth.nonce],
    ['version', auth.version],
    ['realm', auth.realm],
    ['addParamsToHeader', auth.placement === 'header'],
    ['includeBodyHash', auth.includeBodyHash],
  ]
}
