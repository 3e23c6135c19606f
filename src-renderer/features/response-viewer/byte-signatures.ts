/**
 * What the first bytes of a body say it is, whatever its header says: signatures of pictures, documents, archives, audio,
 * video and fonts, and the ways in which HTML, XML and JSON begin. What follows from it is for body-kind.ts.
 *
 * @see https://mimesniff.spec.whatwg.org/ §6 (signatures), §7.1 (what begins a page)
 */

import { wideEncodingOf, type WideEncoding } from '#contract/model/wide-text.ts'
import { t } from '../../lib/t.ts'

export interface Signature {
  /** Media type, the usual one where there are several. */
  readonly type: string
  /** As it stands behind “the bytes are”. */
  readonly words: string
}

interface Rule extends Signature {
  readonly bytes: string
  readonly at?: number
  readonly and?: (head: Uint8Array) => boolean
}

const of = (type: string, words: string, bytes: string, more: Pick<Rule, 'at' | 'and'> = {}): Rule => ({ type, words, bytes, ...more })

const RULES: readonly Rule[] = [
  of('image/png', t`a PNG image`, '\x89PNG\r\n\x1a\n'),
  of('image/jpeg', t`a JPEG image`, '\xff\xd8\xff'),
  of('image/gif', t`a GIF image`, 'GIF87a'),
  of('image/gif', t`a GIF image`, 'GIF89a'),
  of('image/webp', t`a WebP image`, 'RIFF', { and: (head) => starts(head, 'WEBPVP', 8) }),
  of('image/avif', t`an AVIF image`, 'ftypavif', { at: 4 }),
  of('image/avif', t`an AVIF image`, 'ftypavis', { at: 4 }),
  of('image/bmp', t`a BMP image`, 'BM', { and: (head) => starts(head, '\0\0\0\0', 6) }),
  of('image/x-icon', t`an icon`, '\0\0\x01\0', { and: (head) => (head[4] ?? 0) > 0 && head[5] === 0 }),
  of('image/tiff', t`a TIFF image`, 'II*\0'),
  of('image/tiff', t`a TIFF image`, 'MM\0*'),
  of('application/pdf', t`a PDF document`, '%PDF-'),
  of('application/zip', t`a ZIP archive`, 'PK\x03\x04'),
  of('application/zip', t`an empty ZIP archive`, 'PK\x05\x06'),
  of('application/gzip', t`a gzip archive`, '\x1f\x8b\x08'),
  of('application/zstd', t`Zstandard data`, '\x28\xb5\x2f\xfd'),
  of('application/x-7z-compressed', t`a 7-Zip archive`, "7z\xbc\xaf'\x1c"),
  of('application/x-rar-compressed', t`a RAR archive`, 'Rar!\x1a\x07'),
  of('application/wasm', t`a WebAssembly module`, '\0asm'),
  of('audio/mp4', t`MPEG-4 audio`, 'ftypM4A', { at: 4 }),
  of('video/quicktime', t`a QuickTime video`, 'ftypqt', { at: 4 }),
  of('video/mp4', t`an MPEG-4 video`, 'ftyp', { at: 4 }),
  of('video/webm', t`a WebM video`, '\x1a\x45\xdf\xa3'),
  of('audio/mpeg', t`MP3 audio`, 'ID3', { and: (head) => (head[3] ?? 255) < 5 }),
  of('audio/mpeg', t`MP3 audio`, '\xff', { and: isMp3Frame }),
  of('audio/wav', t`WAV audio`, 'RIFF', { and: (head) => starts(head, 'WAVE', 8) }),
  of('audio/flac', t`FLAC audio`, 'fLaC'),
  of('audio/ogg', t`Ogg audio`, 'OggS\0'),
  of('audio/midi', t`a MIDI file`, 'MThd\0\0\0\x06'),
  of('font/woff', t`a WOFF font`, 'wOFF'),
  of('font/woff2', t`a WOFF2 font`, 'wOF2'),
  of('font/otf', t`an OpenType font`, 'OTTO\0'),
  of('font/ttf', t`a TrueType font`, '\0\x01\0\0', { and: (head) => (head[4] ?? 1) === 0 && (head[5] ?? 0) > 0 }),
  of('font/collection', t`a font collection`, 'ttcf\0'),
]

