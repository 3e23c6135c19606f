/** Keeps one body open as a tree; while another is being opened the last one stays, so that nothing flashes. */
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { closeTree, openTree, readChildren, type BodyTree } from '../../actions/body-tree.ts'
import { notice } from '../../actions/bodies.ts'
import { rememberedWays, rememberWays } from './tree-memory.ts'
import { TreeModel } from './tree-model.ts'

export interface OpenedTree {
  readonly tree: BodyTree
  readonly bodyId: BodyId
  /** Null where nothing of the body could be read. */
  readonly model: TreeModel | null
}

export interface BodyTreeState {
  readonly opened: OpenedTree | null
  readonly error: WireError | null
  readonly opening: boolean
}

/** @param key names the tab: what was open in its last tree is opened in this one */
export function useBodyTree(key: string, bodyId: BodyId, contentType: string, encoding: string | null): BodyTreeState {
  const [state, setState] = useState<BodyTreeState>({ opened: null, error: null, opening: true })
  useEffect(() => {
    const abort = new AbortController()
    let opened: OpenedTree | null = null
    const open = async (): Promise<void> => {
      setState((before) => ({ ...before, opening: true }))
      const answer = await openTree(bodyId, contentType, encoding, abort.signal)
      if (abort.signal.aborted) {
        if (answer.ok) closeTree(answer.value.treeId)
        return
      }
      if (!answer.ok) {
        setState({ opened: null, error: answer.error, opening: false })
        return
      }
      opened = openedTree(answer.value, bodyId)
      setState({ opened, error: null, opening: false })
      const ways = rememberedWays(key)
      void (ways === null ? opened.model?.openSole(abort.signal) : opened.model?.openAlong(ways, abort.signal))
    }
    void open()
    return () => {
      abort.abort()
      if (opened?.model) {
        rememberWays(key, opened.model.openWays())
        opened.model.dispose()
      }
      if (opened !== null) closeTree(opened.tree.treeId)
    }
  }, [key, bodyId, contentType, encoding])
  return state
}

function openedTree(tree: BodyTree, bodyId: BodyId): OpenedTree {
  const { treeId, root } = tree
  const model = root && new TreeModel(root, (node, from, count, signal) => readChildren(treeId, node, from, count, signal), notice)
  return { tree, bodyId, model }
}
