/** Facts about UTF-8 bytes that let text be cut, counted and checked without decoding it. */
import { isAscii } from 'node:buffer'
import { countUnits } from './byte-counts.ts'

/** Length of the character begun by a lead byte, in bytes; 0 where the byte begins none that is longer than one. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  if (lead >= 0xf0 && lead <= 0xf4) return 4
  return 0
}

/** How many bytes at the end begin a character that is cut off there: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    return sequenceLength(byte) > back ? back : 0
  }
  return 0
}

/** Length in UTF-16 units of valid UTF-8. */
export function utf16Length(bytes: Uint8Array): number {
  return isAscii(bytes) ? bytes.length : countUnits(bytes)
}