/** What the bytes are by their signature; null where they have none that is known. */
export function signatureOf(head: Uint8Array): Signature | null {
  const found = RULES.find(({ bytes, at = 0, and }) => starts(head, bytes, at) && (and?.(head) ?? true))
  return found ? { type: found.type, words: found.words } : null
}

export type TextSyntax = 'html' | 'xml' | 'svg' | 'json'

const PAGE = /^(?:<!doctype html|<html|<head|<body|<script|<iframe|<h1|<div|<font|<table|<a|<style|<title|<b|<br|<p)(?:[\s>]|\/>)/i
/** What a JSON text of lists or objects begins with, past its first value as far as that is short. */
const JSON_START =
  /^(?:\{\s*(?:"(?:[^"\\]|\\.)*(?:"\s*:|$)|\}\s*$|$)|\[\s*(?:[{["\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:,|\]\s*(?:$|[[{])|$)|(?:true|false|null)\b|$))/

/** The syntax that a text begins in; null where it is none of these. */
export function syntaxOf(head: Uint8Array): TextSyntax | null {
  const text = beginning(head)
  const behindComments = text.replace(/^(?:<!--[\s\S]*?-->\s*)+/, '')
  if (PAGE.test(behindComments)) return 'html'
  const behindProlog = behindComments.replace(/^(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!doctype svg[^>[]*(?:\[[^\]]*\])?[^>]*>\s*)+/i, '')
  if (/^<svg[\s>]/.test(behindProlog)) return 'svg'
  if (text.startsWith('<?xml')) return /^<(?:!doctype html|html)[\s>]/i.test(behindProlog) ? 'html' : 'xml'
  return JSON_START.test(text) ? 'json' : null
}

/** Whether a byte is among them that no text holds; text in UTF-16 or UTF-32, and what opens with a byte order mark, is never binary. */
export function looksBinary(head: Uint8Array): boolean {
  const isKnownText = starts(head, '\xef\xbb\xbf') || wideEncoding(head) !== null
  return (
    !isKnownText && head.some((byte) => byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f))
  )
}

/** The UTF-16 or UTF-32 that a text is in, by its mark or by its zeros; null where it is in none. */
function wideEncoding(head: Uint8Array): WideEncoding | null {
  if (starts(head, '\xff\xfe\0\0')) return 'utf-32le' // before utf-16le, whose mark it begins with
  if (starts(head, '\0\0\xfe\xff')) return 'utf-32be'
  if (starts(head, '\xfe\xff')) return 'utf-16be'
  if (starts(head, '\xff\xfe')) return 'utf-16le'
  return wideEncodingOf(head)
}

/** How a text begins. A syntax begins in ASCII, which in UTF-32, that browsers cannot decode, is what is left without the zeros. */
function beginning(head: Uint8Array): string {
  const wide = wideEncoding(head)
  const isUtf32 = wide === 'utf-32le' || wide === 'utf-32be'
  const bytes = isUtf32 ? head.filter((byte) => byte > 0 && byte < 0x80) : head
  return new TextDecoder(wide === null || isUtf32 ? 'utf-8' : wide).decode(bytes.subarray(0, 1024)).trimStart()
}

/** Whether the mark of a PDF is among the first 1024 bytes, where readers look for it: some have rubbish in front. */
export function mayBePdf(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, 1024)).includes('%PDF-')
}

/** Whether the bytes are text of some kind, as far as they go. */
export function isText(head: Uint8Array): boolean {
  return signatureOf(head) === null && !looksBinary(head)
}

function starts(head: Uint8Array, text: string, at = 0): boolean {
  for (let index = 0; index < text.length; index += 1) if (head[at + index] !== text.charCodeAt(index)) return false
  return true
}

/** A frame of layer III without a tag before it: its header has no field out of range. @see MIME Sniffing §6.2.4 */
function isMp3Frame(head: Uint8Array): boolean {
  const [, second = 0, third = 0] = head
  const isLayer3 = (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08
  return isLayer3 && third >> 4 !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c
}
