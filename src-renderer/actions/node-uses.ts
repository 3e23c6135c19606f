/** What a node of a body's tree can be used for beyond being read: an assertion of the request, a capture into a variable. */
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { DraftId, TreeId } from '#contract/model/ids.ts'
import { notice } from './bodies.ts'
import { readText } from './body-tree.ts'
import { isUsable, suggestedVariable } from './match-uses.ts'
import { assertValue, captureValue, type AnswerValue } from './value-uses.ts'

/** Characters of the source that stand for one of the value, at most: `\\u0041`. */
const LONGEST_ESCAPE = 6

export interface NodeRef {
  readonly treeId: TreeId
  readonly node: TreeNode
  /** The words of assertions for it. */
  readonly expression: string
}

/** Adds to the request that the answer has this value there. */
export async function assertNode(id: DraftId, ref: NodeRef): Promise<void> {
  const found = await valueOf(ref)
  if (found !== null) assertValue(id, found)
}

/** Asks for a name, and adds a capture of the value to the request. */
export async function captureNode(id: DraftId, ref: NodeRef): Promise<void> {
  const found = await valueOf(ref)
  if (found !== null) await captureValue(id, found)
}

async function valueOf({ treeId, node, expression }: NodeRef): Promise<AnswerValue | null> {
  // At least as long as what it says: more of a text than can be used is not read.
  if (!isUsable(Math.floor((node.end - node.start) / LONGEST_ESCAPE))) return null
  const parts: string[] = []
  for (let from: number | null = 0; from !== null;) {
    const read = await readText(treeId, node, 'value', from)
    if (!read.ok) {
      notice(read.error)
      return null
    }
    parts.push(read.value.text)
    from = read.value.next
  }
  const value = parts.join('')
  if (!isUsable(value.length)) return null
  const name = suggestedVariable(expression.replace(/^res\.(?:body|\w+\()/, ''))
  return { expression, value, name, ...(node.kind === 'string' && { isText: true }) }
}
