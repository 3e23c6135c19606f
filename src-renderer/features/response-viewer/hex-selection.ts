/** Bytes chosen in a hex view: reading offsets and patterns as people type them, and moving by keys. */

/** Both ends are in it; the focus moves. */
export interface ByteSelection {
  readonly anchor: number
  readonly focus: number
}

export interface ByteSpan {
  readonly first: number
  readonly last: number
}

export function spanOf({ anchor, focus }: ByteSelection): ByteSpan {
  return { first: Math.min(anchor, focus), last: Math.max(anchor, focus) }
}

/**
 * The offset that `1234`, `1,234`, `0x4d2` or `4D2h` names.
 *
 * @returns null where the text names none, or one behind the last byte
 */
export function offsetOf(text: string, bytes: number): number | null {
  const [, hex, hexWithH, decimal] = /^\s*(?:0x([0-9a-f]{1,13})|([0-9a-f]{1,13})h|(\d{1,3}(?:,\d{3})+|\d{1,16}))\s*$/i.exec(text) ?? []
  const digits = hex ?? hexWithH
  const offset = digits === undefined ? Number(decimal?.replaceAll(',', '') ?? NaN) : Number.parseInt(digits, 16)
  return offset >= 0 && offset < bytes ? offset : null
}

/**
 * What is looked for: `89 50 4e`, `0x89504E`, or with at least two pairs of hex digits `89504e` are bytes, all else is
 * text in UTF-8; text in double quotes is text whatever it looks like. Empty where there is nothing to look for.
 */
export function patternOf(text: string): Uint8Array {
  const quoted = /^"(.*)"$/s.exec(text)?.[1]
  if (quoted !== undefined) return new TextEncoder().encode(quoted)
  const isBytes = /^\s*(?:0x(?:[0-9a-f]{2})+|[0-9a-f]{2}(?:\s+[0-9a-f]{2})+|(?:[0-9a-f]{2}){2,})\s*$/i.test(text)
  if (!isBytes) return new TextEncoder().encode(text)
  const digits = text.replaceAll(/0x|\s/gi, '')
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16))
}

/** Where the pattern first stands at or behind `from`; -1 where it does not. */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  const [first] = pattern
  if (first === undefined) return -1
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + pattern.length > bytes.length) return -1
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}

/** The selection after a key; null where the key does not move it. */
export function selectionAfterKey(
  selection: ByteSelection,
  event: { readonly key: string; readonly shiftKey: boolean },
  perRow: number,
  bytes: number,
): ByteSelection | null {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }[event.key]
  if (step === undefined) return null
  const moved = selection.focus + step
  if (moved < 0 || moved >= bytes) return selection
  return { anchor: event.shiftKey ? selection.anchor : moved, focus: moved }
}

/** The byte at a column of the hex text of a row, of which each takes three and the second eight are set off by one. */
export function byteAtColumn(column: number, perRow: number): number {
  const behindGap = column >= 24 ? column - 1 : column
  return Math.min(perRow - 1, Math.max(0, Math.floor(behindGap / 3)))
}

/** The part of a row's hex text that shows the bytes `from` to `to` of it, both included. */
export function columnsOf(from: number, to: number): { readonly start: number; readonly end: number } {
  const column = (byte: number): number => byte * 3 + (byte >= 8 ? 1 : 0)
  return { start: column(from), end: column(to) + 2 }
}
