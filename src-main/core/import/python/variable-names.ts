/** Names of variables that stand for what a script does not say, and what their names tell of them. */

const SECRET = /token|secret|passw|passphrase|pwd|api_?key|apikey|auth|credential|private|session|cookie|signature|(^|_)key($|_)/i
/** What is no name of an object that holds one, such as `session` and `auth`. */
const CREDENTIAL = /token|secret|passw|pwd$|api_?key/i
const OPEN =
  /(^|_)(ur[il]|host(name)?|port|base|endpoint|domain|server|address|env(ironment)?|region|zone|lang(uage)?|locale|timeout|retries|limit|page|size|version|path|file(name)?|dir|folder|debug|verbose|level|mode|name|user(name)?|email|org|owner|repo|project|branch|city|country|format|scheme|method)($|_)|url$|host$/i

/** Whether a name says that its value may be seen. */
export function isOpenName(name: string): boolean {
  return OPEN.test(name) && !SECRET.test(name)
}

/** Whether a variable of that name holds a secret. @param isObject it may as well name an object that holds one */
export function isSecretName(name: string, isObject: boolean): boolean {
  return (isObject ? CREDENTIAL : SECRET).test(name)
}

/** A hint as a name of letters, digits and underscores. */
export function variableName(hint: string): string {
  const words = hint
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60)
  return words === '' ? 'value' : words
}
