/** The side bar with the switch between its views. */
import { lazy, Suspense } from 'react'
import { showHistory } from '../actions/history.ts'
import { Sidebar } from '../features/sidebar/index.ts'
import { usePageStore, type SideView } from '../stores/page-store.ts'
import { TabPanel, TabStrip } from '../ui/tab-strip.tsx'
import styles from './side-bar.module.css'

const HistoryView = lazy(async () => ({ default: (await import('../features/history/index.ts')).HistoryView }))

const STRIP = 'Side bar views'
const VIEWS = [
  { id: 'collections', label: 'Collections' },
  { id: 'history', label: 'History' },
] as const

export function SideBar() {
  const view = usePageStore((state) => state.sideView)
  return (
    <div className={styles.side}>
      <TabStrip label={STRIP} tabs={VIEWS} active={view} onChange={chooseView} />
      <TabPanel strip={STRIP} id={view}>
        {view === 'collections' ? (
          <Sidebar />
        ) : (
          <Suspense fallback={<div className={styles.panel} aria-busy="true" />}>
            <HistoryView />
          </Suspense>
        )}
      </TabPanel>
    </div>
  )
}

function chooseView(view: SideView): void {
  if (view === 'history') showHistory()
  else usePageStore.getState().showSide(view)
}
