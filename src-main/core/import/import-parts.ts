/**
 * An import in pieces small enough to be handed from one thread to another without holding either up, and put together
 * again. Items travel in their order, each with how deep it stands.
 */
import type { Imported, ImportedItem } from './imported.ts'

export interface FlatItem {
  readonly depth: number
  /** A folder travels without its items. */
  readonly item: ImportedItem
}

/** Characters of a piece, about; a request that is larger is one on its own. */
const PIECE = 1024 * 1024

/** The items in pieces; what is around them goes along with the last message. */
export function* itemPieces(items: readonly ImportedItem[]): Generator<readonly FlatItem[]> {
  let piece: FlatItem[] = []
  let size = 0
  for (const flat of flattened(items, 0)) {
    piece.push(flat)
    size += sizeOf(flat.item)
    if (size < PIECE) continue
    yield piece
    piece = []
    size = 0
  }
  if (piece.length > 0) yield piece
}

function* flattened(items: readonly ImportedItem[], depth: number): Generator<FlatItem> {
  for (const item of items) {
    if (item.kind === 'request') yield { depth, item }
    else {
      yield { depth, item: { ...item, items: [] } }
      yield* flattened(item.items, depth + 1)
    }
  }
}

function sizeOf(item: ImportedItem): number {
  if (item.kind === 'folder') return item.docs.length + 500
  const { body, url, docs } = item.document
  const text = 'text' in body ? body.text.length : 0
  return 1000 + text + url.length + docs.length + item.examples.reduce((sum, example) => sum + example.body.length + 500, 0)
}

/** Puts an import together from its pieces, in the order in which they were made. */
export function createAssembly(): { readonly add: (piece: readonly FlatItem[]) => void; readonly whole: (rest: Imported) => Imported } {
  const top: ImportedItem[] = []
  /** The lists that the next item may go into, by its depth. */
  const open: ImportedItem[][] = [top]
  return {
    add: (piece) => {
      for (const { depth, item } of piece) {
        open.length = depth + 1
        const own: ImportedItem[] = []
        open[depth]?.push(item.kind === 'folder' ? { ...item, items: own } : item)
        if (item.kind === 'folder') open.push(own)
      }
    },
    whole: (rest) => ({ ...rest, items: top }),
  }
}
