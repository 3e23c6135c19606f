/** The empty request and the defaults of its options. No schema in here, so the window can import it for nothing. */
import type { OAuth1Auth, OAuth2Auth } from './auth.ts'
import type { JarKey } from './cookie.ts'
import type { Layers } from './prepared.ts'
import type { Auth, AuthKind, Body, BodyKind, Options, RequestDocument } from './request.ts'
import type { Behaviour } from './wire-options.ts'

export const DEFAULT_TIMEOUT_SECONDS = { connect: 10, read: 30, total: null } as const
export const DEFAULT_MAX_REDIRECTS = 30

interface OptionDefaults {
  /** Seconds; null: no limit. */
  readonly timeout: Readonly<Record<'connect' | 'read' | 'total', number | null>>
  readonly maxRedirects: number
  /** Methods whose redirects are not followed unless asked to be. */
  readonly unfollowed: readonly string[]
}

/** What an absent option means, by whose rules the request follows. */
const OPTION_DEFAULTS: Readonly<Record<Behaviour, OptionDefaults>> = {
  posthaste: { timeout: DEFAULT_TIMEOUT_SECONDS, maxRedirects: DEFAULT_MAX_REDIRECTS, unfollowed: [] },
  // `requests.head()` does not follow, all others do; nothing ever times out.
  requests: { timeout: { connect: null, read: null, total: null }, maxRedirects: 30, unfollowed: ['HEAD'] },
  // As `curl -L` has them.
  curl: { timeout: { connect: 300, read: null, total: null }, maxRedirects: 50, unfollowed: [] },
  // Chromium: its connect timeout and the limit of the Fetch Standard.
  browser: { timeout: { connect: 240, read: null, total: null }, maxRedirects: 20, unfollowed: [] },
}

/** The defaults that hold for a request's options. */
export function defaultsOf({ behaviour }: Pick<Options, 'behaviour'>): OptionDefaults {
  return OPTION_DEFAULTS[behaviour ?? 'posthaste']
}

/** Whether redirects are followed where the option says nothing. */
export function followsByDefault(options: Pick<Options, 'behaviour'>, method: string): boolean {
  return !defaultsOf(options).unfollowed.includes(method.trim().toUpperCase())
}
/** urllib3's: methods where twice is the same as once. */
export const RETRIED_METHODS = ['HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'] as const
export const DEFAULT_RETRY = { total: 10, backoffFactor: 0, backoffMax: 120, backoffJitter: 0 } as const
export const DEFAULT_INDEX_FIELD = 'chunk_index'
export const DEFAULT_TOTAL_FIELD = 'total_chunks'
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** The name of a request that nobody has named. */
export const UNTITLED = 'Untitled request'

/** A request nobody has typed anything into yet. */
export function emptyRequest(name: string = UNTITLED): RequestDocument {
  return {
    name,
    method: 'GET',
    url: '',
    params: [],
    headers: [],
    body: { kind: 'none' },
    auth: { kind: 'none' },
    cookies: [],
    options: {},
    variables: [],
    docs: '',
  }
}

/** A new request of a person's, who may have put credentials around it. */
export function newRequestDocument(name: string = UNTITLED): RequestDocument {
  return { ...emptyRequest(name), auth: { kind: 'inherit' } }
}

/** The session that every collection has, and that a request goes with where none is chosen. It need not be in the file. */
export const DEFAULT_SESSION = 'default'

/** The jar of every request that is in no collection and names no session. */
export const DEFAULT_JAR: JarKey = { collectionId: null, session: 'default' }

/** A request that has nothing from anywhere else. */
export const NO_LAYERS: Layers = {
  session: { name: DEFAULT_SESSION, isPinned: false },
  environment: null,
  adapter: null,
  headers: [],
  params: [],
  cookies: [],
  auth: null,
  options: [],
  outerOptions: [],
  variables: [],
  asks: [],
  secrets: [],
}

/** An empty body of a kind. */
export function emptyBody(kind: BodyKind): Body {
  switch (kind) {
    case 'none':
      return { kind }
    case 'json':
      return { kind, text: '', asTyped: false }
    case 'text':
    case 'xml':
      return { kind, text: '' }
    case 'graphql':
      return { kind, query: '', variables: '' }
    case 'form':
      return { kind, rows: [] }
    case 'multipart':
      return { kind, parts: [] }
    case 'file':
      return { kind, path: '', contentType: '' }
    case 'websocket':
      return { kind, messages: [{ title: '', type: 'text', data: '' }] }
  }
}

/** Empty credentials of a kind. */
export function emptyAuth(kind: Exclude<AuthKind, 'unsupported'>): Auth {
  switch (kind) {
    case 'none':
    case 'inherit':
      return { kind }
    case 'basic':
    case 'digest':
      return { kind, username: '', password: '' }
    case 'bearer':
      return { kind, token: '' }
    case 'apikey':
      return { kind, key: '', value: '', placement: 'header' }
    case 'header':
      return { kind, name: '', prefix: '', value: '' }
    case 'oauth2':
      return { ...EMPTY_OAUTH2 }
    case 'oauth1':
      return { ...EMPTY_OAUTH1 }
    case 'awsv4':
      return { kind, accessKeyId: '', secretAccessKey: '', sessionToken: '', service: '', region: '' }
  }
}

const EMPTY_OAUTH2: OAuth2Auth = {
  kind: 'oauth2',
  flow: 'client_credentials',
  authorizationUrl: '',
  accessTokenUrl: '',
  refreshTokenUrl: '',
  callbackUrl: '',
  clientId: '',
  clientSecret: '',
  clientAuth: 'basic',
  username: '',
  password: '',
  scope: '',
  state: '',
  pkce: true,
  authorizationParams: [],
  tokenParams: [],
  refreshParams: [],
  tokenId: '',
  tokenSource: 'access_token',
  tokenPlacement: 'header',
  tokenPrefix: 'Bearer',
  tokenQueryName: 'access_token',
  autoFetch: true,
  autoRefresh: true,
}

const EMPTY_OAUTH1: OAuth1Auth = {
  kind: 'oauth1',
  consumerKey: '',
  consumerSecret: '',
  accessToken: '',
  accessTokenSecret: '',
  signatureMethod: 'HMAC-SHA1',
  privateKey: '',
  privateKeyIn: 'text',
  callbackUrl: '',
  verifier: '',
  timestamp: '',
  nonce: '',
  version: '',
  realm: '',
  placement: 'header',
  includeBodyHash: false,
}
