// The Electron host, main side and preload, on a stand-in for the `electron` module: the order of its start, what the
// page's bridge can and cannot do, and that leaving waits for what is being written. It shows nothing about Electron itself.
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { IPC_CALL, type Bridge } from '#contract/bridge.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { ok } from '#contract/result.ts'
import type { ServerFrame } from '#contract/wire.ts'
import { openStandInWindow, standInDataDir, startMain, startStandInHost, type StandInHost } from '../support/electron-stand-in-host.ts'
import { FakePlatform } from '../support/fake-platform.ts'
import { httpServer } from '../support/http-server.ts'
import { onStandIn, type StandIn } from '../support/electron-stand-in-load.ts'

const start = async (): Promise<StandInHost> => startStandInHost(await standInDataDir())

let lastId = 0
async function call(bridge: Bridge, name: string, input?: unknown): Promise<unknown> {
  lastId += 1
  const frame = await bridge.invoke({ type: 'call', id: lastId, name, input })
  if (frame?.type !== 'reply' || frame.id !== lastId) throw new Error('no reply')
  return frame.result
}

function draft(id: string): object {
  const document = emptyRequest('A draft')
  return { id, nodeId: null, revision: null, document, dirty: true, shelvedBodies: [], shelvedAuths: [] }
}

describe('starting', () => {
  test('claims its scheme, its sandbox and its folder before Electron is ready', async () => {
    const dataDir = await standInDataDir()
    const electron = await startMain(dataDir)

    expect(electron.callsOf('protocol.registerSchemesAsPrivileged')).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]],
    ])
    expect(electron.callsOf('app.enableSandbox')).toHaveLength(1)
    expect(electron.callsOf('app.setPath')).toEqual([['userData', join(dataDir, 'chromium')]])
  })

  test('leaves the sandbox switch alone where it was started as root', async () => {
    const electron = await startMain(await standInDataDir(), (standIn) => standIn.state.switches.set('no-sandbox', ''))

    expect(electron.callsOf('app.enableSandbox')).toEqual([])
  })

  test('gives way to an instance that runs already', async () => {
    const electron = await startMain(await standInDataDir(), (standIn) => (standIn.state.isFirstInstance = false))
    await electron.app.becomeReady()

    expect(electron.callsOf('app.quit')).toHaveLength(1)
    expect(electron.state.windows).toEqual([])
  })

  test('opens one walled-in window on its own page', async () => {
    const { electron, window } = await start()

    expect(electron.callsOf('window.loadURL')).toEqual([['app://posthaste/']])
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    })
    await vi.waitFor(() => expect(window.visible).toBe(true))
  })

  test('shows the window it has when it is started a second time', async () => {
    const { electron, window } = await start()
    window.minimized = true

    electron.app.emit('second-instance', {}, ['/opt/Posthaste/posthaste-desktop'], '/')

    expect([window.minimized, electron.callsOf('window.focus').length, electron.state.windows.length]).toEqual([false, 1, 1])
  })
})

describe('the bridge', () => {
  test('carries calls to the core and answers with its result', async () => {
    const { bridge, dataDir } = await start()

    expect(await call(bridge, 'app.info')).toMatchObject({ ok: true, value: { dataDir, capabilities: bridge.capabilities, problem: null } })
    expect(await call(bridge, 'nope')).toMatchObject({ ok: false, error: { kind: 'InvalidCall' } })
    expect(await call(bridge, 'body.bytes', { id: 'x' })).toMatchObject({ ok: false, error: { kind: 'InvalidCall' } })
  })

  test('carries events, until they are no longer wanted', async () => {
    const { bridge, electron } = await start()
    const frames: ServerFrame[] = []
    const stop = bridge.onEvent((frame) => frames.push(frame))

    clickMenu(electron, 'request.send')
    stop()
    clickMenu(electron, 'request.new')

    expect(frames).toEqual([{ type: 'event', name: 'action.requested', payload: { action: 'request.send' } }])
  })

  test('knows the path of a dropped file, and none of what the page made itself', async () => {
    const { bridge, electron } = await start()
    const dropped = new File(['x'], 'a.txt')
    electron.state.filePaths.set(dropped, '/home/user/a.txt')

    expect([bridge.filePath(dropped), bridge.filePath(new File(['x'], 'b.txt')), bridge.filePath('a.txt')]).toEqual([
      '/home/user/a.txt',
      null,
      null,
    ])
  })

  test('shows the page those five things and no more', async () => {
    const { bridge } = await start()

    expect(Object.keys(bridge).sort()).toEqual(['capabilities', 'clientId', 'filePath', 'invoke', 'onEvent'])
    expect(bridge.clientId).toMatch(/^[\w-]{6,64}$/)
  })

  test('opens dialogs and shows files, by checked inputs', async () => {
    const { bridge, electron } = await start()

    expect(await call(bridge, 'dialog.openFiles', { title: 'Choose', multiple: true })).toEqual({
      ok: true,
      value: { paths: ['/picked/a.txt'] },
    })
    expect(await call(bridge, 'dialog.openFolder', { title: 'Choose' })).toEqual({ ok: true, value: { path: '/picked/a.txt' } })
    expect(await call(bridge, 'dialog.saveFile', { title: 'Save', defaultName: '../../.bashrc' })).toEqual({
      ok: true,
      value: { path: '/picked/out.bin' },
    })
    expect(await call(bridge, 'dialog.openFiles', { title: 1 })).toMatchObject({ ok: false, error: { kind: 'InvalidCall' } })
    await call(bridge, 'shell.reveal', { path: '/picked/a.txt' })
    await call(bridge, 'shell.reveal', { path: 'relative' })

    expect(electron.callsOf('dialog.showOpenDialog')[0]).toEqual([{ title: 'Choose', properties: ['openFile', 'multiSelections'] }])
    expect(electron.callsOf('dialog.showSaveDialog')[0]?.[0]).toMatchObject({ defaultPath: expect.stringMatching(/[/\\]bashrc$/) })
    expect(electron.callsOf('shell.showItemInFolder')).toEqual([['/picked/a.txt']])
  })

  test('says so when the user thinks better of a dialog', async () => {
    const { bridge, electron } = await start()
    electron.state.openDialog = { canceled: true, filePaths: [] }
    electron.state.saveDialog = { canceled: true, filePath: '' }

    expect(await call(bridge, 'dialog.openFiles', { title: 'Choose', multiple: false })).toEqual({ ok: true, value: { paths: [] } })
    expect(await call(bridge, 'dialog.openFolder', { title: 'Choose' })).toEqual({ ok: true, value: { path: null } })
    expect(await call(bridge, 'dialog.saveFile', { title: 'Save', defaultName: 'a' })).toEqual({ ok: true, value: { path: null } })
  })
})

