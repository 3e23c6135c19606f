/**
 * The one main window: made where it stood last, and closed only when everything typed in it has been handed over. The
 * page writes its edits within 300 ms, so a window that is hidden and then quiet has nothing left to say.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { AnyEvent } from '#contract/events.ts'
import type { Opened } from '#contract/host-commands.ts'
import type { Core } from '#core/create-core.ts'
import { appRoot } from '../shell/app-root.ts'
import { clientArgument } from './client-argument.ts'
import { offerContextMenu } from './context-menu.ts'
import { connectWindow } from './ipc.ts'
import type { AppMenu } from './menu.ts'
import { keepWindowPlace, MINIMUM_SIZE, readWindowPlace, type WindowPlace } from './window-state.ts'

export interface MainWindowOptions {
  readonly dataDir: string
  readonly core: Promise<Core>
  /** Address of our own page. */
  readonly address: string
  readonly isOwnPage: (address: string) => boolean
  readonly takeOpened: () => readonly Opened[]
  readonly menu: AppMenu
  readonly log: (line: string) => void
}

export interface MainWindow {
  readonly window: BrowserWindow
  readonly send: (event: AnyEvent) => void
}

/** As long as the page may hold an edit back before it writes it, and a little more. */
const QUIET_MS = 400
/** A page that crashes at once each time is not loaded for ever. */
const RELOADS = { most: 3, withinMs: 60_000 } as const

export function openMainWindow(options: MainWindowOptions): MainWindow {
  const { dataDir, log } = options
  const clientId = randomUUID()
  const workAreas = screen.getAllDisplays().map((display) => display.workArea)
  const place = readWindowPlace(dataDir, workAreas)
  const window = createWindow(place, clientId)
  if (place.maximized) window.maximize()
  const savePlace = keepWindowPlace(window, dataDir, log)
  const { core, isOwnPage, takeOpened, menu } = options
  const ipc = connectWindow({ window, clientId, core, isOwnPage, takeOpened, menu, log })
  offerContextMenu(window, menu.texts)
  reloadAfterCrash(window, log)
  window.once('ready-to-show', () => window.show())
  closeWhenQuiet(window, () => Promise.all([savePlace(), wait(QUIET_MS).then(ipc.idle)]))
  window.on('closed', ipc.close)
  window.loadURL(options.address).catch((error: Error) => log(`The page was not loaded: ${error.message}`))
  return { window, send: ipc.send }
}

function createWindow(place: WindowPlace, clientId: string): BrowserWindow {
  return new BrowserWindow({
    width: place.width,
    height: place.height,
    ...(place.x !== null && place.y !== null && { x: place.x, y: place.y }),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Posthaste',
    show: false,
    // What is seen until the page has drawn itself.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15171c' : '#ffffff',
    webPreferences: {
      preload: join(appRoot(), 'out', 'preload', 'preload.cjs'),
      additionalArguments: [clientArgument(clientId)],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // A hidden window still has its last edits to write.
      backgroundThrottling: false,
    },
  })
}

function closeWhenQuiet(window: BrowserWindow, quiet: () => Promise<unknown>): void {
  window.once('close', (event) => {
    event.preventDefault()
    window.hide()
    void quiet().finally(() => window.destroy())
  })
}

function reloadAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  const crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log(`The window's process ended (${reason}, ${exitCode}).`)
    const now = performance.now()
    crashes.push(now)
    if (crashes.filter((at) => now - at < RELOADS.withinMs).length <= RELOADS.most) window.webContents.reload()
  })
}
