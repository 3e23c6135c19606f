/**
 * Text in UTF-16 or UTF-32 without a byte order mark, told by its bytes alone. Pure bytes, used by core, which decodes it,
 * and by the window, which must know first whether a body is text at all, so that both see the same.
 */

export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

const WIDE: readonly (readonly [encoding: WideEncoding, unitBytes: 2 | 4, isLittle: boolean])[] = [
  ['utf-16le', 2, true],
  ['utf-16be', 2, false],
  ['utf-32le', 4, true],
  ['utf-32be', 4, false],
]
/** Fewer characters are no evidence. */
const LEAST = 4
/** Of the characters, those of Latin-1: all that such bytes can be known by are the zeros beside them. */
const LATIN_SHARE = 0.7
/** Of the characters in UTF-16, those whose low byte is zero: more of them is what other zeros look like. */
const ROUND_SHARE = 0.05

/** Which of them the bytes are text in; null where they are in none. What is left of a character at their end is no fault. */
export function wideEncodingOf(bytes: Uint8Array): WideEncoding | null {
  const found = WIDE.find(([, unitBytes, isLittle]) => isWideText(bytes, unitBytes, isLittle))
  return found?.[0] ?? null
}

function isWideText(bytes: Uint8Array, unitBytes: 2 | 4, isLittle: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units = Math.floor(bytes.length / unitBytes)
  let latin = 0
  let round = 0
  for (let index = 0; index < units; index += 1) {
    const at = index * unitBytes
    const unit = unitBytes === 2 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle)
    if (isNoText(unit)) return false
    if (unit < 0x100) latin += 1
    if (unit % 0x100 === 0) round += 1
  }
  const isEven = unitBytes === 4 || round <= units * ROUND_SHARE
  return units >= LEAST && latin > units * LATIN_SHARE && isEven
}

/** Controls that no text holds (tab, line ends, form feed and escape may stand in one), and what no character has for a number. */
function isNoText(unit: number): boolean {
  return unit > 0x10ffff || (unit < 0x20 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13 && unit !== 0x1b)
}
