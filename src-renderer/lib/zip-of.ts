/**
 * Files as one ZIP archive, stored as they are: what is handed over when they stand in folders, which downloads do not.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT §4.3
 */

export interface ZippedFile {
  /** With folders, parted by `/`. */
  readonly name: string
  readonly text: string
}

/** Names are in UTF-8 (§4.4.4, bit 11). */
const FLAGS = 0x0800
const VERSION = 20

interface Entry {
  readonly name: Uint8Array
  readonly content: Uint8Array
  readonly crc: number
  readonly offset: number
}

/** @param at when the files are said to be from */
export function zipOf(files: readonly ZippedFile[], at: Date): Blob {
  const encoder = new TextEncoder()
  const entries: Entry[] = []
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  const put = (...more: readonly Uint8Array<ArrayBuffer>[]): void => {
    parts.push(...more)
    offset += more.reduce((sum, { length }) => sum + length, 0)
  }
  for (const file of files) {
    const [name, content] = [encoder.encode(file.name), encoder.encode(file.text)]
    const entry = { name, content, crc: crc32(content), offset }
    entries.push(entry)
    put(numbers([4, 0x04034b50], ...common(entry, at)), name, content)
  }
  const start = offset
  for (const entry of entries) {
    // No comment, the first disk, no attributes.
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, entry.offset],
    ] as const
    put(numbers([4, 0x02014b50], [2, VERSION], ...common(entry, at), ...rest), new Uint8Array(entry.name))
  }
  const count = entries.length
  put(numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, offset - start], [4, start], [2, 0]))
  return new Blob(parts, { type: 'application/zip' })
}

type Field = readonly [bytes: 2 | 4, value: number]

/** What is said of a file both before it and in the directory. */
function common({ name, content, crc }: Entry, at: Date): Field[] {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  const size = content.length
  return [
    [2, VERSION],
    [2, FLAGS],
    [2, 0],
    [2, time],
    [2, date],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  ]
}

function numbers(...fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
