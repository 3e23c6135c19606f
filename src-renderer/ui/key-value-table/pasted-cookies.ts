/** Cookies from pasted text: the line of a `Cookie` header, with or without its name, or one of `Set-Cookie`. */
import { pastedRows, type PastedRow } from './pasted-rows.ts'

/** The rows that a text holds; null where it is not rows. Other text than cookies is read as that of any table. */
export function pastedCookies(text: string): PastedRow[] | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const rows = lines.map(cookiesOf)
  return rows.length > 0 && rows.every((one) => one !== null) ? rows.flat() : pastedRows(text)
}

function cookiesOf(line: string): PastedRow[] | null {
  const [, header = '', pairs = ''] = /^\s*(?:((?:set-)?cookie)\s*:\s*)?(.*)$/i.exec(line) ?? []
  const parts = pairs.split(';').filter((part) => part.trim() !== '')
  // By itself `a=1` may well be a name.
  if (header === '' && parts.length < 2) return null
  const wanted = header.toLowerCase() === 'set-cookie' ? parts.slice(0, 1) : parts
  const rows = wanted.map((part) => /^\s*([^=\s]+)=(.*)$/.exec(part))
  return rows.every((row) => row !== null) ? rows.map((row) => ({ name: row[1] ?? '', value: (row[2] ?? '').trim(), enabled: true })) : null
}
