/**
 * What a body is, from its Content-Type and its first bytes. The declared type is believed unless the bytes plainly
 * contradict it; then the bytes are, and it is said so. Where the type says nothing, the bytes and the file's name tell.
 */
import { looksBinary, mayBePdf, signatureOf, syntaxOf, type TextSyntax } from './byte-signatures.ts'
import { essenceOf, isImage, isSurelyText, type ContentClass } from './media-type.ts'
import { t } from '../../lib/t.ts'

export type BodyKind =
  'json' | 'xml' | 'html' | 'svg' | 'table' | 'text' | 'image' | 'pdf' | 'audio' | 'video' | 'font' | 'multipart' | 'binary'

export interface BodyNature {
  readonly kind: BodyKind
  readonly content: ContentClass
  /** The type to show it under: the declared one, or the one that the bytes say. */
  readonly type: string
  /** Where header and bytes disagree, a sentence on it. */
  readonly note: string | null
}

/** Types that say nothing: their bytes may be anything without it being a contradiction. */
const SAYS_NOTHING = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-download', 'application/download'])
const TABLE_TYPES = new Set([
  'text/csv',
  'text/x-csv',
  'application/csv',
  'application/x-csv',
  'text/tab-separated-values',
  'text/x-comma-separated-values',
  'text/comma-separated-values',
])
const OLD_FONT_TYPES = /^application\/(?:(?:x-)?font-(?:woff2?|ttf|otf|truetype|opentype)|vnd\.ms-opentype|x-font)/
/** A container has many names: what is in it cannot be told from its first bytes. */
const CONTAINERS: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/(?!json|xml|pdf|javascript)|^(?:model|x-world)\//,
  'application/gzip': /^application\/(?:gzip|x-gzip|x-tar|x-gtar|x-tgz|x-compressed|tar)/,
  'video/mp4': /^(?:video|audio|image)\/|^application\/mp4/,
  'audio/mp4': /^(?:video|audio)\/|^application\/mp4/,
  'video/webm': /^(?:video|audio)\//,
  'audio/ogg': /^(?:video|audio)\/|^application\/ogg/,
  'audio/wav': /^audio\//,
  'audio/mpeg': /^(?:audio|video)\//,
  'image/x-icon': /^image\/(?:x-icon|vnd\.microsoft\.icon|x-win-bitmap)/,
  'image/tiff': /^image\//,
}

/**
 * @param contentType value of the header, possibly empty
 * @param head the first bytes of the decoded body; null as long as they are not here, when the type alone decides
 * @param name name of the file, or its address: its ending tells tables apart where the type does not
 */
