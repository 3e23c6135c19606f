/** Hides the secret part of a header's value. Scheme and cookie names stay, because they are what one looks for. */
import { isSecretHeaderName } from '#contract/model/secret-names.ts'

export const MASK = '••••••••'

/**
 * A header's value with its secret part replaced; the value itself where its name tells of none.
 *
 * @param isSecret for a header that is known to hold a secret whatever its name
 */
export function maskedValue(name: string, value: string, isSecret = isSecretHeaderName(name)): string {
  if (!isSecret) return value
  if (/^cookie$/i.test(name)) return value.replace(/([^=;\s][^=;]*)=([^;]*)/g, `$1=${MASK}`)
  const scheme = /^(?:proxy-)?authorization$/i.test(name) ? /^[A-Za-z][\w-]*(?= +\S)/.exec(value)?.[0] : undefined
  return scheme === undefined ? MASK : `${scheme} ${MASK}`
}
