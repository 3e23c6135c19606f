/** Text encodings that can be chosen for a body, and how it is said where the present one came from. */
import type { EncodingFrom, ReceivedResponse } from '#contract/model/exchange.ts'

interface EncodingGroup {
  readonly group: string
  readonly encodings: readonly (readonly [label: string, note: string])[]
}

/**
 * Every encoding that browsers know, under the name the standard gives it, and a few that they do not.
 *
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export const ENCODING_GROUPS: readonly EncodingGroup[] = [
  {
    group: 'Unicode',
    encodings: [
      ['utf-8', ''],
      ['utf-16le', ''],
      ['utf-16be', ''],
      ['utf-32le', ''],
      ['utf-32be', ''],
    ],
  },
  {
    group: 'Western and Central European',
    encodings: [
      ['windows-1252', 'Western, latin-1'],
      ['iso-8859-15', 'Western, with €'],
      ['macintosh', 'Western, old Mac'],
      ['windows-1250', 'Central European'],
      ['iso-8859-2', 'Central European'],
      ['iso-8859-3', 'South European'],
      ['iso-8859-4', 'Baltic'],
      ['windows-1257', 'Baltic'],
      ['iso-8859-13', 'Baltic'],
      ['iso-8859-10', 'Nordic'],
      ['iso-8859-14', 'Celtic'],
      ['iso-8859-16', 'Romanian'],
    ],
  },
  {
    group: 'Cyrillic, Greek, Turkish',
    encodings: [
      ['windows-1251', 'Cyrillic'],
      ['koi8-r', 'Russian'],
      ['koi8-u', 'Ukrainian'],
      ['iso-8859-5', 'Cyrillic'],
      ['ibm866', 'Cyrillic, DOS'],
      ['x-mac-cyrillic', 'Cyrillic, old Mac'],
      ['windows-1253', 'Greek'],
      ['iso-8859-7', 'Greek'],
      ['windows-1254', 'Turkish'],
    ],
  },
  {
    group: 'East Asian',
    encodings: [
      ['shift_jis', 'Japanese'],
      ['euc-jp', 'Japanese'],
      ['iso-2022-jp', 'Japanese'],
      ['gb18030', 'Chinese, simplified'],
      ['gbk', 'Chinese, simplified'],
      ['big5', 'Chinese, traditional'],
      ['euc-kr', 'Korean'],
    ],
  },
  {
    group: 'Other',
    encodings: [
      ['cp437', 'DOS'],
      ['cp850', 'DOS, Western'],
      ['windows-1255', 'Hebrew'],
      ['iso-8859-8', 'Hebrew, as displayed'],
      ['iso-8859-8-i', 'Hebrew'],
      ['windows-1256', 'Arabic'],
      ['iso-8859-6', 'Arabic'],
      ['windows-874', 'Thai'],
      ['windows-1258', 'Vietnamese'],
      ['x-user-defined', 'bytes as private characters'],
    ],
  },
]

const SAID: Readonly<Record<EncodingFrom, string>> = {
  override: 'chosen',
  bom: 'from byte order mark',
  header: 'from header',
  json: 'JSON',
  xml: 'XML',
  meta: '<meta>',
  css: '@charset',
  rules: 'requests',
  guess: 'guessed',
  default: 'by default',
}

/** Who says it, as a name. */
export const SOURCES: Readonly<Record<EncodingFrom, string>> = {
  override: 'You',
  bom: 'Byte order mark',
  header: 'Content-Type header',
  json: 'JSON’s own rule',
  xml: 'XML declaration',
  meta: '<meta> of the page',
  css: '@charset',
  rules: 'Python requests',
  guess: 'Its bytes',
  default: 'Where nothing says',
}

const WHY: Readonly<Record<EncodingFrom, string>> = {
  override: 'as you chose',
  bom: 'by the byte order mark at its beginning',
  header: 'as the Content-Type header says',
  json: 'since JSON without a byte order mark is UTF-8 (RFC 8259)',
  xml: 'as its XML declaration says',
  meta: 'as the <meta> in the page says',
  css: 'as its @charset says',
  rules: 'as Python requests reads this type without a charset',
  guess: 'guessed from its bytes',
  default: 'for want of anything that says otherwise',
}

/** Why a body is read in an encoding, in a sentence. */
export function encodingReason(encoding: string, from: EncodingFrom): string {
  return `Read as ${encoding}, ${WHY[from]}. Choose another if the text looks wrong.`
}

/** `utf-8 · from header`. */
export function encodingText(encoding: string, from: EncodingFrom): string {
  return `${encoding} · ${SAID[from]}`
}

/** Whether the request decided on the encoding: the bodies themselves say nothing of it. */
export function isDecided({ encodingFrom }: ReceivedResponse): boolean {
  return encodingFrom === 'override' || encodingFrom === 'rules'
}

/** The encoding to read a body in: the one that was chosen, else the one that the request decided on; null finds it out. */
export function wantedEncoding(response: ReceivedResponse, chosen: string | null): string | null {
  return chosen ?? (isDecided(response) ? response.encoding : null)
}
