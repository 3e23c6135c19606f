/**
 * Credentials that are sent without being asked for: basic, bearer, API key, custom header. Kinds that answer a
 * challenge are flows of their own and do not belong here.
 */
import type { Auth } from '#contract/model/request.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import { basicCredentials, fitsLatin1, type BasicCharset } from '../prepare/basic-credentials.ts'
import type { AuthParts } from '../prepare/prepare-request.ts'

const NOTHING: AuthParts = { headers: [], query: [], fault: null }

/** What the credentials add to the request. Empty credentials add nothing. */
export function staticAuth(auth: Auth, charset: BasicCharset = 'utf-8'): AuthParts {
  switch (auth.kind) {
    case 'none':
    case 'inherit':
    case 'digest': // sends nothing before it is asked
      return NOTHING
    case 'basic':
      return basic(auth, charset)
    case 'bearer':
      return auth.token === '' ? NOTHING : header('Authorization', `Bearer ${auth.token.trim()}`)
    case 'apikey':
      return apiKey(auth)
    case 'header':
      return customHeader(auth)
    case 'unsupported':
      return {
        ...NOTHING,
        fault: {
          kind: 'UnsupportedAuth',
          field: 'kind',
          message: `Authentication of the type "${auth.type}" cannot be sent by this version.`,
          hint: 'It is kept in the file as it is. Choose another type to send.',
        },
      }
  }
}

function basic({ username, password }: Extract<Auth, { kind: 'basic' }>, charset: BasicCharset): AuthParts {
  if (username === '' && password === '') return NOTHING
  const wide =
    charset === 'utf-8' ? undefined : (['username', 'password'] as const).find((field) => !fitsLatin1({ username, password }[field]))
  if (wide !== undefined) {
    return faulty(wide, `The ${wide === 'username' ? 'user name' : 'password'} holds a character that Latin-1 does not have.`)
  }
  return header('Authorization', basicCredentials(username, password, charset))
}

function apiKey(auth: Extract<Auth, { kind: 'apikey' }>): AuthParts {
  if (auth.key === '' && auth.value === '') return NOTHING
  if (auth.key === '') return faulty('key', 'The API key has a value but no name.')
  if (auth.placement === 'query') return { ...NOTHING, query: [`${encodeFormText(auth.key)}=${encodeFormText(auth.value)}`] }
  return header(auth.key, auth.value)
}

function customHeader(auth: Extract<Auth, { kind: 'header' }>): AuthParts {
  if (auth.name === '' && auth.value === '') return NOTHING
  if (auth.name === '') return faulty('name', 'The header for the credentials has no name.')
  return header(auth.name, auth.prefix + auth.value)
}

function header(name: string, value: string): AuthParts {
  return { ...NOTHING, headers: [{ name, value }] }
}

function faulty(field: string, message: string): AuthParts {
  return { ...NOTHING, fault: { kind: 'InvalidHeader', field, message } }
}
