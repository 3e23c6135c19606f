/** The text of a tree, read by ranges of bytes as its parts are opened; it is UTF-8, whatever the body's encoding. */
import type { TreeIndex } from './tree-index.ts'

export interface TreeSource {
  readonly index: TreeIndex
  /** Where the text begins: past a byte order mark. */
  readonly start: number
  /** Fewer bytes than asked for at the end only. */
  readonly read: (offset: number, length: number) => Promise<Buffer>
}

/** Read at a time: little at first, as most of what is opened is small. */
const FIRST_PIECE = 8_192
const LARGEST_PIECE = 262_144

/**
 * Hands the text from an offset on to a scanner, which says after each piece where to go on; null ends it. Between two
 * pieces other work is let in.
 *
 * @throws the reason of `signal` once it is aborted
 */
export async function scanFrom(
  source: TreeSource,
  offset: number,
  take: (bytes: Buffer) => number | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { end } = source.index
  let size = FIRST_PIECE
  for (let at: number | null = offset; at !== null && at < end;) {
    signal?.throwIfAborted()
    const bytes = await source.read(at, Math.min(size, end - at))
    if (bytes.length === 0) return
    at = take(bytes)
    size = Math.min(size * 2, LARGEST_PIECE)
  }
}

const WINDOW_BYTES = 65_536

/** Reads small ranges that lie near each other with few reads. */
export function windowReader({ read }: TreeSource): TreeSource['read'] {
  let start = 0
  let window: Buffer = Buffer.alloc(0)
  return async (offset, length) => {
    if (offset < start || offset + length > start + window.length) {
      start = offset
      window = await read(offset, Math.max(length, WINDOW_BYTES))
    }
    return window.subarray(offset - start, offset - start + length)
  }
}
