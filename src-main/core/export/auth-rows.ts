/** Credentials as the header, query pair or cookie that they are sent as, for formats that have no word for them. */
import { assertNever } from '#contract/result.ts'
import type { Auth } from '#contract/model/request.ts'

interface AuthRows {
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly query: readonly { readonly name: string; readonly value: string }[]
  /** Why they are not all there is; null where they are. */
  readonly lost: string | null
}

const NOTHING: AuthRows = { headers: [], query: [], lost: null }

/**
 * @param basic how the credentials of Basic are written behind its word
 * @returns references stay in them; a token that has to be fetched is `{{access_token}}`
 */
export function authRows(auth: Auth, basic: (username: string, password: string) => string): AuthRows {
  const header = (name: string, value: string): AuthRows => ({ ...NOTHING, headers: [{ name, value }] })
  switch (auth.kind) {
    case 'none':
    case 'inherit':
      return NOTHING
    case 'basic':
      return header('Authorization', `Basic ${basic(auth.username, auth.password)}`)
    case 'bearer':
      return header('Authorization', `Bearer ${auth.token}`)
    case 'apikey':
      return auth.placement === 'header' ? header(auth.key, auth.value) : { ...NOTHING, query: [{ name: auth.key, value: auth.value }] }
    case 'header':
      return header(auth.name, `${auth.prefix}${auth.value}`)
    case 'oauth2': {
      const value = '{{access_token}}'
      const rows =
        auth.tokenPlacement === 'query'
          ? { ...NOTHING, query: [{ name: auth.tokenQueryName, value }] }
          : header('Authorization', `${auth.tokenPrefix} ${value}`.trim())
      return { ...rows, lost: 'Its OAuth 2.0 token is not fetched there: the variable access_token stands for it.' }
    }
    case 'digest':
    case 'oauth1':
    case 'awsv4':
    case 'unsupported':
      return { ...NOTHING, lost: `Credentials of the kind ${auth.kind === 'unsupported' ? auth.type : auth.kind} are not in it.` }
    default:
      return assertNever(auth)
  }
}
