/** Texts of any length to a file: core puts them together and keeps them as a body, and the window only says how far that is. */
import type { WireError } from '#contract/errors.ts'
import type { TextQuery } from '#contract/model/body-search.ts'
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { TextPlaceAt } from '#contract/model/derived-body.ts'
import type { BodyId, TreeId, ViewId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { useAppStore } from '../stores/app-store.ts'
import { notice, saveBody } from './bodies.ts'
import { readShare } from './body-query.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

export interface Selection {
  readonly start: TextPlaceAt
  readonly end: TextPlaceAt
  /** Only the lines in which this is found; null: all. */
  readonly query: TextQuery | null
}

/** Saves what is selected of the text of an open view. Failures become notices. */
export function saveSelection(viewId: ViewId, selection: Selection): Promise<void> {
  return saveMade('selection.txt', (workId, signal) => platform().call('body.selection', { viewId, ...selection, workId }, signal))
}

/** Saves what a node of an open tree says. Failures become notices. */
export function saveValue(treeId: TreeId, { kind, start, end }: TreeNode): Promise<void> {
  const node = { kind, start, end }
  return saveMade('value.txt', (workId, signal) => platform().call('tree.value', { treeId, node, workId }, signal))
}

/** What is over sooner is not told of, in milliseconds; from then on it is told as often. */
const TOLD_EVERY_MS = 300

async function saveMade(
  name: string,
  make: (workId: string, signal: AbortSignal) => Promise<Result<{ readonly id: BodyId }, WireError>>,
): Promise<void> {
  const workId = crypto.randomUUID()
  const stop = new AbortController()
  const { addNotice, dropNotice } = useAppStore.getState()
  const tell = async (): Promise<void> => {
    const progress = await readShare(workId)
    if (progress === null) return
    addNotice({ id: workId, tone: 'info', text: t`Saving ${name}…`, progress, action: { label: t`Cancel`, run: () => stop.abort() } })
  }
  const telling = setInterval(() => void tell(), TOLD_EVERY_MS)
  const made = await make(workId, stop.signal)
  clearInterval(telling)
  dropNotice(workId)
  if (stop.signal.aborted) return
  if (made.ok) await saveBody(made.value.id, name)
  else notice(made.error)
}
