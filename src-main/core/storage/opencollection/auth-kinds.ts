/**
 * OAuth 2.0, OAuth 1.0 and AWS Signature in a request file. Keys are OpenCollection's; where Bruno's own files differ
 * from the format's types (the password flow's name, `pkce.enabled`, what `placement.header` means) both are read and
 * Bruno's spelling is written, so that the file opens in both.
 */
import type { Document } from 'yaml'
import { OAUTH1_METHODS } from '#contract/model/auth-names.ts'
import type { AwsAuth, OAuth1Auth, OAuth2Auth, OAuth2Param } from '#contract/model/auth.ts'
import type { PlainMap } from './plain-edit.ts'
import { booleanOf, followed, isAbsent, itemsOf, textOf, valueOf, type Value } from './yaml-nodes.ts'

/** Fields of a mapping, by their path. */
interface Fields {
  readonly node: (...path: string[]) => Value
  readonly text: (...path: string[]) => string
  readonly flag: (...path: string[]) => boolean | undefined
}

function fieldsOf(holder: Value, document: Document): Fields {
  const node = (...path: string[]): Value => path.reduce<Value>((at, key) => valueOf(at, key, document), holder)
  return { node, text: (...path) => textOf(node(...path), document), flag: (...path) => booleanOf(node(...path), document) }
}

const FLOW_NAMES: Readonly<Record<string, OAuth2Auth['flow']>> = {
  client_credentials: 'client_credentials',
  resource_owner_password: 'password',
  resource_owner_password_credentials: 'password',
  password: 'password',
  authorization_code: 'authorization_code',
}

/** OAuth 2.0 of a file; null for a flow that this version cannot do, such as implicit. */
export function readOAuth2(holder: Value, document: Document): OAuth2Auth | null {
  const { node, text, flag } = fieldsOf(holder, document)
  const flow = FLOW_NAMES[text('flow')]
  if (flow === undefined) return null
  const params = (key: string): OAuth2Param[] => readParams(node('additionalParameters', key), document)
  const isQuery = !isAbsent(node('tokenConfig', 'placement', 'query'), document)
  const hasHeader = !isAbsent(node('tokenConfig', 'placement', 'header'), document)
  const header = text('tokenConfig', 'placement', 'header')
  return {
    kind: 'oauth2',
    flow,
    authorizationUrl: text('authorizationUrl'),
    accessTokenUrl: text('accessTokenUrl'),
    refreshTokenUrl: text('refreshTokenUrl'),
    callbackUrl: text('callbackUrl'),
    clientId: text('credentials', 'clientId'),
    clientSecret: text('credentials', 'clientSecret'),
    clientAuth: text('credentials', 'placement') === 'basic_auth_header' ? 'basic' : 'body',
    username: text('resourceOwner', 'username'),
    password: text('resourceOwner', 'password'),
    scope: text('scope'),
    state: text('state'),
    pkce: readPkce(node('pkce'), flow, document),
    authorizationParams: params('authorizationRequest'),
    tokenParams: params('accessTokenRequest'),
    refreshParams: params('refreshTokenRequest'),
    tokenId: text('tokenConfig', 'id'),
    tokenSource: text('tokenConfig', 'source') === 'id_token' ? 'id_token' : 'access_token',
    tokenPlacement: isQuery ? 'query' : 'header',
    // The format's types have the header's name there, Bruno has the word before the token.
    tokenPrefix: hasHeader && !/^authorization$/i.test(header) ? header : 'Bearer',
    tokenQueryName: isQuery ? text('tokenConfig', 'placement', 'query') : 'access_token',
    autoFetch: flag('settings', 'autoFetchToken') ?? true,
    autoRefresh: flag('settings', 'autoRefreshToken') ?? true,
  }
}

/** Other flows have no use for it, and say nothing of it. */
function readPkce(node: Value, flow: OAuth2Auth['flow'], document: Document): boolean {
  const { flag } = fieldsOf(node, document)
  if (followed(node, document) === null) return flow !== 'authorization_code'
  return flag('enabled') ?? !(flag('disabled') ?? false)
}

function readParams(node: Value, document: Document): OAuth2Param[] {
  return itemsOf(node, document).map((item) => {
    const { text, flag } = fieldsOf(item, document)
    const placement = text('placement')
    return {
      name: text('name'),
      value: text('value'),
      enabled: flag('disabled') !== true,
      placement: placement === 'header' || placement === 'query' ? placement : 'body',
    }
  })
}

