/**
 * What is selected of a text, or said by a node of a tree, kept as a body of its own, as commands: however long it is, the
 * window has only to save it.
 */
import type { ParsedInput } from '#contract/commands.ts'
import type { ViewId } from '#contract/model/ids.ts'
import type { TextQuery } from '#contract/model/body-search.ts'
import type { BodySearch, ViewText } from '../bodies/body-search.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { BodyTrees } from '../bodies/body-trees.ts'
import { keepPieces } from '../bodies/keep-pieces.ts'
import { linesOf, piecesOf, stretchOf } from '../bodies/text-selection.ts'
import { tellShare, withShare, type WorkShares } from '../bodies/work-shares.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'

export interface KeptTextDeps {
  /** @throws {CoreError} `NotFound`: the view is closed */
  readonly textOf: (viewId: ViewId) => ViewText
  readonly search: Pick<BodySearch, 'find'>
  readonly trees: Pick<BodyTrees, 'text'>
  readonly store: Pick<BodyStore, 'write'>
  readonly shares: WorkShares
}

type Piece = Uint8Array | string
/** Told how much of all is done. */
type Tell = (done: number, all: number) => void

export function keptTextHandlers(deps: KeptTextDeps): Pick<Handlers, 'body.selection' | 'tree.value'> {
  const { store, shares } = deps
  const kept = (workId: string | undefined, signal: AbortSignal, pieces: (tell: Tell) => AsyncIterable<Piece>) =>
    withShare(shares, workId, (share) => {
      const tell: Tell = (done, all) => tellShare(share, done, all)
      return keepPieces(store, cancellable(pieces(tell), signal))
    })
  return {
    'body.selection': (input, { signal }) => kept(input.workId, signal, (tell) => selected(deps, input, signal, tell)),
    'tree.value': ({ treeId, node, workId }, { signal }) => kept(workId, signal, (tell) => valueOf(deps, { treeId, node }, tell)),
  }
}

async function* selected(
  { textOf, search }: KeptTextDeps,
  { viewId, start, end, query }: ParsedInput<'body.selection'>,
  signal: AbortSignal,
  tell: Tell,
): AsyncGenerator<Piece> {
  const { growing, read } = textOf(viewId)
  const { index } = await growing.whole
  const text = { read, index }
  const all = await stretchOf(text, { start, end })
  const stretches = query === null ? [all] : linesOf(text, { start, end }, linesWith(search, viewId, query, signal))
  for await (const { from, to } of stretches) {
    let done = from - all.from
    for await (const piece of piecesOf(read, { from, to })) {
      yield piece
      tell((done += piece.length), all.to - all.from)
    }
  }
}

/** The lines that have a hit, rising. */
async function* linesWith(search: KeptTextDeps['search'], viewId: ViewId, query: TextQuery, signal: AbortSignal): AsyncGenerator<number> {
  let last = -1
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<BodySearch['find']>> = await search.find({ viewId, query, cursor }, signal)
    for (let at = 0; at < page.hits.length; at += 3) {
      const line = page.hits[at] ?? 0
      if (line > last) yield line
      last = line
    }
    cursor = page.next
  } while (cursor !== null)
}

async function* valueOf({ trees }: KeptTextDeps, { treeId, node }: ParsedInput<'tree.value'>, tell: Tell): AsyncGenerator<Piece> {
  for (let from: number | null = 0; from !== null;) {
    const piece: Awaited<ReturnType<BodyTrees['text']>> = await trees.text({ treeId, node, form: 'value', from })
    yield piece.text
    from = piece.next
    tell(from ?? node.end, node.end - node.start)
  }
}

async function* cancellable(pieces: AsyncIterable<Piece>, signal: AbortSignal): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    if (signal.aborted) throw new CoreError('Cancelled', 'call', 'Saving the text was cancelled.')
    yield piece
  }
}