describe('files and links of the system', () => {
  test('wait for the window, which takes each once', async () => {
    const dataDir = await standInDataDir()
    const electron = await startMain(dataDir)
    electron.app.emit('open-url', { preventDefault: () => undefined }, 'posthaste://import?text=curl%20example.org')
    const { bridge } = await openStandInWindow(electron, dataDir)

    expect(await call(bridge, 'shell.takeOpened', {})).toEqual({
      ok: true,
      value: { opened: [{ kind: 'text', text: 'curl example.org' }] },
    })
    expect(await call(bridge, 'shell.takeOpened', {})).toEqual({ ok: true, value: { opened: [] } })
  })

  test('of a second start are told to the window that is there, which is shown', async () => {
    const { bridge, electron, dataDir, window } = await start()
    const frames: ServerFrame[] = []
    bridge.onEvent((frame) => frames.push(frame))
    window.minimized = true

    electron.app.emit('second-instance', {}, ['/app', '--allow-file-access-from-files', '.'], dataDir)

    expect(frames).toEqual([{ type: 'event', name: 'shell.opened', payload: {} }])
    expect(await call(bridge, 'shell.takeOpened', {})).toEqual({ ok: true, value: { opened: [{ kind: 'collection', path: dataDir }] } })
    expect(window.minimized).toBe(false)
  })
})

describe('other senders', () => {
  const frame = { type: 'call', id: 1, name: 'app.info', input: {} }

  test('are refused: a frame in the page, a page elsewhere, another window, a frame that is gone', async () => {
    const { electron, window } = await start()
    const { webContents } = window
    const stranger = new electron.BrowserWindow({ width: 1, height: 1, webPreferences: { additionalArguments: [] } })
    stranger.webContents.mainFrame.url = 'app://posthaste/'

    const answers = [
      await electron.invokeFrom(webContents, { url: 'app://posthaste/' }, IPC_CALL, frame),
      await electron.invokeFrom(stranger.webContents, stranger.webContents.mainFrame, IPC_CALL, frame),
      await electron.invokeFrom(webContents, null, IPC_CALL, frame),
    ]
    webContents.mainFrame.url = 'https://evil.example/'
    answers.push(await electron.invokeFrom(webContents, webContents.mainFrame, IPC_CALL, frame))
    stranger.destroy()
    webContents.mainFrame.url = 'app://posthaste/'

    for (const answer of answers) expect(answer).toMatchObject({ type: 'reply', result: { ok: false, error: { kind: 'InvalidCall' } } })
    expect(answers).toHaveLength(4)
  })

  test('that send no frame get an answer and do no harm', async () => {
    const { electron, window, bridge } = await start()

    const answer = await electron.invokeFrom(window.webContents, window.webContents.mainFrame, IPC_CALL, { type: 'dance' })

    expect(answer).toMatchObject({ type: 'reply', id: -1, result: { ok: false } })
    expect(await call(bridge, 'settings.read')).toMatchObject({ ok: true })
  })
})

