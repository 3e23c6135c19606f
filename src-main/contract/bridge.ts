/**
 * What the preload puts into the window as `window.posthaste`: the whole of what a page in Electron can reach. A page
 * without it speaks to the web host instead. Files are `unknown` here, because the contract knows no DOM.
 */
import type { Capabilities } from './capabilities.ts'
import type { ClientFrame, ServerFrame } from './wire.ts'

export interface Bridge {
  /** Names this window in events that it caused itself. */
  readonly clientId: string
  readonly capabilities: Capabilities
  /** Answers a call with its reply frame, and a cancel with null. It does not reject. */
  readonly invoke: (frame: ClientFrame) => Promise<ServerFrame | null>
  /** Calls the listener with every event frame, until the function that comes back is called. */
  readonly onEvent: (listener: (frame: ServerFrame) => void) => () => void
  /** Absolute path of a `File` that was dropped or picked; null for one that the page made itself. */
  readonly filePath: (file: unknown) => string | null
}

/** Where the bridge stands on the page's global object. */
export const BRIDGE_KEY = 'posthaste'

/** Channels of Electron's IPC. They stand here and not beside the frames, so that the preload need not carry schemas. */
export const IPC_CALL = 'posthaste:call'
export const IPC_EVENT = 'posthaste:event'
