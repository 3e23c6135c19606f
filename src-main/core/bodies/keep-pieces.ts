/** What is made piece by piece, kept as a body of its own: nothing of it is held but the piece at hand. */
import type { BodyStore } from './body-store.ts'
import type { StoredBody } from './body-store-files.ts'

type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/** Keeps the pieces, texts in UTF-8, at the pace of the disk. @throws {CoreError} `StorageError`; what making a piece throws */
export async function keepPieces(store: Pick<BodyStore, 'write'>, pieces: Pieces): Promise<StoredBody> {
  const writer = store.write()
  try {
    for await (const piece of pieces) await writer.append(typeof piece === 'string' ? Buffer.from(piece) : piece)
    return await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  }
}
