/** The escapes of `$'…'` in bash and zsh: bytes and characters that cannot be typed. */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}
const CODED = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/y

/** Where the quotation mark stands that closes one; null where none does. */
export function ansiEnd(text: string, start: number): number | null {
  const stop = /\\[\s\S]|'/g
  stop.lastIndex = start
  for (let found = stop.exec(text); found; found = stop.exec(text)) if (found[0] === "'") return found.index
  return null
}

export interface AnsiText {
  readonly text: string
  /** Bytes were given that are no UTF-8: they stand as U+FFFD. */
  readonly isBroken: boolean
}

/**
 * The text of what stands between `$'` and `'`. Bytes are put together as UTF-8, and end at a NUL, as in the shell.
 *
 * @see GNU Bash manual §3.1.2.4
 */
export function ansiText(raw: string): AnsiText {
  const chunks: Buffer[] = []
  let plain = 0
  let at = raw.indexOf('\\')
  while (at >= 0 && at < raw.length) {
    chunks.push(Buffer.from(raw.slice(plain, at), 'utf8'))
    const { bytes, length } = escapeAt(raw, at)
    chunks.push(bytes)
    plain = at + length
    at = raw.indexOf('\\', plain)
  }
  chunks.push(Buffer.from(raw.slice(plain), 'utf8'))
  const whole = Buffer.concat(chunks)
  const nul = whole.indexOf(0)
  const bytes = nul < 0 ? whole : whole.subarray(0, nul)
  const text = bytes.toString('utf8')
  return { text, isBroken: nul >= 0 || (text.includes('\uFFFD') && !raw.includes('\uFFFD') && !/\\[uU]0*fffd/i.test(raw)) }
}

function escapeAt(raw: string, at: number): { readonly bytes: Buffer; readonly length: number } {
  CODED.lastIndex = at
  const coded = CODED.exec(raw)
  if (coded) {
    const [whole, octal, hex, short, long] = coded
    const byte = octal !== undefined ? parseInt(octal, 8) & 0xff : hex !== undefined ? parseInt(hex, 16) : null
    if (byte !== null) return { bytes: Buffer.from([byte]), length: whole.length }
    const code = parseInt(short ?? long ?? '', 16)
    return { bytes: Buffer.from(code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD', 'utf8'), length: whole.length }
  }
  const next = raw[at + 1] ?? ''
  if (next === 'c' && at + 2 < raw.length) return { bytes: Buffer.from([raw.charCodeAt(at + 2) & 0x1f]), length: 3 }
  const simple = Object.hasOwn(SIMPLE, next) ? SIMPLE[next] : undefined
  return simple === undefined ? { bytes: Buffer.from('\\'), length: 1 } : { bytes: Buffer.from(simple), length: 2 }
}
