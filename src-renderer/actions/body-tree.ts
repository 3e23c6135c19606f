/** Reading bodies as trees: a page of children or a piece of a text at a time. */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { BodyId, TreeId } from '#contract/model/ids.ts'
import { ok, type Result } from '#contract/result.ts'
import { copyPieces, type CopyPieces } from './copy-pieces.ts'
import { platform } from './platform-ref.ts'
import { saveValue } from './save-text.ts'

export type BodyTree = Output<'tree.open'>
export type TextForm = 'source' | 'value'

/** Opens a body as a tree. The caller closes it when done with it. @param workId by which it tells how far it is */
export function openTree(
  id: BodyId,
  contentType: string,
  encoding: string | null,
  workId: string,
  signal: AbortSignal,
): Promise<Result<BodyTree, WireError>> {
  return platform().call('tree.open', { id, contentType, encoding, workId }, signal)
}

/** Children `from` to `from + count` of a node, fewer at its end. */
export async function readChildren(
  treeId: TreeId,
  node: TreeNode,
  from: number,
  count: number,
  signal: AbortSignal,
): Promise<Result<readonly TreeNode[], WireError>> {
  const read = await platform().call('tree.children', { treeId, start: node.start, from, count }, signal)
  return read.ok ? ok(read.value.nodes) : read
}

/** What a node says, from 0 or the `next` of the piece before. */
export function readText(
  treeId: TreeId,
  { kind, start, end }: TreeNode,
  form: TextForm,
  from: number,
): Promise<Result<Output<'tree.text'>, WireError>> {
  return platform().call('tree.text', { treeId, node: { kind, start, end }, form, from })
}

/** The XPath of a node of XML, by where the nodes that lead to it begin; null where there is none. */
export async function readPath(treeId: TreeId, starts: readonly number[], signal: AbortSignal): Promise<Result<string | null, WireError>> {
  const read = await platform().call('tree.path', { treeId, starts: [...starts] }, signal)
  return read.ok ? ok(read.value.path) : read
}

/** Lets core forget a tree. */
export function closeTree(treeId: TreeId): void {
  void platform().call('tree.close', { treeId })
}

/** Puts what a node says on the clipboard: a string without its quotes, what has children as it stands. Failures become notices. */
export function copyNode(treeId: TreeId, node: TreeNode): Promise<boolean> {
  return copyPieces(
    (pieces) => gatherNode(treeId, node, pieces),
    () => saveValue(treeId, node),
  )
}

async function gatherNode(treeId: TreeId, node: TreeNode, { signal, add }: CopyPieces): Promise<Result<null, WireError>> {
  let length = 0
  for (let from: number | null = 0; from !== null && !signal.aborted;) {
    const read = await readText(treeId, node, 'value', from)
    if (!read.ok) return read
    const { text, next } = read.value
    length += text.length
    from = next
    await add(text, next === null ? 1 : Math.min(1, length / (node.end - node.start)))
  }
  return ok(null)
}
