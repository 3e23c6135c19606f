/**
 * The platform of the web host: calls and events over one WebSocket, uploads and bodies over HTTP, all to the origin
 * that served the page. A lost connection is tried again with growing pauses; calls meanwhile fail as `Unavailable`.
 * A host that was started again on the same port and data folder lets the page in again by its cookie.
 */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import { MAX_FRAME_BYTES } from '#contract/frame-limits.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import type { ClientFrame } from '#contract/wire.ts'
import { Emitter } from './emitter.ts'
import { readError, readFrame, unavailable } from './frames.ts'
import type { ConnectionState, Platform, UploadOptions } from './platform.ts'
import { t } from '../lib/t.ts'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000

type Answer = Result<unknown, WireError>
type ConnectionListener = (state: ConnectionState) => void

/** What the link is told of its socket. */
export interface SocketEvents {
  readonly opened: () => void
  readonly received: (data: unknown) => void
  /** It ended, or never came to be; `isRefused` where a host is there that does not let us in. */
  readonly closed: (isRefused: boolean) => void
}

/** Opens a socket to the host; a test hands in its own. */
export type OpenSocket = (events: SocketEvents) => { readonly send: (text: string) => void }

/** The connection: numbered calls, their answers, and events. */
export class SocketLink {
  readonly events = new Emitter()
  readonly #open: OpenSocket
  readonly #pending = new Map<number, (answer: Answer) => void>()
  readonly #connectionListeners = new Set<ConnectionListener>()
  /** Set while it is open. */
  #send: ((text: string) => void) | null = null
  #nextId = 1
  /** Frames called for before the first connection stands, as texts. */
  #waiting: string[] = []
  #state: 'opening' | ConnectionState = 'opening'
  #pause = FIRST_PAUSE_MS
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(open: OpenSocket) {
    this.#open = open
    this.#connect()
  }

  call(name: string, input: unknown, signal?: AbortSignal): Promise<Answer> {
    if (this.#state === 'lost' || this.#state === 'refused') return Promise.resolve(failed(hostLost()))
    const id = this.#nextId
    this.#nextId += 1
    const frame = JSON.stringify({ type: 'call', id, name, input } satisfies ClientFrame)
    if (isTooLarge(frame)) return Promise.resolve(failed(tooLarge()))
    return new Promise((resolve) => {
      const onAbort = (): void => this.#post(JSON.stringify({ type: 'cancel', id } satisfies ClientFrame))
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#pending.set(id, (answer) => {
        signal?.removeEventListener('abort', onAbort)
        resolve(answer)
      })
      this.#post(frame)
      if (signal?.aborted) onAbort()
    })
  }

  onConnection(listener: ConnectionListener): () => void {
    this.#connectionListeners.add(listener)
    if (this.#state !== 'opening') listener(this.#state)
    return () => this.#connectionListeners.delete(listener)
  }

  reconnect(): void {
    if (this.#state === 'open' || this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
    this.#pause = FIRST_PAUSE_MS
    this.#connect()
  }

  #connect(): void {
    const socket = this.#open({
      opened: () => this.#opened((text) => socket.send(text)),
      received: (data) => this.#received(data),
      closed: (isRefused) => this.#closed(isRefused ? 'refused' : 'lost'),
    })
  }

  #opened(send: (text: string) => void): void {
    this.#send = send
    this.#pause = FIRST_PAUSE_MS
    this.#become('open')
    const waiting = this.#waiting
    this.#waiting = []
    waiting.forEach(send)
  }

  #closed(state: 'lost' | 'refused'): void {
    this.#send = null
    this.#waiting = []
    this.#become(state)
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    pending.forEach((settle) => settle(failed(hostLost())))
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#connect()
    }, this.#pause)
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
  }

  #received(data: unknown): void {
    const frame = typeof data === 'string' ? readFrame(parseJson(data)) : null
    if (!frame) return
    if (frame.type === 'event') {
      this.events.emit(frame.name, frame.payload)
      return
    }
    const settle = this.#pending.get(frame.id)
    this.#pending.delete(frame.id)
    settle?.(frame.result.ok ? ok(frame.result.value) : failed(frame.result.error))
  }

  #post(frame: string): void {
    if (this.#send) this.#send(frame)
    else this.#waiting.push(frame)
  }

  #become(state: ConnectionState): void {
    if (this.#state === state) return
    this.#state = state
    this.#connectionListeners.forEach((listener) => listener(state))
  }
}

