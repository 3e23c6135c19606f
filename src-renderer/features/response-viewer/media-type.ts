/**
 * What kind of content a body is, from its Content-Type and its first bytes. A declared type is believed unless the
 * bytes plainly contradict it, because servers often say `text/plain` or nothing at all.
 *
 * @see https://mimesniff.spec.whatwg.org/ §6.1 (image signatures) and §7.2 (binary data bytes)
 */

export type ContentClass = 'image' | 'text' | 'binary'

/** Types that an `img` element can show. */
const IMAGES = new Set([
  'image/apng',
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/jpg',
  'image/pjpeg',
  'image/png',
  'image/svg+xml',
  'image/vnd.microsoft.icon',
  'image/webp',
  'image/x-icon',
  'image/x-ms-bmp',
  'image/x-png',
])

/** Types below `application/` that are text whatever their bytes. */
const TEXT_APPLICATION = new Set([
  'ecmascript',
  'graphql',
  'javascript',
  'json',
  'x-javascript',
  'x-ndjson',
  'x-www-form-urlencoded',
  'xml',
  'yaml',
])

/** Types that may open with a stretch of plain ASCII and are still no text. */
const BINARY_APPLICATION = new Set([
  'pdf',
  'postscript',
  'wasm',
  'zip',
  'gzip',
  'x-gzip',
  'x-tar',
  'x-7z-compressed',
  'msgpack',
  'cbor',
  'grpc',
])

/** The essence of a Content-Type, without parameters and in lower case; empty where there is none. */
export function essenceOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Value of the first header of that name, or an empty text. */
export function headerValue(headers: readonly (readonly [string, string])[], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

/** Whether a Content-Type alone decides the class, so that the bytes need not be waited for. */
export function isDeclared(contentType: string): boolean {
  const essence = essenceOf(contentType)
  return IMAGES.has(essence) || isSurelyText(essence) || isSurelyBinary(essence)
}

/**
 * Class of a body.
 *
 * @param contentType value of the header, possibly empty
 * @param head the first bytes of the decoded body, at most a few KiB
 */
export function classOfContent(contentType: string, head: Uint8Array): ContentClass {
  const essence = essenceOf(contentType)
  if (IMAGES.has(essence)) return 'image'
  if (isSurelyText(essence)) return 'text'
  if (isSurelyBinary(essence)) return 'binary'
  if (sniffImage(head) !== null) return 'image'
  return looksBinary(head) && !/charset\s*=\s*["']?(utf-?|ucs-?)(16|32|2|4)/i.test(contentType) ? 'binary' : 'text'
}

/** The type to show an image under: the declared one, or the one its bytes say. */
export function imageType(contentType: string, head: Uint8Array): string {
  const essence = essenceOf(contentType)
  return IMAGES.has(essence) ? essence : (sniffImage(head) ?? 'application/octet-stream')
}

function isSurelyText(essence: string): boolean {
  const [type, subtype = ''] = essence.split('/')
  if (type === 'text') return subtype !== 'plain'
  return /\+(json|xml|yaml)$/.test(subtype) || (type === 'application' && TEXT_APPLICATION.has(subtype))
}

function isSurelyBinary(essence: string): boolean {
  const [type = '', subtype = ''] = essence.split('/')
  return ['audio', 'video', 'font', 'image'].includes(type) || (type === 'application' && BINARY_APPLICATION.has(subtype))
}

function sniffImage(head: Uint8Array): string | null {
  const starts = (at: number, text: string): boolean => [...text].every((character, index) => head[at + index] === character.charCodeAt(0))
  if (starts(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (starts(0, '\xff\xd8\xff')) return 'image/jpeg'
  if (starts(0, 'GIF87a') || starts(0, 'GIF89a')) return 'image/gif'
  if (starts(0, 'RIFF') && starts(8, 'WEBPVP')) return 'image/webp'
  if (starts(4, 'ftypavif') || starts(4, 'ftypavis')) return 'image/avif'
  if (starts(0, 'BM') && head[6] === 0 && head[7] === 0) return 'image/bmp'
  if (starts(0, '\x00\x00\x01\x00')) return 'image/x-icon'
  return null
}

/** Whether a byte is among them that no text holds; text that opens with a byte order mark is never binary. */
function looksBinary(head: Uint8Array): boolean {
  const [first, second, third] = head
  const hasMark =
    (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe) || (first === 0xef && second === 0xbb && third === 0xbf)
  return !hasMark && head.some((byte) => byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f))
}
