/** Rows of a hex view: sixteen bytes, or eight where there is no room, as an offset, hex pairs and the characters they may stand for. */

export const BYTES_PER_ROW = 16

export interface HexRow {
  readonly offset: string
  readonly hex: string
  readonly ascii: string
}

/** Digits of the offset column, enough for the last row. */
export function offsetDigits(totalBytes: number): number {
  return Math.max(8, Math.max(0, totalBytes - 1).toString(16).length)
}

/** Digits of the offset column where there is little room: no more than the last row needs. */
export function shortDigits(totalBytes: number): number {
  return Math.max(4, Math.max(0, totalBytes - 1).toString(16).length)
}

/**
 * One row.
 *
 * @param bytes at most `perRow`; a shorter row is filled with blanks so that columns align
 */
export function hexRow(bytes: Uint8Array, offset: number, digits: number, perRow = BYTES_PER_ROW): HexRow {
  let hex = ''
  let ascii = ''
  for (let index = 0; index < perRow; index += 1) {
    const byte = bytes[index]
    hex += `${index === 8 ? ' ' : ''}${byte === undefined ? '  ' : byte.toString(16).padStart(2, '0')} `
    if (byte !== undefined) ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
  }
  return { offset: offset.toString(16).padStart(digits, '0'), hex: hex.trimEnd().padEnd(perRow * 3 - (perRow > 8 ? 0 : 1)), ascii }
}

/** How many bytes a row shows in a view of so many columns: sixteen, or half of them where they would not fit. */
export function bytesPerRow(columns: number, digits: number): number {
  const wanted = digits + 2 + BYTES_PER_ROW * 3 + 2 + BYTES_PER_ROW
  return columns >= wanted ? BYTES_PER_ROW : BYTES_PER_ROW / 2
}

/** Bytes as rows of text, as `hexdump -C` prints them. */
export function hexDump(bytes: Uint8Array): string {
  const digits = offsetDigits(bytes.length)
  const rows: string[] = []
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_ROW) {
    const row = hexRow(bytes.subarray(offset, offset + BYTES_PER_ROW), offset, digits)
    rows.push(`${row.offset}  ${row.hex}  ${row.ascii}`)
  }
  return rows.join('\n')
}