/** The platform of a page that a web host serves. */
export function createHttpPlatform(clientId: string): Platform {
  const address = new URL(`/ws?client=${encodeURIComponent(clientId)}`, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const link = new SocketLink((events) => webSocket(address, events))
  addEventListener('online', () => link.reconnect())
  return {
    clientId,
    // The core has checked its output by the contract's schema of this very name.
    call: (name, input, signal) => link.call(name, input, signal) as Promise<Result<Output<typeof name>, WireError>>,
    callHost: async () => failed(unavailable(t`A window in the browser cannot open the system’s dialogs.`)),
    on: (name, listener) => link.events.on(name, listener),
    onConnection: (listener) => link.onConnection(listener),
    reconnect: () => link.reconnect(),
    askBeforeLeaving: (isNeeded) => addEventListener('beforeunload', (event) => isNeeded() && event.preventDefault()),
    filePath: () => null,
    upload,
    bodyUrl: (id, as) => bodyPath('', id, as),
  }
}

function webSocket(address: URL, events: SocketEvents): WebSocket {
  const socket = new WebSocket(address)
  let wasOpen = false
  socket.onopen = () => {
    wasOpen = true
    events.opened()
  }
  socket.onmessage = (event) => events.received(event.data)
  socket.onclose = () => {
    if (wasOpen) events.closed(false)
    else void isRefused().then(events.closed)
  }
  return socket
}

/** Of a handshake that fails a page is not told why, but of a plain request it is. */
async function isRefused(): Promise<boolean> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.status === 401
}

/** Path of a body under a base, as both hosts serve it. */
export function bodyPath(base: string, id: BodyId, as: Parameters<Platform['bodyUrl']>[1]): string {
  const query = 'contentType' in as ? new URLSearchParams({ type: as.contentType }) : new URLSearchParams({ download: as.downloadName })
  return `${base}/body/${id}?${query.toString()}`
}

/** By XMLHttpRequest, because fetch does not tell how far an upload has come. */
function upload(file: File, options: UploadOptions = {}): ReturnType<Platform['upload']> {
  const { signal, onProgress } = options
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/upload?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('x-posthaste', '1')
    request.upload.onprogress = (event) => onProgress?.(event.loaded)
    request.onload = () => resolve(uploadAnswer(request.status, parseJson(request.responseText)))
    request.onerror = () =>
      resolve(
        failed(unavailable(t`“${file.name}” could not be read or handed over.`, t`Check that the file still exists, then drop it again.`)),
      )
    request.onabort = () => resolve(failed({ kind: 'Cancelled', stage: 'call', message: t`Copying “${file.name}” was cancelled.` }))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    if (signal?.aborted) request.abort()
    else request.send(file)
  })
}

function uploadAnswer(status: number, answer: unknown): Awaited<ReturnType<Platform['upload']>> {
  const isStored = typeof answer === 'object' && answer !== null && 'path' in answer && 'bytes' in answer
  if (status === 200 && isStored && typeof answer.path === 'string' && typeof answer.bytes === 'number') {
    return ok({ path: answer.path, bytes: answer.bytes })
  }
  return failed(readError(typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : answer))
}

/** A host ends the connection over a frame that is too large, and with it every other call. A character is three bytes at most. */
function isTooLarge(frame: string): boolean {
  if (frame.length * 3 <= MAX_FRAME_BYTES) return false
  return frame.length > MAX_FRAME_BYTES || new Blob([frame]).size > MAX_FRAME_BYTES
}

function tooLarge(): WireError {
  const message = t`This is more than the ${MAX_FRAME_BYTES / 1024 ** 2} MiB that a window in the browser can hand over at once.`
  return { kind: 'TooLarge', stage: 'call', message, hint: t`Give what is large as a file.` }
}

function hostLost(): WireError {
  return unavailable(t`Posthaste does not answer.`, t`What you typed is kept in this browser and is written as soon as Posthaste is back.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
