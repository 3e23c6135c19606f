/** Answers kept as examples in the files of saved requests: listed, opened, saved, renamed, and deleted with Undo. */
import type { WireError } from '#contract/errors.ts'
import type { Example } from '#contract/model/example.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { sideOfExchange } from '../lib/compared-side.ts'
import { EXAMPLE_TAB } from '../lib/example-tab.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { ask } from './ask.ts'
import { showComparison } from './compare.ts'
import { rereadTabs } from './open-files.ts'
import { platform } from './platform-ref.ts'
import { save } from './save.ts'
import { askOfSecrets } from './secret-in-file.ts'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

/** The examples of a tab's request; none where it is not saved. */
export async function listExamples(draftId: DraftId): Promise<readonly Example[]> {
  const nodeId = useDraftsStore.getState().tabs[draftId]?.draft.nodeId
  if (!nodeId) return []
  const listed = await platform().call('example.list', { id: nodeId })
  if (listed.ok) return listed.value.examples
  tell(listed.error)
  return []
}

/** Show an example in front of the open requests. */
export async function openExample(nodeId: NodeId, { index, name }: Pick<Example, 'index' | 'name'>): Promise<void> {
  const opened = await platform().call('example.open', { id: nodeId, index, name })
  if (!opened.ok) return tell(opened.error)
  const { example, exchange } = opened.value
  useExchangesStore.getState().set(EXAMPLE_TAB, { sending: null, last: exchange, secrets: [] })
  usePageStore.getState().show({ kind: 'example', nodeId, example })
}

/** Open an example of a tab's request. */
export async function openExampleOf(draftId: DraftId, example: Example): Promise<void> {
  const nodeId = useDraftsStore.getState().tabs[draftId]?.draft.nodeId
  if (nodeId) await openExample(nodeId, example)
}

/** Compare an example with the answer that a tab shows. */
export async function compareWithExample(draftId: DraftId, { index, name }: Example): Promise<void> {
  const nodeId = useDraftsStore.getState().tabs[draftId]?.draft.nodeId
  if (!nodeId) return
  const opened = await platform().call('example.open', { id: nodeId, index, name })
  if (!opened.ok) return tell(opened.error)
  const { last, secrets } = exchangeOf(draftId)(useExchangesStore.getState())
  if (!last) return
  const side = { ...sideOfExchange(opened.value.exchange, []), caption: t`Example: ${opened.value.example.name}`, entryId: null }
  showComparison(side, sideOfExchange(last, secrets))
}

/** Keep the answer of a tab as an example in its request's file, which is saved first where it never was. */
export async function saveAsExample(draftId: DraftId): Promise<void> {
  const { last } = exchangeOf(draftId)(useExchangesStore.getState())
  const response = last?.response
  if (!response) {
    const text = t`There is no answer to keep: send the request first.`
    return useAppStore.getState().addNotice({ id: 'example:nothing', tone: 'info', text })
  }
  if (!useDraftsStore.getState().tabs[draftId]?.draft.nodeId && !(await save(draftId))) return
  const name = await ask('text', {
    title: t`Save as example`,
    label: t`Name of the example`,
    value: `${response.status} ${response.reason}`.trim(),
    button: t`Save example`,
    hint: t`It is kept in the request’s file, with the request as it is typed.`,
  })
  if (name !== null) await addExample(draftId, name, response)
}

async function addExample(
  draftId: DraftId,
  name: string,
  response: ReceivedResponse,
  secrets: 'refuse' | 'reference' | 'clear' = 'refuse',
): Promise<void> {
  const draft = useDraftsStore.getState().tabs[draftId]?.draft
  if (!draft?.nodeId) return
  const { nodeId, document } = draft
  const added = await platform().call('example.add', { id: nodeId, name, document, response, secrets })
  if (added.ok) return isAdded(nodeId, name, added.value)
  if (added.error.kind !== 'SecretInFile' || secrets !== 'refuse') return tell(added.error)
  const choice = await askOfSecrets(added.error)
  if (choice !== 'cancel') await addExample(draftId, name, response, choice)
}

function isAdded(nodeId: NodeId, name: string, { index, leftOut }: { readonly index: number; readonly leftOut: readonly string[] }): void {
  void rereadTabs()
  useAppStore.getState().addNotice({
    id: `example:${nodeId}:${index}`,
    tone: 'info',
    text: t`Saved the example “${name}”`,
    ...(leftOut.length > 0 && { hint: t`Without ${listed(leftOut)}: what may hold a secret is not kept in the file.` }),
    action: { label: t`Open`, run: () => void openExample(nodeId, { index, name }) },
  })
}

/** Give the example that is shown another name. */
export async function renameExample(nodeId: NodeId, { index, name }: Example): Promise<void> {
  const attempt = async (to: string): Promise<WireError | null> => {
    const renamed = await platform().call('example.rename', { id: nodeId, index, name, to })
    return renamed.ok ? null : renamed.error
  }
  const to = await ask('text', { title: t`Rename the example`, label: t`Name of the example`, value: name, button: t`Rename`, attempt })
  if (to === null) return
  void rereadTabs()
  await openExample(nodeId, { index, name: to })
}

/** Delete the example that is shown; a notice offers to take it back. */
export async function removeExample(nodeId: NodeId, { index, name }: Example): Promise<void> {
  const removed = await platform().call('example.remove', { id: nodeId, index, name })
  if (!removed.ok) return tell(removed.error)
  const { removal } = removed.value
  if (usePageStore.getState().page?.kind === 'example') usePageStore.getState().show(null)
  void rereadTabs()
  useAppStore.getState().addNotice({
    id: `example:${removal}`,
    tone: 'info',
    text: t`Deleted the example “${name}”`,
    action: { label: t`Undo`, run: () => void takeBack(removal, nodeId, { index, name }) },
  })
}

async function takeBack(removal: string, nodeId: NodeId, example: Pick<Example, 'index' | 'name'>): Promise<void> {
  const restored = await platform().call('example.restore', { removal })
  if (!restored.ok) return tell(restored.error)
  void rereadTabs()
  await openExample(nodeId, example)
}

function tell(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}
