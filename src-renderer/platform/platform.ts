/**
 * Everything outside the window that the window may use. One implementation speaks Electron's IPC, one a WebSocket;
 * the rest of the renderer cannot tell which it has.
 */
import type { CommandName, Input, Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { EventName, EventPayload } from '#contract/events.ts'
import type { HostCommandName, HostInput, HostOutput } from '#contract/host-commands.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'

export interface UploadOptions {
  readonly signal?: AbortSignal
  /** Called with the bytes handed over so far. */
  readonly onProgress?: (bytes: number) => void
}

/** `refused`: the host is there, and does not know this browser any more. */
export type ConnectionState = 'open' | 'lost' | 'refused'

export interface Platform {
  /** Names this window in events that it caused itself. */
  readonly clientId: string
  /** Aborting asks the host to stop; the answer still comes, as `Cancelled` or with what was done by then. */
  call: <N extends CommandName>(name: N, input: Input<N>, signal?: AbortSignal) => Promise<Result<Output<N>, WireError>>
  /** Refused with `Unavailable` where the host lacks the capability. */
  callHost: <N extends HostCommandName>(name: N, input: HostInput<N>) => Promise<Result<HostOutput<N>, WireError>>
  on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => () => void
  /** Told when the host goes away and when it is back. */
  onConnection: (listener: (state: ConnectionState) => void) => () => void
  /** Try at once to reach a lost host; it is tried again and again anyway. */
  reconnect: () => void
  /** Ask the user before the page is left while this holds. A window that its host closes in good order never asks. */
  askBeforeLeaving: (isNeeded: () => boolean) => void
  /** Path of a dropped or picked file; null where the host has no real paths. */
  filePath: (file: File) => string | null
  /** Streams a file's bytes to the data folder, where the host has no real paths. */
  upload: (file: File, options?: UploadOptions) => Promise<Result<{ readonly path: string; readonly bytes: number }, WireError>>
  /** Address of a body's decoded bytes, for an image or a download. Never run: served with a sandboxing policy. */
  bodyUrl: (id: BodyId, as: { readonly contentType: string } | { readonly downloadName: string }) => string
}
