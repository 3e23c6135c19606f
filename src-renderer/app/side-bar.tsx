/** The side bar with the switch between its views. */
import Folder from 'lucide-react/icons/folder'
import History from 'lucide-react/icons/history'
import Layers from 'lucide-react/icons/layers'
import Users from 'lucide-react/icons/users-round'
import { type ReactNode } from 'react'
import { showHistory } from '../actions/history.ts'
import { Sidebar } from '../features/sidebar/index.ts'
import { usePageStore, type SideView } from '../stores/page-store.ts'
import { TabPanel, TabStrip, type TabItem } from '../ui/tab-strip.tsx'
import styles from './side-bar.module.css'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const HistoryView = nearPart(async () => ({ default: (await import('../features/history/index.ts')).HistoryView }))
const SessionList = nearPart(async () => ({ default: (await import('../features/layers/index.ts')).SessionList }))
const EnvironmentList = nearPart(async () => ({ default: (await import('../features/environments/index.ts')).EnvironmentList }))

const STRIP = t`Side bar views`
const VIEWS: readonly TabItem<SideView>[] = [
  { id: 'collections', label: t`Collections`, icon: <Folder /> },
  { id: 'sessions', label: t`Sessions`, icon: <Users /> },
  { id: 'environments', label: t`Environments`, icon: <Layers /> },
  { id: 'history', label: t`History`, icon: <History /> },
]
const CONTENT: Readonly<Record<SideView, ReactNode>> = {
  collections: <Sidebar />,
  sessions: <SessionList />,
  environments: <EnvironmentList />,
  history: <HistoryView />,
}

export function SideBar() {
  const view = usePageStore((state) => state.sideView)
  return (
    <div className={styles.side} data-side-bar>
      <TabStrip label={STRIP} tabs={VIEWS} active={view} onChange={chooseView} />
      <TabPanel strip={STRIP} id={view}>
        <Awaiting fallback={<div className={styles.panel} aria-busy="true" />}>{CONTENT[view]}</Awaiting>
      </TabPanel>
    </div>
  )
}

function chooseView(view: SideView): void {
  if (view === 'history') showHistory()
  else usePageStore.getState().showSide(view)
}
