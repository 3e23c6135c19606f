/** The empty request and the defaults of its options. No schema in here, so the window can import it for nothing. */
import type { Auth, AuthKind, Body, BodyKind, RequestDocument } from './request.ts'

export const DEFAULT_TIMEOUT_SECONDS = { connect: 10, read: 30, total: null } as const
export const DEFAULT_MAX_REDIRECTS = 30
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
    docs: '',
  }
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
  }
}
