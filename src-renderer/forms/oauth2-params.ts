/** Parameters of a token request that have a field of their own besides the table. */
import type { OAuth2Auth } from '#contract/model/auth.ts'

/** The value of the first enabled parameter of a name; empty where there is none. */
export function paramValue(auth: OAuth2Auth, name: string): string {
  return auth.tokenParams.find((param) => param.enabled && param.name === name)?.value ?? ''
}

/** The credentials with that parameter changed; it is added to the form where it is new, and goes where it is empty. */
export function withParamValue(auth: OAuth2Auth, name: string, value: string): OAuth2Auth {
  const at = auth.tokenParams.findIndex((param) => param.enabled && param.name === name)
  if (at < 0) {
    return value === '' ? auth : { ...auth, tokenParams: [...auth.tokenParams, { name, value, enabled: true, placement: 'body' }] }
  }
  const tokenParams = auth.tokenParams.flatMap((param, index) => (index !== at ? [param] : value === '' ? [] : [{ ...param, value }]))
  return { ...auth, tokenParams }
}
