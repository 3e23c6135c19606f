/** Starts the Electron host, main side and preload, on the stand-in for `electron`, and ends it with the test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { Bridge } from '#contract/bridge.ts'
import { onStandIn, type StandIn, type StandInWindow } from './electron-stand-in-load.ts'

export interface StandInHost {
  readonly electron: StandIn
  readonly window: StandInWindow
  readonly dataDir: string
  /** What the preload gave to the page. */
  readonly bridge: Bridge
}

/** A data folder that is gone when the test is over. */
export async function standInDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/**
 * Runs main up to where Electron gets ready.
 *
 * @param load imports it: as it is in the sources, or as it was built
 */
export async function startMain(
  dataDir: string,
  prepare: (electron: StandIn) => void = () => undefined,
  load: () => Promise<unknown> = () => import('../../src-main/hosts/electron/main.ts'),
): Promise<StandIn> {
  keepListenersOut()
  const { electron } = await onStandIn(async () => {
    const standIn = await import('./electron-stand-in.ts')
    standIn.state.switches.set('data-dir', dataDir)
    prepare(standIn)
    const { argv } = process
    process.argv = ['/opt/Posthaste/posthaste-desktop', `--data-dir=${dataDir}`]
    await load()
    process.argv = argv
  })
  onTestFinished(async () => {
    if (electron.state.exitCode === null) electron.app.quit()
    await vi.waitFor(() => expect(electron.state.exitCode).not.toBeNull(), 10_000)
  })
  return electron
}

/** Runs main, lets Electron get ready, and loads the preload into the window that opened. */
export async function startStandInHost(dataDir: string): Promise<StandInHost> {
  return openStandInWindow(await startMain(dataDir), dataDir)
}

/** Lets Electron get ready, and loads the preload into the window that opened. */
export async function openStandInWindow(electron: StandIn, dataDir: string): Promise<StandInHost> {
  await electron.app.becomeReady()
  const window = electron.state.windows[0]
  if (!window) throw new Error('No window was opened.')
  const argv = process.argv
  process.argv = [...argv, ...window.options.webPreferences.additionalArguments]
  await import('../../src-main/hosts/electron/preload.ts')
  process.argv = argv
  return { electron, window, dataDir, bridge: electron.state.exposed.get('posthaste') as Bridge }
}

/** The host listens to the whole process; its last net must not catch what a later test throws. */
function keepListenersOut(): void {
  const emitters: readonly (readonly [NodeJS.EventEmitter, string])[] = [
    [process, 'uncaughtException'],
    [process, 'unhandledRejection'],
    [process.stderr, 'error'],
  ]
  for (const [emitter, name] of emitters) {
    const before = emitter.listeners(name)
    onTestFinished(() => {
      for (const listener of emitter.listeners(name)) {
        if (!before.includes(listener)) emitter.removeListener(name, listener as () => void)
      }
    })
  }
}
