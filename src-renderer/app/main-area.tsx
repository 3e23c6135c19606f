/** The open requests: their tabs, and of the one in front the address, the editor and the response; or the page before them. */
import Send from 'lucide-react/icons/send'
import type { KeyedAction } from '#contract/model/action-keys.ts'
import Columns from 'lucide-react/icons/columns-2'
import Rows from 'lucide-react/icons/rows-2'
import { memo } from 'react'
import { openTour } from '../actions/tour.ts'
import { OPEN_TABS } from '../lib/open-tab-ids.ts'
import { useKeysOf, useShortcut } from '../stores/settings-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { KeyList } from '../ui/key-list.tsx'
import { toggleSplit } from './app-actions.ts'
import { BrokenFile } from './broken-file.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './main-area.module.css'
import { PageStandIn } from './page-stand-in.tsx'
import { Awaiting, firstPart, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

/** Fetched beside the window's first drawing, so that the frame of the window does not wait for the editor. */
const RequestArea = firstPart(async () => ({ default: (await import('./request-area.tsx')).RequestArea }))

/** What is in it comes from the host, which is asked meanwhile. */
const OpenTabs = firstPart(async () => ({ default: (await import('../features/tabs/index.ts')).OpenTabs }))

const PageArea = nearPart(async () => ({ default: (await import('./page-area.tsx')).PageArea }))

export const MainArea = memo(function MainArea() {
  const page = usePageStore((state) => state.page)
  const activeId = useDraftsStore((state) => state.activeId)
  const isBroken = useDraftsStore((state) => (state.activeId === null ? false : (state.tabs[state.activeId]?.broken ?? null) !== null))
  return (
    <main className={styles.main}>
      <Awaiting fallback={<div className={styles.tabs} aria-busy="true" />}>
        <OpenTabs actions={<LayoutSwitch />} />
      </Awaiting>
      {page !== null ? (
        <div className={styles.panel} id={OPEN_TABS.panelId}>
          <Awaiting fallback={<PageStandIn page={page} />}>
            <PageArea page={page} />
          </Awaiting>
        </div>
      ) : activeId === null ? (
        <NothingOpen />
      ) : (
        <div className={styles.panel} role="tabpanel" id={OPEN_TABS.panelId} aria-labelledby={OPEN_TABS.tabId(activeId)}>
          <ErrorBoundary part={t`This tab`} shows={activeId}>
            <Awaiting fallback={<div className={styles.panel} aria-busy="true" />}>
              {isBroken ? <BrokenFile draftId={activeId} /> : <RequestArea draftId={activeId} />}
            </Awaiting>
          </ErrorBoundary>
        </div>
      )}
    </main>
  )
})

function LayoutSwitch() {
  const split = useLayoutStore((state) => state.split)
  const label = split === 'beside' ? t`Response below` : t`Response beside`
  return (
    <IconButton label={label} {...useShortcut('layout.toggle')} icon={split === 'beside' ? <Rows /> : <Columns />} onClick={toggleSplit} />
  )
}

const KEYS = [
  [t`New`, 'request.new'],
  [t`Open a saved one`, 'request.open'],
  [t`Command palette`, 'palette.open'],
  [t`Side bar`, 'sidebar.toggle'],
] as const satisfies readonly (readonly [string, KeyedAction])[]

function NothingOpen() {
  return (
    <EmptyState icon={<Send />} title={t`No request is open`}>
      <p>{t`Choose one from the collections, or begin with a key.`}</p>
      <KeyList keys={useKeysOf(KEYS)} />
      <Button onClick={() => void openTour()}>{t`Take the tour`}</Button>
    </EmptyState>
  )
}
