/** The bytes of a header's value as text: UTF-8 where they are that, else Latin-1, as people read them. */
import { isUtf8 } from 'node:buffer'

const NON_ASCII = /[\x80-\xff]/

/** @param latin1 the bytes, one character each */
export function headerText(latin1: string): string {
  if (!NON_ASCII.test(latin1)) return latin1
  const bytes = Buffer.from(latin1, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : latin1
}