test('after sleep, no connection from before it is used', async () => {
  const server = await httpServer((_request, response) => response.end('ok'))
  const { electron, bridge } = await start()
  const send = async (): Promise<void> => {
    const done = Promise.withResolvers<void>()
    const stop = bridge.onEvent((frame) => {
      if (frame.type === 'event' && JSON.stringify(frame.payload).includes('"kind":"done"')) done.resolve()
    })
    const document = { ...emptyRequest('R'), method: 'POST', url: server.url }
    await call(bridge, 'exchange.send', { document, nodeId: null, seed: 'seed-of-a-test', draftId: null })
    await done.promise
    stop()
  }
  await send()
  await send()
  expect(server.connections()).toBe(1)

  electron.powerMonitor.emit('resume')
  await send()

  expect(server.connections()).toBe(2)
})

describe('leaving', () => {
  test('keeps what the page writes after its window was closed', async () => {
    const { electron, window, bridge, dataDir } = await start()

    window.close()
    const hidden = !window.visible
    const saved = call(bridge, 'drafts.save', { draft: draft('last-words') })
    await vi.waitFor(() => expect(electron.state.exitCode).toBe(0), 10_000)

    expect(hidden).toBe(true)
    expect(await saved).toMatchObject({ ok: true })
    const again = await startStandInHost(dataDir)
    expect(await call(again.bridge, 'drafts.load')).toMatchObject({ ok: true, value: { drafts: [{ id: 'last-words' }] } })
  })

  test('quits although the window puts off its closing', async () => {
    const { electron } = await start()

    electron.app.quit()
    expect(electron.state.exitCode).toBeNull()

    await vi.waitFor(() => expect(electron.state.exitCode).toBe(0), 10_000)
    expect(electron.state.windows).toEqual([])
  })

  test('loads the page again after its process crashed, but not for ever', async () => {
    const { electron, window } = await start()

    for (let crash = 0; crash < 5; crash += 1) window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })

    expect(electron.callsOf('webContents.reload')).toHaveLength(3)
  })
})

interface Item {
  readonly id?: string
  readonly type?: string
  readonly label?: string
  readonly role?: string
  readonly click?: () => void
  readonly submenu?: readonly Item[] | string
}

const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(typeof item.submenu === 'object' ? flat(item.submenu) : [])])
const menuOf = (electron: StandIn): readonly Item[] => flat(electron.state.menu as readonly Item[])

function clickMenu(electron: StandIn, id: string): void {
  menuOf(electron)
    .find((item) => item.id === id)
    ?.click?.()
}

describe('the menu', () => {
  test('asks for actions that the window has', async () => {
    const { MENU_ACTIONS } = (await onStandIn(() => import('../../src-main/hosts/electron/menu.ts'))).module
    const { createAppActions } = await import('../../src-renderer/app/app-actions.ts')
    const ids = new Set(createAppActions({ openPalette: () => undefined, openSettings: () => undefined }).map(({ id }) => id))

    const items = Object.values(MENU_ACTIONS).flatMap((section) => section.filter((item) => item !== '-'))

    expect(items.filter(({ action }) => !ids.has(action))).toEqual([])
    expect(items.length).toBeGreaterThan(12)
  })

  test('speaks the language of the window, once that says its texts, and English again when it does', async () => {
    const { electron, window, bridge } = await start()
    const english = menuOf(electron).map(({ label }) => label)
    const texts = await chineseMenuTexts()

    expect(await call(bridge, 'menu.say', { texts })).toEqual({ ok: true, value: {} })

    const inEnglish = (items: readonly Item[]): Item[] =>
      items.filter(({ type, role, label = '' }) => type !== 'separator' && role !== 'appMenu' && !/\p{Script=Han}/u.test(label))
    expect(inEnglish(menuOf(electron))).toEqual([])
    const mac = await onStandIn(() => import('../../src-main/hosts/electron/menu.ts'))
    mac.module.installMenu('darwin', () => undefined).showTexts(texts)
    expect(inEnglish(menuOf(mac.electron))).toEqual([])
    window.webContents.emit('context-menu', {}, { isEditable: false, selectionText: 'abc', editFlags: {} })
    expect(electron.state.popups.at(-1)).toMatchObject([{ label: '复制' }, { label: '全选' }])

    await call(bridge, 'menu.say', { texts: {} })
    expect(menuOf(electron).map(({ label }) => label)).toEqual(english)
  })
})

/** What a window in Chinese says. */
async function chineseMenuTexts(): Promise<Record<string, string>> {
  const { translatorFrom } = await import('../../src-renderer/languages/catalogue.ts')
  const { default: chinese } = await import('../../src-renderer/languages/zh-CN.json', { with: { type: 'json' } })
  const { translateBy } = await import('../../src-renderer/lib/t.ts')
  const { setPlatform } = await import('../../src-renderer/actions/platform-ref.ts')
  const { sayMenus } = await import('../../src-renderer/actions/menus.ts')
  const platform = new FakePlatform().answerHost('menu.say', () => ok({}))
  setPlatform(platform)
  translateBy(translatorFrom('zh-CN', chinese), 'zh-CN')
  await sayMenus()
  translateBy(null)
  return (platform.calls.at(-1)?.input as { texts: Record<string, string> }).texts
}
