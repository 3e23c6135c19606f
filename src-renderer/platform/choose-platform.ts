/** Electron where its preload has put the bridge there, else the web host that served this page. */
import { BRIDGE_KEY, type Bridge } from '#contract/bridge.ts'
import { createElectronPlatform } from './electron-platform.ts'
import { createHttpPlatform } from './http-platform.ts'
import type { Platform } from './platform.ts'

/** @param clientId name of this window, where the host gives it none */
export function choosePlatform(clientId: string): Platform {
  const bridge = bridgeOf(globalThis)
  return bridge ? createElectronPlatform(bridge) : createHttpPlatform(clientId)
}

function bridgeOf(scope: object): Bridge | null {
  if (!(BRIDGE_KEY in scope)) return null
  // Only our own preload can put it there: the page's policy lets no other script run.
  return scope[BRIDGE_KEY] as Bridge
}
