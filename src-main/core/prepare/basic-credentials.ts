/** The value of `Authorization` for Basic (RFC 7617 §2.1): UTF-8, or Latin-1 as in requests. */
import type { BasicCharset } from '#contract/model/auth.ts'

/** @param charset characters beyond Latin-1 lose their upper bits in `latin-1`: check with `fitsLatin1` first */
export function basicCredentials(username: string, password: string, charset: BasicCharset = 'utf-8'): string {
  return `Basic ${Buffer.from(`${username}:${password}`, charset === 'latin-1' ? 'latin1' : 'utf8').toString('base64')}`
}

export function fitsLatin1(text: string): boolean {
  return /^[\0-\xff]*$/.test(text)
}
