/** JSON strings from their bytes, whole or in pieces, as the grammar has passed them: nothing is checked again. */
import { incompleteTail } from './utf8.ts'

const BACKSLASH = 0x5c

/** What a string says. @param quoted its bytes with both quotes */
export function decodedString(quoted: Uint8Array): string {
  return decodedPiece(quoted.subarray(1, quoted.length - 1))
}

/** What a part of a string says, which is cut neither within a character nor within an escape. */
export function decodedPiece(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (LETTERS[letter ?? ''] ?? letter ?? '') : String.fromCharCode(parseInt(hex, 16)),
  )
}

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * How many of the bytes, which begin at a character of a string, can be decoded by themselves: all but what is cut off.
 *
 * @param isWhole whether they are the string's last: then nothing is cut
 */
export function wholeCharacters(bytes: Uint8Array, isWhole: boolean): number {
  if (isWhole) return bytes.length
  // An escape has six bytes at most; whether a backslash begins one or is escaped itself depends on how many stand there.
  const last = bytes.lastIndexOf(BACKSLASH)
  if (last >= Math.max(0, bytes.length - 6)) {
    let first = last
    while (first > 0 && bytes[first - 1] === BACKSLASH) first -= 1
    const isEscape = (last - first) % 2 === 0
    const length = bytes[last + 1] === 0x75 ? 6 : 2
    if (isEscape && last + length > bytes.length) return last
  }
  return bytes.length - incompleteTail(bytes)
}
