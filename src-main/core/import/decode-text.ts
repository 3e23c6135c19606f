/**
 * Bytes of a file that is to be imported as text: UTF-8 as nearly all are, UTF-16 as PowerShell and Windows editors write
 * it, with its mark or without. What is no text is told apart, so that a folder's pictures are passed over.
 */

export interface DecodedText {
  readonly text: string
  /** What it was read as. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

/** How much of a file tells whether it is a text. */
const SAMPLE_BYTES = 8192

/** @returns null for bytes that are no text */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const encoding = utf16Of(bytes)
  if (encoding !== null) return { text: new TextDecoder(encoding).decode(bytes), encoding }
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return null
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return hasControls(bytes) ? null : { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

/** By its mark, else because every second byte of a text in Latin letters is zero. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, SAMPLE_BYTES & ~1)
  if (sample.length < 4 || bytes.length % 2 !== 0) return null
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const half = sample.length / 2
  if (odd > half * 0.7 && even === 0) return 'utf-16le'
  return even > half * 0.7 && odd === 0 ? 'utf-16be' : null
}

/** Control characters that no text has: the bytes are of something else. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.subarray(0, SAMPLE_BYTES).some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte))
}
