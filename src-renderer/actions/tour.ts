/** The tour for newcomers: a collection that leads through itself, made again where it was deleted. */
import { loadedLanguage } from '../languages/load-language.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { platform } from './platform-ref.ts'
import { openRequest } from './tabs.ts'

/** Open the first step, with its collection in sight. */
export async function openTour(): Promise<void> {
  const opened = await platform().call('collection.openTour', { language: loadedLanguage() })
  if (!opened.ok) {
    useAppStore.getState().addNotice(noticeOf(opened.error))
    return
  }
  const { id, nodes } = opened.value
  usePageStore.getState().showSide('collections')
  const { collapsed, change } = useLayoutStore.getState()
  change({ collapsed: collapsed.filter((one) => one !== id) })
  const first = nodes.find(({ kind }) => kind !== 'folder')
  if (first) await openRequest(first.id)
}
