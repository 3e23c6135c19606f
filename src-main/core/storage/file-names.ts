/** Names that every file system takes, made from what people and servers call things. */

/** Windows' device names, whatever their ending (Microsoft: Naming Files, Paths, and Namespaces). */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i
/** Separators, control characters, what Windows refuses, and marks that hide or turn round the text after them. */
const UNSAFE = /[\0-\x1f\x7f-\x9f<>:"/\\|?*\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]+/g
/** File systems allow 255 bytes; the rest is for an ending, a number and a temporary name. */
const MAX_BYTES = 180

/**
 * A file name from any text: no separators, no control characters, nothing Windows refuses, not too long; the ending
 * is kept. Never empty, `.` or `..`.
 */
export function cleanFileName(text: string): string {
  const named = cleaned(text) || 'file'
  const safe = RESERVED.test(named) ? `_${named}` : named
  const dot = safe.lastIndexOf('.')
  const ending = dot > 0 && safe.length - dot <= 12 ? safe.slice(dot) : ''
  return shortened(safe.slice(0, safe.length - ending.length), MAX_BYTES - Buffer.byteLength(ending)) + ending
}

/** The name of a request's file, without its ending, or of a folder: as above, and never hidden. */
export function nameForItem(text: string, fallback: string): string {
  const named = cleaned(text).replace(/^\.+/, '').trim() || fallback
  return shortened(RESERVED.test(named) ? `_${named}` : named, MAX_BYTES)
}

/**
 * A name that is not taken: the name itself, else with a number behind it.
 *
 * @param isTaken asked with the whole name, ending included
 */
export function freeName(base: string, ending: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = `${base}${number === 1 ? '' : ` ${number}`}${ending}`
    if (!isTaken(name)) return name
  }
}

/** What a file system that ignores case and form (macOS, Windows) takes for the same name. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function cleaned(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE, '-')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
}

/** Cut between whole characters as people count them. */
function shortened(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (Buffer.byteLength(short + segment) > bytes) break
    short += segment
  }
  return short.replace(/[. ]+$/, '') || text.slice(0, 1)
}
