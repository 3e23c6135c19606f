/** The open requests: their tabs, and of the one in front the address, the editor and the response. */
import Columns from 'lucide-react/icons/columns-2'
import Rows from 'lucide-react/icons/rows-2'
import { lazy, memo, Suspense } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { PreparedPreview } from '../features/prepared-preview/index.ts'
import { RequestBar, RequestSections } from '../features/request-editor/index.ts'
import { OPEN_TABS, OpenTabs } from '../features/tabs/index.ts'
import { shortcutText } from '../lib/shortcut-text.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { toggleSplit } from './app-actions.ts'
import { BrokenFile } from './broken-file.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './main-area.module.css'

/** Not needed before something was sent: fetched while nothing else goes on. */
const fetchViewer = async () => import('../features/response-viewer/index.ts')
const ResponseViewer = lazy(async () => ({ default: (await fetchViewer()).ResponseViewer }))

export const MainArea = memo(function MainArea() {
  const activeId = useDraftsStore((state) => state.activeId)
  const isBroken = useDraftsStore((state) => (state.activeId === null ? false : (state.tabs[state.activeId]?.broken ?? null) !== null))
  return (
    <main className={styles.main}>
      <OpenTabs actions={<LayoutSwitch />} />
      {activeId === null ? (
        <NothingOpen />
      ) : (
        <div className={styles.panel} role="tabpanel" id={OPEN_TABS.panelId} aria-labelledby={OPEN_TABS.tabId(activeId)}>
          <ErrorBoundary key={activeId} part="This tab">
            {isBroken ? <BrokenFile draftId={activeId} /> : <Request draftId={activeId} />}
          </ErrorBoundary>
        </div>
      )}
    </main>
  )
})

function Request({ draftId }: { readonly draftId: DraftId }) {
  return (
    <>
      <RequestBar draftId={draftId} />
      <Panes draftId={draftId} />
    </>
  )
}

function Panes({ draftId }: { readonly draftId: DraftId }) {
  const split = useLayoutStore((state) => state.split)
  const editorShare = useLayoutStore((state) => state.editorShare)
  const change = useLayoutStore((state) => state.change)
  return (
    <div className={styles.panes}>
      <SplitPane
        label="Resize the editor"
        direction={split}
        unit="share"
        size={editorShare}
        resetTo={0.5}
        minFirst={split === 'beside' ? 260 : 120}
        minSecond={split === 'beside' ? 260 : 120}
        onResize={(next) => change({ editorShare: next })}
        first={<Editor draftId={draftId} />}
        second={<Answer draftId={draftId} />}
      />
    </div>
  )
}

const Editor = memo(function Editor({ draftId }: { readonly draftId: DraftId }) {
  return (
    <>
      <RequestSections draftId={draftId} />
      <PreparedPreview draftId={draftId} />
    </>
  )
})

const Answer = memo(function Answer({ draftId }: { readonly draftId: DraftId }) {
  return (
    <ErrorBoundary part="The response">
      <Suspense fallback={<section className={styles.panel} aria-label="Response" aria-busy="true" />}>
        <ResponseViewer draftId={draftId} />
      </Suspense>
    </ErrorBoundary>
  )
})

function LayoutSwitch() {
  const split = useLayoutStore((state) => state.split)
  const label = split === 'beside' ? 'Response below' : 'Response beside'
  return <IconButton label={label} shortcut="Ctrl+J" icon={split === 'beside' ? <Rows /> : <Columns />} onClick={toggleSplit} />
}

const KEYS = [
  ['New', 'Ctrl+N'],
  ['Open a saved one', 'Ctrl+P'],
  ['Command palette', 'Ctrl+K'],
  ['Side bar', 'Ctrl+B'],
] as const

function NothingOpen() {
  return (
    <EmptyState title="No request is open">
      <p>Choose one from the collections, or begin with a key.</p>
      <dl className={styles.keys}>
        {KEYS.map(([label, keys]) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>
              <kbd>{shortcutText(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  )
}
