// The desktop app as it is shipped, out of `out/`: that no step of the build has lost a wall. It runs on the stand-in for
// `electron`, and so shows what is asked of Electron, not that Electron does it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { IPC_CALL } from '#contract/bridge.ts'
import { standInDataDir, startMain } from '../support/electron-stand-in-host.ts'
import type { StandIn, StandInWindow } from '../support/electron-stand-in-load.ts'

const OUT = join(import.meta.dirname, '../../out')

async function startBuilt(): Promise<{ electron: StandIn; window: StandInWindow }> {
  const load = (): Promise<unknown> => import(join(OUT, 'main', 'electron.js'))
  const electron = await startMain(await standInDataDir(), () => undefined, load)
  await electron.app.becomeReady()
  const window = electron.state.windows[0]
  if (!window) throw new Error('No window was opened.')
  electron.app.emit('web-contents-created', {}, window.webContents)
  return { electron, window }
}

async function page(electron: StandIn, path: string): Promise<Response> {
  const handle = electron.state.protocols.get('app')
  if (!handle) throw new Error('Nothing answers app:.')
  return handle(new Request(`app://posthaste${path}`))
}

describe('the built main side', () => {
  test('opens one window without Node, in a sandbox, isolated, on its own page whatever the environment says', async () => {
    vi.stubEnv('ELECTRON_RENDERER_URL', 'https://evil.example/')
    const { electron, window } = await startBuilt()
    vi.unstubAllEnvs()

    expect(electron.callsOf('app.enableSandbox')).toHaveLength(1)
    expect(electron.state.windows).toHaveLength(1)
    expect(electron.callsOf('window.loadURL')).toEqual([['app://posthaste/']])
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    })
    const opened = Object.keys(window.options.webPreferences)
    expect(opened.filter((name) => /^(?:webSecurity|allowRunningInsecureContent|experimental|nodeIntegrationIn)/.test(name))).toEqual([])
    expect(window.options.webPreferences['preload']).toBe(join(OUT, 'preload', 'preload.cjs'))
  })

  test('lets nobody navigate, open a window, host a web view or have a permission', async () => {
    const { electron, window } = await startBuilt()
    const { webContents } = window
    const went = (name: string, fields: Record<string, unknown>): boolean => {
      const event = electron.preventable(fields)
      webContents.emit(name, event)
      return !event.prevented
    }
    const addresses = [
      'https://evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'app://other/',
      'app://posthaste/body/x',
    ]
    const { request, check, device } = electron.state.permissions as unknown as Record<string, (...values: unknown[]) => unknown>
    const permissions = ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'serial', 'usb', 'fullscreen', 'openExternal']
    const given: string[] = []
    for (const name of permissions) request?.(null, name, (answer: boolean) => void (answer && given.push(name)))

    expect(addresses.filter((url) => went('will-frame-navigate', { url, isMainFrame: true }))).toEqual([])
    expect(addresses.filter((url) => went('will-redirect', { url }))).toEqual([])
    expect(went('will-frame-navigate', { url: 'https://evil.example/', isMainFrame: false })).toBe(false)
    expect(went('will-attach-webview', {})).toBe(false)
    expect(webContents.windowOpenHandler?.({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    expect(electron.callsOf('shell.openExternal')).toEqual([])
    expect([given, permissions.filter((name) => check?.(null, name)), device?.()]).toEqual([[], [], false])
  })

  test('serves the built page under the strict policy, and nothing beside it', async () => {
    const { electron } = await startBuilt()
    const answer = await page(electron, '/')
    const policy = answer.headers.get('content-security-policy') ?? ''
    const text = await answer.text()

    expect(answer.status).toBe(200)
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(policy).not.toMatch(/unsafe-eval|\*|script-src[^;]*unsafe-inline|https?:/)
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+=|https?:\/\//i)
    for (const path of ['/../package.json', '/%2e%2e/main/electron.js', '/..%5cmain%5celectron.js', '/../../package.json']) {
      expect((await page(electron, path)).status).toBe(404)
    }
  })

  test('answers no frame but its own', async () => {
    const { electron, window } = await startBuilt()
    const frame = { type: 'call', id: 1, name: 'app.info', input: {} }
    window.webContents.mainFrame.url = 'app://posthaste/'
    const own = await electron.invokeFrom(window.webContents, window.webContents.mainFrame, IPC_CALL, frame)
    const inner = await electron.invokeFrom(window.webContents, { url: 'app://posthaste/' }, IPC_CALL, frame)
    window.webContents.mainFrame.url = 'https://evil.example/'
    const elsewhere = await electron.invokeFrom(window.webContents, window.webContents.mainFrame, IPC_CALL, frame)

    expect(own).toMatchObject({ type: 'reply', id: 1, result: { ok: true } })
    for (const answer of [inner, elsewhere]) expect(answer).toMatchObject({ result: { ok: false, error: { kind: 'InvalidCall' } } })
  })
})

describe('what is built', () => {
  test('the preload asks for nothing but Electron, and hands out nothing of it', () => {
    const text = readFileSync(join(OUT, 'preload', 'preload.cjs'), 'utf8')

    expect([...text.matchAll(/require\((['"`])(.+?)\1\)/g)].map(([, , name]) => name)).toEqual(['electron'])
    expect(text.match(/exposeInMainWorld/g)).toHaveLength(1)
  })

  test('the page’s own code evaluates no text', () => {
    const scripts = readdirSync(join(OUT, 'renderer'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    const evaluating = scripts.filter((name) => /\beval\(|\bnew Function\(/.test(readFileSync(join(OUT, 'renderer', name), 'utf8')))

    expect(scripts.length).toBeGreaterThan(10)
    // TypeScript's own compiler names it, in code that the editor does not reach; the policy of every file forbids it too.
    expect(evaluating.map((name) => name.replace(/-[^-]*\.js$/, ''))).toEqual([join('assets', 'ts.worker')])
  })
})
