/** The window: its parts in their places, and what opens over them. */
import { memo, useEffect } from 'react'
import { platform } from '../actions/platform-ref.ts'
import { nameOf } from '../actions/tabs.ts'
import { useBackupsStore } from '../stores/backups-store.ts'
import { useCookiesStore } from '../stores/cookies-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { useExportStore } from '../stores/export-store.ts'
import { useImportStore } from '../stores/import-store.ts'
import { showsSidebar, useLayoutStore } from '../stores/layout-store.ts'
import { useOverlayStore } from '../stores/overlay-store.ts'
import { useTrashStore } from '../stores/trash-store.ts'
import { SplitPane } from '../ui/split-pane.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { createAppActions, type Openers } from './app-actions.ts'
import styles from './app.module.css'
import { Banners } from './banners.tsx'
import { DropArea } from './drop-area.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { HeldKeys } from './held-keys.tsx'
import { MainArea } from './main-area.tsx'
import { Notices } from './notices.tsx'
import { Questions } from './questions.tsx'
import { isInFront, listenForShortcuts } from './shortcuts.ts'
import { SideBar } from './side-bar.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useFloatingSideBar } from './use-floating-side-bar.ts'
import { Awaiting, lazyPart, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const CommandPalette = nearPart(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))
const BackupsDialog = lazyPart(async () => ({ default: (await import('../features/backups/index.ts')).BackupsDialog }))
const CookiesDialog = nearPart(async () => ({ default: (await import('../features/cookies/index.ts')).CookiesDialog }))
const DeletedDialog = lazyPart(async () => ({ default: (await import('../features/deleted-items/index.ts')).DeletedDialog }))
const ExportDialog = nearPart(async () => ({ default: (await import('../features/export/index.ts')).ExportDialog }))
const ImportDialog = nearPart(async () => ({ default: (await import('../features/import/index.ts')).ImportDialog }))
const SettingsDialog = nearPart(async () => ({ default: (await import('../features/settings/index.ts')).SettingsDialog }))

const openers: Openers = {
  openPalette: (mode) => useOverlayStore.getState().open({ kind: 'palette', mode }),
  openSettings: (part) => useOverlayStore.getState().open({ kind: 'settings', part: part ?? null }),
}
const actions = createAppActions(openers)

export function App() {
  const overlay = useOverlayStore((state) => state.overlay)
  const close = useOverlayStore((state) => state.close)
  useActions()
  useWindowTitle()
  useFloatingSideBar()
  const showsVersions = useBackupsStore((state) => state.file !== null)
  const showsDeleted = useTrashStore((state) => state.isOpen)
  const showsExport = useExportStore((state) => state.subject !== null)
  const showsImport = useImportStore((state) => state.isOpen)
  const showsCookies = useCookiesStore((state) => state.jar !== null)
  return (
    <TooltipProvider>
      <div className={styles.window}>
        <TopBar openPalette={openers.openPalette} openSettings={openers.openSettings} />
        <Banners />
        <Workspace />
        <StatusBar />
      </div>
      <Notices />
      <DropArea />
      <Questions />
      <Awaiting fallback={<HeldKeys />}>
        {overlay?.kind === 'palette' && <CommandPalette mode={overlay.mode} actions={actions} onClose={close} />}
        {showsVersions && <BackupsDialog />}
        {showsCookies && <CookiesDialog />}
        {showsDeleted && <DeletedDialog />}
        {showsExport && <ExportDialog />}
        {showsImport && <ImportDialog />}
        {overlay?.kind === 'settings' && <SettingsDialog part={overlay.part} actions={actions} onClose={close} />}
      </Awaiting>
    </TooltipProvider>
  )
}

function Workspace() {
  const visible = useLayoutStore(showsSidebar)
  const isNarrow = useLayoutStore((state) => state.isNarrow)
  const width = useLayoutStore((state) => state.sidebarWidth)
  const change = useLayoutStore((state) => state.change)
  return (
    <SplitPane
      label={t`Resize the side bar`}
      direction="beside"
      unit="px"
      size={width}
      resetTo={260}
      minFirst={180}
      minSecond={isNarrow ? 0 : 480}
      firstVisible={visible}
      firstFloats={isNarrow}
      onResize={(next) => change({ sidebarWidth: next })}
      first={<Side />}
      second={<MainArea />}
    />
  )
}

const Side = memo(function Side() {
  return (
    <ErrorBoundary part={t`The side bar`}>
      <SideBar />
    </ErrorBoundary>
  )
})

/** Run actions when their key is pressed, or when the host's menu asks for them. */
function useActions(): void {
  useEffect(() => {
    const stopKeys = listenForShortcuts(actions)
    const stopMenu = platform().on('action.requested', ({ action }) => {
      if (!isInFront()) actions.find((candidate) => candidate.id === action)?.run()
    })
    return () => {
      stopKeys()
      stopMenu()
    }
  }, [])
}

function useWindowTitle(): void {
  const name = useDraftsStore((state) => {
    const tab = activeTab(state)
    return tab && nameOf(tab)
  })
  useEffect(() => {
    document.title = name === null ? 'Posthaste' : `${name} – Posthaste`
  }, [name])
}
