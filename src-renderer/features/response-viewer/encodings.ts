/** Text encodings that can be chosen for a body, and how it is said where the present one came from. */
import type { EncodingFrom, ReceivedResponse } from '#contract/model/exchange.ts'
import { t } from '../../lib/t.ts'

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
    group: t`Unicode`,
    encodings: [
      ['utf-8', ''],
      ['utf-16le', ''],
      ['utf-16be', ''],
      ['utf-32le', ''],
      ['utf-32be', ''],
    ],
  },
  {
    group: t`Western and Central European`,
    encodings: [
      ['windows-1252', t`Western, latin-1`],
      ['iso-8859-15', t`Western, with €`],
      ['macintosh', t`Western, old Mac`],
      ['windows-1250', t`Central European`],
      ['iso-8859-2', t`Central European`],
      ['iso-8859-3', t`South European`],
      ['iso-8859-4', t`Baltic`],
      ['windows-1257', t`Baltic`],
      ['iso-8859-13', t`Baltic`],
      ['iso-8859-10', t`Nordic`],
      ['iso-8859-14', t`Celtic`],
      ['iso-8859-16', t`Romanian`],
    ],
  },
  {
    group: t`Cyrillic, Greek, Turkish`,
    encodings: [
      ['windows-1251', t`Cyrillic`],
      ['koi8-r', t`Russian`],
      ['koi8-u', t`Ukrainian`],
      ['iso-8859-5', t`Cyrillic`],
      ['ibm866', t`Cyrillic, DOS`],
      ['x-mac-cyrillic', t`Cyrillic, old Mac`],
      ['windows-1253', t`Greek`],
      ['iso-8859-7', t`Greek`],
      ['windows-1254', t`Turkish`],
    ],
  },
  {
    group: t`East Asian`,
    encodings: [
      ['shift_jis', t`Japanese`],
      ['euc-jp', t`Japanese`],
      ['iso-2022-jp', t`Japanese`],
      ['gb18030', t`Chinese, simplified`],
      ['gbk', t`Chinese, simplified`],
      ['big5', t`Chinese, traditional`],
      ['euc-kr', t`Korean`],
    ],
  },
  {
    group: t`Other`,
    encodings: [
      ['cp437', 'DOS'],
      ['cp850', t`DOS, Western`],
      ['windows-1255', t`Hebrew`],
      ['iso-8859-8', t`Hebrew, as displayed`],
      ['iso-8859-8-i', t`Hebrew`],
      ['windows-1256', t`Arabic`],
      ['iso-8859-6', t`Arabic`],
      ['windows-874', t`Thai`],
      ['windows-1258', t`Vietnamese`],
      ['x-user-defined', t`bytes as private characters`],
    ],
  },
]

const SAID: Readonly<Record<EncodingFrom, string>> = {
  override: t`chosen`,
  file: t`as it was saved`,
  bom: t`from byte order mark`,
  header: t`from header`,
  json: 'JSON',
  xml: 'XML',
  meta: '<meta>',
  css: '@charset',
  rules: 'requests',
  guess: t`guessed`,
  default: t`by default`,
}

/** Who says it, as a name. */
export const SOURCES: Readonly<Record<EncodingFrom, string>> = {
  override: t`You`,
  file: t`Saved example`,
  bom: t`Byte order mark`,
  header: t`Content-Type header`,
  json: t`JSON’s own rule`,
  xml: t`XML declaration`,
  meta: t`<meta> of the page`,
  css: '@charset',
  rules: t`Python requests`,
  guess: t`Its bytes`,
  default: t`Where nothing says`,
}

const WHY: Readonly<Record<EncodingFrom, string>> = {
  override: t`as you chose`,
  file: t`as the file of the example keeps it`,
  bom: t`by the byte order mark at its beginning`,
  header: t`as the Content-Type header says`,
  json: t`since JSON without a byte order mark is UTF-8 (RFC 8259)`,
  xml: t`as its XML declaration says`,
  meta: t`as the <meta> in the page says`,
  css: t`as its @charset says`,
  rules: t`as Python requests reads this type without a charset`,
  guess: t`guessed from its bytes`,
  default: t`for want of anything that says otherwise`,
}

/** Why a body is read in an encoding, in a sentence. */
export function encodingReason(encoding: string, from: EncodingFrom): string {
  const isWideJson = from === 'json' && encoding !== 'utf-8'
  const why = isWideJson ? t`since JSON begins with ASCII, and the zeros beside it tell the width (RFC 4627)` : WHY[from]
  return t`Read as ${encoding}, ${why}. Choose another if the text looks wrong.`
}

/** `utf-8 · from header`. */
export function encodingText(encoding: string, from: EncodingFrom): string {
  return `${encoding} · ${SAID[from]}`
}

/** Whether the request, or the file that it was saved in, decided on the encoding: the bodies themselves say nothing of it. */
export function isDecided({ encodingFrom }: ReceivedResponse): boolean {
  return encodingFrom === 'override' || encodingFrom === 'file' || encodingFrom === 'rules'
}

/** The encoding to read a body in: the one that was chosen, else the one that the request decided on; null finds it out. */
export function wantedEncoding(response: ReceivedResponse, chosen: string | null): string | null {
  return chosen ?? (isDecided(response) ? response.encoding : null)
}
