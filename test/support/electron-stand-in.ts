/**
 * Stands in for the `electron` module where no Electron runs: as much of its main and preload side as our host uses, with
 * Electron's order of events. It shows that our code asks Electron for the right things; not that Electron does them.
 * The host itself is checked against Electron's own types.
 */
import { EventEmitter } from 'node:events'

type Handler = (...values: never[]) => unknown
type ProtocolHandler = (request: Request) => Promise<Response>

/** What the tests look at and steer. */
export const state = {
  calls: [] as { readonly what: string; readonly with: readonly unknown[] }[],
  switches: new Map<string, string>(),
  isFirstInstance: true,
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  windows: [] as BrowserWindow[],
  protocols: new Map<string, ProtocolHandler>(),
  ipcHandlers: new Map<string, Handler>(),
  exposed: new Map<string, unknown>(),
  filePaths: new WeakMap<File, string>(),
  exitCode: null as number | null,
  menu: null as unknown,
  popups: [] as unknown[],
  openDialog: { canceled: false, filePaths: ['/picked/a.txt'] },
  saveDialog: { canceled: false, filePath: '/picked/out.bin' },
  permissions: { request: null as Handler | null, check: null as Handler | null, device: null as Handler | null },
}

function record(what: string, ...values: unknown[]): void {
  state.calls.push({ what, with: values })
}

/** Everything that was asked for under a name, such as `app.setPath`, in order. */
export function callsOf(what: string): readonly (readonly unknown[])[] {
  return state.calls.filter((call) => call.what === what).map((call) => call.with)
}

/** An event whose default can be prevented. */
export function preventable(
  fields: Record<string, unknown> = {},
): { preventDefault: () => void; prevented: boolean } & Record<string, unknown> {
  const event = { ...fields, prevented: false, preventDefault: () => void (event.prevented = true) }
  return event
}

class App extends EventEmitter {
  readonly isPackaged = true
  #ready: () => void = () => undefined
  readonly #whenReady = new Promise<void>((resolve) => (this.#ready = resolve))
  isReady = false
  readonly commandLine = {
    getSwitchValue: (name: string) => state.switches.get(name) ?? '',
    hasSwitch: (name: string) => state.switches.has(name),
  }
  setPath(name: string, path: string): void {
    record('app.setPath', name, path)
  }
  getAppPath(): string {
    return '/opt/Posthaste/resources/app.asar'
  }
  requestSingleInstanceLock(): boolean {
    return state.isFirstInstance
  }
  enableSandbox(): void {
    if (this.isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    record('app.enableSandbox')
  }
  whenReady(): Promise<void> {
    return this.#whenReady
  }
  /** Electron gets ready: what had to come before has come. */
  becomeReady(): Promise<void> {
    this.isReady = true
    this.#ready()
    return new Promise((resolve) => setImmediate(resolve))
  }
  quit(): void {
    record('app.quit')
    this.emit('before-quit', preventable())
    for (const window of [...state.windows]) window.close()
    if (state.windows.length > 0) return
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.prevented) this.exit(0)
  }
  exit(code: number): void {
    state.exitCode ??= code
  }
}
export const app = new App()

interface Frame {
  url: string
}

class WebContents extends EventEmitter {
  static #lastId = 0
  readonly id = (WebContents.#lastId += 1)
  readonly mainFrame: Frame = { url: '' }
  readonly window: BrowserWindow
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null
  #isDestroyed = false

  constructor(window: BrowserWindow) {
    super()
    this.window = window
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler
  }
  send(channel: string, frame: unknown): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    ipcRenderer.emit(channel, {}, structuredClone(frame))
  }
  reload(): void {
    record('webContents.reload')
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url: this.mainFrame.url })
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  markDestroyed(): void {
    this.#isDestroyed = true
  }
}

interface WindowOptions {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly webPreferences: { readonly additionalArguments: string[] } & Record<string, unknown>
}

export class BrowserWindow extends EventEmitter {
  readonly options: WindowOptions
  readonly webContents: WebContents
  bounds: { x: number; y: number; width: number; height: number }
  visible = false
  maximized = false
  minimized = false
  #destroyed = false

