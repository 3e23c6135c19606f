/** Rows of a hex view: sixteen bytes as an offset, hex pairs and the characters they may stand for. */

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

/**
 * One row.
 *
 * @param bytes at most sixteen; a shorter row is filled with blanks so that columns align
 */
export function hexRow(bytes: Uint8Array, offset: number, digits: number): HexRow {
  let hex = ''
  let ascii = ''
  for (let index = 0; index < BYTES_PER_ROW; index += 1) {
    const byte = bytes[index]
    hex += `${index === 8 ? ' ' : ''}${byte === undefined ? '  ' : byte.toString(16).padStart(2, '0')} `
    if (byte !== undefined) ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
  }
  return { offset: offset.toString(16).padStart(digits, '0'), hex: hex.trimEnd().padEnd(BYTES_PER_ROW * 3), ascii }
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
