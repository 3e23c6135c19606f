/**
 * Finds out which text encoding a body is in, from at most its first 64 KiB, and decodes it piece by piece. The order
 * is requests-like but mends its faults: a byte order mark is believed before a header, `text/*` without charset is not
 * simply Latin-1, and a guess is only made on enough evidence. An encoding the user chose overrides all this elsewhere.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'
import iconv from 'iconv-lite'
import type { EncodingEvidence } from '#contract/model/body.ts'
import type { EncodingFrom } from '#contract/model/exchange.ts'
import { wideEncodingOf } from '#contract/model/wide-text.ts'
import { CoreError } from '../lib/core-error.ts'
import { encodingName, whatwgName } from '../lib/encoding-names.ts'
import { charsetParameter, charsetsInContent, isJsonType, mediaType } from './declared-charset.ts'
import { incompleteTail } from './utf8.ts'

/** How much of a body's start is enough to detect its encoding, in bytes. */
export const SAMPLE_BYTES = 65_536

export interface DetectedEncoding {
  /** WHATWG's name in lower case where it has one, such as `utf-8` or `windows-1252`. */
  readonly encoding: string
  readonly from: EncodingFrom
}

/** Guessing by statistics takes time by length; this much decides as well as more. */
const GUESS_BYTES = 16_384
/** Fewer non-ASCII bytes than this are no evidence. */
const GUESS_MIN_BYTES = 5
/** chardet's own scale, 0 to 100: what its first choice must reach, and by how much it must lead the second. */
const GUESS_CONFIDENCE = 30
const GUESS_LEAD = 8

/**
 * Find the text encoding of a body: what the first source of {@link encodingEvidence} says that names one. An empty body is
 * utf-8, by default.
 *
 * @param sample    the first bytes of the decoded body, {@link SAMPLE_BYTES} at most
 * @param contentType  header value, empty where there is none
 * @param complete  whether `sample` is the whole body; if not, a character cut at its end is no fault
 */
export function detectEncoding(sample: Uint8Array, contentType: string, complete: boolean): DetectedEncoding {
  for (const { encoding, from } of encodingEvidence(sample, contentType, complete)) if (encoding !== null) return { encoding, from }
  return LAST_RESORT
}

const LAST_RESORT: DetectedEncoding = { encoding: 'windows-1252', from: 'default' }

/**
 * What each source says, the one that is believed most first, each looked for only when it is asked: a byte order mark;
 * the charset of the Content-Type; JSON's own rule; what the text says of itself (XML declaration, `@charset`, `<meta>`);
 * its bytes at large; the default.
 *
 * @see RFC 8259 §8.1; RFC 4627 §3; WHATWG Encoding §6 "BOM sniff"
 */
export function* encodingEvidence(sample: Uint8Array, contentType: string, complete: boolean): Generator<EncodingEvidence> {
  const bytes = sample.length > SAMPLE_BYTES ? sample.subarray(0, SAMPLE_BYTES) : sample
  if (bytes.length === 0) {
    yield { from: 'default', encoding: 'utf-8', label: null, note: 'the body is empty' }
    return
  }
  yield { from: 'bom', encoding: byteOrderMark(bytes), label: null, note: null }
  const label = charsetParameter(contentType)
  yield { from: 'header', encoding: label === null ? null : encodingName(label), label, note: null }
  const type = mediaType(contentType)
  const valid = isValidUtf8(bytes, complete && bytes === sample)
  yield { from: 'json', encoding: jsonEncoding(bytes, isJsonType(type), valid), label: null, note: null }
  for (const { from, label: named, encoding } of charsetsInContent(bytes, type)) yield { from, encoding, label: named, note: null }
  yield { from: 'guess', label: null, ...byBytes(bytes, valid) }
  yield { ...LAST_RESORT, label: null, note: null }
}

/** From the bytes at large. */
function byBytes(bytes: Uint8Array, valid: boolean): Pick<EncodingEvidence, 'encoding' | 'note'> {
  const wide = wideEncodingOf(bytes.subarray(0, GUESS_BYTES))
  if (wide !== null)
    return { encoding: wide, note: wide.startsWith('utf-16') ? 'every second byte is zero' : 'three of four bytes are zero' }
  const escapes = escapeEncoding(bytes)
  if (escapes !== null) return { encoding: escapes, note: 'its escape sequences' }
  if (valid) return { encoding: 'utf-8', note: 'they are valid UTF-8' }
  return guess(bytes)
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [first] = bytes
  if (first !== 0xef && first !== 0xff && first !== 0xfe && first !== 0) return null
  const starts = (...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte)
  if (starts(0xef, 0xbb, 0xbf)) return 'utf-8'
  if (starts(0xff, 0xfe, 0, 0)) return 'utf-32le' // before utf-16le, whose mark it begins with
  if (starts(0, 0, 0xfe, 0xff)) return 'utf-32be'
  if (starts(0xff, 0xfe)) return 'utf-16le'
  if (starts(0xfe, 0xff)) return 'utf-16be'
  return null
}

