/** Loads a module of the Electron host onto a fresh stand-in for `electron`. */
import type { BrowserWindow } from 'electron'
import { vi } from 'vitest'
import type * as standIn from './electron-stand-in.ts'

export type StandIn = typeof standIn

/** @param load imports the module under test; it and everything it imports are loaded anew */
export async function onStandIn<T>(load: () => Promise<T>): Promise<{ readonly electron: StandIn; readonly module: T }> {
  vi.resetModules()
  const electron = await import('./electron-stand-in.ts')
  vi.doMock('electron', () => electron)
  return { electron, module: await load() }
}

export type StandInWindow = StandIn['state']['windows'][number]

/** A window as our host makes them, for tests of its parts. */
export function makeWindow(electron: StandIn): StandInWindow {
  return new electron.BrowserWindow({ width: 1280, height: 800, webPreferences: { additionalArguments: [] } })
}

/** What the host's own code takes for Electron's window. */
export function asBrowserWindow(window: StandInWindow): BrowserWindow {
  return window as unknown as BrowserWindow
}
