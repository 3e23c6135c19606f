/** The content of a body in chunks (RFC 9112 §7.1), of a text whose line breaks may be LF alone. */

export interface Unchunked {
  readonly text: string
  /** Of the chunks with all that is about them, in characters of the text. */
  readonly length: number
}

/** @returns null where sizes and chunks do not fit */
export function unchunked(source: string): Unchunked | null {
  const bytes = Buffer.from(source, 'utf8')
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const close = bytes.indexOf(10, at)
    const stop = close < 0 ? bytes.length : close
    const size = /^([0-9a-fA-F]{1,8})(?:;.*)?\r?$/.exec(bytes.subarray(at, Math.min(stop, at + 200)).toString('latin1'))?.[1]
    if (size === undefined) return null
    const length = parseInt(size, 16)
    at = Math.min(stop + 1, bytes.length)
    if (length === 0) break
    if (at + length > bytes.length) return null
    chunks.push(bytes.subarray(at, at + length))
    at += length
    if (bytes[at] === 13) at += 1
    if (bytes[at] !== 10) return null
    at += 1
  }
  return { text: Buffer.concat(chunks).toString('utf8'), length: bytes.subarray(0, at).toString('utf8').length }
}
