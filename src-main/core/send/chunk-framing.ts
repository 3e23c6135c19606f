/**
 * Follows the framing of a body in chunks (RFC 9112 §7.1) past its data, to know what comes behind its end: the parsers
 * undo the framing, and say nothing of more. What it cannot follow is the parser's to refuse.
 */
export interface ChunkFraming {
  readonly take: (bytes: Uint8Array) => void
  /** How many bytes came behind the last chunk and its trailers; null while that has not come, or cannot be made out. */
  readonly surplus: () => number | null
}

type Place = 'size' | 'extension' | 'data' | 'dataEnd' | 'trailers' | 'behind' | 'lost'

const LF = 0x0a
const CR = 0x0d

export function createChunkFraming(): ChunkFraming {
  let place: Place = 'size'
  /** Of the chunk, as far as its digits or its data have come; of a line of trailers, how long it is. */
  let count = 0
  let digits = 0
  let surplus = 0

  const beginData = (): void => {
    place = digits === 0 ? 'lost' : count === 0 ? 'trailers' : 'data'
    digits = 0
  }
  const takeByte = (byte: number): void => {
    if (place === 'dataEnd') {
      if (byte === LF) place = 'size'
      return
    }
    if (place === 'trailers') {
      if (byte === LF && count === 0) place = 'behind'
      else if (byte === LF) count = 0
      else if (byte !== CR) count += 1
      return
    }
    if (byte === LF) return beginData()
    if (place === 'extension' || byte === CR) return
    const digit = digitOf(byte)
    if (digit === null) {
      place = digits === 0 ? 'lost' : 'extension'
      return
    }
    count = count * 16 + digit
    digits += 1
    if (!Number.isSafeInteger(count)) place = 'lost'
  }
  return {
    take: (bytes) => {
      for (let at = 0; at < bytes.length;) {
        if (place === 'lost') return
        if (place === 'behind') {
          surplus += bytes.length - at
          return
        }
        if (place !== 'data') takeByte(bytes[at++] ?? LF)
        else {
          const part = Math.min(count, bytes.length - at)
          at += part
          count -= part
          if (count === 0) place = 'dataEnd'
        }
      }
    },
    surplus: () => (place === 'behind' ? surplus : null),
  }
}

/** The value of a hexadecimal digit; null: it is none. */
function digitOf(byte: number): number | null {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : null
}
