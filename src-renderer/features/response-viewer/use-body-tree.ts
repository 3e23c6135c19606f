/** Keeps one body open as a tree; while another is being opened the last one stays, so that nothing flashes. */
import { useEffect, useRef, useState } from 'react'
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
  /** By which it tells how far it is. */
  readonly workId: string | null
  readonly isStopped: boolean
}

const NOTHING: BodyTreeState = { opened: null, error: null, opening: false, workId: null, isStopped: false }

interface TreeControl {
  readonly stop: () => void
  /** After it was stopped. */
  readonly again: () => void
}

/** @param key names the tab: what was open in its last tree is opened in this one */
export function useBodyTree(key: string, bodyId: BodyId, contentType: string, encoding: string | null): BodyTreeState & TreeControl {
  const [state, setState] = useState<BodyTreeState>({ ...NOTHING, opening: true })
  const [round, setRound] = useState(0)
  const under = useRef<AbortController | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    under.current = abort
    let opened: OpenedTree | null = null
    const open = async (): Promise<void> => {
      const workId = crypto.randomUUID()
      setState((before) => ({ ...before, opening: true, workId, isStopped: false }))
      const answer = await openTree(bodyId, contentType, encoding, workId, abort.signal)
      if (abort.signal.aborted) {
        if (answer.ok) closeTree(answer.value.treeId)
        return
      }
      if (!answer.ok) {
        setState({ ...NOTHING, error: answer.error })
        return
      }
      opened = openedTree(answer.value, bodyId)
      setState({ ...NOTHING, opened })
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
  }, [key, bodyId, contentType, encoding, round])
  return {
    ...state,
    again: () => setRound((before) => before + 1),
    stop: () => {
      under.current?.abort()
      setState({ ...NOTHING, isStopped: true })
    },
  }
}

function openedTree(tree: BodyTree, bodyId: BodyId): OpenedTree {
  const { treeId, root } = tree
  const model = root && new TreeModel(root, (node, from, count, signal) => readChildren(treeId, node, from, count, signal), notice)
  return { tree, bodyId, model }
}