function isValidUtf8(bytes: Uint8Array, complete: boolean): boolean {
  return isUtf8(complete ? bytes : bytes.subarray(0, bytes.length - incompleteTail(bytes)))
}

/**
 * JSON begins with an ASCII character, so the NULs among its first four bytes tell the width and the byte order. Where
 * nobody said that it is JSON, it must look like it, and the second character too must be ASCII.
 */
function jsonEncoding(bytes: Uint8Array, declared: boolean, validUtf8: boolean): string | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  const opens = [0x7b, 0x5b, 0x22].includes(a || b || c || d)
  if (declared || opens) {
    if (bytes.length >= 4 && a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be'
    if (bytes.length >= 4 && a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le'
    if (bytes.length >= 2 && a === 0 && b !== 0 && (declared || (c === 0 && d !== 0))) return 'utf-16be'
    if (bytes.length >= 2 && a !== 0 && b === 0 && (declared || (c !== 0 && d === 0))) return 'utf-16le'
  }
  return declared && validUtf8 ? 'utf-8' : null
}

/** ISO-2022-JP is all ASCII bytes; only its escape sequences give it away. */
function escapeEncoding(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!text.includes(0x1b) || !isAscii(text)) return null
  return ['\x1b$@', '\x1b$B', '\x1b(J', '\x1b(I'].some((escape) => text.includes(escape, 0, 'latin1')) ? 'iso-2022-jp' : null
}

function guess(bytes: Uint8Array): Pick<EncodingEvidence, 'encoding' | 'note'> {
  const from = Math.max(0, bytes.findIndex((byte) => byte >= 0x80) - 256)
  const window = bytes.subarray(from, from + GUESS_BYTES)
  if (window.includes(0)) return { encoding: null, note: 'it has zero bytes, as no text has' }
  if (countNonAscii(window) < GUESS_MIN_BYTES) return { encoding: null, note: 'too few bytes beyond ASCII to tell' }
  const [best, second, third] = analyse(window)
  const note = [best, second, third].flatMap((one) => (one ? [`${one.name} ${one.confidence}%`] : [])).join(', ')
  const isSure = best !== undefined && best.confidence >= GUESS_CONFIDENCE && best.confidence - (second?.confidence ?? 0) >= GUESS_LEAD
  return { encoding: isSure ? encodingName(best.name) : null, note: isSure ? note : `not sure enough: ${note}` }
}

function countNonAscii(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte >= 0x80) count += 1
  return count
}

export interface StreamDecoder {
  /** Text of the bytes so far; a character cut at the end comes with the next piece. */
  readonly write: (bytes: Uint8Array) => string
  /** What is left: U+FFFD for a character that never ended, else nothing. */
  readonly end: () => string
}

/**
 * A decoder for one body. It leaves out a byte order mark, and puts U+FFFD where bytes mean nothing.
 *
 * @param encoding any label of a text encoding
 * @throws {CoreError} `InvalidOption`: the encoding is not known
 */
export function decoderFor(encoding: string): StreamDecoder {
  const name = encodingName(encoding)
  if (name === null) {
    throw new CoreError('InvalidOption', 'decode', `There is no text encoding named “${encoding.slice(0, 60)}”.`, {
      hint: 'Choose one such as utf-8, windows-1252 or shift_jis.',
    })
  }
  if (whatwgName(name) !== null) return standardDecoder(name)
  const decoder = iconv.getDecoder(name)
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
    end: () => decoder.end() ?? '',
  }
}

/**
 * Node's decoder throws for some malformed GBK and GB18030 that is cut in two, though it was told to replace
 * (https://encoding.spec.whatwg.org/#error-mode). What it held is then lost to U+FFFD, and the piece is read anew.
 */
function standardDecoder(name: string): StreamDecoder {
  let decoder = new TextDecoder(name)
  const mended = (decode: () => string, bytes: Uint8Array): string => {
    try {
      return decode()
    } catch {
      decoder = new TextDecoder(name, { ignoreBOM: true })
      return `\ufffd${iconv.encodingExists(name) ? iconv.decode(bytes, name) : ''}`
    }
  }
  return {
    write: (bytes) => mended(() => decoder.decode(bytes, { stream: true }), bytes),
    end: () => mended(() => decoder.decode(), new Uint8Array()),
  }
}