export function natureOf(contentType: string, head: Uint8Array | null, name = ''): BodyNature {
  const declared = essenceOf(contentType)
  if (head === null || head.length === 0) return natureOfType(declared, name, null)
  const signature = signatureOf(head)
  if (signature !== null && !isSameType(declared, signature.type)) {
    return { ...natureOfType(signature.type, '', null), note: noteOf(declared, signature.words) }
  }
  if (signature !== null) return natureOfType(kindOfType(declared) === 'text' ? signature.type : declared, '', null)
  const isUtf16 = /charset\s*=\s*["']?(utf-?|ucs-?)(16|32|2|4)/i.test(contentType)
  const isBinary = looksBinary(head) && !isUtf16
  return isBinary ? natureOfBinary(declared, head, name) : natureOfText(declared, head, name)
}

function natureOfBinary(declared: string, head: Uint8Array, name: string): BodyNature {
  if (kindOfType(declared) === 'pdf' && !mayBePdf(head)) {
    return { kind: 'binary', content: 'binary', type: declared, note: noteOf(declared, t`no PDF document`) }
  }
  // What is surely text may be in an encoding with zeros in it, and without a mark.
  if (isSurelyText(declared) || kindOfType(declared) !== 'text') return natureOfType(declared, name, null)
  return { kind: 'binary', content: 'binary', type: declared, note: declared === 'text/plain' ? noteOf(declared, t`not text`) : null }
}

const SYNTAX_WORDS: Readonly<Record<TextSyntax, string>> = { html: 'HTML', xml: 'XML', svg: t`an SVG image`, json: 'JSON' }
const SYNTAX_TYPES: Readonly<Record<TextSyntax, string>> = {
  html: 'text/html',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  json: 'application/json',
}

function natureOfText(declared: string, head: Uint8Array, name: string): BodyNature {
  const kind = kindOfType(declared)
  const syntax = syntaxOf(head)
  if (['image', 'pdf', 'audio', 'video', 'font'].includes(kind)) {
    const seen = natureOfType(syntax === null ? 'text/plain' : SYNTAX_TYPES[syntax], '', null)
    return { ...seen, note: noteOf(declared, syntax === null ? t`text` : SYNTAX_WORDS[syntax]) }
  }
  if (syntax === null || !contradicts(kind, syntax)) return natureOfType(declared, name, syntax)
  return { ...natureOfType(SYNTAX_TYPES[syntax], '', null), note: noteOf(declared, SYNTAX_WORDS[syntax]) }
}

/** XML may hold pages and drawings, and a page that calls itself a script is none of our business. */
function contradicts(kind: BodyKind, syntax: TextSyntax): boolean {
  if (kind === 'json') return syntax !== 'json'
  if (kind === 'html' || kind === 'svg') return syntax === 'json'
  return kind === 'xml' && (syntax === 'json' || syntax === 'html')
}

function natureOfType(type: string, name: string, syntax: TextSyntax | null): BodyNature {
  const known = kindOfType(type)
  const kind = known !== 'text' || isSurelyText(type) ? known : (syntax ?? (isTableName(name) ? 'table' : 'text'))
  return { kind, content: contentOf(kind), type: kind === 'svg' ? 'image/svg+xml' : type, note: null }
}

/** `text` for whatever is no other kind, also where it says nothing. */
function kindOfType(type: string): BodyKind {
  if (type === 'image/svg+xml') return 'svg'
  if (isImage(type)) return 'image'
  if (type === 'application/pdf' || type === 'application/x-pdf') return 'pdf'
  if (OLD_FONT_TYPES.test(type)) return 'font'
  if (TABLE_TYPES.has(type)) return 'table'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (/[/+]json$/.test(type) || /^application\/(?:x-)?(?:ndjson|json-seq|jsonl|jsonlines|json-lines)$/.test(type)) return 'json'
  if (/[/+]xml$/.test(type)) return 'xml'
  const [top = ''] = type.split('/', 1)
  if (top === 'audio' || top === 'video' || top === 'font' || top === 'multipart') return top
  return top === 'image' || isArchive(type) ? 'binary' : 'text'
}

function isArchive(type: string): boolean {
  return /^application\/(?:postscript|wasm|zip|gzip|x-gzip|zstd|x-tar|x-7z-compressed|x-rar-compressed|msgpack|cbor|grpc)$/.test(type)
}

function isTableName(name: string): boolean {
  return /\.(?:csv|tsv|tab)$/i.test(name.split(/[?#]/, 1)[0] ?? '')
}

function contentOf(kind: BodyKind): ContentClass {
  if (kind === 'image' || kind === 'svg') return 'image'
  if (kind === 'binary') return 'binary'
  return ['pdf', 'audio', 'video', 'font', 'multipart'].includes(kind) ? 'media' : 'text'
}

function isSameType(declared: string, seen: string): boolean {
  if (declared === seen) return true
  if (SAYS_NOTHING.has(declared)) return true
  const plain = declared.replace(/\/(?:x-|p)?jpe?g$/, '/jpeg').replace(/\/x-(?:ms-)?/, '/')
  if (plain === seen.replace(/\/x-(?:ms-)?/, '/')) return true
  if (seen.startsWith('font/')) return declared.startsWith('font/') || OLD_FONT_TYPES.test(declared)
  return !isSurelyText(declared) && (CONTAINERS[seen]?.test(declared) ?? false)
}

function noteOf(declared: string, words: string): string | null {
  return SAYS_NOTHING.has(declared) ? null : t`The header says ${declared}; the bytes are ${words}.`
}
