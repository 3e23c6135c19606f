/** What characters no text has: the "binary data bytes" of https://mimesniff.spec.whatwg.org/#binary-data-byte. */
const NOT_OF_TEXT = /[\0-\x08\x0B\x0E-\x1A\x1C-\x1F]/

/** Any bytes at all decode in a one-byte encoding, so what is decoded is looked at: no control characters, and few that no decoder knew. */
export function isText(decoded: string): boolean {
  if (NOT_OF_TEXT.test(decoded)) return false
  const unknown = decoded.split('\uFFFD').length - 1
  return unknown <= 8 || unknown < decoded.length / 100
}
