/**
 * What a body or its Content-Type says about its own text encoding, and the names encodings go by. Whether to believe
 * it, and what to do where nothing is said, is decided in encoding.ts.
 */
import iconv from 'iconv-lite'

/** iconv-lite also "decodes" these; as a charset they say nothing about text. */
const NOT_TEXT = new Set(['base64', 'hex', 'binary', 'internal', 'replacement', 'xuserdefined'])

/** Names in real use that neither WHATWG nor iconv-lite knows, with all but letters and digits removed. */
const ALIASES: Readonly<Record<string, string>> = {
  latin: 'windows-1252',
  utf8sig: 'utf-8',
  utf8bom: 'utf-8',
  utf8mb4: 'utf-8',
  cp932: 'shift_jis',
  cp1252: 'windows-1252',
  ucs4: 'utf-32',
  ucs4le: 'utf-32le',
  ucs4be: 'utf-32be',
  utf32: 'utf-32',
  utf32le: 'utf-32le',
  utf32be: 'utf-32be',
}

/** How far into a page a `<meta>` is looked for, in bytes. WHATWG says 1024; real pages put scripts before it. */
const META_LIMIT = 4096

/**
 * The one name of an encoding for any of its labels: WHATWG's, in lower case, where it has one (so `ISO-8859-1` is
 * `windows-1252`), else the label as iconv-lite knows it; null for a name that stands for no known text encoding.
 *
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function encodingName(label: string): string | null {
  const wanted = label.trim().toLowerCase()
  const plain = wanted.replace(/[^a-z0-9]/g, '')
  if (plain === '' || plain.length > 40 || NOT_TEXT.has(plain)) return null
  const known = whatwgName(wanted) ?? whatwgName(wanted.replaceAll('_', '-')) ?? aliasOf(plain) ?? whatwgName(plain)
  return known ?? (iconv.encodingExists(wanted) ? wanted : null)
}

/** The name of an encoding that TextDecoder decodes; null for any other. */
export function whatwgName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null // RangeError: not one of its labels
  }
}

function aliasOf(plain: string): string | null {
  return Object.hasOwn(ALIASES, plain) ? (ALIASES[plain] ?? null) : null
}

/** Value of a Content-Type's `charset` parameter as it stands there, quotes removed; null where there is none. */
export function charsetParameter(contentType: string): string | null {
  for (const match of contentType.matchAll(/;\s*([^=;\s]+)\s*=\s*("(?:\\.|[^"\\])*"|'[^']*'|[^;]*)/g)) {
    if (match[1]?.toLowerCase() !== 'charset') continue
    return (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/s, '$2')
  }
  return null
}

/** The type and subtype of a Content-Type, in lower case, without parameters: `text/html`. */
export function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Whether a media type is one of JSON's: `application/json`, `…+json`, and the ones of many values in a row. */
export function isJsonType(type: string): boolean {
  return /^(application|text)\/(x-)?(json|ndjson|jsonl|jsonlines|json-seq|json5|javascript\+json)$|\+json(-seq)?$|^application\/(json-lines|stream\+json)$/.test(
    type,
  )
}

/**
 * The encoding that the body's own first bytes name: an XML declaration, a `<meta>`, or CSS's `@charset`. A name of
 * UTF-16 in text that can be read as ASCII is a mistake and means UTF-8, as browsers have it.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 */
export function charsetInContent(sample: Uint8Array, type: string): string | null {
  const start = Buffer.from(sample.buffer, sample.byteOffset, Math.min(sample.length, META_LIMIT)).toString('latin1')
  const label =
    xmlDeclaration(start) ?? (type === 'text/css' ? cssCharset(start) : null) ?? (mayBeHtml(start, type) ? metaCharset(start) : null)
  const name = label === null ? null : encodingName(label)
  return name !== null && /^utf-(16|32)/.test(name) ? 'utf-8' : name
}

function xmlDeclaration(start: string): string | null {
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["'][^>]*>/.exec(start)?.[1] ?? null
}

function cssCharset(start: string): string | null {
  return /^@charset "([^"]*)";/.exec(start)?.[1] ?? null
}

function mayBeHtml(start: string, type: string): boolean {
  return /html/.test(type) || /^\s*<(!doctype html|html|head|meta|!--)/i.test(start)
}

function metaCharset(start: string): string | null {
  const visible = start.replace(/<!--[\s\S]*?-->/g, '')
  for (const [tag] of visible.matchAll(/<meta[\s/][^>]*>/gi)) {
    const label = /[\s;"'/]charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(tag)?.[1]
    if (label !== undefined) return label
  }
  return null
}
