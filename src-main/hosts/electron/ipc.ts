/**
 * The main side of Electron's IPC, and the only file that may use it. One channel takes in frames, one hands out events;
 * every frame's sender is checked. Nothing is ever thrown across, for only its message would arrive.
 */
import { ipcMain, type BrowserWindow } from 'electron'
import { IPC_CALL, IPC_EVENT } from '#contract/bridge.ts'
import type { AnyEvent } from '#contract/events.ts'
import type { Opened } from '#contract/host-commands.ts'
import { failed } from '#contract/result.ts'
import type { ServerFrame } from '#contract/wire.ts'
import type { Core } from '#core/create-core.ts'
import { stackOf, UNCAUGHT } from '../shell/bug-net.ts'
import { createCallSession, invalidCall, type CallSession } from '../shell/call-session.ts'
import { callHost, isHostCommand } from './host-calls.ts'
import type { AppMenu } from './menu.ts'
import { isTrustedSender } from './trusted-sender.ts'

export interface WindowIpcOptions {
  readonly window: BrowserWindow
  readonly clientId: string
  readonly core: Promise<Core>
  readonly isOwnPage: (address: string) => boolean
  readonly takeOpened: () => readonly Opened[]
  readonly menu: AppMenu
  readonly log: (line: string) => void
}

export interface WindowIpc {
  readonly send: (event: AnyEvent) => void
  /** Resolves when no call of the window is open. */
  readonly idle: () => Promise<void>
  readonly close: () => void
}

const sessions = new Map<number, { readonly session: CallSession; readonly options: WindowIpcOptions }>()

/** Takes in calls, from every window that is connected below. Once, at start. */
export function handleCalls(log: (line: string) => void): void {
  ipcMain.handle(IPC_CALL, async (event, frame: unknown): Promise<ServerFrame | null> => {
    const known = sessions.get(event.sender.id)
    if (!known || !isTrustedSender(event, known.options.window.webContents, known.options.isOwnPage)) {
      log(`Refused a call from ${event.senderFrame?.url.slice(0, 200) ?? 'a frame that is gone'}.`)
      return { type: 'reply', id: -1, result: failed(invalidCall('Only the window of Posthaste itself may call.')) }
    }
    return known.session.receive(frame)
  })
}

/** Lets a window call, until it is closed. A page that goes away, by a reload or a crash, takes its open calls with it. */
export function connectWindow(options: WindowIpcOptions): WindowIpc {
  const { window, clientId, core, takeOpened, menu, log } = options
  const contents = window.webContents
  const session = createCallSession(
    clientId,
    async (name, input, context) => {
      const opened = await core
      if (!isHostCommand(name)) return opened.call(name, input, context)
      return callHost(name, input, { window, grantWrite: opened.grantWrite, takeOpened, showMenuTexts: menu.showTexts })
    },
    (error) => {
      log(stackOf(error))
      return UNCAUGHT
    },
  )
  sessions.set(contents.id, { session, options })
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) session.close()
  })
  contents.on('render-process-gone', session.close)
  const close = (): void => {
    sessions.delete(contents.id)
    session.close()
  }
  return {
    send: (event) => {
      const frame: ServerFrame = { type: 'event', name: event.name, payload: event.payload }
      if (!contents.isDestroyed()) contents.send(IPC_EVENT, frame)
    },
    idle: session.idle,
    close,
  }
}