  constructor(options: WindowOptions) {
    super()
    this.options = options
    this.bounds = { x: options.x ?? 100, y: options.y ?? 100, width: options.width, height: options.height }
    this.webContents = new WebContents(this)
    state.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    record('window.loadURL', url)
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url })
    this.webContents.mainFrame.url = url
    await Promise.resolve()
    this.emit('ready-to-show')
  }
  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.prevented) this.destroy()
  }
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.webContents.markDestroyed()
    state.windows.splice(state.windows.indexOf(this), 1)
    this.emit('closed')
    if (state.windows.length === 0) app.emit('window-all-closed')
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  show(): void {
    this.visible = true
  }
  hide(): void {
    this.visible = false
  }
  focus(): void {
    record('window.focus')
  }
  restore(): void {
    this.minimized = false
  }
  maximize(): void {
    this.maximized = true
    this.emit('maximize')
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isFullScreen(): boolean {
    return false
  }
  getNormalBounds(): BrowserWindow['bounds'] {
    return this.bounds
  }
  /** The user drags it. */
  moveTo(bounds: BrowserWindow['bounds']): void {
    this.bounds = bounds
    this.emit('move')
    this.emit('resize')
  }
}

export const ipcMain = {
  handle: (channel: string, handler: Handler): void => {
    if (state.ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    state.ipcHandlers.set(channel, handler)
  },
}

/** A frame, as it comes in from a window, with whatever sender the test says. */
export async function invokeFrom(sender: WebContents, senderFrame: Frame | null, channel: string, frame: unknown): Promise<unknown> {
  const handler = state.ipcHandlers.get(channel) as ((event: unknown, frame: unknown) => Promise<unknown>) | undefined
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  return structuredClone(await handler({ sender, senderFrame }, structuredClone(frame)))
}

class IpcRenderer extends EventEmitter {
  async invoke(channel: string, frame: unknown): Promise<unknown> {
    const contents = state.windows[0]?.webContents
    if (!contents) throw new Error('There is no window.')
    return invokeFrom(contents, contents.mainFrame, channel, frame)
  }
}
export const ipcRenderer = new IpcRenderer()

export const contextBridge = { exposeInMainWorld: (key: string, value: unknown): void => void state.exposed.set(key, value) }
export const webUtils = { getPathForFile: (file: File): string => state.filePaths.get(file) ?? '' }

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown): void => {
    if (app.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    record('protocol.registerSchemesAsPrivileged', schemes)
  },
  handle: (scheme: string, handler: ProtocolHandler): void => {
    if (!app.isReady) throw new Error('protocol.handle should be called after app is ready')
    state.protocols.set(scheme, handler)
  },
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Handler): void => void (state.permissions.request = handler),
    setPermissionCheckHandler: (handler: Handler): void => void (state.permissions.check = handler),
    setDevicePermissionHandler: (handler: Handler): void => void (state.permissions.device = handler),
  },
}

/** Tells of sleep and waking; before the app is ready, Electron has none. */
export const powerMonitor = new EventEmitter()

export const shell = {
  openExternal: async (url: string): Promise<void> => record('shell.openExternal', url),
  showItemInFolder: (path: string): void => record('shell.showItemInFolder', path),
}

export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown) => {
    record('dialog.showOpenDialog', options)
    return state.openDialog
  },
  showSaveDialog: async (_window: unknown, options: unknown) => {
    record('dialog.showSaveDialog', options)
    return state.saveDialog
  },
  showErrorBox: (title: string, content: string): void => record('dialog.showErrorBox', title, content),
}

export const Menu = {
  buildFromTemplate: (template: unknown) => ({ template, popup: () => void state.popups.push(template) }),
  setApplicationMenu: (menu: { template: unknown }): void => void (state.menu = menu.template),
}

export const screen = { getAllDisplays: () => state.displays }
export const nativeTheme = { shouldUseDarkColors: false }
/** As on a system without a key store. */
export const safeStorage = { isEncryptionAvailable: (): boolean => false }
