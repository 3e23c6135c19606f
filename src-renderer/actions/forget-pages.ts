/** What was going through pages for a tab is ended and forgotten: the tab is closed, or its pages are asked for anew. */
import type { DraftId } from '#contract/model/ids.ts'
import { usePagesStore } from '../stores/answer-pages-store.ts'
import { platform } from './platform-ref.ts'

export function forgetPages(id: DraftId): void {
  const { byTab, remove } = usePagesStore.getState()
  const pages = byTab[id]
  if (!pages) return
  if (pages.result === null && pages.error === null) void platform().call('pages.stop', { pagesId: pages.pagesId })
  remove(id)
}
