/**
 * Hides the secret part of a header's value, by one rule wherever heads are shown: before sending, after it, in the
 * history. The scheme stays, because it is what one looks for.
 */
import { isSecretHeaderName } from '#contract/model/secret-names.ts'

export const MASK = '••••••••'

/**
 * Whether a header of this name is shown hidden. Cookies are not: they stand in the clear in every table of them, and
 * in the Set-Cookie they came by.
 */
export function isMaskedHeaderName(name: string): boolean {
  return isSecretHeaderName(name) && !/^cookie$/i.test(name)
}

/**
 * A header's value with its secret part replaced; the value itself where its name tells of none.
 *
 * @param isSecret for a header that is known to hold a secret whatever its name
 */
export function maskedValue(name: string, value: string, isSecret = isMaskedHeaderName(name)): string {
  if (!isSecret) return value
  const scheme = /^(?:proxy-)?authorization$/i.test(name) ? /^[A-Za-z][\w-]*(?= +\S)/.exec(value)?.[0] : undefined
  return scheme === undefined ? MASK : `${scheme} ${MASK}`
}
