/** The text of a Cookie header as rows, where joining them gives the text again. */
import type { Row } from '#contract/model/request.ts'

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** @returns null where the text is more than pairs: it is then sent as a header */
export function cookieRows(text: string): Row[] | null {
  const pairs = text.replace(/;[ \t]*$/, '').split(/;[ \t]*/)
  const rows = pairs.map((pair): Row | null => {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, Math.max(equals, 0))
    const value = pair.slice(equals + 1)
    const isPlain = NAME.test(name) && value.trim() === value && /^[\x20-\x7e\x80-\xff]*$/.test(value)
    return isPlain ? { name, value, enabled: true } : null
  })
  return rows.every((one) => one !== null) ? rows : null
}
