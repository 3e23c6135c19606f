/**
 * The Electron host: puts the parts together in the order Electron demands (scheme, sandbox and lock before ready,
 * everything else after), and leaves in good order. No rule about HTTP lives here.
 */
import { join } from 'node:path'
import { app, dialog, powerMonitor } from 'electron'
import type { AnyEvent } from '#contract/events.ts'
import type { Language } from '#contract/model/language.ts'
import { preferredLanguage } from '#contract/model/preferred-language.ts'
import { SettingsSchema, type Settings } from '#contract/model/settings.ts'
import type { Core } from '#core/create-core.ts'
import { rendererDir } from '../shell/app-root.ts'
import { catchBugs, stackOf } from '../shell/bug-net.ts'
import { dataDirOf } from '../shell/default-data-dir.ts'
import { portsOf } from '../shell/ports.ts'
import { APP_URL, isAppPage } from './app-address.ts'
import { registerAppScheme, serveAppProtocol } from './app-protocol.ts'
import { ELECTRON_CAPABILITIES } from './capabilities.ts'
import { commandLineArguments, runCommandLine } from './command-line.ts'
import { systemCipher } from './host-cipher.ts'
import { handleCalls } from './ipc.ts'
import { lockDown } from './lockdown.ts'
import { installMenu, type AppMenu } from './menu.ts'
import { createOpenRequests, type OpenRequests } from './open-requests.ts'
import { openMainWindow, type MainWindow } from './window.ts'

const CANNOT_START: Readonly<Record<Language, string>> = { en: 'Posthaste cannot start', 'zh-CN': 'Posthaste 无法启动' }

/** How long the core may take to put things away before we leave all the same. */
const CLOSING_MS = 5000

function main(): void {
  process.stderr.on('error', () => undefined)
  const dataDir = dataDirOf(app.commandLine.getSwitchValue('data-dir'))
  // Chromium's own files, and with them the lock that makes us single, go with the data folder.
  app.setPath('userData', join(dataDir, 'chromium'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerAppScheme()
  // It would take the switch back that a start as root needs; the window's own sandbox is asked for in any case.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // On macOS files and links come as events, and may come before anything is ready.
  const requests = createOpenRequests({ ownFolder: app.getAppPath() })
  requests.add(process.argv.slice(1), process.cwd())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    requests.add([path], '/')
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    requests.add([url], '/')
  })
  const core = openCore(dataDir)
  core.catch((error: unknown) => {
    log(`Posthaste cannot start: ${stackOf(error)}`)
    // No window is there yet to say it in.
    const title = CANNOT_START[preferredLanguage(app.getPreferredSystemLanguages())]
    dialog.showErrorBox(title, error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
  closeCoreBeforeQuitting(core)
  void app.whenReady().then(() => run(dataDir, core, requests))
}

function run(dataDir: string, core: Promise<Core>, requests: OpenRequests): void {
  let current: MainWindow | null = null
  let isQuitting = false
  // While developing, the page comes from Vite's server instead; a packaged app never looks.
  const devAddress = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const isOwnPage = devAddress === undefined ? isAppPage : (address: string) => URL.parse(address)?.origin === URL.parse(devAddress)?.origin
  const request = (action: string): void => (current ? send({ name: 'action.requested', payload: { action } }) : open())
  const menu = installMenu(process.platform, request)
  const open = (): void => {
    const opened = openMainWindow({ dataDir, core, address: devAddress ?? APP_URL, isOwnPage, takeOpened: requests.take, menu, log })
    current = opened
    opened.window.on('closed', () => (current = current === opened ? null : current))
  }
  const send = (event: AnyEvent): void => current?.send(event)

  lockDown(isOwnPage)
  serveAppProtocol({ rendererDir: rendererDir(), core })
  handleCalls(log)
  core.then((opened) => followKeys(opened, menu)).catch(() => undefined) // main() has told of it
  catchBugs(log, (error) => send({ name: 'bug.reported', payload: { error } }))
  core.then((opened) => opened.on(send)).catch(() => undefined) // main() has told of it
  open()

  const show = (): void => (current ? focus(current) : open())
  // A window that opens only now asks by itself.
  requests.onMore(() => {
    show()
    send({ name: 'shell.opened', payload: {} })
  })
  app.on('second-instance', (_event, argv, folder) => {
    show()
    requests.add(argv.slice(1), folder)
  })
  app.on('activate', show)
  powerMonitor.on('resume', () => void core.then(({ wake }) => wake()).catch(() => undefined)) // main() has told of it
  // A window puts off its closing until it is quiet, and with it the quitting: it is taken up again here.
  app.on('before-quit', () => (isQuitting = true))
  app.on('window-all-closed', () => {
    if (isQuitting || process.platform !== 'darwin') app.quit()
  })
}

/** The menu shows the keys that the settings give to actions, and follows them. */
function followKeys(core: Core, menu: AppMenu): void {
  const show = ({ keys }: Pick<Settings, 'keys'>): void => menu.showKeys(keys)
  core.on((event) => {
    if (event.name === 'settings.changed') show(event.payload.settings)
  })
  void core.call('settings.read', {}, { clientId: 'menu', signal: new AbortController().signal }).then((read) => {
    const settings = SettingsSchema.safeParse(read.ok ? read.value : {})
    if (settings.success) show(settings.data)
  })
}

function focus({ window }: MainWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** `will-quit` comes after every window has closed, so after the last edit has arrived. */
function closeCoreBeforeQuitting(core: Promise<Core>): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    const late = setTimeout(() => app.exit(0), CLOSING_MS)
    void core
      .then((opened) => opened.close())
      .catch((error: unknown) => log(stackOf(error)))
      .finally(() => {
        clearTimeout(late)
        app.exit(0)
      })
  })
}

async function openCore(dataDir: string): Promise<Core> {
  const { createCore } = await import('#core/create-core.ts')
  return createCore(portsOf(dataDir, ELECTRON_CAPABILITIES, { watch: true, log, hostCipher: systemCipher(process.platform) }))
}

function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

const commandLine = commandLineArguments(process.argv)
if (commandLine === null) main()
else {
  app.dock?.hide()
  // Electron gets ready only when this file has run to its end: no window, no display, no lock is asked for.
  await runCommandLine(commandLine)
}
