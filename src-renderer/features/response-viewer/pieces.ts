/**
 * A whole body as rows of so many bytes, for texts with lines that are too long to be shown as lines: read range by
 * range like the hex view, with its line breaks as marks.
 */
import { readBytes } from '../../actions/bodies.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { LineSource } from './line-source.ts'
import { PageCache } from './page-cache.ts'

export const PIECE_BYTES = 1000
const PIECES_PER_PAGE = 200
const PAGE_BYTES = PIECE_BYTES * PIECES_PER_PAGE
const PAGES_KEPT = 16
/** A UTF-8 character that begins in a page may end this far behind it. */
const REST_BYTES = 3
/** Encodings in which any byte tells whether a character begins there. */
const ALIGNED = /^(?:utf-8|us-ascii|iso-8859-\d+|windows-(?:125\d|874)|koi8-[ru]|ibm866|macintosh|x-mac-cyrillic)$/

/** Whether a body in this encoding can be cut into pieces. */
export function hasPieces(encoding: string): boolean {
  return ALIGNED.test(encoding)
}

/** The rows of a body, read as they are wanted. */
export function piecesOf(bodyId: BodyId, bodyBytes: number, encoding: string): LineSource {
  const count = Math.ceil(bodyBytes / PIECE_BYTES)
  const readPage = async (page: number, signal?: AbortSignal): Promise<readonly string[] | null> => {
    const read = await readBytes(bodyId, page * PAGE_BYTES, PAGE_BYTES + REST_BYTES, signal)
    return read.ok ? textsOf(read.value.bytes, encoding) : null
  }
  const cache = new PageCache<readonly string[]>({ pages: Math.ceil(count / PIECES_PER_PAGE), kept: PAGES_KEPT, read: readPage })
  return {
    count,
    number: (index) => index + 1,
    line: (index) => cache.page(Math.floor(index / PIECES_PER_PAGE))?.[index % PIECES_PER_PAGE],
    want: (first, last) => cache.want(Math.floor(first / PIECES_PER_PAGE), Math.floor(last / PIECES_PER_PAGE)),
    longest: null,
    chunk: PIECES_PER_PAGE,
    place: (point) => point,
    read: async (first, last) => {
      const rows: string[] = []
      const from = Math.floor(first / PIECES_PER_PAGE)
      for (let page = from; page <= Math.floor(last / PIECES_PER_PAGE); page += 1) {
        const texts = await readPage(page)
        if (texts === null) return null
        rows.push(...texts)
      }
      return rows.slice(first - from * PIECES_PER_PAGE, last - from * PIECES_PER_PAGE + 1)
    },
    subscribe: (listener) => cache.subscribe(listener),
    version: cache.version,
  }
}

/** The pieces of a page, cut between characters; the bytes behind it only complete its last. */
export function textsOf(bytes: Uint8Array, encoding: string): readonly string[] {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const isUtf8 = encoding === 'utf-8'
  const aligned = (at: number): number => {
    let cut = Math.min(at, bytes.length)
    // A byte that goes on with a character belongs to the piece before.
    while (isUtf8 && cut < bytes.length && cut - at < REST_BYTES && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut += 1
    return cut
  }
  const inPage = Math.min(bytes.length, PAGE_BYTES)
  return Array.from({ length: Math.ceil(inPage / PIECE_BYTES) }, (_, index) => {
    const end = Math.min((index + 1) * PIECE_BYTES, inPage)
    return decoder.decode(bytes.subarray(aligned(index * PIECE_BYTES), aligned(end))).replaceAll(/\r\n|\r|\n/g, '⏎')
  })
}
