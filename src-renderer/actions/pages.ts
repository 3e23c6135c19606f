/** The page in front of the open requests: leaving it, and which layer is edited in it. */
import type { DraftId } from '#contract/model/ids.ts'
import { usePageStore } from '../stores/page-store.ts'
import { closeHistory } from './history.ts'

/** Back to the open requests. Returns false where they are in front already. */
export function closePage(): boolean {
  const { page, show } = usePageStore.getState()
  if (page === null) return false
  closeHistory()
  show(null)
  return true
}

/** The environment, session or defaults that is in front; null: none is. */
export function layerInFront(): DraftId | null {
  const { page } = usePageStore.getState()
  return page?.kind === 'layer' ? page.id : null
}

/** The place in the page that was asked for has the focus: it is not to be taken again. */
export function focusTaken(): void {
  const { page, show } = usePageStore.getState()
  if (page?.kind === 'layer' && page.focus !== null) show({ ...page, focus: null })
}
