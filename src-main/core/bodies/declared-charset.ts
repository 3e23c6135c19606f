/**
 * What a body or its Content-Type says about its own text encoding. Whether to believe it, and what to do where nothing
 * is said, is decided in encoding.ts.
 */
import { encodingName } from '../lib/encoding-names.ts'

/** How far into a page a `<meta>` is looked for, in bytes. WHATWG says 1024; real pages put scripts before it. */
const META_LIMIT = 4096

/** Value of a Content-Type's `charset` parameter as it stands there, quotes removed; null where there is none. */
export function charsetParameter(contentType: string): string | null {
  if (!contentType.includes(';')) return null
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

export interface DeclaredCharset {
  readonly from: 'xml' | 'css' | 'meta'
  /** As it stands there; null where there is no such declaration. */
  readonly label: string | null
  /** Null too where the label stands for no encoding: what else the body says may be of use. */
  readonly encoding: string | null
}

/**
 * The encodings that the body's own first bytes name, in the order they are believed: an XML declaration, CSS's
 * `@charset`, a `<meta>`. Of each it is told only where the body may have it. A name of UTF-16 in text that can be read as
 * ASCII is a mistake and means UTF-8, as browsers have it.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 */
export function charsetsInContent(sample: Uint8Array, type: string): DeclaredCharset[] {
  const start = Buffer.from(sample.buffer, sample.byteOffset, Math.min(sample.length, META_LIMIT)).toString('latin1')
  const found = [declared(xmlDeclaration(start), 'xml')]
  if (type === 'text/css') found.push(declared(cssCharset(start), 'css'))
  if (mayBeHtml(start, type)) found.push(declared(metaCharset(start), 'meta'))
  return found
}

function declared(label: string | null, from: DeclaredCharset['from']): DeclaredCharset {
  const name = label === null ? null : encodingName(label)
  // HTML, "prescan a byte stream to determine its encoding": what could be read is in neither of these.
  const instead = name !== null && /^utf-(16|32)/.test(name) ? 'utf-8' : name === 'x-user-defined' ? 'windows-1252' : name
  return { from, label, encoding: instead }
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