const FILE_FLOWS: Readonly<Record<OAuth2Auth['flow'], string>> = {
  client_credentials: 'client_credentials',
  password: 'resource_owner_password',
  authorization_code: 'authorization_code',
}

export function oauth2InFile(auth: OAuth2Auth): PlainMap {
  const params = {
    authorizationRequest: auth.authorizationParams,
    accessTokenRequest: auth.tokenParams,
    refreshTokenRequest: auth.refreshParams,
  }
  return given({
    type: 'oauth2',
    flow: FILE_FLOWS[auth.flow],
    authorizationUrl: auth.authorizationUrl,
    accessTokenUrl: auth.accessTokenUrl,
    refreshTokenUrl: auth.refreshTokenUrl,
    callbackUrl: auth.callbackUrl,
    credentials: given({
      clientId: auth.clientId,
      clientSecret: auth.clientSecret,
      placement: auth.clientAuth === 'basic' ? 'basic_auth_header' : 'body',
    }),
    resourceOwner: given({ username: auth.username, password: auth.password }),
    scope: auth.scope,
    state: auth.state,
    pkce: auth.flow === 'authorization_code' || !auth.pkce ? { enabled: auth.pkce } : undefined,
    additionalParameters: given(
      Object.fromEntries(Object.entries(params).map(([key, list]) => [key, list.length === 0 ? undefined : list.map(paramInFile)])),
    ),
    tokenConfig: given({
      id: auth.tokenId,
      placement: auth.tokenPlacement === 'query' ? { query: auth.tokenQueryName } : { header: auth.tokenPrefix },
      source: auth.tokenSource === 'id_token' ? 'id_token' : undefined,
    }),
    settings: { autoFetchToken: auth.autoFetch, autoRefreshToken: auth.autoRefresh },
  })
}

function paramInFile({ name, value, placement, enabled }: OAuth2Param): PlainMap {
  return { name, value, placement, ...(!enabled && { disabled: true }) }
}

/** OAuth 1.0 of a file. */
export function readOAuth1(holder: Value, document: Document): OAuth1Auth {
  const { text, flag } = fieldsOf(holder, document)
  const placement = text('placement')
  return {
    kind: 'oauth1',
    consumerKey: text('consumerKey'),
    consumerSecret: text('consumerSecret'),
    accessToken: text('accessToken'),
    accessTokenSecret: text('accessTokenSecret'),
    signatureMethod:
      OAUTH1_METHODS.find((method) => method === text('signatureMethod')) ??
      OAUTH1_METHODS.find((method) => method === text('signatureEncoding')) ??
      'HMAC-SHA1',
    privateKey: text('privateKey', 'value'),
    privateKeyIn: text('privateKey', 'type') === 'file' ? 'file' : 'text',
    callbackUrl: text('callbackUrl'),
    verifier: text('verifier'),
    timestamp: text('timestamp'),
    nonce: text('nonce'),
    version: text('version'),
    realm: text('realm'),
    placement: placement === 'query' || placement === 'body' ? placement : 'header',
    includeBodyHash: flag('includeBodyHash') ?? false,
  }
}

export function oauth1InFile({ kind, privateKey, privateKeyIn, includeBodyHash, ...texts }: OAuth1Auth): PlainMap {
  return given({
    type: kind,
    ...texts,
    privateKey: privateKey === '' && privateKeyIn === 'text' ? undefined : { type: privateKeyIn, value: privateKey },
    includeBodyHash: includeBodyHash ? true : undefined,
  })
}

/** AWS Signature of a file. */
export function readAws(holder: Value, document: Document): AwsAuth {
  const { text } = fieldsOf(holder, document)
  return {
    kind: 'awsv4',
    accessKeyId: text('accessKeyId'),
    secretAccessKey: text('secretAccessKey'),
    sessionToken: text('sessionToken'),
    service: text('service'),
    region: text('region'),
  }
}

export function awsInFile({ kind, ...texts }: AwsAuth): PlainMap {
  return given({ type: kind, ...texts })
}

/** Without what is empty: an empty text was not given, and a mapping of nothing says nothing. */
function given(map: PlainMap): PlainMap {
  return Object.fromEntries(
    Object.entries(map).filter(
      ([, value]) =>
        value !== undefined && value !== '' && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  )
}
