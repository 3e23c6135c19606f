/** Dates of header fields: all three forms that HTTP has known, and nothing that JavaScript alone would take for a date. */

const IMF_OR_RFC850 = /^[A-Za-z]+, \d{2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME = /^[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * Milliseconds since the epoch; null where the text is no date of HTTP.
 *
 * @see RFC 9110 §5.6.7
 */
export function httpDate(text: string): number | null {
  const trimmed = text.trim()
  const isDate = IMF_OR_RFC850.test(trimmed) || ASCTIME.test(trimmed)
  if (!isDate) return null
  // A date of the third form names no zone and is meant in GMT.
  const time = Date.parse(ASCTIME.test(trimmed) ? `${trimmed} GMT` : trimmed)
  return Number.isNaN(time) ? null : time
}
