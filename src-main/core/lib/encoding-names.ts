/**
 * The names that text encodings go by: WHATWG's where there is one, iconv-lite's for the others.
 */
import iconv from 'iconv-lite'

/** iconv-lite also "decodes" these; as a charset they say nothing about text. */
const NOT_TEXT = new Set(['base64', 'hex', 'binary', 'internal', 'replacement'])

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
