/**
 * What a body is, for showing it: the name by which the editor highlights it, and how it is laid out. The Content-Type
 * decides, except where there is none, where it says nothing (`text/plain`, `application/octet-stream`), and where the
 * first bytes plainly contradict it, as with an HTML error page that calls itself JSON.
 */
import { isJsonType, mediaType } from './declared-charset.ts'
import { JsonIndenter } from './json-indenter.ts'

export type Layout = 'json' | 'xml' | 'html' | 'css' | 'javascript' | 'yaml' | 'form' | WordsLayout | RowsLayout
/** Only the words in it. */
export type WordsLayout = 'words of html' | 'words of xml'
/** A table as lines of JSON. */
export type RowsLayout = 'rows' | 'rows by tabs'

export interface BodyLanguage {
  /** Monaco's name, such as `json`; `plaintext` where there is none. */
  readonly language: string
  /** Null where there is nothing to lay out. */
  readonly layout: Layout | null
}

const JSON_TEXT: BodyLanguage = { language: 'json', layout: 'json' }
const XML: BodyLanguage = { language: 'xml', layout: 'xml' }
const HTML: BodyLanguage = { language: 'html', layout: 'html' }
const YAML: BodyLanguage = { language: 'yaml', layout: 'yaml' }
const PLAIN: BodyLanguage = { language: 'plaintext', layout: null }
const SCRIPT: BodyLanguage = { language: 'javascript', layout: 'javascript' }

/** Subtypes after `application/`, `text/` or `x-`, with what they are. */
const SUBTYPES: Readonly<Record<string, BodyLanguage>> = {
  xml: XML,
  'xml-dtd': XML,
  html: HTML,
  'xhtml+xml': HTML,
  css: { language: 'css', layout: 'css' },
  javascript: SCRIPT,
  ecmascript: SCRIPT,
  jscript: SCRIPT,
  'www-form-urlencoded': { language: 'plaintext', layout: 'form' },
  yaml: YAML,
  typescript: { language: 'typescript', layout: null },
  markdown: { language: 'markdown', layout: null },
  graphql: { language: 'graphql', layout: null },
  sql: { language: 'sql', layout: null },
  python: { language: 'python', layout: null },
  sh: { language: 'shell', layout: null },
  shellscript: { language: 'shell', layout: null },
  php: { language: 'php', layout: null },
  toml: { language: 'ini', layout: null },
  ini: { language: 'ini', layout: null },
}

/** Languages that a text beginning like JSON is not: JSON is not written so by chance in them. */
const NEVER_JSON = new Set(['xml', 'html', 'css', 'javascript', 'plaintext'])

/**
 * @param contentType  header value, empty where there is none
 * @param start        the body's first characters, valid UTF-8, some 64 KiB
 * @param complete     whether that is the whole body
 */
export function bodyLanguage(contentType: string, start: Uint8Array, complete: boolean): BodyLanguage {
  const type = mediaType(contentType)
  const declared = declaredLanguage(type)
  const seen = sniff(start, complete)
  if (seen === null) return declared ?? PLAIN
  if (declared === null || declared === PLAIN) return seen
  if (seen === JSON_TEXT) return NEVER_JSON.has(declared.language) && declared.layout !== 'form' ? seen : declared
  if (declared === JSON_TEXT) return seen
  return declared === XML && seen === HTML ? seen : declared
}

/** The words of a text in that language, where it is one that has more in it than words. */
export function wordsOf({ layout }: BodyLanguage): BodyLanguage {
  return { language: 'plaintext', layout: layout === 'html' ? 'words of html' : layout === 'xml' ? 'words of xml' : null }
}

/** The rows of a table of that type. */
export function rowsOf(contentType: string): BodyLanguage {
  return { language: 'json', layout: mediaType(contentType) === 'text/tab-separated-values' ? 'rows by tabs' : 'rows' }
}

function declaredLanguage(type: string): BodyLanguage | null {
  if (isJsonType(type)) return JSON_TEXT
  const subtype = type.slice(type.indexOf('/') + 1).replace(/^(x|vnd)[-.]/, '')
  if (/^(application|text)\//.test(type) && Object.hasOwn(SUBTYPES, subtype)) return SUBTYPES[subtype] ?? null
  if (type.endsWith('+xml')) return XML
  if (type.endsWith('+yaml')) return YAML
  return type === '' || type === 'text/plain' || !type.startsWith('text/') ? null : PLAIN
}

function sniff(start: Uint8Array, complete: boolean): BodyLanguage | null {
  const head = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 1024)).toString('utf8').trimStart()
  if (/^(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head|body)[\s>]/i.test(head)) return HTML
  if (/^<\?xml[\s?]/.test(head)) return /<(!doctype html|html)[\s>]/i.test(head) ? HTML : XML
  if (/^[{[]/.test(head) && isJsonStart(start, complete)) return JSON_TEXT
  return null
}

function isJsonStart(start: Uint8Array, complete: boolean): boolean {
  const indenter = new JsonIndenter(() => undefined)
  indenter.write(start)
  return (complete ? indenter.finish().problem : indenter.fault()) === null
}
