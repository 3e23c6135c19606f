/** Credentials as security schemes. Their values are not in a description; what they are called by is kept. */
import { assertNever } from '#contract/result.ts'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { partsOf } from '../references.ts'

export type Requirement = Readonly<Record<string, readonly string[]>>

export interface SecuritySchemes {
  /** What a request with these credentials asks for; null: nothing. */
  readonly requirementOf: (auth: Auth, lost: (message: string) => void) => Requirement | null
  readonly schemes: () => Readonly<Record<string, object>>
}

export function createSecuritySchemes(): SecuritySchemes {
  const named = new Map<string, { readonly text: string; readonly scheme: object }>()
  const nameFor = (wanted: string, scheme: object): string => {
    const text = JSON.stringify(scheme)
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted}${number}`
      const there = named.get(name)
      if (!there) named.set(name, { text, scheme })
      if (!there || there.text === text) return name
    }
  }
  return {
    requirementOf: (auth, lost) => {
      const made = schemeOf(auth, lost)
      return made && { [nameFor(made.name, made.scheme)]: made.scopes }
    },
    schemes: () => Object.fromEntries([...named].map(([name, { scheme }]) => [name, scheme])),
  }
}

interface Made {
  readonly name: string
  readonly scheme: object
  readonly scopes: readonly string[]
}

function schemeOf(auth: Auth, lost: (message: string) => void): Made | null {
  const made = (name: string, scheme: object, scopes: readonly string[] = []): Made => ({ name, scheme, scopes })
  switch (auth.kind) {
    case 'none':
    case 'inherit':
      return null
    case 'basic':
    case 'digest':
      return made(nameOf(auth.password, 'Password') ?? `${auth.kind}Auth`, {
        type: 'http',
        scheme: auth.kind,
        ...fieldsOf(auth, ['username', 'password']),
      })
    case 'bearer':
      return made(nameOf(auth.token, 'Token') ?? 'bearerAuth', { type: 'http', scheme: 'bearer', ...fieldsOf(auth, ['token']) })
    case 'apikey':
      return made(nameOf(auth.value, '') ?? 'apiKey', { type: 'apiKey', in: auth.placement, name: auth.key, ...fieldsOf(auth, ['value']) })
    case 'header':
      if (auth.prefix !== '') lost(`That the value of ${auth.name} begins with "${auth.prefix}" is not in it.`)
      return made(nameOf(auth.value, '') ?? 'apiKey', { type: 'apiKey', in: 'header', name: auth.name, ...fieldsOf(auth, ['value']) })
    case 'oauth2': {
      const scopes = auth.scope.split(/\s+/).filter((scope) => scope !== '')
      return made(
        nameOf(auth.clientSecret, 'ClientSecret') ?? 'oauth2',
        { type: 'oauth2', flows: flowsOf(auth, scopes), ...fieldsOf(auth, ['clientId', 'clientSecret', 'username', 'password']) },
        scopes,
      )
    }
    case 'oauth1':
    case 'awsv4':
    case 'unsupported':
      lost(`Credentials of the kind ${auth.kind === 'unsupported' ? auth.type : auth.kind} are not in it.`)
      return null
    default:
      return assertNever(auth)
  }
}

/** Which variables the fields are, for a program that knows this extension; a value that is no reference is left out, but for a name. */
function fieldsOf<K extends string>(auth: Readonly<Record<K, string>>, keys: readonly K[]): object {
  const isSaid = (key: K): boolean => /^\{\{[\w.-]+\}\}$/.test(auth[key]) || (/^(?:username|clientId)$/.test(key) && auth[key] !== '')
  const said = keys.filter(isSaid).map((key) => [key, auth[key]])
  return said.length === 0 ? {} : { 'x-posthaste': Object.fromEntries(said) as object }
}

/** The name of the variable that a secret is, without the ending that an import gives it. */
function nameOf(secret: string, ending: string): string | null {
  const [only, ...more] = partsOf(secret)
  if (only === undefined || typeof only === 'string' || more.length > 0) return null
  const name = ending !== '' && only.name.endsWith(ending) ? only.name.slice(0, -ending.length) : only.name
  return /^[\w.-]+$/.test(name) ? name : null
}

function flowsOf(auth: OAuth2Auth, scopes: readonly string[]): object {
  const named = Object.fromEntries(scopes.map((scope) => [scope, '']))
  const refresh = auth.refreshTokenUrl === '' ? {} : { refreshUrl: auth.refreshTokenUrl }
  switch (auth.flow) {
    case 'client_credentials':
      return { clientCredentials: { tokenUrl: auth.accessTokenUrl, ...refresh, scopes: named } }
    case 'password':
      return { password: { tokenUrl: auth.accessTokenUrl, ...refresh, scopes: named } }
    case 'authorization_code':
      return { authorizationCode: { authorizationUrl: auth.authorizationUrl, tokenUrl: auth.accessTokenUrl, ...refresh, scopes: named } }
  }
}
