/** Numbers compared by their digits, so that those beyond a double's reach are told apart. */

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/
/** Beyond so many digits two numbers are compared as doubles. */
const MOST_DIGITS = 5000

/** @returns negative, zero or positive; null where one of them is no number */
export function compareNumbers(a: string, b: string): number | null {
  const [left, right] = [Number(a), Number(b)]
  if (a.trim() === '' || b.trim() === '' || Number.isNaN(left) || Number.isNaN(right)) return null
  // Far from each other, doubles tell; close to each other, the digits do.
  if (isExact(a, left) && isExact(b, right)) return left - right
  const [x, y] = [scaled(a), scaled(b)]
  if (x === null || y === null) return left === right ? 0 : left - right
  const exponent = Math.min(x.exponent, y.exponent)
  if (Math.max(x.exponent, y.exponent) - exponent > MOST_DIGITS) return left === right ? 0 : left < right ? -1 : 1
  const difference = x.digits * 10n ** BigInt(x.exponent - exponent) - y.digits * 10n ** BigInt(y.exponent - exponent)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** Written as JavaScript writes it, a number is what its double is. */
function isExact(text: string, value: number): boolean {
  return text.length < 16 && Number.isFinite(value)
}

function scaled(text: string): { readonly digits: bigint; readonly exponent: number } | null {
  const found = text.length > MOST_DIGITS ? null : DECIMAL.exec(text.trim())
  if (!found) return null
  const [, sign = '', whole = '', part = '', exponent = '0'] = found
  if (whole + part === '') return null
  const digits = BigInt(whole + part)
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - part.length }
}
