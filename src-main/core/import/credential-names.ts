/** What holds a credential, judged by its name, and what the variable for it is to be called. */
import { isSecretHeaderName } from '#contract/model/secret-names.ts'

/** Names beyond those of headers: of query params, cookies and form fields. */
const SECRET_FIELD = /^(?:key|sig|signature|sid|jwt|csrf|xsrf|pass|passwd|pwd|pin|otp|appid|app_id|phpsessid|jsessionid|connect\.sid)$/i
/** Holds such a word, but is about credentials and none itself. */
const ABOUT =
  /(?:url|uri|type|expir\w*|expires?_?in|timeout|ttl|method|endpoint|host|scope|enabled|name|id|length|size|algorithm|header|prefix)$/i

export function isSecretHeader(name: string): boolean {
  return isSecretHeaderName(name) || SECRET_FIELD.test(name)
}

/** Of query params, cookies and fields of a form. */
export function isSecretField(name: string): boolean {
  if (SECRET_FIELD.test(name)) return true
  return isSecretHeaderName(name) && !ABOUT.test(name)
}

/** Of variables: more is called like a secret there, so a value that cannot be one does not count. */
export function isSecretVariable(name: string, value: string): boolean {
  if (!isSecretField(name) || /^(?:key|pin|pass|appid|app_id)$/i.test(name)) return false
  return !/^(?:https?:\/\/|true$|false$|\d{1,3}$)/i.test(value)
}

/** A variable's name after the name of what holds the value: `X-Api-Key` is `api_key`. */
export function variableNameFor(name: string): string {
  const plain = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^x_/, '')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'secret' : plain
}
