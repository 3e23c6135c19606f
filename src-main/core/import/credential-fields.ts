/** Which fields of credentials are the secret ones; the others, such as a user's name, are shown in files. */
import { assertNever } from '#contract/result.ts'
import type { OAuth2Param } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { isSecretField, variableNameFor } from './credential-names.ts'

/** @param hide puts a reference in the place of a value, with a variable of that name or a numbered one */
export function hideAuth(auth: Auth, hide: (value: string, name: string) => string): Auth {
  switch (auth.kind) {
    case 'none':
    case 'inherit':
    case 'unsupported':
      return auth
    case 'basic':
    case 'digest':
      return { ...auth, password: hide(auth.password, 'password') }
    case 'bearer':
      return { ...auth, token: hide(auth.token, 'token') }
    case 'apikey':
      return { ...auth, value: hide(auth.value, variableNameFor(auth.key === '' ? 'api_key' : auth.key)) }
    case 'header':
      return { ...auth, value: hide(auth.value, /^authorization$/i.test(auth.name) ? 'token' : variableNameFor(auth.name)) }
    case 'oauth2': {
      const params = (list: readonly OAuth2Param[]): OAuth2Param[] =>
        list.map((param) => (isSecretField(param.name) ? { ...param, value: hide(param.value, variableNameFor(param.name)) } : param))
      return {
        ...auth,
        clientSecret: hide(auth.clientSecret, 'client_secret'),
        password: hide(auth.password, 'password'),
        authorizationParams: params(auth.authorizationParams),
        tokenParams: params(auth.tokenParams),
        refreshParams: params(auth.refreshParams),
      }
    }
    case 'oauth1':
      return {
        ...auth,
        consumerSecret: hide(auth.consumerSecret, 'consumer_secret'),
        accessToken: hide(auth.accessToken, 'access_token'),
        accessTokenSecret: hide(auth.accessTokenSecret, 'access_token_secret'),
        privateKey: auth.privateKeyIn === 'text' ? hide(auth.privateKey, 'private_key') : auth.privateKey,
      }
    case 'awsv4':
      return {
        ...auth,
        secretAccessKey: hide(auth.secretAccessKey, 'aws_secret_access_key'),
        sessionToken: hide(auth.sessionToken, 'aws_session_token'),
      }
    default:
      return assertNever(auth)
  }
}
