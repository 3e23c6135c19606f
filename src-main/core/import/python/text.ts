/**
 * Text that is not all known before the script runs: stretches of it, and holes where the value of a variable goes. Holes are
 * kept apart from the text, so that a literal that looks like a reference is not taken for one.
 */

export type Hole =
  | { readonly kind: 'variable'; readonly name: string }
  /** Base64 of a text that is not all known. */
  | { readonly kind: 'base64'; readonly of: Text }
  /** The media type of a multipart body, with its boundary: whoever writes the body writes it. */
  | { readonly kind: 'multipart-type' }

export type Text = readonly (string | Hole)[]

/** Longer texts are not put together: a few doublings make gigabytes. As long as the longest script. */
const MAX_TEXT = 16 * 1024 * 1024

/** The text, where all of it is known. */
export function plain(text: Text): string | null {
  if (text.length === 0) return ''
  const [only] = text
  return text.length === 1 && typeof only === 'string' ? only : null
}

/** Texts put together, neighbouring stretches as one. Null where it is too long. */
export function concat(texts: readonly Text[]): Text | null {
  const result: (string | Hole)[] = []
  let length = 0
  for (const part of texts.flat()) {
    const last = result.at(-1)
    if (part === '') continue
    length += typeof part === 'string' ? part.length : 20
    if (length > MAX_TEXT) return null
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part
    else result.push(part)
  }
  return result
}

/** The text with its stretches changed, and its holes as they are. */
export function mapText(text: Text, change: (stretch: string) => string): Text {
  return text.map((part) => (typeof part === 'string' ? change(part) : part))
}

export function hole(name: string): Text {
  return [{ kind: 'variable', name }]
}

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes are texts whose characters are each one byte: those of a text in UTF-8. */
export function bytesOf(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  return Buffer.from(ENCODER.encode(text)).toString('latin1')
}

/** The text that bytes are in UTF-8; null where they are none. */
export function textOfBytes(bytes: string): string | null {
  try {
    return DECODER.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return null
  }
}
