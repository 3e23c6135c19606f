/** The side bar with the switch between its views. */
import { lazy, Suspense } from 'react'
import { showHistory } from '../actions/history.ts'
import { Sidebar } from '../features/sidebar/index.ts'
import { useHistoryStore } from '../stores/history-store.ts'
import { TabPanel, TabStrip } from '../ui/tab-strip.tsx'
import styles from './side-bar.module.css'

const HistoryView = lazy(async () => ({ default: (await import('../features/history/index.ts')).HistoryView }))

const STRIP = 'Side bar views'
const VIEWS = [
  { id: 'collections', label: 'Collections' },
  { id: 'history', label: 'History' },
] as const

export function SideBar() {
  const view = useHistoryStore((state) => state.sideView)
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

function chooseView(view: (typeof VIEWS)[number]['id']): void {
  if (view === 'history') showHistory()
  else useHistoryStore.getState().set({ sideView: view })
}
